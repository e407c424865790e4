from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from leadctl.render.formats import Format, Look, render
from leadctl.views import Board, Card, Column, Section, Tab, Table

#: Elements that have no end.
_VOID = {"meta", "br"}


class Page(HTMLParser):
    """What a browser would make of a page: elements, cells, and that all are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.cells: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in _VOID:
            self.open.append(tag)
        if tag in {"td", "th"}:
            self.cells.append("")
        if tag == "br":
            self.cells[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] in (["td"], ["th"]):
            self.cells[-1] += data


def page(view: Table | Card | Board) -> str:
    return "".join(render(view, Format.HTML, Look()))


PEOPLE = Table(
    (Column("name"), Column("days", is_number=True)),
    ({"name": "Ada & Bo <b>", "days": -4, "colour": "red"},),
)


def test_a_table_has_its_headings_and_cells() -> None:
    assert Page(page(PEOPLE)).cells == ["name", "days", "Ada & Bo <b>", "-4"]


def test_a_card_has_its_lines_and_tables() -> None:
    view = Card("Ada", (("note", "one\ntwo"),), {}, (Section("history", PEOPLE),))

    assert Page(page(view)).cells == ["note", "one\ntwo", "name", "days", "Ada & Bo <b>", "-4"]
    assert "<h1>Ada</h1>" in page(view)
    assert "<h2>history</h2>" in page(view)


def test_a_board_has_a_heading_for_each_tab_and_says_what_it_hides() -> None:
    text = page(Board("status", (Tab("New", PEOPLE, 3), Tab("Won", Table((), ()), 0))))

    assert "<h2>New (3)</h2>" in text
    assert "<p>… 2 more</p>" in text
    assert "<h2>Won (0)</h2>" in text


def test_where_there_is_nothing_the_page_says_so() -> None:
    assert "<p>Nothing to show.</p>" in page(Table((Column("id"),), ()))


@given(st.text(alphabet="<>&\"'/a\x1b\n\u202e="))
def test_no_value_becomes_markup_or_loads_anything(text: str) -> None:
    table = Table((Column("c", text),), ({"c": text},))
    view = Card(text, ((text, text),), {}, (Section("s", table),))
    read = Page(page(view))

    assert set(read.elements) <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "table", "thead", "tbody",
        "tr", "th", "td", "br", "p",
    }  # fmt: skip
    assert not read.attributes & {"src", "href", "onload", "onclick"}
    assert "\x1b" not in page(view)
    assert "url(" not in page(view)
