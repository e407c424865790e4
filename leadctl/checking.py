"""The named checks of a book: its files held against each other and against stages.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from leadctl.contacts import read_contacts
from leadctl.fields import SYNONYMS, Schema
from leadctl.matching import closest, did_you_mean
from leadctl.problems import Problem
from leadctl.records import Contact, Event, Record
from leadctl.stages import Stages

#: Name of each check, and what it looks at.
CHECKS: dict[str, str] = {
    "files": "syntax, encoding and shape of the files; names of fields",
    "ids": "every contact has an id of its own, in the right form",
    "statuses": "every status is one of those in stages.yaml, by its present name",
    "dates": "dates can be read and do not lie in the future where that makes no sense",
    "journal": "every line can be read and belongs to a contact",
    "stages": "stages.yaml itself",
}


def check_book(
    records: Sequence[Record],
    events: Sequence[Event],
    *,
    stages: Stages,
    schema: Schema,
    today: date,
) -> list[Problem]:
    """Every problem in *records* and *events* beyond those that reading the files has found."""
    held = read_contacts(records)
    problems = list(held.problems)
    for record in records:
        problems += _status_problems(record, stages)
    problems += _field_problems(records, schema)
    problems += _date_problems(held.contacts, events, today)
    problems += _reference_problems(held.contacts, events)
    problems += _drift_problems(held.contacts, events, stages)
    return problems


def _status_problems(record: Record, stages: Stages) -> Iterable[Problem]:
    written = record.values.get("status", "")
    who = record.values.get("id", "a contact")
    if not written:
        message = f"{who} has no status"
        hint = f'leadctl set-status "{stages.default}" {who}'
        yield Problem(record.where, message, hint, "statuses")
        return
    if not isinstance(written, str):
        # A list, which reading the contact has reported.
        return
    status = stages.find(written)
    if status is None:
        names = [status.name for status in stages.statuses]
        hint = did_you_mean(written, names, f"statuses: {', '.join(names)}")
        yield Problem(record.at("status"), f'no status named "{written}"', hint, "statuses")
    elif status.name != written:
        message = f'"{written}" is an old name or another spelling of "{status.name}"'
        hint = f'write "{status.name}"'
        yield Problem(record.at("status"), message, hint, "statuses", is_warning=True)


def _field_problems(records: Sequence[Record], schema: Schema) -> Iterable[Problem]:
    """Fields that look like a slip of the pen, each reported where it first occurs.

    A field of the user's own that many contacts have is meant, whatever it looks like.
    """
    found: dict[str, list[Record]] = {}
    for record in records:
        for name in record.values:
            found.setdefault(name, []).append(record)
    for name, having in found.items():
        meant = SYNONYMS.get(name, "")
        if not meant and schema.find(name) is None and len(having) <= _rare(len(records)):
            meant = closest(name, schema.names(), likeness=0.8)
        if meant:
            message = f'"{name}" is a field of your own; did you mean "{meant}"?'
            hint = "if it is meant, declare it under `fields:` in stages.yaml"
            yield Problem(having[0].at(name), message, hint, "files", is_warning=True)


def _rare(contacts: int) -> int:
    """In how many contacts at most a field may be a slip: two, or one in a hundred."""
    return max(2, contacts // 100)


def _date_problems(
    contacts: Iterable[Contact], events: Iterable[Event], today: date
) -> Iterable[Problem]:
    for contact in contacts:
        for name, day in (("created", contact.created), ("last_touch", contact.last_touch)):
            if day and day > today:
                message = f"{name} of {contact.id} lies in the future: {day}"
                yield Problem(contact.source, message, "", "dates", is_warning=True)
    for event in events:
        if event.day > today:
            message = f"this event lies in the future: {event.on}"
            yield Problem(event.source, message, "", "dates", is_warning=True)


def _reference_problems(contacts: Iterable[Contact], events: Iterable[Event]) -> Iterable[Problem]:
    known = {contact.id for contact in contacts}
    missing: dict[str, list[Event]] = {}
    for event in events:
        if event.contact not in known:
            missing.setdefault(event.contact, []).append(event)
    for contact, lost in missing.items():
        count = f"{len(lost)} event{'' if len(lost) == 1 else 's'}"
        message = f'the journal has {count} of "{contact}", but there is no such contact'
        hint = "was it removed or given another id by hand? put it back, or the id as it was"
        yield Problem(lost[0].source, message, hint, "journal")


def _drift_problems(
    contacts: Iterable[Contact], events: Iterable[Event], stages: Stages
) -> Iterable[Problem]:
    """Statuses that were changed past the journal: by hand, or by another program's old copy."""
    said: dict[str, str] = {}
    for event in sorted(events, key=lambda event: event.id):
        if "status" in event.changes:
            said[event.contact] = str(event.changes["status"][1])
    for contact in contacts:
        last = said.get(contact.id, contact.status)
        present = stages.find(contact.status)
        if present is not None and present is not stages.find(last):
            message = f'the journal has {contact.id} in "{last}", the file in "{contact.status}"'
            hint = "if it was not changed by hand, a program may have saved an old copy of the file"
            yield Problem(contact.source, message, hint, "journal", is_warning=True)
