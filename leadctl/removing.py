"""Removing contacts from the book: they go with what is planned for them; their history stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from leadctl.plans import Plan, Step, plan, require_text
from leadctl.records import Changes, Entry, FollowUp
from leadctl.stamps import Stamp


def remove(
    entries: Iterable[Entry], records: Mapping[str, str], *, note: str, stamp: Stamp
) -> Plan:
    """All of *entries* taken out, with their follow-ups and what is left of their action plans.

    *records* has the text of each record as it stands in the file, by id; it goes into the journal,
    so that an undo brings back the comments as well. Those of a CSV have none.
    """
    going = [_step(entry, records, note, stamp) for entry in entries]
    made = plan(stamp, going)
    removals = tuple(step.contact for step in going)
    texts = {id_: (text, "") for id_, text in records.items() if id_ in removals}
    return replace(made, change=replace(made.change, removals=removals, records=texts))


def left_by(plan: Plan) -> tuple[str, ...]:
    """The hints to give once *plan* has removed somebody: what is still there of them."""
    if not plan.change.removals:
        return ()
    one = len(plan.change.removals) == 1
    whose = f"`leadctl history {plan.change.removals[0]}`" if one else "`leadctl history`"
    return (f"what happened stays in the journal: {whose}; to erase a person: leadctl forget",)


def _step(entry: Entry, records: Mapping[str, str], note: str, stamp: Stamp) -> Step:
    contact = entry.contact
    text = records.get(contact.id, "")
    event = stamp.event(
        "removed",
        contact.id,
        note=require_text(note, "the note"),
        changes={name: (value, "") for name, value in contact.values.items()},
        follow_ups={each.id: _gone(each) for each in entry.follow_ups},
    )
    return Step(contact.id, (replace(event, record=(text, "") if text else ()),))


def _gone(follow_up: FollowUp) -> Changes:
    return {name: (value, "") for name, value in follow_up.values.items()}
