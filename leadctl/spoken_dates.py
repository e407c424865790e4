"""Days and periods as people type them: "fri", "+2w", "eom", "2026Q4"; given today.

The grammar is closed. What it does not know is refused, since a date that was guessed is worse
than one that has to be typed again.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from leadctl.dates import FIRST_YEAR, LAST_YEAR, calendar_day, month_length, quoted, shifted

#: In which direction a weekday lies, or "3d": for what is planned or for what happened.
Direction = Literal["past", "future"]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_WORDS = {
    **{word: number for number, name in enumerate(_WEEKDAYS) for word in (name, name[:3])},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}
_UNITS = {unit[0]: unit for unit in ("day", "week", "month", "year")}
_UNIT = "(d|w|m|y|days?|weeks?|months?|years?)"
_OFFSET = re.compile(rf"([+-]?)([0-9]{{1,9}}) ?{_UNIT}")
_IN = re.compile(rf"in ([0-9]{{1,9}}) ?{_UNIT}")
_AGO = re.compile(rf"([0-9]{{1,9}}) ?{_UNIT} ago")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_YEAR = re.compile(r"([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})-?q([1-4])")
_RELATIVE = re.compile(r"(this|last|next) (week|month|quarter|year)")
_DAYS_KNOWN = (
    "today, yesterday, tomorrow, fri, next fri, last fri, +3d, -2w, +1m, in 3 days, 3 days ago, "
    "eow, eom, eoy, 2026-11-22"
)
_PERIODS_KNOWN = f"2026, 2026-11, 2026Q4, this month, last quarter, {_DAYS_KNOWN}"


def parse_day(text: str, today: date, *, prefer: Direction) -> date:
    """The day that *text* means, seen from *today*.

    A bare weekday is never today: it lies up to seven days ahead, or back if *prefer* is past.
    "next fri" is the first Friday after today and "last fri" the one before it, whatever
    *prefer* says. A week ends on Sunday. An unsigned "3d" is understood for the future only.

    Raises:
        ValueError: not understood, no such day, or a year before 1900 or after 9998.
    """
    day = _find_day(_plain(text), today, prefer)
    if day is None:
        raise ValueError(f"{quoted(text)} is no day; understood are: {_DAYS_KNOWN}")
    return day


def parse_period(text: str, today: date, *, prefer: Direction = "past") -> tuple[date, date]:
    """The first and the last day of the period that *text* means: a day, month, quarter, year.

    Raises:
        ValueError: not understood, no such period, or a year before 1900 or after 9998.
    """
    plain = _plain(text)
    period = _find_named_period(plain) or _find_relative_period(plain, today)
    if period:
        return period
    day = _find_day(plain, today, prefer)
    if day is None:
        raise ValueError(f"{quoted(text)} is no date; understood are: {_PERIODS_KNOWN}")
    return day, day


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _find_day(plain: str, today: date, prefer: Direction) -> date | None:
    steps = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if plain in steps:
        return _within_years(shifted(today, steps[plain], "day"))
    iso = _ISO.fullmatch(plain)
    if iso:
        return calendar_day(int(iso[1]), int(iso[2]), int(iso[3]))
    return (
        _find_weekday(plain, today, prefer)
        or _find_end(plain, today)
        or _find_offset(plain, today, prefer)
    )


def _find_weekday(plain: str, today: date, prefer: Direction) -> date | None:
    which, _, word = plain.rpartition(" ")
    direction = {"": prefer, "next": "future", "last": "past"}.get(which)
    if direction is None or word not in _WEEKDAY_WORDS:
        return None
    ahead = (_WEEKDAY_WORDS[word] - today.weekday() - 1) % 7 + 1
    # Seven days before the coming one, unless that is today itself.
    back = ahead - 7 or -7
    return _within_years(shifted(today, ahead if direction == "future" else back, "day"))


def _find_end(plain: str, today: date) -> date | None:
    spans = {"eow": "week", "eom": "month", "eoy": "year"}
    return _within_years(_span_around(today, spans[plain])[1]) if plain in spans else None


def _find_offset(plain: str, today: date, prefer: Direction) -> date | None:
    ahead, ago, offset = _IN.fullmatch(plain), _AGO.fullmatch(plain), _OFFSET.fullmatch(plain)
    if ahead:
        count, unit = int(ahead[1]), ahead[2]
    elif ago:
        count, unit = -int(ago[1]), ago[2]
    elif offset:
        count, unit = int(f"{offset[1]}{offset[2]}"), offset[3]
        if not offset[1] and prefer == "past":
            raise ValueError(f"{quoted(plain)} may lie ahead or back; write +{plain} or -{plain}")
    else:
        return None
    return _within_years(shifted(today, count, _UNITS[unit[0]]))


def _find_named_period(plain: str) -> tuple[date, date] | None:
    year, month, quarter = (form.fullmatch(plain) for form in (_YEAR, _MONTH, _QUARTER))
    if year:
        return _span_around(calendar_day(int(year[1]), 1, 1), "year")
    if month:
        return _span_around(calendar_day(int(month[1]), int(month[2]), 1), "month")
    if quarter:
        return _span_around(calendar_day(int(quarter[1]), int(quarter[2]) * 3, 1), "quarter")
    return None


def _find_relative_period(plain: str, today: date) -> tuple[date, date] | None:
    found = _RELATIVE.fullmatch(plain)
    if not found:
        return None
    step = {"this": 0, "last": -1, "next": 1}[found[1]]
    unit = found[2]
    first, _ = _span_around(today, unit)
    moved = shifted(first, *((step * 3, "month") if unit == "quarter" else (step, unit)))
    return _span_around(_within_years(moved), unit)


def _span_around(day: date, unit: str) -> tuple[date, date]:
    """The first and the last day of the week, month, quarter or year that holds *day*."""
    if unit == "week":
        monday = shifted(day, -day.weekday(), "day")
        return _within_years(monday), _within_years(monday + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first_month = (day.month - 1) // months * months + 1
    last_month = first_month + months - 1
    last = date(day.year, last_month, month_length(day.year, last_month))
    return date(day.year, first_month, 1), last


def _within_years(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day} is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    return day
