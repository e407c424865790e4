"""One record as somebody has typed it: what is wrong with it, and the plan that takes it in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from leadctl.contacts import read_contact, split_values
from leadctl.dates import parse_stored
from leadctl.editing import require_grounds, settable, stored_value
from leadctl.errors import RequestError
from leadctl.fields import Kind, Schema
from leadctl.moves import Move, missing_for, move_step
from leadctl.plans import Plan, Step, edits_of, plan, require_text
from leadctl.problems import Problem
from leadctl.records import Changes, Contact, Record, Value
from leadctl.stages import Stages
from leadctl.stamps import Stamp


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What the values of a contact are held against."""

    schema: Schema
    stages: Stages
    today: date


def mistakes(record: Record, before: Record, move: Move, rules: Rulebook) -> tuple[Problem, ...]:
    """What is wrong with *record*, which was *before*, and was not wrong with that already.

    *move* has the note and the reason for a change of status.
    """
    was, known = read_contact(before)
    contact, found = read_contact(record)
    old = {problem.message for problem in known}
    problems = [problem for problem in found if problem.message not in old]
    if contact is None or was is None:
        return tuple(found)
    told = {problem.where for problem in problems}
    for name in changed(was, contact):
        where = record.at(name)
        complaint = _complaint(name, was, contact, move, rules)
        if complaint and where not in told:
            problems.append(Problem(where, complaint.message, complaint.hint))
    return tuple(sorted(problems, key=lambda each: (each.where.line, each.where.column)))


def changed(was: Contact, contact: Contact) -> Changes:
    """The fields in which *contact* says something else than it *was*: (old, new) of each."""
    names = dict.fromkeys([*was.values, *contact.values])
    pairs = {name: (was.get(name), contact.get(name)) for name in names}
    return {name: pair for name, pair in pairs.items() if _flat(pair[0]) != _flat(pair[1])}


def canonical_status(contact: Contact, stages: Stages) -> str:
    """The status of *contact* as stages.yaml spells it; as written if that does not know it."""
    found = stages.find(contact.status)
    return found.name if found else contact.status


def edit_plan(
    was: Contact,
    contact: Contact,
    texts: tuple[str, ...],
    move: Move,
    rules: Rulebook,
    *,
    stamp: Stamp,
) -> Plan:
    """What makes *contact* of what it *was*; *texts* is its record before and after, if it has one.

    A change of status is one as `set-status` makes it, with the note and the reason of *move*.

    Raises:
        RequestError: the status asks for a note or a reason that *move* does not have.
    """
    changes = dict(changed(was, contact))
    step = Step(was.id)
    if "status" in changes:
        wanted = replace(move, status=contact.status)
        step = move_step(was, wanted, rules.stages, rules.today, stamp)
        if step.events:
            del changes["status"]
    is_new_text = bool(texts) and texts[0] != texts[-1]
    if changes or (is_new_text and not step.events):
        step = step.and_then(_edited(was.id, changes, "" if step.events else move.note, stamp))
    if not (step.events and is_new_text):
        return plan(stamp, [step])
    events = (replace(step.events[0], record=texts), *step.events[1:])
    made = plan(stamp, [replace(step, events=events)])
    records = {was.id: (texts[0], texts[-1])}
    return replace(made, change=replace(made.change, records=records))


def _edited(id_: str, changes: dict[str, tuple[Value, Value]], note: str, stamp: Stamp) -> Step:
    event = stamp.event("edited", id_, note=require_text(note, "the note"), changes=changes)
    return Step(id_, (event,), edits_of(id_, changes))


def _complaint(
    name: str, was: Contact, contact: Contact, move: Move, rules: Rulebook
) -> RequestError | None:
    try:
        if name == "id":
            _refuse_id(was)
        elif name == "status":
            _require_status(was, contact, move, rules.stages)
        else:
            _require_fit(name, contact.get(name), rules)
            if name == "do_not_contact":
                require_grounds(was, contact.values, move.note)
    except RequestError as error:
        return error
    return None


def _refuse_id(was: Contact) -> None:
    hint = f"write {was.id} again: journal and follow-ups know the contact by it"
    raise RequestError("the id of a contact never changes", hint=hint)


def _require_status(was: Contact, contact: Contact, move: Move, stages: Stages) -> None:
    if not contact.status:
        raise RequestError("a contact needs a status", hint=f"it was {was.status or 'not set'}")
    status = stages.get(contact.status)
    if stages.find(was.status) is status:
        return
    complaint = missing_for(status, move.note, move.reason)
    if complaint:
        hint = "write it above, behind `note:` or `reason:`"
        raise RequestError(complaint, hint=hint)


def _require_fit(name: str, value: Value, rules: Rulebook) -> None:
    field = settable(name, rules.schema)
    if field.name != name:
        raise RequestError(f'no field named "{name}"', hint=f'did you mean "{field.name}"?')
    text = "; ".join(split_values(value)) if isinstance(value, tuple) else value
    stored = stored_value(field, text, rules.today)
    if field.kind is Kind.DATE and value:
        try:
            parse_stored(text)
        except ValueError as error:
            raise RequestError(f"{name}: {error}", hint=f"write {stored}") from error


def _flat(value: Value) -> tuple[str, ...]:
    """*value* as it compares: one text, and a list of it alone, are the same."""
    if isinstance(value, str):
        return (value,) if value else ()
    return value
