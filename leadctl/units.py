"""Units of time that reports count by, and what each day, week or month is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

#: Unit → the name of the one that holds a day; a week is called by its Monday.
UNITS: Mapping[str, Callable[[date], str]] = {
    "day": date.isoformat,
    "week": lambda day: (day - timedelta(days=day.weekday())).isoformat(),
    "month": lambda day: f"{day:%Y-%m}",
    "quarter": lambda day: f"{day.year}Q{(day.month + 2) // 3}",
    "year": lambda day: f"{day.year}",
}


def units_between(first: date, last: date, unit: str) -> list[str]:
    """The names of all of *unit* that hold one of the days from *first* to *last*, in order."""
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return list(dict.fromkeys(map(UNITS[unit], days)))
