"""Fields that the file and the journal tell differently: changed past the journal."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from leadctl.contacts import split_values
from leadctl.fields import MANY
from leadctl.problems import Problem
from leadctl.records import Contact, Event, Value
from leadctl.stages import Stages
from leadctl.views import plainly

#: The last change of a field: the event, the value before and the value after.
_Last = tuple[Event, Value, Value]


def drift_problems(
    contacts: Iterable[Contact], events: Iterable[Event], stages: Stages
) -> Iterable[Problem]:
    """Statuses that are not the journal's last, and fields that went back to what they were.

    A field that holds exactly what it held before its last journalled change looks like an old
    copy of the file saved over the new one; any other value is somebody's own edit.
    """
    last = _last_changes(events)
    for contact in contacts:
        changes = last.get(contact.id)
        if changes:
            yield from _status_drift(contact, changes, stages)
            yield from _field_drift(contact, changes)


def _last_changes(events: Iterable[Event]) -> dict[str, dict[str, _Last]]:
    """By contact and field: the last change that the journal knows."""
    last: dict[str, dict[str, _Last]] = {}
    for event in sorted(events, key=lambda event: event.id):
        if event.changes:
            of_contact = last.setdefault(event.contact, {})
            for name, (old, new) in event.changes.items():
                of_contact[name] = (event, old, new)
    return last


def _status_drift(contact: Contact, changes: dict[str, _Last], stages: Stages) -> Iterable[Problem]:
    if "status" not in changes:
        return
    said = str(changes["status"][2])
    present = stages.find(contact.status)
    if present is None or present is stages.find(said):
        return
    message = f'the journal has {contact.id} in "{said}", the file in "{contact.status}"'
    hint = (
        "if it was not changed by hand, a program may have saved an old copy of the file: "
        f"leadctl set-status {shlex.quote(said)} {contact.id}"
    )
    yield Problem(contact.source, message, hint, "drift", is_warning=True)


def _field_drift(contact: Contact, changes: dict[str, _Last]) -> Iterable[Problem]:
    for name, (event, old, new) in changes.items():
        # What a new contact began with has no value before it that an old copy could bring back.
        if name in ("id", "status") or event.kind == "added":
            continue
        held = _normal(name, contact.get(name))
        if held == _normal(name, new) or held != _normal(name, old):
            continue
        yield _went_back(contact, name, event, new)


def _went_back(contact: Contact, name: str, event: Event, new: Value) -> Problem:
    now, then = plainly(contact.get(name)) or "nothing", plainly(new) or "nothing"
    message = (
        f'{name} of {contact.id} is "{now}" again; the journal changed that to "{then}" '
        f"on {event.on[:10]}"
    )
    value = ";".join(new) if isinstance(new, tuple) else new
    hint = (
        "was an old copy of the file saved? "
        f"to have the later value again: leadctl set {contact.id} {shlex.quote(f'{name}={value}')}"
    )
    return Problem(contact.source, message, hint, "drift", is_warning=True)


def _normal(name: str, value: Value) -> Value:
    """*value* as it compares: a list and its texts joined by ";" are the same."""
    if name in MANY:
        return split_values(value)
    return "; ".join(value) if isinstance(value, tuple) else value
