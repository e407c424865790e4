"""Days and periods as people type them; today is Sunday, 22 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.spoken_dates import Direction, parse_day, parse_period

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1900, 1, 1), date(9998, 12, 31))
DIRECTIONS: st.SearchStrategy[Direction] = st.sampled_from(["past", "future"])
SPEECH = st.lists(
    st.sampled_from(
        [
            *("today", "fri", "next", "last", "this", "in", "ago", "days", "week", "month", "year"),
            *(
                " ",
                " ",
                "+",
                "-",
                "3",
                "999999999",
                "d",
                "w",
                "m",
                "y",
                "2026",
                "Q4",
                "eom",
                "0000",
            ),
        ]
    ),
    max_size=6,
).map("".join)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2026-11-22"),
        ("Yesterday", "2026-11-21"),
        ("tomorrow", "2026-11-23"),
        ("fri", "2026-11-27"),
        ("Friday", "2026-11-27"),
        ("sun", "2026-11-29"),
        ("next  fri", "2026-11-27"),
        ("last fri", "2026-11-20"),
        ("+3d", "2026-11-25"),
        ("3d", "2026-11-25"),
        ("-30d", "2026-10-23"),
        ("+2w", "2026-12-06"),
        ("+1m", "2026-12-22"),
        ("+1y", "2027-11-22"),
        ("in 3 days", "2026-11-25"),
        ("3 days ago", "2026-11-19"),
        ("1 month ago", "2026-10-22"),
        ("eow", "2026-11-22"),
        ("eom", "2026-11-30"),
        ("eoy", "2026-12-31"),
        ("2026-12-05", "2026-12-05"),
    ],
)
def test_a_day_ahead_is_understood(text: str, day: str) -> None:
    assert parse_day(text, TODAY, prefer="future").isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("fri", "2026-11-20"),
        ("sun", "2026-11-15"),
        ("next fri", "2026-11-27"),
        ("last sunday", "2026-11-15"),
        ("+3d", "2026-11-25"),
    ],
)
def test_a_weekday_looks_back_where_the_past_is_meant(text: str, day: str) -> None:
    assert parse_day(text, TODAY, prefer="past").isoformat() == day


def test_a_number_of_days_without_a_sign_is_refused_for_the_past() -> None:
    with pytest.raises(ValueError, match=r"write \+3d or -3d"):
        parse_day("3d", TODAY, prefer="past")


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert parse_day("+1m", date(2026, 1, 31), prefer="future") == date(2026, 2, 28)


@pytest.mark.parametrize(
    "text",
    [
        *("", "10", "99", "12.5.2024", "01/02/2024", "2024", "2024-1-2", "soon", "next", "week"),
        *(
            "31 feb",
            "+ 3d",
            "--3d",
            "+3",
            "fri fri",
            "next today",
            "+9999999999d",
            "٣d",
            "in a week",
        ),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(text: str) -> None:
    with pytest.raises(ValueError, match="is no day; understood are: today"):
        parse_day(text, TODAY, prefer="future")


@pytest.mark.parametrize("text", ["+999999999d", "-999999999d", "+999999999m", "999999999y ago"])
def test_a_day_beyond_the_calendar_is_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="outside the calendar"):
        parse_day(text, TODAY, prefer="future")


@pytest.mark.parametrize("text", ["-200y", "+7973y", "1899-12-31", "9999-01-01", "0000-01-01"])
def test_a_year_that_nobody_means_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="between"):
        parse_day(text, TODAY, prefer="future")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026Q4", "2026-10-01", "2026-12-31"),
        ("2026q1", "2026-01-01", "2026-03-31"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("next week", "2026-11-23", "2026-11-29"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("this quarter", "2026-10-01", "2026-12-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("next quarter", "2027-01-01", "2027-03-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("next year", "2027-01-01", "2027-12-31"),
        ("fri", "2026-11-20", "2026-11-20"),
        ("-1w", "2026-11-15", "2026-11-15"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    period = parse_period(text, TODAY)

    assert [day.isoformat() for day in period] == [first, last]


@pytest.mark.parametrize(
    "text", ["2026-13", "2026Q5", "2026-W47", "1899", "9999", "this day", ".."]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"understood are|no month|between"):
        parse_period(text, TODAY)


@given(DAYS, st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_one_to_seven_days_away_and_never_today(today: date, word: str) -> None:
    if not date(1900, 1, 8) <= today <= date(9998, 12, 24):
        return
    ahead = parse_day(word, today, prefer="future")
    back = parse_day(word, today, prefer="past")

    assert 1 <= (ahead - today).days <= 7
    assert 1 <= (today - back).days <= 7
    assert ahead.weekday() == back.weekday()
    assert f"{ahead:%a}".lower() == word


@given(DAYS, st.sampled_from(["week", "month", "quarter", "year"]))
def test_this_period_holds_today_and_follows_the_last_one(today: date, unit: str) -> None:
    if not 1902 <= today.year <= 9996:
        return
    first, last = parse_period(f"this {unit}", today)
    _, end_of_previous = parse_period(f"last {unit}", today)
    start_of_next, _ = parse_period(f"next {unit}", today)

    assert first <= today <= last
    assert end_of_previous + timedelta(days=1) == first
    assert last + timedelta(days=1) == start_of_next


@given(SPEECH | st.text(), st.dates(), DIRECTIONS)
def test_any_text_is_a_period_in_range_or_a_value_error(
    text: str, today: date, prefer: Direction
) -> None:
    try:
        first, last = parse_period(text, today, prefer=prefer)
    except ValueError:
        return

    assert date(1900, 1, 1) <= first <= last <= date(9998, 12, 31)
