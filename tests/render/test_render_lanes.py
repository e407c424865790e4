"""Boards on a terminal: columns side by side, as long as there is room for them."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from leadctl.render import Format, Look, render
from leadctl.render.lanes import LEAST
from leadctl.views import Board, Cell, Column, Row, Tab, Table, late_colour

CARD = (Column("name"), Column("due", tense="due", tint=late_colour))
TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


def tab(name: str, *rows: Row, count: int = 0, colour: str = "") -> Tab:
    return Tab(name, Table(CARD, rows), max(count, len(rows)), colour)


def shown(*tabs: Tab, width: int | None, colour: bool = False, whole: bool = False) -> str:
    today = date(2026, 11, 22) if width else None
    look = Look(width=width, terminal=True, colour=colour, whole=whole, today=today)
    return "".join(render(Board("status", tabs, is_side_by_side=True), Format.TABLE, look))


def card(name: Cell, due: Cell = None) -> Row:
    return {"name": name, "due": due}


def test_statuses_stand_side_by_side_and_each_contact_is_a_card() -> None:
    new = tab("New", card("Ada", "2026-11-19"), card("Bo", "2026-11-23"), count=14)

    assert shown(new, tab("Active"), tab("Closed", card("Cleo")), width=48) == (
        "New (14)        Active (0)      Closed (1)\n"
        "--------------  --------------  --------------\n"
        "Ada                             Cleo\n"
        "  3 days over\n"
        "Bo\n"
        "  tomorrow\n"
        "… 12 more\n"
    )


def test_wide_characters_take_two_columns() -> None:
    text = shown(tab("New", card("山田 太郎")), tab("Active", card("Ada")), width=40)

    assert text.splitlines()[-1] == "山田 太郎            Ada"


def test_a_name_takes_two_lines_at_most_unless_all_is_asked_for() -> None:
    long = tab("New", card("Ada Maria Theodora Wilhelmina Lovelace"))

    assert shown(long, width=16).splitlines()[2:] == ["Ada Maria", "Theodora …"]
    assert shown(long, width=16, whole=True).splitlines()[2:] == [
        "Ada Maria", "Theodora", "Wilhelmina", "Lovelace",
    ]  # fmt: skip


def test_a_long_heading_goes_on_below_and_all_stand_on_one_rule() -> None:
    text = shown(tab("Phone Follow-up again"), tab("New"), width=34)

    assert text == (
        "Phone Follow-up\nagain (0)         New (0)\n----------------  ----------------\n"
    )


def test_a_card_is_coloured_as_a_row_of_a_table_is() -> None:
    late: Row = {"name": "Ada", "due": "2026-11-19", "overdue_days": 3, "colour": "blue"}

    lines = shown(tab("New", late, colour="blue"), width=20, colour=True).splitlines()

    assert lines[0].startswith("\x1b[1;34mNew (1)\x1b[0m")
    assert lines[2].startswith("\x1b[34mAda\x1b[0m")
    assert lines[3].startswith("\x1b[31m  3 days over\x1b[0m")


def test_without_room_for_columns_or_off_a_terminal_one_status_stands_below_another() -> None:
    tabs = (tab("New", card("Ada")), tab("Active", card("Bo")))
    below = "New (1)\nname  due\n----  ---\nAda\n\nActive (1)\nname  due\n----  ---\nBo\n"

    assert shown(*tabs, width=2 * LEAST + 1) == below
    assert shown(*tabs, width=None) == below


@settings(deadline=None, max_examples=100)
@given(st.lists(st.lists(TEXTS, max_size=3), min_size=1, max_size=6), st.integers(14, 120))
def test_no_line_is_wider_than_the_terminal(names: list[list[str]], width: int) -> None:
    tabs = [tab(f"Status {n}", *(card(name) for name in each)) for n, each in enumerate(names)]

    lines = shown(*tabs, width=width).splitlines()

    assert max(map(wcswidth, lines)) <= width
