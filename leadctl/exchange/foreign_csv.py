"""CSV files of other programs, from bytes to a header and rows; guesses are told, never silent."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from leadctl.errors import RequestError
from leadctl.exchange.foreign_text import decode
from leadctl.exchange.quotes import opening_quote, outside_quotes
from leadctl.formulas import unguard
from leadctl.importing.table import ForeignRow, ForeignTable
from leadctl.matching import fold
from leadctl.problems import Problem, Where

__all__ = ["ForeignRow", "ForeignTable", "read"]

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_WORDS = {**{name: char for char, name in _DELIMITERS.items()}, "\\t": "\t", "pipe": "|"}
_LONGEST_CELL = 1_000_000
_SEPARATOR_LINE = re.compile(r'"?sep=([^"\w\r\n])"?[\r\n]*', re.IGNORECASE)
# Spreadsheets write ="0123" to keep the zero of a number in front.
_FORMULA_TEXT = re.compile(r'="([^"]*)"')
_EXCERPT = 200


@dataclass(slots=True)
class _Reading:
    """What is known of the file while it is read."""

    path: str
    #: With their ends.
    lines: Sequence[str]
    delimiter: str = ","
    #: How many lines stand before the header.
    skipped: int = 0
    notices: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(self, line: int, message: str, *, hint: str = "", column: int = 0) -> None:
        excerpt = self.lines[line - 1].rstrip("\r\n")[:_EXCERPT]
        where = Where(self.path, line, column)
        self.problems.append(Problem(where, message, hint, excerpt=excerpt))


def read(data: bytes, path: str, *, encoding: str = "", delimiter: str = "") -> ForeignTable:
    """The table in *data*; *path* is only for telling where something is.

    Encoding and delimiter are found out if they are not given. Lines without any text are left
    out. Cells keep their blanks and line ends; what spreadsheets put around a text to protect it
    (`="0123"`, an apostrophe before `=`) is taken off.

    Raises:
        RequestError: no such encoding or delimiter, or the header leaves the delimiter open.
    """
    decoded = decode(data, path, encoding=encoding)
    if decoded.problems:
        return ForeignTable(notices=decoded.notices, problems=decoded.problems)
    lines = list(io.StringIO(_without_end_mark(decoded.text), newline=""))
    reading = _Reading(path, lines, notices=list(decoded.notices))
    _find_delimiter(reading, delimiter)
    records = _records(reading)
    header = _header(records[0], reading) if records else ()
    rows = _rows(records[1:], len(header), reading)
    return ForeignTable(header, rows, tuple(reading.notices), tuple(reading.problems))


def _without_end_mark(text: str) -> str:
    """*text* without the Ctrl-Z that DOS programs put at the end of a file."""
    bare = text.rstrip("\r\n")
    return bare.rstrip("\x1a") if bare.endswith("\x1a") else text


def _find_delimiter(reading: _Reading, wanted: str) -> None:
    first = reading.lines[0] if reading.lines else ""
    told = _SEPARATOR_LINE.fullmatch(first)
    if told:
        reading.skipped = 1
        reading.notices.append(f"line 1 names the delimiter: {_say(told[1])}")
    if wanted:
        reading.delimiter = _chosen(wanted)
    elif told:
        reading.delimiter = told[1]
    else:
        reading.delimiter = _guessed(reading)


def _chosen(wanted: str) -> str:
    char = _WORDS.get(wanted.lower(), wanted)
    if len(char) != 1 or char in '"\r\n\0':
        hint = f"give one character, or {', '.join(_DELIMITERS.values())}"
        raise RequestError(f'"{wanted}" cannot be a delimiter', hint=hint)
    return char


def _guessed(reading: _Reading) -> str:
    bare = outside_quotes(next((line for line in reading.lines if line.strip()), ""))
    found = [char for char in _DELIMITERS if char in bare]
    if len(found) > 1:
        names = " and ".join(_say(char) for char in found)
        message = f"the header of {reading.path} leaves open what separates the columns: {names}"
        raise RequestError(message, hint="give --delimiter with the one that does")
    if found and found != [","]:
        reading.notices.append(f"columns are separated by {_say(found[0])}")
    return found[0] if found else ","


def _say(delimiter: str) -> str:
    return _DELIMITERS.get(delimiter, f'"{delimiter}"')


def _records(reading: _Reading) -> list[ForeignRow]:
    """Every record that holds text, the header first; up to the first error of quoting."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    lines = reading.lines[reading.skipped :]
    reader = csv.reader(lines, delimiter=reading.delimiter, strict=True)
    records: list[ForeignRow] = []
    while True:
        line = reading.skipped + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return records
        except csv.Error as error:
            _report_broken(reading, line, str(error))
            return records
        if any(cell and not cell.isspace() for cell in cells):
            records.append(ForeignRow(line, tuple(cells)))


def _report_broken(reading: _Reading, line: int, error: str) -> None:
    if "field larger" in error:
        hint = "a quote that is never closed?"
        reading.report(line, f"a cell has more than {_LONGEST_CELL:,} characters", hint=hint)
        return
    row, column, is_closed = opening_quote(reading.lines[line - 1 :], reading.delimiter)
    message = "text after the closing quote" if is_closed else "this quote is never closed"
    hint = 'a quote within a quoted cell is written twice: "5"" pipe"'
    reading.report(line + row, message, hint=hint, column=column)


def _header(record: ForeignRow, reading: _Reading) -> tuple[str, ...]:
    header = tuple(_undamaged(cell).strip() for cell in record.cells)
    seen: dict[str, int] = {}
    for number, name in enumerate(header, 1):
        if not name:
            hint = "name it, or delete the column"
            reading.report(record.line, f"column {number} has no heading", hint=hint)
        elif fold(name) in seen:
            message = f'columns {seen[fold(name)]} and {number} are both headed "{name}"'
            reading.report(record.line, message, hint="rename one of them")
        seen.setdefault(fold(name), number)
    return header


def _rows(records: Sequence[ForeignRow], width: int, reading: _Reading) -> tuple[ForeignRow, ...]:
    rows = []
    for record in records:
        if len(record.cells) == width:
            cells = tuple(_undamaged(cell) for cell in record.cells)
            rows.append(ForeignRow(record.line, cells))
        else:
            hint = "a delimiter too many or too few? a cell that holds one must be quoted"
            reading.report(record.line, f"{len(record.cells)} of {width} columns", hint=hint)
    return tuple(rows)


def _undamaged(cell: str) -> str:
    if not cell.startswith(("=", "'")):
        return cell
    wrapped = _FORMULA_TEXT.fullmatch(cell)
    return wrapped[1] if wrapped else unguard(cell)
