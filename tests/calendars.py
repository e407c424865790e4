"""Calendars as a library reads them that has nothing of ours in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import icalendar


@dataclass(frozen=True)
class Read:
    """One entry of a calendar."""

    uid: str
    #: A `datetime` if the entry has a time.
    start: date
    made: date
    length: timedelta | None
    title: str
    text: str
    codes: list[str]
    transparent: bool


def events(text: str) -> list[Read]:
    """The entries of the calendar *text*, in their order."""
    calendar: Any = icalendar.Calendar.from_ical(text)
    assert calendar["VERSION"] == "2.0"
    assert calendar.errors == []
    return [_read(each) for each in calendar.walk("VEVENT")]


def _read(event: Any) -> Read:
    assert event.errors == []
    assert event["STATUS"] == "CONFIRMED"
    return Read(
        uid=str(event["UID"]),
        start=event["DTSTART"].dt,
        made=event["DTSTAMP"].dt,
        length=event["DURATION"].dt if "DURATION" in event else None,
        title=str(event["SUMMARY"]),
        text=str(event.get("DESCRIPTION", "")),
        codes=[str(each) for each in event["CATEGORIES"].cats] if "CATEGORIES" in event else [],
        transparent=event.get("TRANSP") == "TRANSPARENT",
    )
