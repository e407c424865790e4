import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.render import Format, Look, render
from leadctl.sanitise import safe_lines
from leadctl.views import Board, Card, Column, Row, Section, Tab, Table, View

TEXTS = st.text(alphabet=st.one_of(st.sampled_from("|\\`*[]<>&_~\n\r a"), st.characters()))


def table_of(*rows: Row, columns: str) -> Table:
    return Table(tuple(Column(name) for name in columns.split()), rows)


def shown(view: View) -> str:
    return "".join(render(view, Format.MD, Look(header=False)))


def cell(text: str) -> str:
    last = shown(table_of({"x": text}, columns="x")).split("\n")[-2]
    return last.removeprefix("| ").removesuffix(" |")


def unescaped(source: str) -> str:
    """What GitHub shows for *source*."""
    plain = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "<br>": "\n"}
    return re.sub(r"&amp;|&lt;|&gt;|<br>|\\.", lambda m: plain.get(m[0], m[0][1:]), source)


def test_a_table_always_has_headings_and_aligns_numbers_right() -> None:
    columns = (Column("id"), Column("overdue_days", title="over|due", is_number=True))

    text = shown(Table(columns, ({"id": "ada", "overdue_days": 3}, {"id": "bob"})))

    assert text == "| id | over\\|due |\n| --- | ---: |\n| ada | 3 |\n| bob |  |\n"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("a|b\\|c", "a\\|b\\\\\\|c"),
        ("one\r\ntwo\n", "one<br>two"),
        ("<script>&amp;", "&lt;script&gt;&amp;amp;"),
        ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
        ("<javascript:x>", "&lt;javascript:x&gt;"),
        ("`rm` *bold* ~~gone~~", "\\`rm\\` \\*bold\\* \\~\\~gone\\~\\~"),
        ("touch_every _it_ __init__", "touch_every \\_it\\_ \\_\\_init\\_\\_"),
        ("a\x1b\u202e", "a\\\\x1b\\\\u202e"),
    ],
)
def test_no_value_becomes_markup(text: str, source: str) -> None:
    assert cell(text) == source


def test_nothing_is_shown_of_a_table_without_rows() -> None:
    assert shown(table_of(columns="id")) == ""


def test_a_card_is_a_list_with_a_heading_and_a_table_for_each_section() -> None:
    sections = (
        Section("Last events", table_of({"on": "2026-11-01"}, columns="on")),
        Section("Deals", table_of(columns="id")),
    )

    text = shown(Card("Ada [x]", (("note", "one\ntwo"), ("status", "")), {}, sections))

    assert text == (
        "## Ada \\[x\\]\n\n- **note**: one<br>two\n- **status**:\n\n"
        "### Last events\n\n| on |\n| --- |\n| 2026-11-01 |\n"
    )


def test_a_board_has_a_heading_and_a_table_for_each_tab() -> None:
    tabs = (
        Tab("New", table_of({"id": "ada"}, columns="id"), 9),
        Tab("Old", table_of(columns="id"), 0),
    )

    text = shown(Board("status", tabs))

    assert text == "## New (9)\n\n| id |\n| --- |\n| ada |\n\n… 8 more\n\n## Old (0)\n"


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_a_cell_shows_its_text_and_stays_in_its_cell(text: str) -> None:
    source = cell(text)

    assert unescaped(source) == safe_lines(text.strip("\r\n"))
    assert not re.search(r"[|`\[\]*~]", re.sub(r"\\.", "", source))
    assert not re.search(r"[<>]", source.replace("<br>", ""))
