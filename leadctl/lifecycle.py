"""The lifecycle clock: contact + events + stages → standing, and standing + day → what is due.

The rules, with their reasons, are in docs/explanation/clock.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from leadctl.courses import course_of, earlier, moment_of
from leadctl.dates import Interval
from leadctl.prospecting.milestones import (
    move_on_from,
    quiet_from,
    stuck_from,
    unreachable_from,
    won_on,
)
from leadctl.records import Contact, Entry, Event, FollowUp, Standing
from leadctl.stages import Stages, Status


@dataclass(slots=True)
class Past:
    """What the events of one contact come to, taken in the order in which they were written."""

    #: The days of the last touch, and of the last one that reached them, as ISO dates or empty:
    #: there are many touches, and text tells the later one as well.
    touched: str = ""
    reached: str = ""
    touches: int = 0
    #: The status that the journal says the contact is in, by its present name, and since when.
    status: str = ""
    since: str = ""
    pin_note: str = ""
    #: Code of a reason → the day on which it was taken off the list.
    dismissed: Mapping[str, date] = field(default_factory=dict)
    #: The moments when it was added, first touched and first reached, as `moment_of` tells them.
    added: str = ""
    attempted: str = ""
    first_reached: str = ""
    #: Each status that the contact was in, since when if that is known, and the reason given.
    moves: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, event: Event, stages: Stages) -> None:
        """Count *event* in."""
        if event.kind == "touched":
            self._touch(event)
        elif event.kind == "added":
            self.added = moment_of(event)
        elif event.kind == "pinned":
            self.pin_note = event.note
        elif event.kind == "dismissed":
            self.dismissed = {**self.dismissed, event.reason: event.day}
        elif event.kind == "undismissed":
            kept = self.dismissed.items()
            self.dismissed = {code: day for code, day in kept if code != event.reason}
        if "status" in event.changes:
            self._enter(event, stages)

    def _enter(self, event: Event, stages: Stages) -> None:
        old, new = (_present(str(word), stages) for word in event.changes["status"])
        if old and old not in (new, self.moves[-1][0] if self.moves else ""):
            # It came there without the journal.
            self.moves.append((old, "", ""))
        # Who was only given the new name of their status has not moved. An event of kind status
        # is a move in any case: the one status may have gone into the other since.
        if event.kind == "status" or old != new:
            self.status = new
            self.since = event.on[:10]
            self.moves.append((new, self.since, event.reason))

    def _touch(self, event: Event) -> None:
        self.touches += 1
        day = event.on[:10]
        self.touched = max(self.touched, day)
        if not self.attempted or day <= self.attempted[:10]:
            moment = moment_of(event)
            self.attempted = earlier(self.attempted or moment, moment)
        if event.outcome == "reached":
            self._reach(event, day)

    def _reach(self, event: Event, day: str) -> None:
        self.reached = max(self.reached, day)
        if not self.first_reached or day <= self.first_reached[:10]:
            moment = moment_of(event)
            self.first_reached = earlier(self.first_reached or moment, moment)


def standing(contact: Contact, events: Iterable[Event], stages: Stages) -> Standing:
    """Where *contact* stands once all of *events* (its own, in journal order) have happened.

    The result does not depend on today: what is due on a day follows from `due` and that day.
    Touches may come in any order; a back-dated one never moves the last touch backwards.
    """
    return standing_after(past_of(events, stages), contact, stages)


def past_of(events: Iterable[Event], stages: Stages) -> Past:
    """What *events* of one contact, all of which count, come to; they are in journal order."""
    past = Past()
    for event in events:
        past.take(event, stages)
    return past


def standing_after(past: Past, contact: Contact, stages: Stages) -> Standing:
    """Where *contact* stands with its *past*, as told by the same *stages*."""
    status = stages.find(contact.status)
    bare = Standing(
        status=status.name if status else contact.status,
        since=_since(contact, status, past),
        touched=_latest(_day(past.touched), contact.last_touch),
        reached=_day(past.reached),
        touches=past.touches,
        pin_note=past.pin_note if contact.pin else "",
        won=won_on(past.moves, status, stages),
        dismissed=past.dismissed,
    )
    return standing_under(bare, contact, stages)


def standing_under(before: Standing, contact: Contact, stages: Stages) -> Standing:
    """Where *contact* stands by the rules of *stages*, where it stood *before* by others.

    Both have to call each status by the same name, and the same ones won.
    """
    status = stages.find(contact.status)
    interval = touch_interval(contact, status)
    return Standing(
        status=before.status,
        stage=status.stage if status else "",
        outcome=status.outcome if status else "",
        on_pipeline=bool(status and status.on_pipeline),
        since=before.since,
        touched=before.touched,
        reached=before.reached,
        touches=before.touches,
        due=_due(contact, status, before.touched, interval),
        interval_days=interval.days if interval else 0,
        stuck_from=stuck_from(status, before.since),
        move_on_from=move_on_from(contact, status, before.since),
        quiet_from=quiet_from(contact, status, before.touched, stages.criteria.quiet),
        unreachable_from=unreachable_from(contact, interval, before.since),
        won=before.won,
        pin_note=before.pin_note,
        dismissed=before.dismissed,
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
    for event in sorted(events, key=attrgetter("id")):
        grouped.setdefault(event.contact, []).append(event)
    return grouped


def pasts(events: Iterable[Event], stages: Stages) -> dict[str, Past]:
    """What *events*, all of which count, come to for each contact."""
    found: dict[str, Past] = {}
    for event in sorted(events, key=attrgetter("id")):
        past = found.get(event.contact)
        if past is None:
            past = found[event.contact] = Past()
        past.take(event, stages)
    return found


def entries(
    contacts: Iterable[Contact],
    known: Mapping[str, Past],
    stages: Stages,
    *,
    planned: Mapping[str, tuple[FollowUp, ...]] | None = None,
) -> list[Entry]:
    """*contacts* with where they stand, each with what is *known* of their past by id.

    *planned* are their follow-ups, by the id of the contact, earliest first.
    """
    none, planned = Past(), planned or {}
    return [
        entry_after(known.get(each.id, none), each, stages, planned.get(each.id, ()))
        for each in contacts
    ]


def entry_after(
    past: Past, contact: Contact, stages: Stages, planned: tuple[FollowUp, ...] = ()
) -> Entry:
    """*contact* with where its *past* has led it, and what is *planned* for it."""
    place = standing_after(past, contact, stages)
    return Entry(contact, place, planned, course_of(past, contact, stages))


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


def _present(name: str, stages: Stages) -> str:
    """What the status *name* is called now; itself if stages.yaml does not know it."""
    known = stages.find(name) if name else None
    return known.name if known else name


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _latest(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return max(one, other)


def _since(contact: Contact, status: Status | None, past: Past) -> date | None:
    """Since when the contact is in its status; None if the file was changed past the journal."""
    if not past.status:
        return contact.created
    return _day(past.since) if past.status == (status.name if status else contact.status) else None


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
