"""Tables on terminals too narrow for them: what wraps, what leaves, and what becomes blocks."""

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from leadctl.render import Format, Look, render
from leadctl.views import Board, Card, Cell, Column, Row, Tab, Table, View

ODD = st.sampled_from("\n\t\x1b\u200d\ufe0f\u0301\u05d0\u0645漢❤🔥🇩🇪👍🏽👩‍👩‍👧 |-@/.")
TEXTS = st.text(alphabet=st.one_of(ODD, st.characters(exclude_categories=())), max_size=90)
CELLS = st.one_of(TEXTS, st.none(), st.integers(), st.booleans(), st.lists(TEXTS).map(tuple))

ID = Column("id", is_whole=True)
WHY = Column("why", least=20)


def shown(view: View, width: int, *, header: bool = True, whole: bool = False) -> str:
    look = Look(width=width, terminal=True, header=header, whole=whole)
    return "".join(render(view, Format.TABLE, look))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    names = draw(st.lists(TEXTS, min_size=1, max_size=6, unique=True))
    columns = tuple(
        Column(name, leaves=draw(st.integers(0, 3)), least=draw(st.sampled_from([5, 12, 20])))
        for name in names
    )
    row = st.fixed_dictionaries(dict.fromkeys(names, CELLS))
    return Table(columns, tuple(draw(st.lists(row, min_size=1, max_size=4))))


def test_a_text_that_is_too_long_goes_on_below() -> None:
    row: Row = {"id": "ada", "why": "asked for the papers of the loft, 2 days overdue"}

    text = shown(Table((ID, WHY), (row, {"id": "bob", "why": "due today"})), 30)

    assert text == (
        "id   why\n"
        "---  -------------------------\n"
        "ada  asked for the papers of\n"
        "     the loft, 2 days overdue\n"
        "bob  due today\n"
    )


def test_a_phone_number_is_never_torn_apart() -> None:
    row: Row = {"id": "ada", "next": "call +44 20 7946 0101"}

    text = shown(Table((ID, Column("next")), (row,)), 24, header=False)

    assert text == "ada  call\n     +44 20 7946 0101\n"


def test_nothing_that_is_one_character_to_people_is_torn_apart() -> None:
    odd = ("👩\u200d👩\u200d👧", "🇩🇪", "👍🏽", "e\u0301", "❤\ufe0f")
    row: Row = {"id": "ada", "why": "".join(each * 30 for each in odd)}

    lines = shown(Table((ID, WHY), (row,)), 30, header=False, whole=True).split()[1:]

    assert len(lines) > 5
    assert all(re.fullmatch("|".join(odd).join(("(?:", ")+")), line) for line in lines)


def test_what_is_typed_again_stays_whole_and_the_text_gives_way() -> None:
    row: Row = {"id": "ada-lovelace-of-ockham-park", "why": "due today"}

    text = shown(Table((ID, Column("why")), (row,)), 35, header=False)

    assert text == "ada-lovelace-of-ockham-park\n    due today\n"


def test_columns_leave_in_their_order_until_the_others_have_room() -> None:
    columns = (ID, Column("name", leaves=2), Column("company", leaves=1), WHY)
    row: Row = {
        "id": "ada",
        "name": "Ada Lovelace",
        "company": "Analytical Engines",
        "why": "asked for the papers of the loft",
    }

    headings = {
        width: shown(Table(columns, (row,)), width).split("\n")[0].split()
        for width in (100, 60, 50, 30)
    }

    assert headings == {
        100: ["id", "name", "company", "why"],
        60: ["id", "name", "company", "why"],
        50: ["id", "name", "why"],
        30: ["id", "why"],
    }


def test_a_column_in_which_nothing_stands_leaves_before_all_others() -> None:
    columns = (ID, Column("name", leaves=1), Column("company", leaves=2), WHY)
    row: Row = {"id": "ada", "name": "Ada", "company": None, "why": "asked for the papers"}

    text = shown(Table(columns, (row,)), 34)

    assert text.split("\n")[0].split() == ["id", "name", "why"]


def test_a_column_comes_back_if_a_wider_one_has_made_room() -> None:
    columns = (ID, Column("own", leaves=1), Column("company", leaves=2, is_whole=True), WHY)
    row: Row = {"id": "ada", "own": "me", "company": "Analytical Engines Ltd", "why": "due today"}

    text = shown(Table(columns, (row,)), 30)

    assert text.split("\n")[0].split() == ["id", "own", "why"]


