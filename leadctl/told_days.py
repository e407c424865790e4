"""Days as people say them: "tomorrow", "3 days over", "Mon 30 Nov"; given today."""

from __future__ import annotations

from datetime import date

#: A day that is so near is counted to; a later one is found in the calendar.
_COUNTED_AHEAD = 6
#: What was so long ago is counted; who knows what day it was 40 days ago?
_COUNTED_BACK = 30
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def due_day(day: date, today: date) -> str:
    """A *day* on which something is due: 3 days over, today, tomorrow, in 5 days, Mon 30 Nov."""
    ahead = (day - today).days
    if ahead < 0:
        return f"{_days(-ahead)} over"
    if ahead < 2:
        return ("today", "tomorrow")[ahead]
    if ahead <= _COUNTED_AHEAD:
        return f"in {_days(ahead)}"
    # The weekday of a day in another year is of no use yet.
    weekday = f"{_WEEKDAYS[day.weekday()]} " if day.year == today.year else ""
    return f"{weekday}{_named(day, today)}"


def past_day(day: date, today: date) -> str:
    """A *day* on which something was: today, yesterday, 5 days ago, 28 Sep, 9 Nov 2025.

    A day that is yet to come is told as one on which something is due.
    """
    ago = (today - day).days
    if ago < 0:
        return due_day(day, today)
    if ago < 2:
        return ("today", "yesterday")[ago]
    return f"{_days(ago)} ago" if ago <= _COUNTED_BACK else _named(day, today)


def _named(day: date, today: date) -> str:
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
