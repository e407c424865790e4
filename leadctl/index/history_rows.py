"""What happened to contacts as rows of the index: events, and what contacts went through."""

from __future__ import annotations

from collections.abc import Iterator

from leadctl.courses import days_between, minutes_between, ordinal
from leadctl.records import Course, Event


def event_row(event: Event, written: bytes) -> tuple[object, ...]:
    """The values of EVENT_COLUMNS for *event*, that the line *written* says."""
    return (
        event.id, event.op, event.contact, event.on[:10], event.known_on, event.kind, event.via,
        event.outcome, event.by, event.undoes, event.line, written,
    )  # fmt: skip


def course_row(number: int, course: Course) -> tuple[object, ...]:
    """The row of `course` for what the contact with row *number* went through."""
    arrived, attempted, reached, _ = course
    return (
        number, arrived[:10] or None, ordinal(arrived[:10]),
        minutes_between(arrived, attempted), days_between(arrived, attempted),
        minutes_between(arrived, reached), days_between(arrived, reached),
    )  # fmt: skip


def stay_rows(number: int, course: Course) -> Iterator[tuple[object, ...]]:
    """The rows of `stay` for the contact with row *number*."""
    before: set[str] = set()
    for place, (status, since, until, reason) in enumerate(course.stays):
        yield (
            number, place, status, int(status not in before), since or None, ordinal(since),
            until or None, days_between(since, until), reason,
        )  # fmt: skip
        before.add(status)
