"""A table out of another program: a header and rows that know their line."""

from __future__ import annotations

from dataclasses import dataclass

from leadctl.problems import Problem


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """One row below the header."""

    #: Where it begins, from 1.
    line: int
    #: As many as the header has.
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
