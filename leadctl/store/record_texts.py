"""One record as a text that people edit: taken out of its file, read, and brought together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leadctl.problems import Problem
from leadctl.records import Record, Value
from leadctl.store.book import Book
from leadctl.store.excerpts import excerpt
from leadctl.store.tables import OneFile
from leadctl.store.writing import Knowing
from leadctl.store.yaml_editor import edit_one
from leadctl.store.yaml_quoting import scalar
from leadctl.store.yaml_reader import read_record
from leadctl.store.yaml_splices import normal


@dataclass(frozen=True, slots=True)
class Merged:
    """A text that somebody has typed, with what became of the record meanwhile."""

    text: str
    #: Fields that both have changed, each in another way: (typed, in the book).
    collisions: Mapping[str, tuple[Value, Value]]


def record_text(book: Book, id_: str, known: Knowing | None = None) -> str:
    """The record of the contact *id_* as it stands in its file, or a view of its row of a CSV.

    Of a large file that is *known* only that record is read. Empty if it is not there.

    Raises:
        DataError: the file is not sound.
    """
    table = book.contacts
    if book.format == "csv":
        return _row_text(table.read().records, id_)
    part = None
    if known and isinstance(table, OneFile):
        part = excerpt(table, [id_], known("contact"), is_longer=False)
    return (part or table).texts([id_]).get(id_, "")


def typed_record(text: str, file_id: str = "") -> tuple[Record | None, list[Problem]]:
    """The record that *text* says, and what is wrong with how it is written.

    In a file of its own, which is named for *file_id*, it need not say its id.
    """
    record, problems = read_record(text, "")
    if record is not None and file_id and "id" not in record.values:
        record = Record({"id": file_id, **record.values}, record.where, record.places)
    return record, problems


def merged(base: str, typed: str, current: str) -> Merged:
    """*typed*, which was made from *base*, with what the record is by now, *current*.

    Fields that one side has changed go together; a field that both have changed is a collision,
    for which *typed* stays. So do comments and layout that both have changed, under no name.
    All three can be read as records.

    Raises:
        EditError: the fields cannot be put into the text.
    """
    if current in (base, typed):
        return Merged(typed, {})
    was, mine, theirs = (_values(text) for text in (base, typed, current))
    my_changes, their_changes = _changes(was, mine), _changes(was, theirs)
    both = my_changes.keys() & their_changes.keys()
    collisions = {
        name: (my_changes[name], their_changes[name])
        for name in sorted(both)
        if my_changes[name] != their_changes[name]
    }
    others = {name: new for name, new in their_changes.items() if name not in both}
    if edit_one(base, their_changes) == current:
        return Merged(edit_one(typed, others), collisions)
    if not collisions and edit_one(base, my_changes) == typed:
        return Merged(edit_one(current, my_changes), {})
    return Merged(edit_one(typed, others), collisions or {"": (typed, current)})


def _row_text(records: tuple[Record, ...], id_: str) -> str:
    found = next((record for record in records if record.values.get("id") == id_), None)
    if found is None:
        return ""
    # Columns without a value stand there as well, to be filled in.
    cells = ((name, str(found.values.get(name, ""))) for name in found.places)
    lines = (f"{scalar(name)}: {scalar(text) if text else ''}".rstrip() for name, text in cells)
    return "".join(f"{line}\n" for line in lines)


def _values(text: str) -> dict[str, Value]:
    record, _ = read_record(text, "")
    values = record.values if record else {}
    return {name: normal(value) for name, value in values.items()}


def _changes(before: Mapping[str, Value], after: Mapping[str, Value]) -> dict[str, Value]:
    names = dict.fromkeys([*before, *after])
    pairs = {name: (before.get(name, ""), after.get(name, "")) for name in names}
    return {name: new for name, (old, new) in pairs.items() if old != new}
