"""Rows of a foreign table as values of fields: replaced, split, normalised, or complained about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from leadctl.errors import RequestError
from leadctl.fields import Field, Kind
from leadctl.importing.dates import DateColumn, read_date_column
from leadctl.importing.headers import REASON
from leadctl.importing.mapping import FieldMap
from leadctl.importing.table import ForeignRow
from leadctl.importing.values import Unreadable, is_taken_as_typed, joined, read_value, split_cell
from leadctl.matching import fold
from leadctl.records import Value
from leadctl.stages import Stages

_LINE_END = re.compile(r"\r\n?")

#: What is wrong with a row, and what to do about it.
Complaint = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RowValues:
    """What one row says."""

    line: int
    #: Only what is not empty, in the form in which leadctl writes it.
    values: Mapping[str, Value]
    #: Why it has its status; empty if the row does not say.
    reason: str = ""
    complaints: tuple[Complaint, ...] = ()
    #: Flags to which the row says no, which is the same as nothing and takes none back.
    denied: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """The columns that one field is read from."""

    field: Field
    positions: tuple[int, ...]
    headers: tuple[str, ...]
    #: Folded old value → new value.
    replacements: Mapping[str, str]

    def parts(self, row: ForeignRow) -> list[str]:
        """The values that the row has for the field, as typed but stripped and replaced."""
        texts = [text for n in self.positions if (text := self._text(row.cells[n]))]
        if self.field.many:
            return [part for text in texts for part in split_cell(self.field.name, text)]
        return [" ".join(texts)] if texts else []

    def _text(self, cell: str) -> str:
        # A file may come with any line ends; a value that is kept has one kind.
        text = _LINE_END.sub("\n", cell) if "\r" in cell else cell
        # Layout belongs to a note: its indents, and the line break that ends it.
        text = text if self.field.name == "note" and text.strip() else text.strip()
        if not self.replacements:
            return text
        otherwise = self.replacements.get("*", text) if text else text
        return self.replacements.get(fold(text), otherwise)


def sources(mapping: FieldMap) -> tuple[Source, ...]:
    """One source for each mapped field."""
    found: dict[str, Source] = {}
    for column in mapping.columns:
        name = column.field.name
        known = found.get(name) or Source(column.field, (), (), mapping.values.get(name, {}))
        positions = (*known.positions, column.position)
        headers = (*known.headers, column.header)
        found[name] = replace(known, positions=positions, headers=headers)
    return tuple(found.values())


def read_rows(
    rows: Sequence[ForeignRow], mapping: FieldMap, *, stages: Stages
) -> tuple[RowValues, ...]:
    """What each of *rows* says about its contact."""
    readers = [(source, _reader(source, rows, mapping, stages)) for source in sources(mapping)]
    return tuple(_read_row(row, readers) for row in rows)


def read_constants(mapping: FieldMap, *, stages: Stages) -> Mapping[str, Value]:
    """What a contact gets where its row says nothing.

    Raises:
        RequestError: a constant cannot be a value of its field.
    """
    constants: dict[str, Value] = {}
    for each in mapping.constants:
        row = ForeignRow(0, (each.value,))
        source = Source(each.field, (0,), (f"--set {each.field.name}",), {})
        read = _read_row(row, [(source, _reader(source, [row], mapping, stages))])
        if read.complaints:
            message, hint = read.complaints[0]
            raise RequestError(message, hint=hint)
        constants |= read.values
    return constants


_Reader = Callable[[str], str]


def _reader(
    source: Source, rows: Sequence[ForeignRow], mapping: FieldMap, stages: Stages
) -> _Reader:
    """What makes the form that leadctl writes out of one text of *source*."""
    if source.field.kind is Kind.DATE:
        texts = (text for row in rows for text in source.parts(row))
        header = source.headers[0]
        return _date_reader(read_date_column(texts, header=header, order=mapping.date_order))
    if is_taken_as_typed(source.field):
        return str
    return _remembering(
        lambda text: read_value(source.field, text, stages=stages, order=mapping.date_order)
    )


def _remembering(read: _Reader) -> _Reader:
    """*read*, asked once for each text: an unknown status in every row is looked up once."""
    known: dict[str, str | Unreadable] = {}

    def remembered(text: str) -> str:
        if text not in known:
            try:
                known[text] = read(text)
            except Unreadable as error:
                known[text] = error
        found = known[text]
        if isinstance(found, Unreadable):
            raise Unreadable(found.message, found.hint)
        return found

    return remembered


def _date_reader(column: DateColumn) -> _Reader:
    def read(text: str) -> str:
        if text in column.refused:
            raise Unreadable(*column.refused[text])
        return column.days[text]

    return read


def _read_row(row: ForeignRow, readers: Iterable[tuple[Source, _Reader]]) -> RowValues:
    values: dict[str, Value] = {}
    complaints: list[Complaint] = []
    denied: list[str] = []
    for source, read in readers:
        try:
            said = source.parts(row)
            parts = tuple(text for part in said if (text := read(part)))
        except Unreadable as error:
            complaints.append((f"{source.field.name}: {error.message}", error.hint))
            continue
        if said and not parts and source.field.kind is Kind.FLAG:
            denied.append(source.field.name)
        if parts:
            several = len(parts) > 1
            one_form = joined(source.field, (), parts) if several else parts
            values[source.field.name] = one_form if source.field.many else parts[0]
    reason = values.pop(REASON, "")
    return RowValues(row.line, values, str(reason), tuple(complaints), frozenset(denied))
