"""What `check --fix` can mend: the named fixes, and those among them that set fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from leadctl.contacts import read_contacts, read_pin
from leadctl.dates import parse_stored
from leadctl.fields import Kind, Schema
from leadctl.foreign_dates import DayOrder, parse_foreign
from leadctl.problems import Problem, Where
from leadctl.records import Change, Contact, FieldEdit, Record, Value
from leadctl.stages import Stages
from leadctl.stamps import Stamp

#: Name of each fix, and what it does.
FIXES: dict[str, str] = {
    "encoding": "a file in the encoding of old Windows programs, or in UTF-16, becomes UTF-8",
    "tabs": "tabs at the start of a line become blanks",
    "quotes": "a value that cannot be read without them is put in quotes",
    "dates": "2024-1-2 becomes 2024-01-02; 01/02/2024 only with --date-order",
    "statuses": "an old name or another spelling becomes the present name",
    "journal": "a last line that was cut off is put aside",
    "permissions": "folders 0700 and files 0600, so that nobody else can read them",
    "shrunk": "the contacts that are there now are all that the book should have",
}
#: What no program can decide, and what to do about it.
BY_HAND: dict[str, str] = {
    "conflicts": "compare the two versions, keep what is right in the first, remove the second",
    "duplicates": "put what both know into one of the two contacts and remove the other",
    "drift": "`leadctl check drift` says for each field what to type to have the later value",
    "references": "put the contact back, or give it the id that the journal has",
    "ids": "give the contact an id in contacts and, if it has events, the same in the journal",
}


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was mended, or would be."""

    fix: str
    where: Where
    #: What is different now.
    message: str


@dataclass(frozen=True, slots=True)
class FieldRepair:
    """A field that is to be set, and what to say of it."""

    edit: FieldEdit
    repair: Repair


def field_repairs(
    records: Sequence[Record],
    fixes: Iterable[str],
    *,
    stages: Stages,
    schema: Schema,
    order: DayOrder = "",
) -> list[FieldRepair]:
    """What *fixes* set in the fields of *records*; what is ambiguous is left alone."""
    contacts = read_contacts(records).contacts
    written = {(record.where, record.values.get("id")): record for record in records}
    found: list[FieldRepair] = []
    for contact in contacts:
        record = written[contact.source, contact.id]
        if "dates" in fixes:
            found += _dates(contact, record, schema, order)
        if "statuses" in fixes:
            found += _status(contact, record, stages)
    return found


def change_of(repairs: Iterable[FieldRepair], stamp: Stamp) -> Change:
    """The change that sets the fields of *repairs*, with an event for each contact."""
    edits = tuple(each.edit for each in repairs)
    changes: dict[str, dict[str, tuple[Value, Value]]] = {}
    for edit in edits:
        changes.setdefault(edit.contact, {})[edit.field] = (edit.old, edit.new)
    events = tuple(
        stamp.event("edited", contact, changes=fields) for contact, fields in changes.items()
    )
    return Change(op=stamp.op, edits=edits, events=events)


def with_fix(problem: Problem) -> Problem:
    """*problem*, its hint saying which fix mends it, if one does."""
    command = _fix_for(problem)
    if not command or "--fix" in problem.hint:
        return problem
    how = f"`leadctl check --fix {command}` does it"
    return replace(problem, hint=f"{problem.hint}; {how}" if problem.hint else how)


def iso_date(text: str, order: DayOrder) -> str:
    """*text*, a date in another notation, as leadctl writes it; empty if that is not certain.

    Without *order* a date such as 01/02/2024, which is two days, is not certain.
    """
    orders: tuple[DayOrder, ...] = (order,) if order else ("dmy", "mdy")
    found = {_read(text, each) for each in orders} - {""}
    return found.pop() if len(found) == 1 else ""


def _read(text: str, order: DayOrder) -> str:
    try:
        read = parse_foreign(text, order=order)
        parse_stored(read)
    except ValueError:
        return ""
    return read


def _dates(
    contact: Contact, record: Record, schema: Schema, order: DayOrder
) -> Iterator[FieldRepair]:
    for name, value in contact.values.items():
        field = schema.find(name)
        is_date = field is not None and (
            field.kind in (Kind.DATE, Kind.BIRTHDAY) or name == "pinned"
        )
        if not (is_date and isinstance(value, str)) or _is_readable(name, value):
            continue
        new = iso_date(value, order)
        if new:
            yield _repair("dates", FieldEdit(contact.id, name, value, new), record)


def _is_readable(name: str, value: str) -> bool:
    try:
        if name == "pinned":
            read_pin(value)
        else:
            parse_stored(f"2000-{value}" if name == "birthday" and len(value) == 5 else value)
    except ValueError:
        return False
    return True


def _status(contact: Contact, record: Record, stages: Stages) -> Iterator[FieldRepair]:
    status = stages.find(contact.status) if contact.status else None
    if status is not None and status.name != contact.status:
        edit = FieldEdit(contact.id, "status", contact.status, status.name)
        yield _repair("statuses", edit, record)


def _repair(fix: str, edit: FieldEdit, record: Record) -> FieldRepair:
    message = f"{edit.field} of {edit.contact}: {edit.old} → {edit.new}"
    return FieldRepair(edit, Repair(fix, record.at(edit.field), message))


def _fix_for(problem: Problem) -> str:
    for words, command in _SIGNS.items():
        if words in problem.message or words in problem.hint:
            return command
    if "ambiguous date" in problem.message:
        # Two readings are named where it may be either.
        return "dates --date-order dmy" if " or " in problem.hint + problem.message else "dates"
    return ""


#: Words of a finding → what mends it.
_SIGNS: Mapping[str, str] = {
    "tab used for indentation": "tabs",
    "put the value in quotes": "quotes",
    "put it in quotes": "quotes",
    "looks like cp1252": "encoding",
    "looks like UTF": "encoding",
    "is an old name or another spelling": "statuses",
}
