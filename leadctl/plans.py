"""What a command is going to do, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from leadctl.errors import RequestError
from leadctl.problems import Where
from leadctl.records import Change, Event, FieldEdit, Value
from leadctl.stamps import Stamp


@dataclass(frozen=True, slots=True)
class Plan:
    """A change, and how many contacts it was asked for but need none."""

    change: Change
    #: Ids of contacts that already are as they were asked to be.
    unchanged: tuple[str, ...] = ()
    #: What rules of the book add to what was asked for, in lines.
    notes: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """Ids of the contacts that will be touched by the change, in its order."""
        events = self.change.events
        return tuple(dict.fromkeys(each.contact for each in events if each.is_about_contact))


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one contact; nothing, if it holds no event."""

    contact: str
    events: tuple[Event, ...] = ()
    edits: tuple[FieldEdit, ...] = ()

    def and_then(self, other: Step) -> Step:
        """This and, after it, what *other* does to the same contact."""
        return Step(self.contact, self.events + other.events, self.edits + other.edits)


def plan(stamp: Stamp, steps: Iterable[Step]) -> Plan:
    """All *steps* as one change; a contact that is named twice counts once."""
    by_contact = {step.contact: step for step in steps}
    doing = [step for step in by_contact.values() if step.events]
    change = Change(
        op=stamp.op,
        edits=tuple(edit for step in doing for edit in step.edits),
        events=tuple(event for step in doing for event in step.events),
    )
    idle = tuple(contact for contact, step in by_contact.items() if not step.events)
    return Plan(change, idle)


def joined(stamp: Stamp, plans: Iterable[Plan]) -> Plan:
    """All *plans*, which add contacts by the same *stamp*, as one."""
    every = tuple(plans)
    change = Change(
        op=stamp.op,
        edits=tuple(edit for each in every for edit in each.change.edits),
        additions=tuple(fields for each in every for fields in each.change.additions),
        events=tuple(event for each in every for event in each.change.events),
    )
    return Plan(change, notes=tuple(dict.fromkeys(note for each in every for note in each.notes)))


def edits_of(contact: str, changes: dict[str, tuple[Value, Value]]) -> tuple[FieldEdit, ...]:
    """*changes*, field → (old, new), as edits of *contact*."""
    return tuple(FieldEdit(contact, name, old, new) for name, (old, new) in changes.items())


def require_past(on: str, today: date, what: str, *, where: Where | None = None) -> None:
    """Refuse *on*, an ISO date that stands in *where*, if it lies after *today*.

    Raises:
        RequestError: it does.
    """
    if on and date.fromisoformat(on[:10]) > today:
        hint = f"today is {today}; leave --on out for today"
        raise RequestError(f"{what} cannot lie in the future: {on}", hint=hint, where=where)


def require_text(text: str, what: str) -> str:
    """*text*, if it can be kept in a file and shown on a terminal.

    Raises:
        RequestError: it holds control characters, or bytes that are no UTF-8.
    """
    for char in text:
        if (char < " " and char not in "\n\t") or "\x7f" <= char <= "\x9f":
            message = f"{what} holds a control character ({char!a})"
            raise RequestError(message, hint="leave it out; line breaks and tabs are fine")
        if "\ud800" <= char <= "\udfff":
            raise RequestError(
                f"{what} is not valid UTF-8", hint="check the encoding of the terminal"
            )
    return text
