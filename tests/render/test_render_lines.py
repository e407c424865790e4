from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.errors import RequestError
from leadctl.render.formats import Format, Look, render
from leadctl.views import Board, Card, Cell, Column, Row, Tab, Table


def lines(template: str, *rows: Row, look: Look | None = None, fields: str = "") -> str:
    names = tuple(fields.split()) or tuple(rows[0])
    view = Table(tuple(map(Column, names)), rows, names)
    base = look or Look()
    wanted = Look(terminal=base.terminal, template=template, row_end=base.row_end)
    return "".join(render(view, Format.TABLE, wanted))


ADA: Row = {
    "name": "Ada Lovelace",
    "email": ("ada@example.com", "ada@example.org"),
    "tags": ("vip", "buyer"),
    "phone": (),
    "touches": 3,
    "due": None,
}


def test_each_row_is_a_line() -> None:
    assert lines("<{name}>", ADA, {"name": "Bo"}, fields="name") == "<Ada Lovelace>\n<Bo>\n"


def test_an_address_is_the_first_one_and_other_lists_are_joined() -> None:
    assert lines("{email} {tags}", ADA) == "ada@example.com vip; buyer\n"


def test_what_is_not_set_is_empty_or_what_the_template_says() -> None:
    assert lines("{due}|{phone|no phone}|{touches}", ADA) == "|no phone|3\n"


def test_a_default_may_have_escapes_no_more_than_a_field() -> None:
    assert lines(r"a\tb\\n\n{{{name}}}", ADA) == "a\tb\\n\n{Ada Lovelace}\n"


def test_synonyms_and_capitals_are_understood() -> None:
    assert lines("{tag} {Name}", ADA) == "vip; buyer Ada Lovelace\n"


@pytest.mark.parametrize(
    ("template", "message", "hint"),
    [
        ("{naem}", 'no field named "naem"', 'did you mean "name"?'),
        ("{", 'the brace "{" is never closed on its line, at character 1', 'write "{{"'),
        ("a}", 'the brace "}" closes nothing, at character 2', 'write "}}"'),
        ("{}", "no field is named between the braces", '"{name}"'),
        (r"\q", r'"\q" means nothing', r"\t for a tab"),
        ("{name}\\", '"\\" means nothing', r"\t for a tab"),
    ],
)
def test_mistakes_are_refused_with_what_to_type(template: str, message: str, hint: str) -> None:
    with pytest.raises(RequestError) as refused:
        lines(template, ADA)

    assert message in refused.value.message
    assert hint in refused.value.hint


def test_a_terminal_cannot_be_steered_by_a_value() -> None:
    shown = lines("{name}\\t.", {"name": "\x1b[2J\n\u202e"}, look=Look(terminal=True))

    assert shown == "\\x1b[2J ↵ \\u202e\t.\n"


TEXTS = st.text(alphabet="a\n\r\0é{}\\ ", max_size=8)


@given(st.lists(TEXTS, min_size=1))
def test_a_row_is_a_line_whatever_is_in_it(names: list[str]) -> None:
    out = lines("{name}", *({"name": name} for name in names))

    assert out.count("\n") == len(names)
    assert "\r" not in out


@given(st.lists(TEXTS, min_size=1))
def test_what_nul_ends_is_whole(names: list[str]) -> None:
    out = lines("{name}", *({"name": name} for name in names), look=Look(row_end="\0"))

    assert out.split("\0") == [*(name.replace("\0", " ") for name in names), ""]


def test_the_rows_of_a_board_are_those_of_all_tabs() -> None:
    table = Table((Column("name"),), ({"name": "Ada"},))
    view = Board("status", (Tab("New", table, 1), Tab("Won", table, 1)))
    out = "".join(render(view, Format.TABLE, Look(template="{status}: {name}")))

    assert out == "New: Ada\nWon: Ada\n"


def test_a_card_is_one_row() -> None:
    data: dict[str, Cell] = {"id": "ada", "name": "Ada"}
    view = Card("Ada", (("name", "Ada"),), data)

    assert "".join(render(view, Format.TABLE, Look(template="{id}"))) == "ada\n"


def test_ids_can_end_with_nul() -> None:
    view = Table((Column("id"),), ({"id": "ada"}, {"id": "bo"}))

    assert "".join(render(view, Format.IDS, Look(row_end="\0"))) == "ada\0bo\0"
