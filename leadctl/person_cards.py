"""Everything that a book holds on one person, as a view: complete for programs, and readable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields

from leadctl.forgetting import Mention, Person
from leadctl.histories import sentence
from leadctl.records import Event, Record, Value
from leadctl.views import Card, Cell, Column, Row, Section, Table
from leadctl.what_counts import voided

#: Keys of an event in the export; what changed is a table of its own.
_NO_TEXT = {"changes", "follow_ups", "source"}
_EVENT_KEYS = tuple(each.name for each in fields(Event) if each.name not in _NO_TEXT)


def person_card(
    person: Person, record: Record | None, mentioned: Iterable[Mention], standing: Card | None
) -> Card:
    """All of *person*: the card that shows where they stand, then fields, events and mentions.

    The journal alone may know them: then there is neither *record* nor *standing*.
    """
    sections = (
        Section("fields", _fields(record), key="fields"),
        Section("follow-ups", _follow_ups(person), key="follow_ups"),
        Section("events", _events(person.events), key="events"),
        Section("changes", _changes(person.events), key="changes"),
        Section("mentioned elsewhere", _mentions(mentioned), key="mentions"),
    )
    if standing is None:
        gone = (("contact", "none; only the journal knows this id"),)
        return Card(person.id, gone, {"id": person.id}, sections)
    return Card(standing.title, standing.lines, standing.data, sections)


def _fields(record: Record | None) -> Table:
    columns = (Column("field"), Column("value"), Column("place"))
    values = record.values if record else {}
    rows = tuple(
        {"field": name, "value": value, "place": str(record.at(name))}
        for name, value in values.items()
        if record
    )
    return Table(columns, rows, key="field")


def _events(events: Sequence[Event]) -> Table:
    columns = (
        Column("on", "when", is_whole=True),
        Column("what"),
        Column("note", least=20),
        Column("by"),
        Column("origin"),
        Column("undone_by", "undone by"),
        Column("place"),
    )
    undone = voided(events)
    rows = tuple(_event_row(event, undone) for event in events)
    return Table(columns, rows, (*_EVENT_KEYS, "what", "undone_by", "place"))


def _event_row(event: Event, undone: Mapping[str, str]) -> Row:
    row: dict[str, Cell] = {name: getattr(event, name) or None for name in _EVENT_KEYS}
    return {
        **row,
        "what": sentence(event),
        "undone_by": undone.get(event.op),
        "place": str(event.source),
    }


def _changes(events: Iterable[Event]) -> Table:
    columns = (Column("on", "when", is_whole=True), Column("field"), Column("old"), Column("new"))
    rows = tuple(
        {"event": event.id, "on": event.on, "field": name, "old": old, "new": new}
        for event in events
        for name, (old, new) in _all_changes(event)
    )
    return Table(columns, rows, ("event", "on", "field", "old", "new"), key="event")


def _all_changes(event: Event) -> Iterator[tuple[str, tuple[Value, Value]]]:
    """Fields and those of follow-ups, with the id of the follow-up in front."""
    yield from event.changes.items()
    for id_, changes in event.follow_ups.items():
        yield from ((f"{id_}: {name}", pair) for name, pair in changes.items())


def _follow_ups(person: Person) -> Table:
    columns = (Column("id", is_whole=True), Column("field"), Column("value"), Column("place"))
    rows = tuple(
        {"id": each.id, "field": name, "value": value, "place": str(each.source)}
        for each in person.follow_ups
        for name, value in each.values.items()
    )
    return Table(columns, rows)


def _mentions(mentioned: Iterable[Mention]) -> Table:
    columns = (Column("place"), Column("contact", is_whole=True), Column("field"), Column("text"))
    rows = tuple(
        {
            "place": str(each.where),
            "contact": each.contact or None,
            "field": each.field or None,
            "text": each.text,
        }
        for each in mentioned
    )
    return Table(columns, rows, key="place")
