"""Bars: in their column on a terminal, and nowhere else."""

from __future__ import annotations

from leadctl.render.bars import bars
from leadctl.render.formats import Format, Look, render
from leadctl.views import Column, Table

TABLE = Table(
    (Column("week"), Column("touches", is_number=True), Column("touches", " ", is_bar=True)),
    (
        {"week": "one", "touches": 8},
        {"week": "two", "touches": 2},
        {"week": "none", "touches": 0},
        {"week": "all", "touches": 10},
    ),
    key="week",
    totals=1,
)


def shown(wanted: Format, look: Look) -> str:
    return "".join(render(TABLE, wanted, look))


def test_the_longest_bar_is_that_of_the_largest_number() -> None:
    assert bars([8, 2, 0, None, "x", 7.75]) == ["█" * 12, "███", "", "", "", "█" * 11 + "▋"]


def test_what_is_not_nothing_can_be_seen() -> None:
    assert bars([100_000, 1]) == ["█" * 12, "▏"]
    assert bars([0, None]) == ["", ""]
    assert bars([]) == []


def test_a_terminal_has_bars_but_none_for_the_sum() -> None:
    assert shown(Format.TABLE, Look(width=60, terminal=True)) == (
        "week  touches\n"
        "----  -------  ------------\n"
        "one         8  ████████████\n"
        "two         2  ███\n"
        "none        0\n"
        "all        10\n"
    )


def test_where_there_is_no_room_the_bars_go_first() -> None:
    narrow = shown(Format.TABLE, Look(width=26, terminal=True))

    assert narrow == shown(Format.TABLE, Look())
    assert narrow.splitlines()[2] == "one         8"


def test_no_other_format_has_bars() -> None:
    assert shown(Format.CSV, Look()).splitlines()[:2] == ["week,touches", "one,8"]
    assert shown(Format.MD, Look()).splitlines()[0].count("|") == 3
    assert "█" not in shown(Format.JSON, Look(terminal=True))
