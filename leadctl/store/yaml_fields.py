"""The fields of one record, from parser events; the part of reading that has to be fast."""

from __future__ import annotations

import re
from typing import Any

from yaml import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from leadctl.records import Value
from leadctl.store.yaml_source import (
    MAX_ITEMS,
    MAX_KEY,
    MAX_VALUE,
    ODD_BLANKS,
    ODD_LINE_ENDS,
    NextEvent,
    OpenQuoteError,
    Source,
    refuse_extras,
    skip_node,
)

_LIKE_A_FIELD = re.compile(r"^( *)(?:-[ \t]|[\w-]+:(?:[ \t]|$))", re.MULTILINE)
_FLAT = "a field holds a text or a list of texts"


class FieldReader:
    """Reads records out of the events of *text*, which stands at *base* in the source."""

    def __init__(self, source: Source, text: str, base: int, next_event: NextEvent) -> None:
        self._source = source
        self._text = text
        self._base = base
        self._next_event = next_event
        self._first_line = source.place(base)[0] if base else 1
        self._has_odd_ends = ODD_LINE_ENDS.search(text) is not None
        #: Where a quoted value over several lines starts, if that was the last thing read.
        self.last_quote = -1

    def read(self, opening: Any) -> tuple[dict[str, Value], dict[str, tuple[int, int]], Any, int]:
        """Values and places by name, the mark of the first key, and the end of the mapping.

        Raises:
            OpenQuoteError: a quoted value swallowed what looks like a field or record.
            TooDeepError, yaml.YAMLError: as `skip_node` and `open_events`.
        """
        # Longer than house style: it runs once for each field of the book, and a call more for
        # each would cost a tenth of the time of every command that reads the file anew.
        values: dict[str, Value] = {}
        places: dict[str, tuple[int, int]] = {}
        next_event, first_line, has_odd_ends = (
            self._next_event,
            self._first_line,
            self._has_odd_ends,
        )
        key = next_event()
        first = opening.start_mark if type(key) is MappingEndEvent else key.start_mark
        while True:
            if type(key) is not ScalarEvent:
                kind = type(key)
                if kind is MappingEndEvent:
                    return values, places, first, key.end_mark.index
                self._odd_key(key)
                key = next_event()
                continue
            name = key.value
            value = next_event()
            kind = type(value)
            content: Value = ""
            if kind is ScalarEvent:
                content = value.value
                if value.style:
                    self._quoted_lines(value, opening)
            elif kind is SequenceStartEvent:
                content = self._items()
            if (
                name in values
                or (kind is not ScalarEvent and kind is not SequenceStartEvent)
                or value.anchor
                or value.tag
                or key.anchor
                or key.tag
                or name == "<<"
                or not name
                or not name.isascii()
                or len(name) > MAX_KEY
                or len(content) > MAX_ITEMS
            ):
                self._odd_field(key, value, content, places)
            mark = value.start_mark
            values[name] = content
            places[name] = (
                self.place(mark) if has_odd_ends else (mark.line + first_line, mark.column + 1)
            )
            key = next_event()
            self.last_quote = -1

    def place(self, mark: Any) -> tuple[int, int]:
        """Line and column of *mark*, from 1."""
        if self._has_odd_ends:
            return self._source.place(self._base + mark.index)
        return mark.line + self._first_line, mark.column + 1

    def _refuse(self, event: Any, message: str, hint: str = "") -> None:
        self._source.refuse(self._base + event.start_mark.index, message, hint)

    def _items(self) -> tuple[str, ...]:
        """The texts of a list of texts."""
        texts: list[str] = []
        event = self._next_event()
        while type(event) is not SequenceEndEvent:
            if type(event) is ScalarEvent:
                texts.append(event.value)
                if event.anchor or event.tag:
                    refuse_extras(self._source, event, self._base)
                elif len(event.value) > MAX_VALUE:
                    self._refuse_long(event)
            elif type(event) is AliasEvent:
                refuse_extras(self._source, event, self._base)
            else:
                self._refuse(event, "a list inside a list or a mapping inside a list", _FLAT)
                skip_node(self._next_event, event, 3)
            event = self._next_event()
        return tuple(texts)

    def _quoted_lines(self, value: Any, opening: Any) -> None:
        """Remember and check a quoted *value* over several lines: has its end been forgotten?"""
        start, end = value.start_mark, value.end_mark
        if start.line == end.line or value.style not in "\"'":
            return
        self.last_quote = start.index
        if opening.flow_style:
            return
        column = opening.start_mark.column
        lines = self._text[start.index : end.index]
        swallowed = _LIKE_A_FIELD.finditer(lines)
        if any(len(found[1]) <= column and found.start() for found in swallowed):
            raise OpenQuoteError(start.index)

    def _odd_key(self, key: Any) -> None:
        if type(key) is AliasEvent:
            refuse_extras(self._source, key, self._base)
        else:
            hint = "a field name is one text; put it in quotes if it starts with [ or {"
            self._refuse(key, "a list or mapping as a field name", hint)
        skip_node(self._next_event, key, 2)
        skip_node(self._next_event, self._next_event(), 2)

    def _odd_field(
        self, key: Any, value: Any, content: Value, places: dict[str, tuple[int, int]]
    ) -> None:
        for event in (key, value):
            if type(event) is AliasEvent or event.anchor or event.tag:
                refuse_extras(self._source, event, self._base)
        if key.value == "<<":
            self._refuse(key, 'merge keys, "<<", are not used here', "write out the fields")
        elif key.value in places:
            self._refuse_twice(key, places[key.value][0])
        elif not key.value:
            self._refuse(key, "a field without a name", "write one before the colon")
        elif key.value != key.value.strip(ODD_BLANKS):
            message = f'an invisible blank beside the field name "{key.value.strip(ODD_BLANKS)}"'
            self._refuse(key, message, "type the name anew, with plain spaces before it")
        if len(key.value) > MAX_KEY:
            message = "a field name is longer than 1,024 characters"
            self._refuse(key, message, "use a shorter name")
        if type(value) is MappingStartEvent:
            self._refuse(value, f'the value of "{key.value}" is a mapping', _FLAT)
            skip_node(self._next_event, value, 2)
        elif type(value) is ScalarEvent and len(content) > MAX_VALUE:
            self._refuse_long(value)
        elif type(value) is SequenceStartEvent and len(content) > MAX_ITEMS:
            message = f"a list of {len(content):,} values; {MAX_ITEMS:,} are the most"
            self._refuse(value, message, "was a whole file pasted into one field?")

    def _refuse_twice(self, key: Any, before: int) -> None:
        line = self.place(key.start_mark)[0]
        message = f'"{key.value}" stands twice in this record, in lines {before} and {line}'
        self._refuse(key, message, "keep one of them")

    def _refuse_long(self, value: Any) -> None:
        message = f"a value of {len(value.value):,} characters; 1,000,000 are the most"
        self._refuse(value, message, "keep long texts in a file of their own")
