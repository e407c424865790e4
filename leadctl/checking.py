"""The named checks of a book: its files held against each other and against stages.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from leadctl.checks import drift, duplicates, happenings, values
from leadctl.contacts import read_contacts
from leadctl.fields import Schema
from leadctl.planning.follow_ups import read_follow_ups
from leadctl.problems import Problem
from leadctl.records import Event, Record
from leadctl.stages import Stages

#: Name of each check, and what it looks at.
CHECKS: dict[str, str] = {
    "files": "syntax, encoding and shape of the files; names of fields; odd characters in values",
    "ids": "every contact has an id of its own, in the right form",
    "statuses": "every status is one of those in stages.yaml, by its present name",
    "dates": "dates can be read and do not lie in the future where that makes no sense",
    "journal": "every line can be read and stands once, and nobody's clock ran backwards",
    "references": "every event belongs to a contact",
    "follow-ups": "every follow-up can be read, and is for a contact",
    "drift": "no field went back to what it was before its last change in the journal",
    "duplicates": "no two contacts share e-mail, phone, or name and company",
    "permissions": "nobody else can read or write the files; nothing leads out of the book",
    "conflicts": "no second versions of files from sync programs, no marks of a failed merge",
    "stages": "stages.yaml itself",
    "templates": "message templates close their braces and name fields that there are",
    "plans": "every action plan can be read and fits stages.yaml",
}


def check_book(
    records: Sequence[Record],
    events: Sequence[Event],
    *,
    stages: Stages,
    schema: Schema,
    today: date,
    planned: Sequence[Record] = (),
) -> list[Problem]:
    """Every problem in these records beyond those that reading the files has found.

    *records* are the contacts, *planned* the follow-ups.
    """
    held, plans = read_contacts(records), read_follow_ups(planned)
    return [
        *held.problems,
        *values.status_problems(records, stages),
        *values.field_problems(records, schema),
        *values.own_date_problems(records, schema),
        *values.own_number_problems(records, schema),
        *values.text_problems(records),
        *values.future_problems(held.contacts, today),
        *happenings.future_problems(events, today),
        *happenings.order_problems(events),
        *happenings.reference_problems(held.contacts, events),
        *plans.problems,
        *happenings.orphan_problems(held.contacts, plans.follow_ups),
        *drift.drift_problems(held.contacts, events, stages),
        *duplicates.duplicate_problems(held.contacts, records),
    ]
