"""Records as written → contacts with typed fields; what cannot be read becomes a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from leadctl.dates import Interval, parse_interval, parse_stored, quoted
from leadctl.fields import MANY, STORED
from leadctl.ids import is_valid_id, slug
from leadctl.matching import fold
from leadctl.problems import Problem
from leadctl.records import Contact, Pin, Record, Value

_FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("yes", "true", "on", "1", "y"), True),
    **dict.fromkeys(("no", "false", "off", "0", "n"), False),
}


@dataclass(frozen=True, slots=True)
class Contacts:
    """The contacts of a book in the order of its files, and what is wrong with the others."""

    contacts: tuple[Contact, ...]
    problems: tuple[Problem, ...]


def read_contacts(records: Iterable[Record]) -> Contacts:
    """Every usable contact of *records*.

    A record without a usable id or name, or with the id of an earlier one, is left out and
    reported. A field that cannot be read counts as not set and is reported.
    """
    contacts: dict[str, Contact] = {}
    problems: list[Problem] = []
    untold: list[Problem] = []
    for record in records:
        contact, found = read_contact(record)
        if contact is not None and contact.id in contacts:
            found.append(_repeated(record, contacts[contact.id]))
        elif contact is not None:
            contacts[contact.id] = contact
        if len(problems) < _MOST_PROBLEMS:
            problems += found
        elif found and not (untold and untold[0].blocks_writing):
            untold = [_summed(found, untold)]
    return Contacts(tuple(contacts.values()), (*problems, *untold))


#: Nobody reads more; beyond it problems are not kept one by one.
_MOST_PROBLEMS = 1_000


def _summed(found: list[Problem], before: list[Problem]) -> Problem:
    """One problem for all those beyond the first thousand."""
    blocks = any(problem.blocks_writing for problem in (*found, *before))
    first = (before or found)[0].where
    hint = "mend those before it, then look again"
    return Problem(first, "more is wrong from here on", hint, blocks_writing=blocks)


def read_contact(record: Record) -> tuple[Contact | None, list[Problem]]:
    """The contact that *record* describes, None if it has no usable id or name."""
    problems: list[Problem] = []
    values = _tidy(record, problems)
    found = _key_problems(record, values)
    if found:
        return None, found
    typed: dict[str, Any] = {}
    for name in _TYPED:
        if name in values:
            typed.update(_read_typed(record, name, str(values[name]), problems))
    contact = Contact(
        id=str(values["id"]),
        name=str(values["name"]),
        status=str(values.get("status", "")),
        values=values,
        source=record.where,
        **typed,
    )
    return contact, problems


def with_values(contact: Contact, values: Mapping[str, Value]) -> Contact:
    """*contact* with *values* instead of its own; a value that cannot be read is left untyped."""
    kept = {name: value for name, value in values.items() if value}
    changed, _ = read_contact(Record(kept, contact.source))
    return changed or replace(contact, values=kept)


def split_values(value: Value) -> tuple[str, ...]:
    """The single texts of a field that may hold several."""
    texts = value.split(";") if isinstance(value, str) else value
    return tuple(text.strip() for text in texts if text.strip())


def read_flag(text: str) -> bool:
    """True for yes, false for no, in any usual spelling.

    Raises:
        ValueError: neither.
    """
    flag = _FLAGS.get(fold(text))
    if flag is None:
        raise ValueError(f'"{text}" is neither yes nor no')
    return flag


def read_pin(text: str) -> Pin | None:
    """What the field `pinned` says: a pin, with its last day if it is a date; None for no.

    Raises:
        ValueError: neither yes, no nor a date.
    """
    if fold(text) in _FLAGS:
        return Pin() if read_flag(text) else None
    return Pin(until=parse_stored(text))


def _tidy(record: Record, problems: list[Problem]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, value in record.values.items():
        if type(value) is str and name not in MANY:
            if value:
                values[name] = value
        elif name in MANY:
            several = split_values(value)
            if several:
                values[name] = several
        elif value and name not in _SINGLE:
            values[name] = value
        elif value:
            hint = "write it as one text"
            values[name] = "; ".join(value)
            problems.append(Problem(record.at(name), f'"{name}" holds one value, not a list', hint))
    return values


#: Built-in fields that hold one text; only fields of the user's own may be lists beside these.
_SINGLE = frozenset(STORED) - MANY


def _key_problems(record: Record, values: Mapping[str, Value]) -> list[Problem]:
    written = values.get("id", "")
    if not written:
        hint = "every contact needs one, such as `id: ada-lovelace`"
        return [Problem(record.where, "this contact has no id", hint, "ids", blocks_writing=True)]
    if not is_valid_id(str(written)):
        hint = f"such as {slug(str(written), ())}: a-z, 0-9 and -, at most 64 of them"
        message = f"{quoted(str(written))} cannot be an id"
        return [Problem(record.at("id"), message, hint, "ids", blocks_writing=True)]
    if not values.get("name"):
        hint = "add `name:` with the name of the person or organisation"
        message = f'"{written}" has no name'
        return [Problem(record.where, message, hint, "files", blocks_writing=True)]
    return []


def _repeated(record: Record, first: Contact) -> Problem:
    message = f'the id "{first.id}" is used twice; first at {first.source}'
    hint = "give one of the two another id, or remove it"
    return Problem(record.at("id"), message, hint, "ids", blocks_writing=True)


def _read_typed(
    record: Record, name: str, text: str, problems: list[Problem]
) -> Mapping[str, object]:
    """What *text*, the value of *name*, sets; nothing, and a problem, if it cannot be read."""
    try:
        return _TYPED[name](text)
    except ValueError as error:
        message, _, advice = str(error).partition("; ")
        hint = _HINTS.get(name) or advice or "write the date as 2026-11-22"
        problems.append(Problem(record.at(name), f"{name}: {message}", hint, "dates"))
        return {}


#: What to write, where the error does not say it or speaks of one kind of value only.
_HINTS = {
    "birthday": "write it as 1990-05-17, or as 05-17 without the year",
    "pinned": "write yes, no, or the last day of it as 2026-11-22",
    "do_not_contact": "write yes or no",
    "touch_every": "write 14 days, 2 weeks, 1 month, 1 year or never",
}


def _birthday(text: str) -> Mapping[str, object]:
    # 2000 was a leap year: a birthday on 29 February without its year is a real day.
    parse_stored(f"2000-{text}" if len(text) == 5 else text)
    return {}


def _day(name: str) -> Callable[[str], Mapping[str, date]]:
    return lambda text: {name: parse_stored(text)}


def _interval(text: str) -> Mapping[str, Interval]:
    interval = parse_interval(text)
    if not interval.count and not interval.is_never:
        # Every touch would make the next one due on the same day.
        raise ValueError(f'"{text}" is no time between two touches')
    return {"touch_every": interval}


_TYPED: Mapping[str, Callable[[str], Mapping[str, object]]] = {
    "created": _day("created"),
    "touch_every": _interval,
    "last_touch": _day("last_touch"),
    "snoozed_until": _day("snoozed_until"),
    "birthday": _birthday,
    "pinned": lambda text: {"pin": read_pin(text)},
    "do_not_contact": lambda text: {"do_not_contact": read_flag(text)},
}
