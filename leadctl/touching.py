"""Touch, snooze and pin: what keeps the lifecycle clock running, and what holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from leadctl.errors import RequestError
from leadctl.matching import did_you_mean, fold
from leadctl.moves import Move, move_step
from leadctl.plans import Plan, Step, edits_of, plan, require_past, require_text
from leadctl.records import OUTCOMES, VIAS, Contact, Event
from leadctl.stages import Stages
from leadctl.stamps import Stamp


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that happened between you and a contact."""

    via: str = "call"
    outcome: str = "reached"
    #: When, ISO; empty for today.
    on: str = ""
    note: str = ""
    #: Key in the system that it was imported from.
    ref: str = ""


def touch(
    contacts: Iterable[Contact],
    done: Touch,
    *,
    stages: Stages,
    today: date,
    stamp: Stamp,
    status: str = "",
    reason: str = "",
    beside: Callable[[Contact, Stamp], Step] | None = None,
) -> Plan:
    """Record that all of *contacts* were touched; a pin has then done its work and goes.

    With *status* they also enter that status; the note of the touch is the note of the change.
    What is to be done *beside*, such as planning the next one, is done in the same operation.

    Raises:
        RequestError: a touch in the future, or what the status asks for is missing.
    """
    steps = []
    for contact in contacts:
        step = touch_step(contact, done, today, stamp)
        if status:
            move = Move(status, done.note, reason, done.on)
            moved = move_step(contact, move, stages, today, stamp)
            step = step.and_then(moved)
        if beside:
            step = step.and_then(beside(contact, stamp))
        steps.append(step)
    return plan(stamp, steps)


def touch_step(contact: Contact, done: Touch, today: date, stamp: Stamp) -> Step:
    """What the touch *done* does to *contact*.

    Raises:
        RequestError: it lies in the future.
    """
    require_past(done.on, today, "a touch")
    event = stamp.event(
        "touched",
        contact.id,
        on=done.on,
        note=require_text(done.note, "the note"),
        via=known_word(done.via, VIAS, "way to touch somebody"),
        outcome=known_word(done.outcome, OUTCOMES, "outcome"),
        ref=done.ref,
    )
    if contact.pin is None:
        return Step(contact.id, (event,))
    unpinned = _field_step(contact, stamp, field="pinned", value="", kind="unpinned")
    return Step(contact.id, (event, *unpinned.events), unpinned.edits)


def snooze(
    contacts: Iterable[Contact], until: date, *, note: str, today: date, stamp: Stamp
) -> Plan:
    """Keep *contacts* off the prospect list before the day *until*.

    Raises:
        RequestError: *until* is not after *today*.
    """
    if until <= today:
        message = f"{until} is not in the future"
        raise RequestError(message, hint="say for example +3d, fri or 2026-12-24")
    day, said = until.isoformat(), require_text(note, "the note")
    return _set_on_all(contacts, stamp, field="snoozed_until", value=day, kind="snoozed", note=said)


def unsnooze(contacts: Iterable[Contact], *, note: str, stamp: Stamp) -> Plan:
    """Take a snooze back."""
    said = require_text(note, "the note")
    return _set_on_all(
        contacts, stamp, field="snoozed_until", value="", kind="unsnoozed", note=said
    )


def pin(
    contacts: Iterable[Contact], until: date | None, *, note: str, today: date, stamp: Stamp
) -> Plan:
    """Put *contacts* on the prospect list until they are touched, or until the day *until*.

    Raises:
        RequestError: *until* has passed.
    """
    if until is not None and until < today:
        raise RequestError(f"{until} has passed", hint="say for example fri or +2w")
    value, said = until.isoformat() if until else "yes", require_text(note, "the note")
    return _set_on_all(contacts, stamp, field="pinned", value=value, kind="pinned", note=said)


def unpin(contacts: Iterable[Contact], *, note: str, stamp: Stamp) -> Plan:
    """Take a pin back."""
    said = require_text(note, "the note")
    return _set_on_all(contacts, stamp, field="pinned", value="", kind="unpinned", note=said)


def known_word(word: str, known: tuple[str, ...], what: str) -> str:
    """The one of *known* that *word* is, in any case.

    Raises:
        RequestError: it is none of them.
    """
    if fold(word) in known:
        return fold(word)
    listed = f"one of: {', '.join(known)}"
    raise RequestError(f'"{word}" is no {what}', hint=did_you_mean(word, known, listed))


def _set_on_all(
    contacts: Iterable[Contact], stamp: Stamp, *, field: str, value: str, kind: str, note: str
) -> Plan:
    steps = [
        _field_step(each, stamp, field=field, value=value, kind=kind, note=note)
        for each in contacts
    ]
    return plan(stamp, steps)


def _field_step(
    contact: Contact, stamp: Stamp, *, field: str, value: str, kind: str, note: str = ""
) -> Step:
    old = contact.get(field)
    if old == value and not (value and note):
        return Step(contact.id)
    changes = {field: (old, value)} if old != value else {}
    event: Event = stamp.event(kind, contact.id, note=note, changes=dict(changes))
    return Step(contact.id, (event,), edits_of(contact.id, dict(changes)))
