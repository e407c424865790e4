"""A CSV file of the book as records: strict, and every problem with its place.

One bad row is reported and left out; it never takes the others with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from leadctl.problems import Problem, Where
from leadctl.records import Record
from leadctl.store.csv_scanner import Flaw, Row, cell_spans, end_of_rows, scan
from leadctl.store.encoding import line_around, merge_conflict, place_of

#: More than these are not listed.
PROBLEM_LIMIT = 50
#: After so many rows that are no contact the file is something else, and is read no further.
HOPELESS_ROWS = 1_000

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


def read_records(
    text: str, path: str, *, needed: Iterable[str] = ()
) -> tuple[list[Record], list[Problem]]:
    """The rows of *text* as records; empty cells are left out of their values.

    If a column *needed* is missing, that is the one problem, and there are no records.

    A cell is one text, also where it holds several values. Of a column that occurs twice the
    first counts, one without a name is passed over; both are problems.
    """
    sheet = read_sheet(text, path)
    columns = sheet.columns
    missing = [name for name in needed if name not in columns]
    if sheet.header and sheet.rows and missing:
        return [], [_without(missing, text, path, sheet.header)]
    records = [
        Record(
            {name: row.cells[at] for name, at in columns.items() if row.cells[at]},
            Where(path, row.line),
            _Places(text, row, columns),
        )
        for row in sheet.rows
    ]
    return records, list(sheet.problems)


def _without(missing: list[str], text: str, path: str, header: Row) -> Problem:
    names = " and ".join(f'"{name}"' for name in missing)
    message = f"the header has no column {names}; no row can be read"
    hint = "name the columns in the first line; `leadctl import` reads tables of other programs"
    return _problem(text, path, header, Flaw(header.start, message, hint))


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
    found = _Findings()
    rows = found.sound(scan(text))
    header = next(rows, None)
    if header is None:
        found.add_all(_end_mark(text, found.last))
        return Sheet({}, None, (), _problems(text, path, found.kept()))
    foreign = _foreign_delimiter(text, header)
    if foreign:
        return Sheet({}, None, (), _problems(text, path, [(header, foreign)]))
    if header.flaw:
        found.add_all([(header, header.flaw)])
        return Sheet({}, None, (), _problems(text, path, found.kept()))
    columns, flaws = _columns(text, header)
    found.add_all((header, flaw) for flaw in flaws)
    kept = tuple(_of_width(text, rows, len(header.cells), columns, found))
    found.add_all(_end_mark(text, found.last))
    return Sheet(columns, header, kept, _problems(text, path, found.kept()))


class _Findings:
    """What is wrong with the rows of a file, no more of it than is ever shown."""

    def __init__(self) -> None:
        self.errors: list[_Found] = []
        self.warnings: list[_Found] = []
        self.last = Row(0, 0, 1, ())
        self.sound_rows = 0
        self.wrong_rows = 0

    @property
    def is_hopeless(self) -> bool:
        """True if most of the file is no contact, and it is a long one."""
        return self.wrong_rows > max(HOPELESS_ROWS, self.sound_rows)

    def add_all(self, found: Iterable[_Found]) -> None:
        """Keep those of *found* that may be shown."""
        for each in found:
            _, flaw = each
            into = self.warnings if flaw.is_warning else self.errors
            if len(into) < PROBLEM_LIMIT:
                into.append(each)

    def sound(self, rows: Iterator[Row]) -> Iterator[Row]:
        """The header, whatever it is like, and all rows without a flaw."""
        is_header = True
        for self.last in rows:
            flaw = self.last.flaw
            if flaw is None or (is_header and not flaw.is_warning):
                yield self.last
                is_header = False
            else:
                self.wrong_rows += not flaw.is_warning
                self.add_all([(self.last, flaw)])
            if self.is_hopeless:
                self._give_up(self.last)
                return

    def _give_up(self, row: Row) -> None:
        """Say that nothing below *row* was read."""
        message = f"{self.wrong_rows:,} rows up to here are no contact; the rest was not read"
        hint = "is this the right file? put it back from a copy, or import it"
        del self.errors[PROBLEM_LIMIT - 1 :]
        self.errors.append((row, Flaw(row.start, message, hint)))

    def kept(self) -> list[_Found]:
        """Everything that may be shown."""
        return [*self.errors, *self.warnings]


def _of_width(
    text: str, rows: Iterable[Row], width: int, columns: Mapping[str, int], found: _Findings
) -> Iterator[Row]:
    """Those of *rows* that are *width* cells wide."""
    at = columns.get("id")
    seen: set[str] = set()
    for row in rows:
        key = row.cells[at] if at is not None and len(row.cells) == width else ""
        is_contact = bool(key) and key not in seen
        found.sound_rows += is_contact
        found.wrong_rows += not is_contact
        seen.add(key)
        if len(row.cells) == width:
            yield row
        elif len(found.errors) < PROBLEM_LIMIT:
            found.add_all([(row, _wrong_width(text, row, width))])


def _end_mark(text: str, last: Row) -> list[_Found]:
    end = end_of_rows(text)
    if end == len(text):
        return []
    message = "Ctrl-Z at the end of the file; it is passed over"
    return [(last, Flaw(end, message, "delete it in an editor", is_warning=True))]


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
    flaws: list[Flaw] = []
    for at, (cell, (start, _)) in enumerate(
        zip(header.cells, cell_spans(text, header), strict=True)
    ):
        name = cell.strip()
        flaw = _flaw_of_name(cell, start, columns) if len(flaws) < PROBLEM_LIMIT else None
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
