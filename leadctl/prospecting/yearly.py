"""Days that come every year: birthdays and anniversaries, and the days around them.

Who was born on 29 February is celebrated on the 28th in a year without a 29th.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from leadctl.dates import parse_stored
from leadctl.prospecting.criteria import Window

_LEAP_DAY = "02-29"


@dataclass(frozen=True, slots=True)
class Return:
    """A day that comes every year, as it comes in one of them."""

    #: When it is celebrated.
    day: date
    #: When it becomes a reason to be in touch, some days before.
    opens: date


def returns(month_day: str, around: Window, first: date, last: date) -> Iterator[Return]:
    """Each return of *month_day*, such as 05-17, whose window is open between *first* and *last*.

    The earliest comes first.
    """
    for year in range(first.year - 1, last.year + 2):
        day = celebrated(month_day, year)
        opens, closes = _moved(day, -around.within), _moved(day, around.late)
        if opens <= last and closes >= first:
            yield Return(day, opens)


def last_returns(around: Window, first: date, last: date) -> dict[str, Return]:
    """Each `MM-DD` → its last return whose window is open between *first* and *last*."""
    found: dict[str, Return] = {}
    day, end = _moved(first, -around.late), _moved(last, around.within)
    # A year and a day hold all of them; what lies before comes again.
    day = max(day, _moved(end, -366))
    while day <= end:
        back = Return(day, _moved(day, -around.within))
        found[f"{day:%m-%d}"] = back
        if celebrated(_LEAP_DAY, day.year) == day:
            found[_LEAP_DAY] = back
        if day == date.max:
            break
        day += timedelta(days=1)
    return found


def celebrated(month_day: str, year: int) -> date:
    """The day on which *month_day* is celebrated in *year*, or in the last one of the calendar."""
    month, day = int(month_day[:2]), int(month_day[3:])
    year = min(max(year, date.min.year), date.max.year)
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, 2, 28)


def month_day_of(text: str) -> str:
    """The `MM-DD` in a birthday as written, with or without a year; empty if it is none."""
    plain = text.strip()
    try:
        return f"{parse_stored(f'2000-{plain}' if len(plain) == 5 else plain):%m-%d}"
    except ValueError:
        return ""


def year_of(text: str) -> int:
    """The year in a birthday as written; 0 if it has none."""
    plain = text.strip()
    return int(plain[:4]) if len(plain) > 5 else 0


def _moved(day: date, days: int) -> date:
    """*day* moved by some *days*, or the end of the calendar that it would run over."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min
