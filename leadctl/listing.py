"""Contacts as rows of a table: which columns, and what stands in each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from leadctl.contacts import split_values
from leadctl.fields import DERIVED, STORED, Field, Kind, Schema
from leadctl.lifecycle import overdue_days
from leadctl.prospecting.prospects import reasons_for
from leadctl.records import Entry
from leadctl.stages import Stages
from leadctl.views import Cell, Column, Row, Table, late_colour, plainly

#: What `list` shows unless told otherwise.
LIST_COLUMNS = ("id", "name", "status", "company", "phone", "email", "touched", "due")


def contact_row(entry: Entry, stages: Stages, today: date, *, schema: Schema) -> Row:
    """Every field of *entry*, stored and derived, in machine form; what is not set is None.

    A field that may hold several values is always a tuple.
    """
    contact, place = entry.contact, entry.standing
    row: dict[str, Cell] = {
        name: stored_cell(schema.find(name), contact.get(name)) for name in schema.names()
    }
    row |= {
        "status": place.status or None,
        "stage": place.stage or None,
        "since": iso(place.since),
        "touched": iso(place.touched),
        "reached": iso(place.reached),
        "touches": place.touches,
        "due": iso(place.due),
        "overdue_days": overdue_days(place.due, today),
        "why": tuple(reason.code for reason in reasons_for(entry, stages, today)),
    }
    status = stages.find(place.status)
    row["colour"] = status.colour if status else ""
    return row


def contact_table(
    entries: Iterable[Entry],
    stages: Stages,
    today: date,
    *,
    schema: Schema,
    columns: Sequence[str] = (),
    usual: Sequence[str] = (),
) -> Table:
    """*entries* as a table of *columns*, else of the *usual* ones, else of those of `list`.

    Raises:
        RequestError: one of *columns* is no field.
    """
    rows = tuple(contact_row(entry, stages, today, schema=schema) for entry in entries)
    return Table(
        columns=columns_of(columns, schema, usual=usual or _usual_columns(rows)),
        rows=rows,
        fields=_fields(columns, schema),
    )


def _usual_columns(rows: Sequence[Row]) -> tuple[str, ...]:
    """What `list` shows unless told otherwise; who is not to be contacted is never overlooked."""
    has_dnc = any(row["do_not_contact"] is True for row in rows)
    return (*LIST_COLUMNS, "do_not_contact") if has_dnc else LIST_COLUMNS


def value_table(field: Field, counted: Iterable[tuple[str, int]]) -> Table:
    """The values of *field*, each with the number of contacts that have it."""
    columns = (Column("value", field.name), Column("contacts", is_number=True))
    rows: tuple[Row, ...] = tuple({"value": value, "contacts": count} for value, count in counted)
    return Table(columns, rows, key="value")


def columns_of(
    names: Sequence[str], schema: Schema, *, usual: Sequence[str] = ()
) -> tuple[Column, ...]:
    """A column for each of *names*, or of the *usual* ones, of which some may leave.

    Raises:
        RequestError: one of them is no field.
    """
    columns = tuple(_column(schema.get(name)) for name in names or usual)
    if names:
        return columns
    return tuple(replace(column, leaves=_LEAVES.get(column.name, 0)) for column in columns)


def all_fields(schema: Schema) -> tuple[str, ...]:
    """What machine formats give of a contact: stored fields, the user's own, derived ones."""
    own = (name for name in schema.names() if name not in STORED and name not in DERIVED)
    return (*STORED, *own, *DERIVED)


def iso(day: date | None) -> str | None:
    """*day* in machine form."""
    return day.isoformat() if day else None


def stored_cell(field: Field | None, value: str | tuple[str, ...]) -> Cell:
    """*value* of the stored *field* in machine form; what cannot be read is the text as typed."""
    if field and field.many:
        return split_values(value)
    if field and field.kind is Kind.FLAG:
        return _flag(str(value))
    return value or None


def _fields(columns: Sequence[str], schema: Schema) -> tuple[str, ...]:
    return tuple(schema.get(name).name for name in columns) if columns else all_fields(schema)


def _flag(text: str) -> Cell:
    from leadctl.contacts import read_flag

    try:
        return read_flag(text) if text else None
    except ValueError:
        return text


def _column(field: Field) -> Column:
    name = field.name
    return Column(
        name,
        _HEADINGS.get(name, ""),
        is_number=field.kind in (Kind.NUMBER, Kind.MONEY),
        say=_SAYERS.get(name, plainly),
        is_whole=field.kind in _WHOLE or name in ("id", "overdue_days"),
        least=_TEXT_LEAST if name in _SENTENCES else _LEAST,
        tense=_TENSES.get(name, ""),
        tint=late_colour if name in ("due", "overdue_days") else None,
    )


def _first(cell: Cell) -> str:
    """The first of several values, and how many more there are."""
    if not isinstance(cell, tuple) or len(cell) < 2:
        return plainly(cell)
    return f"{cell[0]} (+{len(cell) - 1})"


def _apart(cell: Cell) -> str:
    """Several sentences, which may have commas."""
    return "; ".join(cell) if isinstance(cell, tuple) else plainly(cell)


def _over(cell: Cell) -> str:
    if not isinstance(cell, int):
        return ""
    if cell == 0:
        return "today"
    days = f"{abs(cell)} day{'' if abs(cell) == 1 else 's'}"
    return f"{days} over" if cell > 0 else f"in {days}"


#: What is typed or dialled again, and must be read at a glance.
_WHOLE = frozenset({Kind.PHONE, Kind.DATE, Kind.BIRTHDAY, Kind.INTERVAL})
_SENTENCES = frozenset({"reasons", "note", "next"})
_LEAST, _TEXT_LEAST = 12, 20
#: The columns that are left out at a narrow terminal unless the user named them, in this order.
#: The id is what a contact is called by, so that its name may be missed.
_LEAVES: Mapping[str, int] = {
    "company": 1,
    "email": 2,
    "name": 3,
    "touched": 4,
    "status": 5,
}
_TENSES: Mapping[str, Literal["due", "past"]] = {
    "due": "due",
    "snoozed_until": "due",
    "touched": "past",
    "reached": "past",
}

#: Where the name of the field is not what people would call the column.
_HEADINGS: Mapping[str, str] = {"reasons": "why", "touched": "last touch", "overdue_days": "late"}

_SAYERS: Mapping[str, Callable[[Cell], str]] = {
    "email": _first,
    "phone": _first,
    "overdue_days": _over,
    "reasons": _apart,
}
