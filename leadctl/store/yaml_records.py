"""The records of a YAML text, from parser events in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from yaml import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from leadctl.problems import Where
from leadctl.records import Record
from leadctl.store.yaml_faults import PARSER_ERRORS, Fault, explain
from leadctl.store.yaml_fields import FieldReader
from leadctl.store.yaml_pieces import Piece
from leadctl.store.yaml_slips import what_it_is
from leadctl.store.yaml_source import (
    NextEvent,
    Source,
    check_document,
    open_events,
    refuse_extras,
    skip_node,
)

_FIELD_LINES = "write one `field: value` a line"


@dataclass(frozen=True, slots=True)
class Top:
    """The list or mapping that holds everything."""

    start: int
    end: int
    #: Of its dash or first key, from 0.
    column: int
    is_flow: bool


@dataclass(slots=True)
class Found:
    """Records in the order of the file, with the part of the text that each is in."""

    records: list[Record] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    top: Top | None = None
    #: Where `...` ends the document; the end of the text without it.
    end: int = 0


class RecordReader:
    """One pass over a piece of a text; what it finds is in `found` and in the source."""

    def __init__(self, source: Source, piece: Piece, *, is_list: bool) -> None:
        self.source = source
        self.piece = piece
        self.is_list = is_list
        self.found = Found(end=piece.end)
        self.base = piece.start
        self.text = source.text[piece.start : piece.end]
        self._told_before = len(source.problems)
        self._is_something_else = False
        self._next_event: NextEvent
        self._fields: FieldReader

    def read(self) -> Fault | None:
        """Find all records; what stopped the parser, if something did."""
        try:
            self._next_event = open_events(self.text)
        except PARSER_ERRORS as error:
            return self._fault(error)
        self._fields = FieldReader(self.source, self.text, self.base, self._next_event)
        try:
            self._documents()
        except PARSER_ERRORS as error:
            return self._fault(error, self._fields.last_quote)
        return None

    def _fault(self, error: Exception, last_quote: int = -1) -> Fault:
        fault = explain(error, self.text, last_quote)
        return Fault(self.base + fault.index, fault.message, fault.hint)

    def has_told(self, fault: Fault) -> bool:
        """True if this pass already found something wrong in the line of *fault*, or everywhere."""
        if self._is_something_else:
            return True
        line = self.source.place(fault.index)[0]
        told = self.source.problems[self._told_before :]
        return any(problem.where.line == line for problem in told)

    def _documents(self) -> None:
        count = 0
        event = self._next_event()
        while type(event) is not StreamEndEvent:
            kind = type(event)
            if kind is DocumentStartEvent:
                count += 1
                check_document(self.source, event, count, self.base)
            elif kind is DocumentEndEvent and event.explicit:
                self.found.end = self.base + event.start_mark.index
            elif kind is SequenceStartEvent and self.is_list:
                self._list(event)
            elif kind is MappingStartEvent and not self.is_list:
                self._one(event)
            elif kind in (ScalarEvent, AliasEvent, SequenceStartEvent, MappingStartEvent):
                self._wrong_top(event)
            event = self._next_event()

    def _wrong_top(self, event: Any) -> None:
        if type(event) is ScalarEvent and not (event.value or event.style or event.tag):
            return
        if self.is_list:
            seen, hint = what_it_is(self.text[event.start_mark.index :])
            message = (
                f"expected a list of records; {seen}" if seen else "expected a list of records"
            )
            self._refuse(event, message, hint or 'start each record with "- ", as in "- name: Ada"')
            self._is_something_else = True
        else:
            self._refuse(event, "expected a mapping of fields", _FIELD_LINES)
        skip_node(self._next_event, event, 0)

    def _list(self, opening: Any) -> None:
        refuse_extras(self.source, opening, self.base)
        event = self._next_event()
        while type(event) is not SequenceEndEvent:
            if type(event) is MappingStartEvent:
                self._record(event)
            elif type(event) is AliasEvent:
                refuse_extras(self.source, event, self.base)
            else:
                is_empty = type(event) is ScalarEvent and not event.value
                hint = "remove the dash, or write a record after it" if is_empty else _FIELD_LINES
                self._refuse(event, "expected a mapping of fields", hint)
                skip_node(self._next_event, event, 1)
            event = self._next_event()
        self.found.top = self._top(opening, event)

    def _one(self, opening: Any) -> None:
        self._record(opening)
        if self.found.spans:
            start, end = self.found.spans[0]
            mark = opening.start_mark
            self.found.top = Top(start, end, mark.column, bool(opening.flow_style))

    def _top(self, opening: Any, closing: Any) -> Top:
        mark = opening.start_mark
        end = self.base + closing.end_mark.index
        return Top(self.base + mark.index, end, mark.column, bool(opening.flow_style))

    def _refuse(self, event: Any, message: str, hint: str = "") -> None:
        self.source.refuse(self.base + event.start_mark.index, message, hint)

    def _record(self, opening: Any) -> None:
        refusals = self.source.refusals
        if opening.anchor or opening.tag:
            refuse_extras(self.source, opening, self.base)
        values, places, first, end = self._fields.read(opening)
        if self.source.refusals > refusals:
            return
        line, column = self._fields.place(first)
        where = Where(self.source.path, line, column)
        self.found.records.append(Record(values, where, places))
        self.found.spans.append((self.base + opening.start_mark.index, self.base + end))
