"""Dates and times as other programs export them, turned into ISO texts for import."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from leadctl.dates import MONTHS, calendar_day, quoted

#: Whether the day or the month comes first in 01/02/2024; empty if that is not known.
DayOrder = Literal["", "dmy", "mdy"]

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH_NUMBERS = {
    **{word: n for n, name in enumerate(MONTHS, 1) for word in (name.lower(), name[:3].lower())},
    "sept": 9,
}
_WEEKDAY = re.compile(
    r"(?:(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?[,.]? )?(.+)"
)
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}(?![0-9])")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[. -]{1,2}([a-z]+)[., -]{1,2}([0-9]{4})")
_MONTH_DAY = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_TIME = re.compile(
    r"(?P<day>.+?)(?:t|,? |,? at )"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-5][0-9])(?P<rest>:[0-5][0-9](?:\.[0-9]{1,9})?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?(?: ?(?P<zone>z|utc|gmt|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9]))?"
)


def parse_foreign(text: str, *, order: DayOrder = "") -> str:
    """*text* as an ISO date, with its time, if it has one, after a `T`.

    Understood are numbers (2021-04-15, 2021/04/15, 04/15/2021, 15.04.2021) and English month
    names (15 Apr, 2021 or April 15, 2021), with a weekday before and a time behind: 13:00,
    3:04 PM, 00:03:00 +0200. Precision and offset stay as they are. Dots mean that the day comes
    first unless *order* says otherwise.

    Raises:
        ValueError: not understood, no such day or time, or 01/02/2024 without *order*.
    """
    plain = " ".join(text.lower().split())
    timed = _TIME.fullmatch(plain)
    day = _read_day(timed["day"] if timed else plain, text, order)
    return f"{day}T{_clock(timed, text)}" if timed else f"{day}"


def _read_day(plain: str, text: str, order: DayOrder) -> date:
    parts = _WEEKDAY.fullmatch(plain)
    if not parts:
        raise _not_understood(text)
    weekday, rest = parts.groups()
    day = _read_numbers(rest, text, order) or _read_words(rest)
    if day is None:
        raise _not_understood(text)
    if weekday and _WEEKDAYS[day.weekday()] != weekday:
        raise ValueError(f"{quoted(text)}: {day} is no {weekday.capitalize()}")
    return day


def _read_numbers(plain: str, text: str, order: DayOrder) -> date | None:
    found = _YEAR_FIRST.fullmatch(plain)
    if found:
        return calendar_day(int(found[1]), int(found[3]), int(found[4]))
    found = _YEAR_LAST.fullmatch(plain)
    if not found:
        return None
    one, two, year = int(found[1]), int(found[3]), int(found[4])
    if (order or _evident_order(one, two, found[2], text)) == "dmy":
        return calendar_day(year, two, one)
    return calendar_day(year, one, two)


def _evident_order(one: int, two: int, separator: str, text: str) -> DayOrder:
    if separator == "." or one > 12 or one == two:
        return "dmy"
    if two > 12:
        return "mdy"
    raise ValueError(f"{quoted(text)} is ambiguous; say whether the day or the month comes first")


def _read_words(plain: str) -> date | None:
    day_month, month_day = _DAY_MONTH.fullmatch(plain), _MONTH_DAY.fullmatch(plain)
    if day_month:
        day, month, year = day_month.groups()
    elif month_day:
        month, day, year = month_day.groups()
    else:
        return None
    if month not in _MONTH_NUMBERS:
        return None
    return calendar_day(int(year), _MONTH_NUMBERS[month], int(day))


def _clock(timed: re.Match[str], text: str) -> str:
    hour = int(timed["hour"])
    if timed["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"{quoted(text)}: there is no {hour} o'clock before or after noon")
        hour = hour % 12 + (12 if timed["half"] == "p" else 0)
    if hour > 23:
        raise ValueError(f"{quoted(text)}: there is no hour {hour}")
    return f"{hour:02}:{timed['minute']}{timed['rest'] or ''}{_offset(timed['zone'] or '')}"


def _offset(zone: str) -> str:
    if zone in ("z", "utc", "gmt"):
        return "Z"
    return f"{zone[:3]}:{zone[-2:]}" if zone else ""


def _not_understood(text: str) -> ValueError:
    # Whether 26 is 1926 or 2026 depends on the field, and programs differ: nobody is to guess it.
    if _SHORT_YEAR.match(text.strip()):
        return ValueError(
            f"{quoted(text)}: the year has two digits; have the other program write four, "
            "best as 2021-04-15"
        )
    return ValueError(
        f"{quoted(text)} is no date; understood are 2021-04-15, 04/15/2021, 15.04.2021, "
        "15 Apr 2021 and April 15, 2021, each with or without a time"
    )