def test_whoever_wants_all_of_it_gets_every_column_and_every_line() -> None:
    columns = (ID, Column("name", leaves=1), WHY)
    row: Row = {"id": "ada", "name": "Ada Lovelace", "why": "papers " * 40}

    text = shown(Table(columns, (row,)), 40, whole=True)

    assert "Lovelace" in text
    assert text.count("papers") == 40


def test_a_very_long_text_ends_in_an_ellipsis_after_six_lines() -> None:
    row: Row = {"id": "ada", "why": "papers " * 40}

    text = shown(Table((ID, WHY), (row,)), 30, header=False)

    assert text.count("\n") == 6
    assert text.endswith("papers papers papers …\n")


def test_a_row_that_has_no_room_becomes_a_block() -> None:
    columns = (ID, Column("phone", is_whole=True), Column("due", is_whole=True), WHY)
    row: Row = {"id": "ada-lovelace", "phone": "020 7946 0101", "due": None, "why": "asked twice"}

    text = shown(Table(columns, (row, {**row, "id": "bob"})), 30)

    assert text == (
        "ada-lovelace\n"
        "  phone  020 7946 0101\n"
        "  why    asked twice\n"
        "\n"
        "bob\n"
        "  phone  020 7946 0101\n"
        "  why    asked twice\n"
    )


def test_headings_wrap_so_that_numbers_stand_close_together() -> None:
    columns = (ID, *(Column(name, is_number=True) for name in ("never touched", "too long")))
    row: Row = {"id": "New", "never touched": 3, "too long": 12}

    text = shown(Table(columns, (row,)), 20)

    assert text == (
        "       never   too\nid   touched  long\n---  -------  ----\nNew        3    12\n"
    )


def test_the_tabs_of_a_board_have_the_same_columns() -> None:
    columns = (ID, Column("company", leaves=1), Column("phone", is_whole=True))
    long: Row = {"id": "ada", "company": "Analytical Engines", "phone": "020 7946 0101"}
    short: Row = {"id": "bob", "company": "Acme", "phone": "1"}
    tabs = (Tab("New", Table(columns, (long,)), 1), Tab("Old", Table(columns, (short,)), 1))

    text = shown(Board("status", tabs), 30)

    assert "Analytical" not in text
    assert "Acme" not in text


def test_a_long_line_of_a_card_goes_on_below_itself() -> None:
    card = Card("Ada", (("note", "asked for the papers\n  of the loft and the house"),), {})

    assert shown(card, 28) == (
        "Ada\n  note  asked for the papers\n          of the loft and\n          the house\n"
    )


def test_a_day_is_told_as_people_say_it_where_the_reader_has_a_today() -> None:
    columns = (Column("due", tense="due"), Column("touched", tense="past"), Column("created"))
    row: Row = {"due": "2026-11-20", "touched": "2026-11-20", "created": "2026-11-20"}
    look = Look(header=False, today=date(2026, 11, 22))
    table = Table(columns, (row, dict.fromkeys(row, None)))

    assert "".join(render(table, Format.TABLE, look)) == "2 days over  2 days ago  2026-11-20\n\n"
    assert "2026-11-20 | 2026-11-20" in "".join(render(table, Format.MD, look))


@settings(deadline=None, max_examples=200)
@given(tables(), st.integers(20, 120), st.booleans(), st.booleans())
def test_a_table_is_never_wider_than_the_terminal(
    table: Table, width: int, header: bool, whole: bool
) -> None:
    text = shown(table, width, header=header, whole=whole)

    assert all(0 <= wcswidth(line) <= width for line in text.split("\n"))


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.one_of(ODD, st.characters(max_codepoint=0x2FF)), max_size=120))
def test_no_character_is_lost_where_a_text_is_broken(text: str) -> None:
    row: dict[str, Cell] = {"id": "ada", "why": text}

    broken = shown(Table((ID, WHY), (row,)), 30, header=False, whole=True)
    unbroken = "".join(render(Table((ID, WHY), (row,)), Format.TABLE, Look(header=False)))

    assert "".join(broken.split()) == "".join(unbroken.split())
