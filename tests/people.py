"""Contacts, events, stages and stamps for tests of the core, said in the words of the files."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from leadctl.contacts import read_contact
from leadctl.fields import Schema
from leadctl.lifecycle import entry_after, past_of
from leadctl.problems import Where
from leadctl.records import Contact, Entry, Event, Record, Value
from leadctl.stages import Stages
from leadctl.stages_reading import read_stages
from leadctl.stamps import Stamp, event_ids
from leadctl.store.yaml_reader import read_tree
from leadctl.what_counts import effective

TODAY = date(2026, 11, 22)
NO_OWN_FIELDS = Schema({})
_NUMBERS = itertools.count(1)


def unplaced(values: Mapping[str, Value]) -> Record:
    """A record of *values* that comes from no file."""
    return Record(values, Where(""))


def stages_of(text: str) -> Stages:
    """The stages that *text*, a stages.yaml, declares; it may hold nothing worse than warnings."""
    tree, problems = read_tree(text, "stages.yaml")
    assert tree is not None, problems
    stages, found = read_stages(tree)
    assert stages is not None, found
    return stages


#: Friend has no touch interval, which is not the same as never. Most people here have no phone,
#: and being away from early statuses is told apart elsewhere.
STAGES = stages_of("""\
default: New
stages:
  Hot: {statuses: [New, Active], colour: red}
  Warm: {statuses: [Engage]}
  Won: {statuses: [Closed], outcome: won}
  Lost: {statuses: [Inactive, Disqualified], outcome: lost}
statuses:
  New: {touch_every: 2 days, first_touch: 0 days, limit: 7 days, next: [Engage]}
  Engage: {touch_every: 7 days, aliases: [Contacted], limit: 60 days, next: [Active, Inactive]}
  Active: {touch_every: 1 month}
  Closed: {touch_every: 90 days, note: required, limit: never}
  Inactive: {touch_every: never, pipeline: false}
  Disqualified:
    touch_every: never
    pipeline: false
    note: required
    reason: required
    reasons: [Wrong contact, Wrong industry]
  Friend: {pipeline: false}
prospects: {gone_quiet: no, unreachable: no}
""")


def contact(id_: str = "ada", /, **fields: Value) -> Contact:
    """A contact as a file would give it; Ada Lovelace in status New unless *fields* say more."""
    values = {"id": id_, "name": "Ada Lovelace", "status": "New", **fields}
    kept = {name: value for name, value in values.items() if value}
    found, problems = read_contact(Record(kept, Where("contacts.yaml", 1)))
    assert found is not None, problems
    assert not problems
    return found


def event(
    kind: str,
    on: str,
    *,
    who: str = "ada",
    at: str = "",
    op: str = "op1",
    origin: str = "",
    note: str = "",
    reason: str = "",
    via: str = "",
    outcome: str = "",
    changes: dict[str, tuple[Value, Value]] | None = None,
) -> Event:
    """An event that was written down after all that this function made before it."""
    return Event(
        id=f"{next(_NUMBERS):016d}",
        op=op,
        at=at or f"{on[:10]}T12:00:00+00:00",
        kind=kind,
        contact=who,
        on=on,
        by="marta",
        origin=origin,
        note=note,
        reason=reason,
        via=via,
        outcome=outcome,
        changes=changes or {},
    )


def touched(on: str, *, who: str = "ada", outcome: str = "reached", note: str = "") -> Event:
    """A call."""
    return event("touched", on, who=who, via="call", outcome=outcome, note=note)


def moved(old: str, new: str, on: str, *, who: str = "ada") -> Event:
    """A change of status."""
    return event("status", on, who=who, changes={"status": (old, new)})


def taken_back(what: Event) -> list[Event]:
    """*what*, and that it was undone."""
    slip = replace(what, op=f"op{what.id}")
    return [slip, replace(event("undone", what.on, who=what.contact, op="back"), undoes=slip.op)]


def entry(who: Contact, events: Iterable[Event] = (), *, stages: Stages = STAGES) -> Entry:
    """*who* and where they stand after *events*."""
    return entry_after(past_of(effective(events), stages), who, stages)


def stamp(day: date = TODAY, *, op: str = "op1") -> Stamp:
    """The stamp of a command that Marta runs at noon of *day*."""
    at = f"{day.isoformat()}T12:00:00+00:00"
    return Stamp(op, at, "marta", event_ids(day.toordinal() * 86_400_000, 0))
