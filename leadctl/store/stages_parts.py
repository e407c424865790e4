"""Where the sections, statuses and settings of a stages.yaml stand in its text."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import yaml

from leadctl.store.yaml_layout import Text
from leadctl.store.yaml_source import OPENING, open_events, open_tokens


@dataclass(frozen=True, slots=True)
class Section:
    """Keys and values; `[start, end)` holds them, from the first key or the bracket."""

    start: int
    end: int
    #: Of its keys, counted from 0.
    column: int
    is_flow: bool
    members: tuple[Member, ...]

    def find(self, name: str) -> Member | None:
        """The member with the key *name*, as written; None if there is none."""
        return next((member for member in self.members if member.key.text == name), None)

    def inner(self, *names: str) -> Section | None:
        """The section that the keys *names*, one inside the other, lead to; None if none is."""
        section: Section | None = self
        for name in names:
            member = section.find(name) if section else None
            value = member.value if member else None
            section = value if isinstance(value, Section) else None
        return section


@dataclass(frozen=True, slots=True)
class Member:
    """One key of a section and its value."""

    key: Text
    #: Just behind its colon; -1 if there is none.
    colon_end: int
    #: A list has the text "".
    value: Text | Section
    #: Where it says its last.
    last: int
    #: Where the comma behind it stands; -1 if there is none.
    comma: int = -1

    @property
    def is_empty(self) -> bool:
        """True if nothing stands behind its colon."""
        return isinstance(self.value, Text) and self.value.start == self.value.end


def read_parts(text: str) -> Section:
    """The outermost section of *text*, a stages.yaml that can be read."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._next_event = open_events(text)
        self._colons: list[int] = []
        self._commas: list[int] = []
        for token in open_tokens(text):
            if type(token) is yaml.ValueToken:
                self._colons.append(token.start_mark.index)
            elif type(token) is yaml.FlowEntryToken:
                self._commas.append(token.start_mark.index)

    def read(self) -> Section:
        event: Any = self._next_event()
        while not isinstance(event, yaml.MappingStartEvent):
            event = self._next_event()
        return self._section(event)[0]

    def _section(self, opening: Any) -> tuple[Section, int]:
        """The section, and where it says its last."""
        members: list[Member] = []
        event = self._next_event()
        while type(event) is not yaml.MappingEndEvent:
            members.append(self._member(event, is_flow=opening.flow_style))
            event = self._next_event()
        start, end = opening.start_mark.index, _end(event)
        last = end if opening.flow_style or not members else members[-1].last
        column = opening.start_mark.column
        return Section(start, end, column, bool(opening.flow_style), tuple(members)), last

    def _member(self, event: Any, *, is_flow: bool) -> Member:
        key, key_last = self._scalar(event)
        value, last = self._value()
        colon = self._first(self._colons, key.end)
        comma = self._first(self._commas, key.end)
        if is_flow and 0 <= comma < colon:
            colon = -1
        last = max(last, key_last, colon + 1)
        behind = self._first(self._commas, last) if is_flow else -1
        # What stands between is blank, or the comma belongs to something else.
        if behind >= 0 and self._text[last:behind].strip():
            behind = -1
        return Member(key, colon + 1 if colon >= 0 else -1, value, last, behind)

    def _value(self) -> tuple[Text | Section, int]:
        event = self._next_event()
        if type(event) is yaml.MappingStartEvent:
            return self._section(event)
        if type(event) is yaml.SequenceStartEvent:
            return self._list(event)
        return self._scalar(event)

    def _list(self, opening: Any) -> tuple[Text, int]:
        last, depth = 0, 1
        while depth:
            event = self._next_event()
            depth += (type(event) in OPENING) - (type(event) in _CLOSING)
            if type(event) is yaml.ScalarEvent:
                last = self._scalar(event)[1] or last
        end = _end(event)
        return Text(opening.start_mark.index, end, ""), end if opening.flow_style else last

    def _scalar(self, event: Any) -> tuple[Text, int]:
        """The text, and where it says its last; 0 if it says nothing."""
        start, end = event.start_mark.index, event.end_mark.index
        said = start + len(self._text[start:end].rstrip())
        style = event.style or ""
        return Text(start, end, event.value, style), said if end > start else 0

    @staticmethod
    def _first(places: list[int], index: int) -> int:
        """The first of *places* from *index* on, -1 if there is none."""
        number = bisect_left(places, index)
        return places[number] if number < len(places) else -1


def _end(event: Any) -> int:
    index: int = event.end_mark.index
    return index


_CLOSING = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
