from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.told_days import due_day, past_day

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2025, 11, 22), "365 days over"),
        (date(2026, 11, 20), "2 days over"),
        (date(2026, 11, 21), "1 day over"),
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 11, 24), "in 2 days"),
        (date(2026, 11, 28), "in 6 days"),
        (date(2026, 11, 29), "Sun 29 Nov"),
        (date(2026, 12, 31), "Thu 31 Dec"),
        (date(2027, 1, 1), "1 Jan 2027"),
        (date(9998, 12, 31), "31 Dec 9998"),
    ],
)
def test_a_day_on_which_something_is_due(day: date, told: str) -> None:
    assert due_day(day, SUNDAY) == told


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 20), "2 days ago"),
        (date(2026, 10, 23), "30 days ago"),
        (date(2026, 10, 22), "22 Oct"),
        (date(2026, 1, 1), "1 Jan"),
        (date(2025, 12, 31), "31 Dec 2025"),
    ],
)
def test_a_day_on_which_something_was(day: date, told: str) -> None:
    assert past_day(day, SUNDAY) == told


def test_the_turn_of_a_year_and_the_leap_day_are_days_like_others() -> None:
    eve = date(2026, 12, 31)

    assert due_day(date(2027, 1, 1), eve) == "tomorrow"
    assert due_day(date(2027, 1, 6), eve) == "in 6 days"
    assert past_day(eve, date(2027, 1, 1)) == "yesterday"
    assert due_day(date(2028, 3, 1), date(2028, 2, 28)) == "in 2 days"


@given(st.dates(date(1900, 1, 1), date(9998, 12, 31)), st.integers(-500, 500))
def test_two_days_that_are_near_are_never_told_the_same(day: date, apart: int) -> None:
    if not date(1900, 1, 1).toordinal() <= day.toordinal() + apart <= date.max.toordinal() - 400:
        return
    other = day + timedelta(days=apart)

    for tell in (due_day, past_day):
        assert (tell(other, day) == tell(day, day)) == (apart == 0)
