"""Adding contacts and setting their fields: words such as `tag+=vip` → checked values → a plan."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leadctl.contacts import read_flag, read_pin, split_values
from leadctl.dates import parse_interval, parse_stored
from leadctl.errors import RequestError
from leadctl.fields import STORED, Field, Kind, Schema
from leadctl.ids import slug
from leadctl.matching import did_you_mean, digits, fold
from leadctl.moves import Move, canonical_reason, missing_for
from leadctl.own_fields import FIELD_NAME
from leadctl.plans import Plan, Step, edits_of, plan, require_text
from leadctl.records import Change, Contact, Value
from leadctl.stages import Stages
from leadctl.stamps import Stamp

_ASSIGNMENT = re.compile(r"([^=]+?)(=|\+=|-=)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One field is to be set, or some of its values added or taken away."""

    field: Field
    #: "=", "+=" or "-=".
    operator: str
    #: Checked and in stored form; empty clears.
    value: Value


def read_assignments(words: Iterable[str], schema: Schema, today: date) -> tuple[Assignment, ...]:
    """Words such as `company=ACME`, `tag+=vip`, `title=` as assignments.

    A word for a field that the book does not have yet makes a field of the user's own.

    Raises:
        RequestError: no such form, a field that cannot be set, or a value that does not fit it.
    """
    return tuple(_assignment(word, schema, today) for word in words)


