"""The lifecycle clock: contact + events + stages → standing, and standing + day → what is due.

The rules, with their reasons, are in docs/explanation/clock.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from leadctl.dates import Interval
from leadctl.records import Contact, Event, Standing
from leadctl.stages import Stages, Status


def standing(contact: Contact, events: Iterable[Event], stages: Stages) -> Standing:
    """Where *contact* stands once all of *events* (its own, in journal order) have happened.

    The result does not depend on today: what is due on a day follows from `due` and that day.
    Touches may come in any order; a back-dated one never moves the last touch backwards.
    """
    past = _Past()
    for event in events:
        past.take(event, stages)
    status = stages.find(contact.status)
    last_touch = _latest(past.touched, contact.last_touch)
    interval = touch_interval(contact, status)
    since = _since(contact, status, past)
    return Standing(
        status=status.name if status else contact.status,
        stage=status.stage if status else "",
        outcome=status.outcome if status else "",
        on_pipeline=bool(status and status.on_pipeline),
        since=since,
        touched=last_touch,
        reached=past.reached,
        touches=past.touches,
        due=_due(contact, status, last_touch, interval),
        interval_days=interval.days if interval else 0,
        stuck_from=_stuck_from(status, since),
        pin_note=past.pin_note if contact.pin else "",
    )


def touch_interval(contact: Contact, status: Status | None) -> Interval | None:
    """How often *contact* wants to be touched: its own interval before that of its status.

    None where neither says anything, which differs from `never`.
    """
    if contact.touch_every is not None:
        return contact.touch_every
    return status.touch_every if status else None


def by_contact(events: Iterable[Event]) -> dict[str, list[Event]]:
    """*events* of each contact, in the order in which they were written down."""
    grouped: dict[str, list[Event]] = {}
    for event in sorted(events, key=lambda event: event.id):
        grouped.setdefault(event.contact, []).append(event)
    return grouped


def is_snoozed(contact: Contact, day: date) -> bool:
    """True if *contact* was put off until after *day*."""
    return contact.snoozed_until is not None and contact.snoozed_until > day


def is_pinned(contact: Contact, day: date) -> bool:
    """True if *contact* is pinned and the last day of the pin has not passed on *day*."""
    return contact.pin is not None and (contact.pin.until is None or contact.pin.until >= day)


def overdue_days(due: date | None, day: date) -> int | None:
    """Days from *due* to *day*, negative if it is still to come; None if nothing is due."""
    return None if due is None else (day - due).days


def last_known(events: Sequence[Event]) -> date | None:
    """The last day on which the book learnt anything."""
    return max((event.known for event in events), default=None)


@dataclass(slots=True)
class _Past:
    """What a walk over the events of one contact has gathered so far."""

    touched: date | None = None
    reached: date | None = None
    touches: int = 0
    #: The status that the journal says the contact is in, by its present name.
    status: str = ""
    since: date | None = None
    pin_note: str = ""

    def take(self, event: Event, stages: Stages) -> None:
        if event.kind == "touched":
            self._touch(event)
        elif event.kind == "pinned":
            self.pin_note = event.note
        if "status" in event.changes:
            self._enter(event, stages)

    def _enter(self, event: Event, stages: Stages) -> None:
        old, new = (_present(str(name), stages) for name in event.changes["status"])
        # Who was only given the new name of their status has not moved. An event of kind status
        # is a move in any case: the one status may have gone into the other since.
        if event.kind == "status" or old != new:
            self.status = new
            self.since = event.day

    def _touch(self, event: Event) -> None:
        self.touches += 1
        self.touched = _latest(self.touched, event.day)
        if event.outcome == "reached":
            self.reached = _latest(self.reached, event.day)


def _present(name: str, stages: Stages) -> str:
    """What the status *name* is called now; itself if stages.yaml does not know it."""
    known = stages.find(name)
    return known.name if known else name


def _latest(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return max(one, other)


def _since(contact: Contact, status: Status | None, past: _Past) -> date | None:
    """Since when the contact is in its status; None if the file was changed past the journal."""
    if not past.status:
        return contact.created
    return past.since if past.status == (status.name if status else contact.status) else None


def _due(
    contact: Contact, status: Status | None, last_touch: date | None, interval: Interval | None
) -> date | None:
    if interval is None or interval.is_never:
        return None
    if last_touch is not None:
        return interval.after(last_touch)
    if contact.created is None:
        return None
    first = status.first_touch if status and status.first_touch is not None else interval
    return None if first.is_never else first.after(contact.created)


def _stuck_from(status: Status | None, since: date | None) -> date | None:
    if status is None or status.limit is None or status.limit.is_never or since is None:
        return None
    return status.limit.after(since) + timedelta(days=1)
