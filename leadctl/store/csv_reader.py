"""A CSV file of the book as records: strict, and every problem with its place.

One bad row is reported and left out; it never takes the others with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leadctl.problems import Problem, Where
from leadctl.records import Record
from leadctl.store.csv_scanner import Flaw, Row, cell_spans, end_of_rows, scan
from leadctl.store.encoding import line_around, merge_conflict, place_of

#: More than these are not listed.
PROBLEM_LIMIT = 50

_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A CSV text as rows of one width."""

    #: Column name → its position from 0, in the order of the header.
    columns: Mapping[str, int]
    #: None if there is none, or none that can be used.
    header: Row | None
    #: Those that are as wide as the header and have no flaw.
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read_records(text: str, path: str) -> tuple[list[Record], list[Problem]]:
    """The rows of *text* as records; empty cells are left out of their values.

    A cell is one text, also where it holds several values. Of a column that occurs twice the
    first counts, one without a name is passed over; both are problems.
    """
    sheet = read_sheet(text, path)
    columns = sheet.columns
    records = [
        Record(
            {name: row.cells[at] for name, at in columns.items() if row.cells[at]},
            Where(path, row.line),
            _Places(text, row, columns),
        )
        for row in sheet.rows
    ]
    return records, list(sheet.problems)


def read_sheet(text: str, path: str) -> Sheet:
    """The header and the sound rows of *text*, and up to 50 problems, in the order of the file."""
    sheet = _read(text, path)
    if not any(problem.blocks_writing for problem in sheet.problems):
        return sheet
    # Looked for only now: in a sound file the marks are part of somebody's note.
    conflict = merge_conflict(text, path)
    return Sheet({}, None, (), (conflict,)) if conflict else sheet


#: A flaw and the row from which its place is counted.
_Found = tuple[Row, Flaw]


def _read(text: str, path: str) -> Sheet:
    scanned = list(scan(text))
    found: list[_Found] = [(row, row.flaw) for row in scanned if row.flaw]
    found += _end_mark(text, scanned)
    filled = [row for row in scanned if not (row.flaw and row.flaw.is_warning)]
    if not filled:
        return Sheet({}, None, (), _problems(text, path, found))
    header, *rest = filled
    foreign = _foreign_delimiter(text, header)
    if foreign:
        return Sheet({}, None, (), _problems(text, path, [(header, foreign)]))
    if header.flaw:
        return Sheet({}, None, (), _problems(text, path, found))
    columns, flaws = _columns(text, header)
    width = len(header.cells)
    well_formed = [row for row in rest if not row.flaw]
    found += [(header, flaw) for flaw in flaws]
    found += [
        (row, _wrong_width(text, row, width)) for row in well_formed if len(row.cells) != width
    ]
    rows = tuple(row for row in well_formed if len(row.cells) == width)
    return Sheet(columns, header, rows, _problems(text, path, found))


def _end_mark(text: str, scanned: list[Row]) -> list[_Found]:
    end = end_of_rows(text)
    if end == len(text):
        return []
    last = scanned[-1] if scanned else Row(0, 0, 1, ())
    return [(last, Flaw(end, "Ctrl-Z at the end of the file; it is passed over", is_warning=True))]


def _foreign_delimiter(text: str, header: Row) -> Flaw | None:
    """The flaw that the columns are not separated by commas."""
    line = text[header.start : header.end]
    if "," in line:
        return None
    for delimiter, name in _DELIMITERS.items():
        at = line.find(delimiter)
        if at >= 0:
            hint = "the tables of a book use commas; `leadctl import` reads other delimiters"
            return Flaw(header.start + at, f"the header has {name} and no comma", hint)
    return None


def _columns(text: str, header: Row) -> tuple[dict[str, int], list[Flaw]]:
    """The columns that can be told apart, and what is wrong with the names of all."""
    columns: dict[str, int] = {}
    flaws = []
    for at, (cell, (start, _)) in enumerate(
        zip(header.cells, cell_spans(text, header), strict=True)
    ):
        name = cell.strip()
        flaw = _flaw_of_name(cell, start, columns)
        if flaw:
            flaws.append(flaw)
        if name:
            columns.setdefault(name, at)
    return columns, flaws


def _flaw_of_name(cell: str, start: int, before: Mapping[str, int]) -> Flaw | None:
    name = cell.strip()
    if not name:
        return Flaw(start, "column without a name", "name it in the header, or remove the column")
    if name in before:
        return Flaw(start, f'column "{name}" occurs twice', "rename or remove one of the two")
    if name.startswith(_BYTE_ORDER_MARK):
        return Flaw(start, "byte order mark in the header", "remove the invisible character")
    if name != cell:
        return Flaw(
            start, f'blanks around the column name "{name}"', "remove them", is_warning=True
        )
    return None


def _wrong_width(text: str, row: Row, width: int) -> Flaw:
    cells = len(row.cells)
    if cells < width:
        hint = "write a comma for each missing cell, even if it is empty"
        return Flaw(row.end, f"row with {cells} of {width} columns", hint)
    surplus, _ = cell_spans(text, row)[width]
    hint = "put a cell that holds a comma in quotes"
    return Flaw(surplus, f"row with {cells} cells for {width} columns", hint)


def _problems(text: str, path: str, found: list[_Found]) -> tuple[Problem, ...]:
    """The first of *found* as problems, in the order of the file; errors displace warnings."""
    chosen = sorted(found, key=lambda each: (each[1].is_warning, each[1].offset))[:PROBLEM_LIMIT]
    chosen.sort(key=lambda each: each[1].offset)
    return tuple(_problem(text, path, row, flaw) for row, flaw in chosen)


def _problem(text: str, path: str, row: Row, flaw: Flaw) -> Problem:
    line, column = place_of(text, flaw.offset, start=row.start, line=row.line)
    return Problem(
        Where(path, line, column),
        flaw.message,
        hint=flaw.hint,
        excerpt=line_around(text, flaw.offset),
        is_warning=flaw.is_warning,
        blocks_writing=not flaw.is_warning,
    )


class _Places(Mapping[str, tuple[int, int]]):
    """Line and column of each cell of a row, empty ones too; worked out when asked for.

    Few are ever asked for, and counting them all takes longer than reading the file.
    """

    __slots__ = ("_columns", "_row", "_text")

    def __init__(self, text: str, row: Row, columns: Mapping[str, int]) -> None:
        self._text = text
        self._row = row
        self._columns = columns

    def __getitem__(self, name: str) -> tuple[int, int]:
        start, _ = cell_spans(self._text, self._row)[self._columns[name]]
        return place_of(self._text, start, start=self._row.start, line=self._row.line)

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)
