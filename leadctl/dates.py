"""Intervals, and dates as leadctl writes them; nobody's shorthand is understood here.

Imported nearly everywhere, so it loads little. `leadctl.spoken_dates` reads what people type,
`leadctl.foreign_dates` what other programs export.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

#: Years outside are typing mistakes; the last year of the calendar is left free so that the end
#: of a period and the day after it always exist.
FIRST_YEAR, LAST_YEAR = 1900, 9998
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)

_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365, "never": 0}
_LONGEST_DAYS = 100 * 365
_INTERVAL = re.compile(r"([0-9]{1,6})\s*(d|w|m|y|days?|weeks?|months?|years?)")
_SHOWN = 40
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_STORED = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    rf"(?:[T ]{_CLOCK}(?::[0-5][0-9](?:\.[0-9]{{1,9}})?)?(?:Z|[+-]{_CLOCK})?)?"
)
_YEAR_FIRST = r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})"
_YEAR_LAST = r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})"


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of calendar time, such as 14 days or 1 month; `NEVER` stands for none at all."""

    count: int
    #: day, week, month, year; `never` only in NEVER.
    unit: str

    @property
    def is_never(self) -> bool:
        """True if nothing ever follows."""
        return self.unit == "never"

    @property
    def days(self) -> int:
        """Its length for comparing: a month counts 30 days, a year 365, never 0."""
        return self.count * _UNIT_DAYS[self.unit]

    def after(self, day: date) -> date:
        """The day that is this interval after *day*: 31 January + 1 month = 28 February.

        Past the end of the calendar it is the last day there is.

        Raises:
            ValueError: the interval is never.
        """
        if self.is_never:
            raise ValueError("nothing comes after never")
        try:
            return shifted(day, self.count, self.unit)
        except ValueError:
            return date.max

    def latest(self, day: date) -> date:
        """The last day after which this interval is over on *day*: the other way of `after`.

        Before the beginning of the calendar it is the first day there is, as for never.
        """
        if self.is_never:
            return date.min
        try:
            found = shifted(day, -self.count, self.unit)
        except ValueError:
            return date.min
        # 28, 29, 30 and 31 January are all one month before 28 February.
        while found < day and self.after(found + timedelta(days=1)) <= day:
            found += timedelta(days=1)
        return found

    def __str__(self) -> str:
        if self.is_never:
            return "never"
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


NEVER = Interval(0, "never")
_NAMED = {
    "never": NEVER,
    "daily": Interval(1, "day"),
    "weekly": Interval(1, "week"),
    "monthly": Interval(1, "month"),
    "quarterly": Interval(3, "month"),
    "yearly": Interval(1, "year"),
}


def parse_interval(text: str) -> Interval:
    """The interval that *text* names: 14 days, 2w, 1 month, 1y, quarterly, never.

    Raises:
        ValueError: anything else, or longer than a hundred years.
    """
    plain = text.strip().lower()
    if plain in _NAMED:
        return _NAMED[plain]
    found = _INTERVAL.fullmatch(plain)
    if not found:
        raise ValueError(
            f"{quoted(text)} is no interval; write 14 days, 2 weeks, 1 month, 1 year or never"
        )
    units = {unit[0]: unit for unit in ("day", "week", "month", "year")}
    interval = Interval(int(found[1]), units[found[2][0]])
    if interval.days > _LONGEST_DAYS:
        raise ValueError(f"{quoted(text)} is longer than 100 years")
    return interval


def parse_stored(text: str) -> date:
    """The day of a date in a data file: 2026-11-22, with or without a time after it.

    The time is checked and dropped, its offset is not applied: the day is the one written.

    Raises:
        ValueError: any other notation, or a day that does not exist.
    """
    found = _STORED.fullmatch(text)
    if found:
        return _written_day(text[:10])
    candidates = _candidates(text)
    readings = list(dict.fromkeys(iso for iso in map(_iso_or_empty, candidates) if iso))
    if readings:
        raise ValueError(f"ambiguous date {quoted(text)}; write {' or '.join(readings)}")
    if candidates:
        # No such day, and this says why.
        calendar_day(*candidates[0])
    raise ValueError(f"{quoted(text)} is no date; write it like 2026-11-22 or 2026-11-22 14:30")


@lru_cache(maxsize=10_000)
def _written_day(text: str) -> date:
    return calendar_day(int(text[:4]), int(text[5:7]), int(text[8:]))


def shifted(day: date, count: int, unit: str) -> date:
    """*day* moved by *count* (may be negative) days, weeks, months or years.

    Raises:
        ValueError: the calendar does not reach that far.
    """
    try:
        if unit in ("day", "week"):
            return day + timedelta(days=count * _UNIT_DAYS[unit])
        # Only months and years need it, and it is not cheap to load.
        from dateutil.relativedelta import relativedelta

        return day + relativedelta(months=count * (12 if unit == "year" else 1))
    except (OverflowError, ValueError) as error:
        raise ValueError(f"{count} {unit}s from {day} is outside the calendar") from error


@lru_cache(maxsize=4096)
def calendar_day(year: int, month: int, day: int) -> date:
    """The day of these three numbers.

    Raises:
        ValueError: there is no such day, or the year is before 1900 or after 9998.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    length = month_length(year, month)
    if not 1 <= day <= length:
        raise ValueError(f"{MONTHS[month - 1]} {year} has {length} days")
    return date(year, month, day)


def month_length(year: int, month: int) -> int:
    """The number of days in a month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def quoted(text: str) -> str:
    """*text* in quotes for a message, cut if it is long."""
    return f'"{text}"' if len(text) <= _SHOWN else f'"{text[:_SHOWN]}…"'


def _candidates(text: str) -> list[tuple[int, int, int]]:
    """Year, month and day that a date in another notation may mean; there may be no such day."""
    year_first, year_last = re.fullmatch(_YEAR_FIRST, text), re.fullmatch(_YEAR_LAST, text)
    if year_first:
        year, month, day = (int(part) for part in year_first.groups())
        return [(year, month, day)]
    if year_last:
        one, two, year = (int(part) for part in year_last.groups())
        return [(year, two, one), (year, one, two)]
    return []


def _iso_or_empty(parts: tuple[int, int, int]) -> str:
    try:
        return calendar_day(*parts).isoformat()
    except ValueError:
        return ""
