"""Units of time: what the core and the index call the one that holds a day."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.index.journeys import Group
from leadctl.units import UNITS, units_between


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("day", "2026-11-22"),
        ("week", "2026-11-16"),
        ("month", "2026-11"),
        ("quarter", "2026Q4"),
        ("year", "2026"),
    ],
)
def test_the_names_of_units(unit: str, name: str) -> None:
    assert UNITS[unit](date(2026, 11, 22)) == name


@given(st.dates(date(1900, 1, 1), date(9998, 12, 31)), st.sampled_from(sorted(UNITS)))
def test_the_index_calls_them_the_same(day: date, unit: str) -> None:
    sql = Group.by_unit(unit, "?1").key
    row = sqlite3.connect(":memory:").execute(f"select {sql}", (day.isoformat(),)).fetchone()

    assert row[0] == UNITS[unit](day)


@given(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.integers(0, 800),
    st.sampled_from(sorted(UNITS)),
)
def test_all_units_between_two_days_come_once_and_in_order(
    first: date, days: int, unit: str
) -> None:
    found = units_between(first, first + timedelta(days=days), unit)

    assert found == sorted(set(found))
    assert {UNITS[unit](first), UNITS[unit](first + timedelta(days=days))} <= set(found)


def test_units_go_over_the_end_of_a_year() -> None:
    between = units_between(date(2026, 11, 30), date(2027, 1, 1), "month")

    assert between == ["2026-11", "2026-12", "2027-01"]
