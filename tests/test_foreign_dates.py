"""Dates and times of other programs become ISO texts."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.dates import parse_stored
from leadctl.foreign_dates import DayOrder, parse_foreign

DAYS = st.dates(date(1900, 1, 1), date(9998, 12, 31))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("15 Apr, 2021 00:03:00", "2021-04-15T00:03:00"),
        ("15 Apr 2021", "2021-04-15"),
        ("15. April 2021", "2021-04-15"),
        ("15-Apr-2021", "2021-04-15"),
        ("Apr 15, 2021 3:04 PM", "2021-04-15T15:04"),
        ("April 15th 2021 at 12:04 a.m.", "2021-04-15T00:04"),
        ("Sept 1, 2021 12:04pm", "2021-09-01T12:04"),
        ("04/15/2021", "2021-04-15"),
        ("15/04/2021 9:05", "2021-04-15T09:05"),
        ("04/04/2021", "2021-04-04"),
        ("15.04.2021 13:00", "2021-04-15T13:00"),
        ("01.02.2021", "2021-02-01"),
        ("2021/04/15", "2021-04-15"),
        ("2021-4-5", "2021-04-05"),
        ("2021-04-15T00:03:00.250Z", "2021-04-15T00:03:00.250Z"),
        ("2021-04-15 10:00 GMT", "2021-04-15T10:00Z"),
        ("Thu, 15 Apr 2021 00:03:00 +0200", "2021-04-15T00:03:00+02:00"),
        ("Thursday, April 15, 2021", "2021-04-15"),
    ],
)
def test_a_foreign_date_is_understood(text: str, iso: str) -> None:
    assert parse_foreign(text) == iso


@pytest.mark.parametrize(("order", "iso"), [("dmy", "2024-02-01"), ("mdy", "2024-01-02")])
def test_the_order_decides_what_two_numbers_mean(order: DayOrder, iso: str) -> None:
    assert parse_foreign("01/02/2024", order=order) == iso
    assert parse_foreign("01.02.2024", order=order) == iso


def test_two_numbers_without_an_order_are_ambiguous() -> None:
    with pytest.raises(ValueError, match="ambiguous"):
        parse_foreign("01/02/2024")


def test_a_date_against_the_stated_order_is_refused() -> None:
    with pytest.raises(ValueError, match="no month 13"):
        parse_foreign("13/02/2024", order="mdy")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31/02/2024", "February 2024 has 29 days"),
        ("Fri, 15 Apr 2021", "is no Fri"),
        ("15 Apr 2021 25:00", "no hour 25"),
        ("15 Apr 2021 13:00 PM", "no 13 o'clock"),
        ("0000-01-01", "the year 0 is not between"),
        ("4/15/21", "the year has two digits"),
        ("15.04.21 10:00", "the year has two digits"),
        ("4/15/021", "is no date"),
        ("15/04.2021", "is no date"),
        ("15 Foo 2021", "is no date"),
        ("12:30", "is no date"),
        ("44301", "is no date"),
        ("", "is no date"),
    ],
)
def test_a_wrong_foreign_date_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_foreign(text)


@given(DAYS, st.sampled_from(["%d %b %Y", "%B %d, %Y", "%a, %d %b %Y", "%Y/%m/%d", "%d.%m.%Y"]))
def test_every_day_survives_every_notation(day: date, notation: str) -> None:
    assert parse_foreign(day.strftime(notation)) == day.isoformat()


@given(DAYS, st.times())
def test_the_time_of_day_survives_twelve_hours_notation(day: date, clock: time) -> None:
    text = f"{day:%m/%d/%Y} {clock:%I:%M %p}"

    assert parse_foreign(text, order="mdy") == f"{day.isoformat()}T{clock:%H:%M}"


@given(
    st.text()
    | st.from_regex(
        r"\A[0-9]{1,4}[-/. ][0-9A-Za-z]{1,4}[-/. ,]{1,2}[0-9]{2,4}"
        r"( [0-9]{1,2}:[0-9]{2}( ?[AP]M)?( ?[+-][0-9]{4})?)?\Z"
    )
)
def test_any_text_becomes_a_stored_date_or_a_value_error(text: str) -> None:
    try:
        iso = parse_foreign(text)
    except ValueError:
        return

    assert parse_stored(iso).isoformat() == iso[:10]
