"""A table out of another program: a header and rows that know their line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from leadctl.problems import Problem

_EXCERPT = 200


# A named tuple is made in half the time of a frozen dataclass, and there may be 100,000 of them.
class ForeignRow(NamedTuple):
    """One row below the header."""

    #: Where it begins, from 1.
    line: int
    #: As many as the header has, but in a row that is ragged.
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """What was read; with `problems` it is not the whole file and must not be imported."""

    #: Stripped, none empty, no two alike when folded; empty if the file has no line.
    header: tuple[str, ...] = ()
    rows: tuple[ForeignRow, ...] = ()
    #: What was guessed about the file, one sentence each.
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    #: Rows with more or fewer cells than the header.
    ragged: tuple[ForeignRow, ...] = ()
    #: The text of the file, line by line.
    lines: Sequence[str] = ()

    def excerpt(self, line: int) -> str:
        """What stands in a line, counted from 1, or the beginning of it."""
        return "".join(self.lines[line - 1 : line]).rstrip("\r\n")[:_EXCERPT]
