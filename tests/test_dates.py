"""Intervals and dates as they stand in the files of a book."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.dates import NEVER, Interval, calendar_day, parse_interval, parse_stored, shifted

DAYS = st.dates(date(1900, 1, 1), date(9998, 12, 31))
INTERVALS = st.builds(
    Interval, st.integers(0, 100), st.sampled_from(["day", "week", "month", "year"])
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("14 days", "14 days"),
        ("1 day", "1 day"),
        ("0 days", "0 days"),
        ("2 weeks", "2 weeks"),
        ("1 month", "1 month"),
        ("3months", "3 months"),
        (" 1 Year ", "1 year"),
        ("14d", "14 days"),
        ("2w", "2 weeks"),
        ("1m", "1 month"),
        ("1y", "1 year"),
        ("daily", "1 day"),
        ("weekly", "1 week"),
        ("Monthly", "1 month"),
        ("quarterly", "3 months"),
        ("yearly", "1 year"),
        ("never", "never"),
    ],
)
def test_an_interval_is_understood(text: str, shown: str) -> None:
    interval = parse_interval(text)

    assert str(interval) == shown


@pytest.mark.parametrize(
    "text",
    ["", "14", "-1 days", "1.5 days", "days", "soon", "2 fortnights", "٣ days", "9" * 5000 + "d"],
)
def test_what_is_no_interval_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is no interval; write 14 days"):
        parse_interval(text)


def test_an_interval_of_centuries_is_refused() -> None:
    with pytest.raises(ValueError, match="longer than 100 years"):
        parse_interval("101 years")


def test_a_month_after_the_end_of_january_is_the_end_of_february() -> None:
    assert Interval(1, "month").after(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Interval(1, "year").after(date(2024, 2, 29)) == date(2025, 2, 28)


def test_nothing_comes_after_never() -> None:
    assert NEVER.is_never
    assert NEVER.days == 0

    with pytest.raises(ValueError, match="never"):
        NEVER.after(date(2026, 1, 1))


def test_no_days_are_not_never() -> None:
    assert not parse_interval("0 days").is_never
    assert parse_interval("0 days").after(date(2026, 1, 1)) == date(2026, 1, 1)


def test_the_end_of_the_calendar_is_the_latest_that_can_be_due() -> None:
    assert Interval(100, "year").after(date(9998, 1, 1)) == date.max
    assert Interval(36500, "day").after(date(9998, 1, 1)) == date.max


@given(INTERVALS)
def test_an_interval_is_read_as_it_is_shown(interval: Interval) -> None:
    assert parse_interval(str(interval)) == interval


@given(INTERVALS, DAYS)
def test_an_interval_never_leads_back(interval: Interval, day: date) -> None:
    assert interval.after(day) >= day


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "2026-11-22T14:30",
        "2026-11-22 14:30",
        "2026-11-22T14:30:05",
        "2026-11-22T14:30:05.123Z",
        "2026-11-22 23:59+02:00",
    ],
)
def test_the_day_of_a_stored_date_is_the_one_written(text: str) -> None:
    assert parse_stored(text) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2024-02-30", "February 2024 has 29 days"),
        ("2023-02-29", "February 2023 has 28 days"),
        ("2024-13-01", "there is no month 13"),
        ("1899-12-31", "the year 1899 is not between 1900 and 9998"),
        ("9999-01-01", "the year 9999 is not between 1900 and 9998"),
        ("01/02/2024", 'ambiguous date "01/02/2024"; write 2024-02-01 or 2024-01-02'),
        ("13/02/2024", 'ambiguous date "13/02/2024"; write 2024-02-13'),
        ("2024-1-2", 'ambiguous date "2024-1-2"; write 2024-01-02'),
        ("32/13/2024", "there is no month 13"),
        ("31.02.2024", "February 2024 has 29 days"),
        ("31 Feb", '"31 Feb" is no date; write it like 2026-11-22 or 2026-11-22 14:30'),
    ],
)
def test_a_wrong_stored_date_is_refused_with_what_to_write(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_stored(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "10", "2024", "20240101", "2024-W01-1", "today", "2024-01-01\n", "2024-01-01 24:00"),
        *("2024-01-01T10", "2024-01-01 10:60", "２０２４-01-01", "2024-01-01 10:00 CET"),
    ],
)
def test_no_other_notation_is_stored(text: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        parse_stored(text)


@given(st.text())
def test_any_text_is_a_stored_date_or_a_value_error(text: str) -> None:
    try:
        day = parse_stored(text)
    except ValueError:
        return

    assert day.isoformat() == text[:10]


@given(DAYS)
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert parse_stored(day.isoformat()) == day
    assert calendar_day(day.year, day.month, day.day) == day


@settings(max_examples=50)
@given(
    DAYS,
    st.integers(-99, 99) | st.integers(-(10**12), 10**12),
    st.sampled_from(["day", "week", "month", "year"]),
)
def test_a_shift_moves_in_its_direction_or_is_a_value_error(
    day: date, count: int, unit: str
) -> None:
    try:
        moved = shifted(day, count, unit)
    except ValueError:
        return

    assert (moved > day, moved < day) == (count > 0, count < 0)
