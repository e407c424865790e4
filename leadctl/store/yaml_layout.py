"""Where the parts of one record stand in the text, to the character: what the editor cuts by."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from leadctl.store.yaml_source import OPENING, open_events, open_tokens

#: A line end as YAML sees it.
LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_BLOCK_MARK = re.compile(r"[|>][-+0-9]*")


@dataclass(frozen=True, slots=True)
class Text:
    """One scalar: `[start, end)` holds it, quotes included; empty where there is none."""

    start: int
    end: int
    text: str
    #: Its quote, | or > for a block, or empty.
    style: str = ""
    #: Of a block: where its mark ends, and where its lines start and end without blank ones.
    mark_end: int = 0
    lines_start: int = 0
    lines_end: int = 0

    @property
    def is_block(self) -> bool:
        """True for a text in lines of its own below | or >."""
        return bool(self.style) and self.style in "|>"

    @property
    def last(self) -> int:
        """Where what it says ends; nothing that comes later on this line belongs to it."""
        return max(self.mark_end, self.lines_end) if self.is_block else self.end


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of scalars; `[start, end)` holds it, brackets included."""

    start: int
    end: int
    items: tuple[Text, ...]
    is_flow: bool
    #: Where the dash of each item stands; none in flow style.
    dashes: tuple[int, ...] = ()
    #: Where its commas stand; none in block style.
    commas: tuple[int, ...] = ()

    @property
    def last(self) -> int:
        """Where what it says ends."""
        if self.is_flow:
            return self.end
        return max(self.items[-1].last, self.dashes[-1] + 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a record."""

    name: str
    start: int
    key_end: int
    #: Just behind its colon; -1 if there is none.
    colon_end: int
    #: Keys and values of its own count as one empty text.
    value: Text | Listed

    @property
    def last(self) -> int:
        """Where what it says ends."""
        if self.value.start == self.value.end:
            return max(self.colon_end, self.key_end)
        return self.value.last


@dataclass(frozen=True, slots=True)
class Layout:
    """One record; `[start, end)` holds it, from its first key or its bracket."""

    start: int
    end: int
    #: Of its keys, counted from 0.
    column: int
    is_flow: bool
    entries: tuple[Entry, ...]


def layout(text: str, start: int, end: int) -> Layout:
    """The parts of the sound record that stands at `text[start:end]`."""
    line_start = start_of_line(text, start)
    column = start - line_start
    # The blanks keep the first key in line with the others.
    piece = " " * column + text[start:end]
    return _Reader(text, piece, start - column).read(end)


def start_of_line(text: str, index: int) -> int:
    """Where the line that *index* is in starts."""
    found = text.rfind("\n", 0, index) + 1
    # The others are rare: looked for in this line only, not back to the start of the text.
    return max(found, *(text.rfind(char, found, index) + 1 for char in "\r\x85\u2028\u2029"))


class _Reader:
    """Events say what there is, tokens where the dashes, colons and commas are."""

    def __init__(self, text: str, piece: str, base: int) -> None:
        self._text = text
        self._base = base
        self._next_event = open_events(piece)
        self._dashes: list[int] = []
        self._colons: list[int] = []
        self._commas: list[int] = []
        kinds = {
            yaml.BlockEntryToken: self._dashes,
            yaml.ValueToken: self._colons,
            yaml.FlowEntryToken: self._commas,
        }
        for token in open_tokens(piece):
            if type(token) in kinds:
                kinds[type(token)].append(token.start_mark.index + base)

    def read(self, end: int) -> Layout:
        event = self._next_event()
        while type(event) in (yaml.StreamStartEvent, yaml.DocumentStartEvent):
            event = self._next_event()
        start, column = event.start_mark.index + self._base, event.start_mark.column
        entries: list[Entry] = []
        key = self._next_event()
        while type(key) is not MappingEndEvent:
            entries.append(self._entry(key))
            key = self._next_event()
        return Layout(start, end, column, bool(event.flow_style), tuple(entries))

    def _entry(self, key: Any) -> Entry:
        start, key_end = key.start_mark.index + self._base, key.end_mark.index + self._base
        event = self._next_event()
        value = self._value(event)
        place = bisect_left(self._colons, key_end)
        colon = self._colons[place] if place < len(self._colons) else -1
        comma = bisect_left(self._commas, key_end)
        if comma < len(self._commas) and self._commas[comma] < colon:
            colon = -1
        return Entry(key.value, start, key_end, colon + 1 if colon >= 0 else -1, value)

    def _value(self, event: Any) -> Text | Listed:
        if type(event) is SequenceStartEvent:
            return self._list(event)
        return self._nested(event) if type(event) is MappingStartEvent else self._scalar(event)

    def _nested(self, opening: Any) -> Text:
        """Keys and values inside a value, as a place without a text: only the whole is of use."""
        last, depth = 0, 1
        while depth:
            event = self._next_event()
            depth += (type(event) in OPENING) - (type(event) in _CLOSING)
            if type(event) is ScalarEvent:
                last = max(last, self._scalar(event).last)
        start, end = opening.start_mark.index + self._base, _end(event) + self._base
        if not opening.flow_style:
            colons = (colon + 1 for colon in self._colons if start < colon < end)
            end = max(last, *colons)
        return Text(start, end, "")

    def _list(self, opening: Any) -> Listed:
        items: list[Text] = []
        event = self._next_event()
        while type(event) is not SequenceEndEvent:
            items.append(self._scalar(event))
            event = self._next_event()
        start, end = opening.start_mark.index + self._base, _end(event) + self._base
        if opening.flow_style:
            commas = tuple(comma for comma in self._commas if start < comma < end)
            return Listed(start, end, tuple(items), is_flow=True, commas=commas)
        dashes = tuple(self._dashes[bisect_right(self._dashes, x.start) - 1] for x in items)
        return Listed(start, end, tuple(items), is_flow=False, dashes=dashes)

    def _scalar(self, event: Any) -> Text:
        start, end = event.start_mark.index + self._base, event.end_mark.index + self._base
        style = event.style or ""
        if not style or style not in "|>":
            return Text(start, end, event.value, style)
        mark = _BLOCK_MARK.match(self._text, start)
        mark_end = mark.end() if mark else start
        header = LINE_END.search(self._text, mark_end)
        lines_start = header.end() if header else end
        said = len(self._text[lines_start:end].rstrip(" \t\r\n\x85\u2028\u2029"))
        lines_end = lines_start + said if said else 0
        if lines_end:
            below = LINE_END.search(self._text, lines_end)
            lines_end = below.start() if below else len(self._text)
        return Text(start, end, event.value, style, mark_end, lines_start, lines_end)


_CLOSING = (SequenceEndEvent, MappingEndEvent)


def _end(event: Any) -> int:
    index: int = event.end_mark.index
    return index
