"""Texts of other programs in the form in which leadctl writes a field, and comparing the two."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from leadctl.contacts import read_flag
from leadctl.dates import parse_interval, quoted
from leadctl.fields import Field, Kind
from leadctl.foreign_dates import DayOrder, parse_foreign
from leadctl.ids import is_valid_id
from leadctl.importing.dates import as_order
from leadctl.matching import closest, digits, fold
from leadctl.records import Value
from leadctl.stages import Stages

_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?e\+[0-9]+", re.IGNORECASE)
_YEARLESS = re.compile(r"(?:--)?([01][0-9])-([0-3][0-9])")
# Google joins several values of one cell by three colons.
_SPLITS = {
    "phone": re.compile(r";|:::|\n"),
    "email": re.compile(r"[;,\n]|:::"),
    "tags": re.compile(r"[;,\n]|:::"),
}
_SPLIT = re.compile(r";")


class Unreadable(Exception):  # noqa: N818 - it never leaves the import
    """A text that cannot be a value of its field."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def split_cell(name: str, text: str) -> list[str]:
    """The single values of a cell of the field *name*, which may hold several."""
    parts = (part.strip() for part in _SPLITS.get(name, _SPLIT).split(text))
    return [part for part in parts if part]


def is_taken_as_typed(field: Field) -> bool:
    """True if any text can be a value of *field* and stays as it is."""
    if field.name in ("phone", "external_id", "status", *_BY_NAME, *_DAYS):
        return False
    return field.kind in (Kind.TEXT, Kind.NAME, Kind.MONEY)


def read_value(field: Field, text: str, *, stages: Stages, order: str = "") -> str:
    """*text* as leadctl writes it; empty for what is the same as saying nothing.

    Raises:
        Unreadable: it cannot be a value of *field*.
    """
    try:
        return _read(field, text, stages, order)
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _read(field: Field, text: str, stages: Stages, order: str) -> str:
    if field.name in ("phone", "external_id"):
        return _exact(text)
    if field.name == "status":
        return _status(text, stages)
    by_name = _BY_NAME.get(field.name)
    if by_name:
        return by_name(text)
    if field.name in _DAYS:
        return _DAYS[field.name](text, as_order(order))
    return _choice(field, text) if field.kind is Kind.CHOICE else _plain(field, text)


def _exact(text: str) -> str:
    if not _ROUNDED.fullmatch(text):
        return text
    hint = "export again with the column as text; the last digits are lost in this file"
    raise Unreadable(f"{quoted(text)} was already rounded by a spreadsheet", hint)


def _id(text: str) -> str:
    if is_valid_id(text):
        return text
    hint = "drop the column with --map 'HEADER=' and ids are made from the names"
    raise Unreadable(f"{quoted(text)} cannot be an id", hint)


def _flag(text: str) -> str:
    return "yes" if read_flag(text) else ""


def _status(text: str, stages: Stages) -> str:
    status = stages.find(text)
    if status:
        return status.name
    names = [known.name for known in stages.statuses]
    raise Unreadable(f"no status named {quoted(text)}", replacement_hint("status", text, names))


def _pin(text: str, order: DayOrder) -> str:
    try:
        return _flag(text)
    except ValueError:
        return parse_foreign(text, order=order)[:10]


def _birthday(text: str, order: DayOrder) -> str:
    yearless = _YEARLESS.fullmatch(text)
    if not yearless:
        return parse_foreign(text, order=order)[:10]
    # A leap year, for those born on 29 February.
    return parse_foreign(f"2000-{yearless[1]}-{yearless[2]}")[5:]


def _choice(field: Field, text: str) -> str:
    found = next((choice for choice in field.choices if fold(choice) == fold(text)), "")
    if found:
        return found
    hint = replacement_hint(field.name, text, field.choices)
    raise Unreadable(f"{quoted(text)} is not among the choices", hint)


def _plain(field: Field, text: str) -> str:
    if field.kind is not Kind.NUMBER:
        return text
    try:
        if Decimal(text).is_finite():
            return text
    except InvalidOperation:
        pass
    raise Unreadable(f"{quoted(text)} is no number", "write it like 1234.5")


_BY_NAME: Mapping[str, Callable[[str], str]] = {
    "id": _id,
    "touch_every": lambda text: str(parse_interval(text)),
    "do_not_contact": _flag,
}
_DAYS: Mapping[str, Callable[[str, DayOrder], str]] = {"pinned": _pin, "birthday": _birthday}


def replacement_hint(field: str, text: str, known: Sequence[str]) -> str:
    """What to type for *text*, which is none of the *known* values of *field*."""
    near = closest(text, known)
    option = f"--map-value '{field}:{text}={near or field.upper()}'"
    if near:
        return f'did you mean "{near}"? say so with {option}'
    return f"say which it is with {option}: one of {', '.join(known)}"


def is_same(field: Field, old: Value, new: Value, *, stages: Stages) -> bool:
    """True if a contact that has *old* has nothing to take over from *new*."""
    if old == new:
        return True
    if isinstance(new, tuple):
        return len(joined(field, old, new)) == len(joined(field, old, ()))
    if not old or isinstance(old, tuple):
        return False
    if field.kind is Kind.DATE:
        return old.replace(" ", "T", 1) == new
    with suppress(Unreadable):
        return read_value(field, old, stages=stages) == new
    return False


def joined(field: Field, old: Value, new: tuple[str, ...]) -> tuple[str, ...]:
    """All values of *old*, as they are, and those of *new* that are not among them."""
    kept = old if isinstance(old, tuple) else tuple(split_cell(field.name, old))
    known = {_comparable(field, text) for text in kept}
    added: dict[str, str] = {}
    for text in new:
        added.setdefault(_comparable(field, text), text)
    return (*kept, *(text for key, text in added.items() if key not in known))


def _comparable(field: Field, text: str) -> str:
    return (digits(text) if field.kind is Kind.PHONE else "") or fold(text)


def phone_warnings(phones: Value, *, known: Container[str] = ()) -> tuple[str, ...]:
    """What is said of *phones* that cannot be called, those left out that are *known*."""
    dead = [text for text in phones if text not in known and not any(map(str.isdigit, text))]
    return tuple(
        f"phone {quoted(text)} has no digit (--map-value 'phone:{text}=' leaves it out)"
        for text in dead
    )
