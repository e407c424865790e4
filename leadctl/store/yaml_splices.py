"""Pieces of new text for places in an old one, and the lines around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from leadctl.records import Value
from leadctl.store.edit_error import EditError
from leadctl.store.yaml_layout import LINE_END, start_of_line
from leadctl.store.yaml_quoting import literal_mark, scalar

_COMMON_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Splice:
    """`text[start:end]` is to become *new*."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A value as YAML: what stands on the line of its field, and the lines of a block below."""

    head: str
    block: tuple[str, ...] = ()


def apply(text: str, splices: Iterable[Splice]) -> str:
    """*text* with all *splices* made; those for one place come in the order given.

    Raises:
        EditError: two of them change the same characters.
    """
    parts: list[str] = []
    done = 0
    for splice in sorted(splices, key=lambda one: one.start):
        if splice.start < done and splice.start != splice.end:
            raise EditError("two changes of the same characters")
        parts += (text[done : splice.start], splice.new)
        done = max(done, splice.end)
    return "".join([*parts, text[done:]])


def normal(value: Value) -> Value:
    """*value* so that what is equal in a YAML file is equal: one value is no list, none is ""."""
    if isinstance(value, str) or len(value) > 1:
        return value
    return value[0] if value else ""


@dataclass(frozen=True, slots=True)
class Page:
    """A text and its lines."""

    text: str

    def line_end(self, index: int) -> int:
        """Where the line of *index* ends, before its line end."""
        found = LINE_END.search(self.text, index)
        return found.start() if found else len(self.text)

    def next_line(self, index: int) -> int:
        """Where the line below that of *index* starts, or the end of the text."""
        found = LINE_END.search(self.text, index)
        return found.end() if found else len(self.text)

    def is_last_line(self, index: int) -> bool:
        """True if nothing ends the line of *index*."""
        return LINE_END.search(self.text, index) is None

    def eol(self, index: int) -> str:
        """The line end to write near *index*: that of its line, else that of the first line."""
        found = LINE_END.search(self.text, index)
        if found and _COMMON_END.fullmatch(found.group()):
            return found.group()
        first = _COMMON_END.search(self.text)
        return first.group() if first else "\n"

    def lines_below(self, index: int, lines: Iterable[str]) -> Splice:
        """*lines* below the line of *index*; a text without a last line end still has none."""
        eol = self.eol(index)
        place = self.next_line(index)
        if self.is_last_line(index):
            return Splice(place, place, "".join(eol + line for line in lines))
        return Splice(place, place, "".join(line + eol for line in lines))

    def lines_above(self, index: int, lines: Iterable[str]) -> Splice:
        """*lines* above the line of *index*."""
        place, eol = start_of_line(self.text, index), self.eol(index)
        return Splice(place, place, "".join(line + eol for line in lines))

    def without_lines(self, first: int, last: int) -> Splice:
        """The lines from that of *first* to that of *last* removed."""
        return Splice(start_of_line(self.text, first), self.next_line(last), "")

    def ends_block(self, index: int, column: int) -> bool:
        """True if the lines from *index* on cannot be taken for part of a block above them.

        The block belongs to a key or dash at *column*, so its own lines are deeper.
        """
        while index < len(self.text):
            end = self.line_end(index)
            said = self.text[index:end].lstrip(" ")
            depth = end - index - len(said)
            if said:
                return depth <= column and said[0] != "\t"
            if depth > column:
                return False
            index = self.next_line(index)
        return True

    def render(self, value: Value, index: int, column: int, *, quote: str = "") -> Rendered:
        """*value* for the key or dash at *column*; *index* is where the text goes on below it."""
        if not isinstance(value, str):
            return Rendered(flow_list(value))
        mark = literal_mark(value)
        has_no_end = index >= len(self.text) and not self.text.endswith(("\n", "\r"))
        if mark and self.ends_block(index, column) and not (mark == "|" and has_no_end):
            return block(mark, value, column)
        return Rendered(scalar(value, quote=quote))


def block(mark: str, text: str, column: int) -> Rendered:
    """*text* as a block under the key or dash at *column*."""
    lines = text.removesuffix("\n").split("\n")
    indent = " " * (column + 2)
    return Rendered(mark, tuple(indent + line if line else "" for line in lines))


def flow_list(texts: Iterable[str]) -> str:
    """*texts* as a list between brackets."""
    return "[" + ", ".join(scalar(text, in_flow=True) for text in texts) + "]"


def field_lines(name: str, value: Rendered, indent: str) -> list[str]:
    """The lines of a field of its own."""
    return [f"{indent}{scalar(name)}: {value.head}", *value.block]


def flow_field(name: str, value: Value) -> str:
    """A field for a place between brackets."""
    texts = scalar(value, in_flow=True) if isinstance(value, str) else flow_list(value)
    return f"{scalar(name, in_flow=True)}: {texts}"
