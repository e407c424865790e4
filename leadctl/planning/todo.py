"""What may happen to follow-ups: they are planned, put off, done or dropped; each as a plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from leadctl.errors import RequestError
from leadctl.planning.follow_ups import VIAS, next_day, read_time, repeat_interval, start_of
from leadctl.plans import Plan, Step, plan, require_past, require_text
from leadctl.records import Changes, Contact, Event, FieldEdit, FollowUp, Value
from leadctl.stamps import ALPHABET, Stamp, encode
from leadctl.touching import Touch, known_word, touch_step

#: What `touch --next` plans if nothing else is said.
USUAL = "follow up"
#: Ids begin with one of these and have so many digits behind it: no program takes one for a number.
_LETTERS = [letter for letter in ALPHABET if letter.isalpha()]
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """A follow-up that is to be planned."""

    what: str
    due: date
    time: str = ""
    via: str = ""
    owner: str = ""
    repeat: str = ""


#: True for an id that a follow-up has.
Taken = Callable[[str], bool]


def add(
    contacts: Iterable[Contact], wanted: Wanted, *, today: date, stamp: Stamp, is_taken: Taken
) -> Plan:
    """Plan *wanted* for each of *contacts*.

    Raises:
        RequestError: the day has passed, or a part of it is none of what there may be.
    """
    ids = Ids(is_taken)
    return plan(stamp, [add_step(each, wanted, today, stamp, ids) for each in contacts])


def add_step(contact: Contact, wanted: Wanted, today: date, stamp: Stamp, ids: Ids) -> Step:
    """What planning *wanted* does to *contact*.

    Raises:
        RequestError: as for `add`.
    """
    due = require_ahead(wanted.due, today)
    if not wanted.what.strip():
        hint = 'such as: leadctl todo add WHO "send the offer" --due fri'
        raise RequestError("what is to be done is empty", hint=hint)
    fields: dict[str, Value] = {
        "contact": contact.id,
        "due": due.isoformat(),
        "time": _checked(read_time, wanted.time, "--time"),
        "what": require_text(wanted.what, "what is to be done"),
        "via": known_word(wanted.via, VIAS, "way to do it") if wanted.via else "",
        "owner": require_text(wanted.owner, "the owner"),
        "repeat": wanted.repeat,
        "start": due.isoformat() if wanted.repeat else "",
    }
    _checked(repeat_interval, wanted.repeat, "--repeat")
    return Step(contact.id, (planned_event(contact.id, fields, stamp, ids),))


def planned_event(contact: str, fields: Mapping[str, Value], stamp: Stamp, ids: Ids) -> Event:
    """The event by which a follow-up with *fields*, all but its id, comes into the book."""
    event = stamp.event("planned", contact)
    id_ = ids.after(event.id)
    changes = {name: ("", value) for name, value in {"id": id_, **fields}.items() if value}
    return replace(event, note=str(fields.get("what", "")), follow_ups={id_: changes})


def finish(
    follow_ups: Iterable[FollowUp],
    contacts: Mapping[str, Contact],
    done: Touch,
    *,
    today: date,
    stamp: Stamp,
) -> Plan:
    """*follow_ups* are done: each is a touch, as *done* says, of its contact, and goes.

    Where *done* names no way, it is that of the follow-up. For a `task`, and for who is not among
    *contacts*, nobody was touched. One that repeats moves to its next day instead of going.

    Raises:
        RequestError: it was done in the future.
    """
    events: list[Event] = []
    edits: list[FieldEdit] = []
    there = dict(contacts)
    for each in follow_ups:
        step = _done_step(each, there.get(each.contact), done, today=today, stamp=stamp)
        events += step.events
        edits += step.edits
        if step.edits:
            # The first touch has taken the pin off.
            there[each.contact] = replace(there[each.contact], pin=None)
    return _with(plan(stamp, ()), events, edits)


def move(
    follow_ups: Iterable[FollowUp],
    due: date,
    *,
    today: date,
    stamp: Stamp,
    time: str = "",
    note: str = "",
) -> Plan:
    """Put *follow_ups* off until *due*, at *time* if that is given.

    Raises:
        RequestError: the day has passed, or *time* is none.
    """
    day = require_ahead(due, today).isoformat()
    hour = _checked(read_time, time, "--time")
    said = require_text(note, "the note")
    events = []
    for each in follow_ups:
        new = {"due": day, "time": hour or each.get("time"), **_anchored(each)}
        changes = {name: (each.get(name), value) for name, value in new.items()}
        changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
        if changes.keys() & {"due", "time"}:
            event = stamp.event("replanned", each.contact, note=said or each.what)
            events.append(replace(event, follow_ups={each.id: changes}))
    return _with(plan(stamp, ()), events)


def drop(follow_ups: Iterable[FollowUp], *, stamp: Stamp, note: str = "") -> Plan:
    """Take *follow_ups* out of the book undone."""
    said = require_text(note, "the note")
    return _with(plan(stamp, ()), [dropped_event(each, stamp, said) for each in follow_ups])


def dropped_event(follow_up: FollowUp, stamp: Stamp, note: str = "") -> Event:
    """The event by which *follow_up* goes without being done."""
    event = stamp.event("dropped", follow_up.contact, note=note or follow_up.what)
    return replace(event, follow_ups={follow_up.id: _gone(follow_up)})


def require_ahead(due: date, today: date) -> date:
    """*due*, if it has not passed on *today*.

    Raises:
        RequestError: it has.
    """
    if due < today:
        raise RequestError(
            f"{due} has passed", hint="say for example today, fri, +3d or 2026-12-24"
        )
    return due


class Ids:
    """New ids of follow-ups, none of which *is_taken* or was given before."""

    def __init__(self, is_taken: Taken) -> None:
        self._is_taken = is_taken
        self._given: set[str] = set()

    def after(self, event: str) -> str:
        """A new id, worked out from the end of that of its *event*."""
        number = sum(ALPHABET.index(letter) * 32**at for at, letter in enumerate(event[:-8:-1]))
        while (id_ := _letters(number)) in self._given or self._is_taken(id_):
            number += 1
        self._given.add(id_)
        return id_


def _letters(number: int) -> str:
    rest, first = divmod(number, len(_LETTERS))
    return _LETTERS[first] + encode(rest, width=_DIGITS)


def _done_step(
    follow_up: FollowUp, contact: Contact | None, done: Touch, *, today: date, stamp: Stamp
) -> Step:
    note, way = _said(follow_up, done.note), done.via or follow_up.via or Touch().via
    changes = {follow_up.id: _after(follow_up, today)}
    if contact is None or way == "task":
        require_past(done.on, today, "what is done")
        event = stamp.event("done", follow_up.contact, on=done.on, note=note)
        return Step(follow_up.contact, (replace(event, follow_ups=changes),))
    step = touch_step(contact, replace(done, via=way, note=note), today, stamp)
    first, *others = step.events
    return Step(contact.id, (replace(first, follow_ups=changes), *others), step.edits)


def _said(follow_up: FollowUp, note: str) -> str:
    said = require_text(note, "the note")
    return f"{follow_up.what}: {said}" if follow_up.what and said else said or follow_up.what


def _after(follow_up: FollowUp, today: date) -> Changes:
    """What becomes of *follow_up* once it is done."""
    day = next_day(follow_up, max(today, follow_up.due))
    if day is None:
        return _gone(follow_up)
    return {
        "due": (follow_up.get("due"), day.isoformat()),
        **{name: ("", value) for name, value in _anchored(follow_up).items()},
    }


def _anchored(follow_up: FollowUp) -> dict[str, str]:
    """The day to count from, for a repeated one that somebody has written down without it.

    Its day is about to change, and one of the 31st would not be that any more.
    """
    is_missing = follow_up.repeat and not follow_up.get("start")
    return {"start": start_of(follow_up).isoformat()} if is_missing else {}


def _gone(follow_up: FollowUp) -> Changes:
    return {name: (value, "") for name, value in follow_up.values.items()}


def _with(empty: Plan, events: Iterable[Event], edits: Iterable[FieldEdit] = ()) -> Plan:
    return replace(empty, change=replace(empty.change, events=tuple(events), edits=tuple(edits)))


def _checked(read: Callable[[str], object], text: str, option: str) -> str:
    try:
        return str(read(text)) if text else ""
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
        raise RequestError(f"{option}: {message}", hint=hint) from error
