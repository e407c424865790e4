"""The prospect list and its explanation as views."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from leadctl.fields import Field, Kind, Schema
from leadctl.listing import columns_of, contact_row
from leadctl.prospecting.criteria import KEPT
from leadctl.prospecting.prospects import Prospect, reasons_for
from leadctl.prospecting.reasons import Reason
from leadctl.records import Entry, Event
from leadctl.stages import Stages
from leadctl.views import Card, Column, Row, Table, late_colour

#: What the list shows unless told otherwise.
COLUMNS = ("id", "name", "status", "reasons", "next")

#: What only a row of the prospect list has.
EXTRA: dict[str, Field] = {
    "reasons": Field("reasons", Kind.TEXT, "the reasons as sentences", many=True, derived=True),
    "urgency": Field("urgency", Kind.NUMBER, "the points of all reasons", derived=True),
    "next": Field("next", Kind.TEXT, "the suggested next step", derived=True),
}
_MACHINE = (
    "id", "name", "status", "stage", "why", "reasons", "due", "overdue_days", "touched", "phone",
    "email", "next", "urgency",
)  # fmt: skip


def prospect_table(
    found: Iterable[Prospect],
    stages: Stages,
    today: date,
    *,
    schema: Schema,
    columns: Sequence[str] = (),
) -> Table:
    """*found* in their order, with the columns of `prospects` or with *columns*.

    Raises:
        RequestError: one of *columns* is no field.
    """
    wider = Schema({**schema.own, **EXTRA})
    names = tuple(wider.get(name).name for name in columns)
    return Table(
        columns=_tinted(columns_of(names, wider, usual=COLUMNS)),
        rows=tuple(_row(each, stages, today, schema) for each in found),
        fields=names or _MACHINE,
    )


def explanation(entry: Entry, events: Iterable[Event], stages: Stages, today: date) -> Card:
    """Why *entry* is on the list on *today*, term by term, or what keeps it off.

    *events* are those that count of the contact, in the order of the journal.
    """
    from leadctl.prospecting.why_not import dismissals, why_not

    said = {event.reason: event for event in events if event.kind == "dismissed"}
    reasons = reasons_for(entry, stages, today)
    who, urgency = f"{entry.contact.name} ({entry.contact.id})", _sum(reasons)
    if reasons:
        lines = [(reason.code, _term(reason)) for reason in reasons]
        lines += [("but", text) for _, text in dismissals(entry, stages, today, said=said)]
        title = f"{who} is on the list on {today}, urgency {urgency}"
    else:
        lines = [("because", text) for text in why_not(entry, stages, today, said=said)]
        title = f"{who} is not on the list on {today}"
    data: Row = {
        "id": entry.contact.id,
        "listed": bool(reasons),
        "urgency": urgency,
        "why": tuple(reason.code for reason in reasons),
        "explanation": tuple(text for _, text in lines),
    }
    return Card(title, tuple(lines), data)


def _tinted(columns: Iterable[Column]) -> tuple[Column, ...]:
    """*columns*, in which the reasons have a colour that tells how urgent they are."""
    return tuple(
        replace(column, tint=_urgency_colour) if column.name == "reasons" else column
        for column in columns
    )


def _urgency_colour(row: Row) -> str:
    """Bold for what was promised or pinned, else the colour of what is late."""
    codes = row.get("why")
    is_promised = isinstance(codes, tuple) and not frozenset(KEPT).isdisjoint(codes)
    return "bold" if is_promised else late_colour(row)


def _sum(reasons: Iterable[Reason]) -> int:
    return sum(reason.points for reason in reasons)


def _term(reason: Reason) -> str:
    is_sum = not reason.arithmetic.endswith(f": {reason.points}")
    total = f" = {reason.points}" if is_sum else ""
    return f"{reason.text}   [{reason.arithmetic}{total}]   → {reason.next}"


def _row(prospect: Prospect, stages: Stages, today: date, schema: Schema) -> Row:
    return {
        **contact_row(prospect.entry, stages, today, schema=schema),
        "why": prospect.codes,
        "reasons": tuple(reason.text for reason in prospect.reasons),
        "urgency": prospect.urgency,
        "next": prospect.suggestion,
    }