def split_words(words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words after `set`, in two: who, and assignments."""
    who = tuple(word for word in words if not _ASSIGNMENT.fullmatch(word))
    return who, tuple(word for word in words if _ASSIGNMENT.fullmatch(word))


def set_fields(
    contacts: Iterable[Contact], assignments: Sequence[Assignment], *, note: str, stamp: Stamp
) -> Plan:
    """Every assignment on every contact; those that already are so are left alone."""
    return plan(stamp, [_set_step(each, assignments, note, stamp) for each in contacts])


def add_contact(
    values: Mapping[str, Value],
    move: Move,
    *,
    taken: Container[str],
    stages: Stages,
    today: date,
    stamp: Stamp,
) -> Plan:
    """A new contact of *values*, which has a name; its id is made from that.

    It gets the default status unless *move* says otherwise; then the rules of that status hold.

    Raises:
        RequestError: no name, an unknown status, or what the status asks for is missing.
    """
    if not str(values.get("name", "")).strip():
        raise RequestError("a contact needs a name", hint='leadctl add "Ada Lovelace"')
    status = stages.get(move.status or stages.default)
    # To be new is no change of status: only a reason that was given has to be a good one.
    is_asked = status.name != stages.default or move.reason
    complaint = missing_for(status, move.note, move.reason) if is_asked else ""
    if complaint:
        raise RequestError(complaint, hint="give -m NOTE and, where it is asked for, --reason")
    fields = new_record(values, slug(str(values["name"]), taken), status.name, today)
    event = stamp.event(
        "added",
        str(fields["id"]),
        note=require_text(move.note, "the note"),
        reason=require_text(canonical_reason(status, move.reason), "the reason"),
        changes={name: ("", value) for name, value in fields.items()},
    )
    return Plan(Change(op=stamp.op, additions=(fields,), events=(event,)))


def new_record(values: Mapping[str, Value], id_: str, status: str, today: date) -> dict[str, Value]:
    """The fields of a new contact in the order in which a file has them."""
    return in_order({"created": today.isoformat(), **values, "id": id_, "status": status})


def in_order(known: Mapping[str, Value]) -> dict[str, Value]:
    """The fields of *known* that are set, in the order in which a file has them."""
    order = {name: place for place, name in enumerate(STORED)}
    # A note is often long: it stands last, after the user's own fields.
    order["note"] = len(order) + 1
    names = sorted(known, key=lambda name: order.get(name, len(STORED)))
    return {name: known[name] for name in names if known[name]}


def same_addresses(values: Mapping[str, Value], contact: Contact) -> tuple[str, ...]:
    """The e-mail addresses and phone numbers that *values* and *contact* share."""
    found = []
    for name, key in (("email", fold), ("phone", digits)):
        # A phone without a digit, such as "unknown", is nobody's.
        theirs = {key(text) for text in split_values(contact.get(name))} - {""}
        found += [text for text in split_values(values.get(name, "")) if key(text) in theirs]
    return tuple(found)


def assigned(old: Value, assignment: Assignment) -> Value:
    """The value of a field that was *old* once *assignment* is carried out."""
    new = _combined(old, assignment)
    # "a; b" in a cell and a list of a and b are the same: to write them anew changes nothing.
    is_same = assignment.field.many and split_values(old) == split_values(new)
    return old if is_same else new or ""


def _assignment(word: str, schema: Schema, today: date) -> Assignment:
    match = _ASSIGNMENT.fullmatch(word)
    if not match:
        hint = "write field=value, tag+=vip, tag-=cold, or field= to clear it"
        raise RequestError(f'"{word}" sets nothing', hint=hint)
    name, operator, text = match.groups()
    field = settable(name, schema)
    if operator != "=" and not field.many:
        hint = f"write {field.name}={text}"
        raise RequestError(f'"{field.name}" holds one value: it cannot be added to', hint=hint)
    return Assignment(field, operator, stored_value(field, text, today))


def settable(name: str, schema: Schema) -> Field:
    """The field that *name* is to set; one that the book does not have yet is the user's own.

    Raises:
        RequestError: it cannot be set, or nearly is the name of another one.
    """
    field = schema.find(name) or _new_field(name, schema)
    if field.name == "status":
        hint = "leadctl set-status STATUS WHO, which asks for the note where one is needed"
        raise RequestError("the status is not set like a field", hint=hint)
    if field.name == "id":
        raise RequestError("the id of a contact never changes")
    if field.derived:
        raise RequestError(f'"{field.name}" follows from the journal and cannot be set')
    return field


def _new_field(name: str, schema: Schema) -> Field:
    near = did_you_mean(name, schema.names())
    if near or not FIELD_NAME.fullmatch(name):
        hint = near or "a field of your own is named with a-z, 0-9 and _"
        raise RequestError(f'no field named "{name}"', hint=hint)
    return Field(name, Kind.TEXT, "a field of your own")


def stored_value(field: Field, text: str, today: date) -> Value:
    """*text* as the file is to hold it for *field*: dates as ISO, flags as yes or no.

    Raises:
        RequestError: it does not fit the kind of the field.
    """
    require_text(text, field.name)
    if field.many:
        return tuple(_one_value(field, each, today) for each in split_values(text))
    return _one_value(field, text, today) if text.strip() else ""


def _one_value(field: Field, text: str, today: date) -> str:
    try:
        return _by_kind(field, text, today)
    except ValueError as error:
        raise RequestError(f"{field.name}: {error}") from error


def _by_kind(field: Field, text: str, today: date) -> str:
    if field.name == "pinned":
        read_pin(text)
    elif field.kind is Kind.DATE:
        return _date(field, text, today)
    elif field.kind is Kind.BIRTHDAY:
        _require_birthday(text)
    elif field.kind is Kind.INTERVAL:
        return str(parse_interval(text))
    elif field.kind is Kind.FLAG:
        return "yes" if read_flag(text) else "no"
    elif field.kind in (Kind.NUMBER, Kind.MONEY) and not any(char.isdigit() for char in text):
        raise ValueError(f'"{text}" is no number')
    elif field.kind is Kind.CHOICE:
        return _choice(field, text)
    return text


def _require_birthday(text: str) -> None:
    try:
        parse_stored(f"2000-{text}" if len(text) == 5 else text)
    except ValueError as error:
        raise ValueError(f'"{text}" is no birthday; write 05-17 or 2001-05-17') from error


def _date(field: Field, text: str, today: date) -> str:
    written = _iso(text, today, is_planned=field.name == "snoozed_until")
    if field.name in ("created", "last_touch") and parse_stored(written) > today:
        what = "a touch" if field.name == "last_touch" else "it"
        raise ValueError(f"{what} cannot lie in the future: {written}")
    return written


def _iso(text: str, today: date, *, is_planned: bool) -> str:
    try:
        parse_stored(text)
    except ValueError:
        from leadctl.spoken_dates import parse_day

        return parse_day(text, today, prefer="future" if is_planned else "past").isoformat()
    return text


def _choice(field: Field, text: str) -> str:
    for choice in field.choices:
        if fold(choice) == fold(text):
            return choice
    raise ValueError(f'"{text}" is none of: {", ".join(field.choices)}')


def _set_step(contact: Contact, assignments: Sequence[Assignment], note: str, stamp: Stamp) -> Step:
    values = dict(contact.values)
    for each in assignments:
        values[each.field.name] = assigned(values.get(each.field.name, ""), each)
    changes = {
        name: (contact.get(name), value)
        for name, value in values.items()
        if value != contact.get(name)
    }
    if not changes:
        return Step(contact.id)
    if not values["name"]:
        raise RequestError("a contact needs a name: it cannot be cleared")
    require_grounds(contact, values, note)
    event = stamp.event("edited", contact.id, note=require_text(note, "the note"), changes=changes)
    return Step(contact.id, (event,), edits_of(contact.id, changes))


def require_grounds(contact: Contact, values: Mapping[str, Value], note: str) -> None:
    """Hold that there is a *note* if *values* let somebody be contacted again who was not to be.

    Raises:
        RequestError: there is none.
    """
    if not contact.do_not_contact or note.strip():
        return
    written = str(values.get("do_not_contact", ""))
    if not written or not read_flag(written):
        hint = '-m "wrote on Monday that calls are fine again"'
        raise RequestError(f"to contact {contact.id} again needs a note that says why", hint=hint)


def _combined(old: Value, assignment: Assignment) -> Value:
    if assignment.operator == "=":
        return assignment.value
    had, given = split_values(old), split_values(assignment.value)
    known = {fold(text) for text in (had if assignment.operator == "+=" else given)}
    if assignment.operator == "+=":
        kept = (*had, *(text for text in given if fold(text) not in known))
    else:
        kept = tuple(text for text in had if fold(text) not in known)
    return kept
