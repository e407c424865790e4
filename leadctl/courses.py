"""What a contact went through: when it arrived, was first touched and reached, where it stayed.

Reports sum this up. How it comes about, and how each number of a report is defined, is in
docs/reference/reports.md.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from leadctl.records import Contact, Course, Event, Stay
from leadctl.stages import Stages

if TYPE_CHECKING:
    from leadctl.lifecycle import Past

_DAY = len("2026-11-22")
_DAY_MINUTES = 24 * 60


def moment_of(event: Event) -> str:
    """When *event* happened: an ISO day, with the time where that is known.

    Nobody types times, but what is written down on the day itself has just happened.
    """
    is_of_today = event.at.startswith(event.on) and not event.origin.startswith("import")
    return event.at if is_of_today else event.on


def earlier(one: str, other: str) -> str:
    """The moment that came first; of one day, a day alone before all of its times."""
    if one[:_DAY] != other[:_DAY] or len(one) <= _DAY or len(other) <= _DAY:
        return min(one, other)
    gone = _seconds(one, other)
    return min(one, other) if gone is None else one if gone >= 0 else other


def course_of(past: Past, contact: Contact, stages: Stages) -> Course:
    """What *contact* went through, its *past* being told by the same *stages*."""
    return Course(
        _arrival(past, contact), past.attempted, past.first_reached, _stays(past, contact, stages)
    )


def minutes_between(start: str, end: str) -> int | None:
    """Whole minutes from one moment to another, at least 0; None where a time is not known.

    From a day on, as many as whole days have: nobody asks for more, and reports have few numbers.

    Where only one of them says in which zone it is, both count as being in the same one.
    """
    if len(start) <= _DAY or len(end) <= _DAY:
        return None
    seconds = _seconds(start, end)
    if seconds is None:
        return None
    minutes = max(int(seconds) // 60, 0)
    return minutes if minutes < _DAY_MINUTES else minutes - minutes % _DAY_MINUTES


def days_between(start: str, end: str) -> int | None:
    """Days from one moment to another, at least 0; None where one is not known."""
    first, last = ordinal(start[:_DAY]), ordinal(end[:_DAY])
    return None if first is None or last is None else max(last - first, 0)


@cache
def ordinal(day: str) -> int | None:
    """The number of an ISO day, of which there are few; None of none."""
    return date.fromisoformat(day).toordinal() if day else None


def _seconds(start: str, end: str) -> float | None:
    """From one time to another, below 0 if it comes before; None if one is none."""
    try:
        first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    except ValueError:
        return None
    if (first.tzinfo is None) != (last.tzinfo is None):
        first, last = first.replace(tzinfo=None), last.replace(tzinfo=None)
    return (last - first).total_seconds()


def _arrival(past: Past, contact: Contact) -> str:
    """When the contact came in: `created`, with the time if that is known."""
    day = contact.created.isoformat() if contact.created else ""
    written = str(contact.get("created") or "")
    if day and len(written) > _DAY:
        return written
    return past.added if day and past.added.startswith(day) else day


def _stays(past: Past, contact: Contact, stages: Stages) -> tuple[Stay, ...]:
    """The statuses it was in one after the other, the present one last."""
    known = stages.find(contact.status)
    present = known.name if known else contact.status
    moves = past.moves
    if not moves or moves[-1][0] != present:
        # The file was changed past the journal: nobody knows when.
        moves = [*moves, (present, "", "")]
    created = contact.created.isoformat() if contact.created else ""
    stays = []
    until = ""
    for status, since, reason in reversed(moves):
        stays.append(Stay(status, since, until, reason))
        until = since
    stays.reverse()
    if not stays[0].since and created:
        stays[0] = stays[0]._replace(since=created)
    return tuple(stays)
