"""The HTML of a digest: whatever is in the book, it is one whole page without foreign parts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from leadctl.exchange.digest_html import digest_html
from leadctl.messages.digests import digest
from tests.listed import listed
from tests.people import TODAY, contact

VOID = {"meta", "br"}


class Page(HTMLParser):
    """What a reader makes of a page: the tags, the links and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert {name for name, _ in attrs} <= {
            "style", "class", "href", "lang", "charset", "name", "content",
        }  # fmt: skip
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(
    *,
    most: int = 0,
    more: str = "leadctl prospects",
    count: int = 1,
    next_step: str = "find a way to reach them",
    **fields: str,
) -> Page:
    who = contact(created="2026-11-01", **fields)
    reasons = [("pinned", fields.get("note", "pinned"))]
    people = [listed(who, reasons, next_step=next_step) for _ in range(count)]
    return Page(digest_html(digest(people, TODAY), most=most, more=more))


def test_everybody_can_be_called_or_written_to_from_a_phone() -> None:
    found = page(phone="+1 (604) 555-0102", email="ada+crm@example.com")

    assert found.links == ["tel:+16045550102", "mailto:ada+crm@example.com"]


def test_what_the_list_suggests_is_shown_where_it_says_more_than_the_links() -> None:
    moved_on = page(phone="604-555-0102")
    called = page(phone="604-555-0102", next_step="call 604-555-0102")

    assert "find a way to reach them" in moved_on.text
    assert called.text.count("604-555-0102") == 1
    assert "call" not in called.text


def test_those_left_out_are_counted() -> None:
    assert (
        "… 2 more: leadctl prospects 'a b'"
        in page(most=1, count=3, more="leadctl prospects 'a b'").text
    )


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(str.strip))
def test_whatever_is_in_the_book_adds_no_tag_and_no_link(text: str) -> None:
    plain = page(name="Ada", note="x", email="ada@example.com")
    found = page(name=f"a{text}", note=f"b{text}", email=f"a{text.strip()}@example.com")

    assert found.tags == plain.tags
    assert len(found.links) == 1
    assert re.fullmatch(r"mailto:[\w%@.~+-]+", found.links[0], re.ASCII)


def test_markup_in_a_name_is_shown_as_it_is_written() -> None:
    assert '<script>alert("1")</script>' in page(name='<script>alert("1")</script>').text
