"""CSV files of other programs, from bytes to a header and rows; guesses are told, never silent."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
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
#: The longest table that is taken; more contacts than a book is made for.
MOST_ROWS = 100_000
_LONGEST_CELL = 1_000_000
_MOST_PROBLEMS = 50
_MOST_COLUMNS = 1_000
_LONGEST_HEADING = 1_000
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
    has_header: bool = False
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
    first = next(records, None)
    header = _header(first, reading) if first else ()
    rows, ragged = _sort_out(records, len(header), reading)
    problems = sorted(reading.problems, key=lambda each: each.where.line)
    return ForeignTable(
        header,
        tuple(rows),
        tuple(reading.notices),
        tuple(problems),
        ragged=tuple(ragged),
        lines=tuple(lines),
    )


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


def _records(reading: _Reading) -> Iterator[ForeignRow]:
    """Every record that holds text, the header first.

    After an error of quoting, reading goes on in the line below the quote, so that one that is
    never closed does not hide what else is wrong.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    start: int | None = reading.skipped
    while start is not None and len(reading.problems) < _MOST_PROBLEMS:
        start = yield from _records_from(reading, start)
        if not reading.has_header:
            return


def _records_from(reading: _Reading, start: int) -> Generator[ForeignRow, None, int | None]:
    """The records below the first *start* lines; how many lines lie above where to go on."""
    lines = itertools.islice(reading.lines, start, None)
    reader = csv.reader(lines, delimiter=reading.delimiter, strict=True)
    while True:
        line = start + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return None
        except csv.Error as error:
            return _report_broken(reading, line, str(error))
        if "".join(cells).strip():
            reading.has_header = True
            yield ForeignRow(line, tuple(cells))


def _report_broken(reading: _Reading, line: int, error: str) -> int | None:
    if "field larger" in error:
        hint = "a quote that is never closed?"
        reading.report(line, f"a cell has more than {_LONGEST_CELL:,} characters", hint=hint)
        return None
    text = "".join(reading.lines[line - 1 :])
    offset, is_closed = opening_quote(text, reading.delimiter)
    above = list(io.StringIO(text[: offset + 1], newline=""))
    row, column = line + len(above) - 1, len(above[-1])
    message = "text after the closing quote" if is_closed else "this quote is never closed"
    hint = 'a quote within a quoted cell is written twice: "5"" pipe"'
    reading.report(row, message, hint=hint, column=column)
    return row


def _header(record: ForeignRow, reading: _Reading) -> tuple[str, ...]:
    header = tuple(_undamaged(cell).strip() for cell in record.cells)
    if len(header) > _MOST_COLUMNS:
        hint = "is this the right file, and the right --delimiter?"
        reading.report(record.line, f"{len(header):,} columns are too many", hint=hint)
        return ()
    seen: dict[str, int] = {}
    for number, name in enumerate(header, 1):
        if len(reading.problems) == _MOST_PROBLEMS:
            break
        if not name:
            hint = "name it, or delete the column"
            reading.report(record.line, f"column {number} has no heading", hint=hint)
        elif len(name) > _LONGEST_HEADING:
            hint = "is this the right file? an import needs a line of headings"
            reading.report(record.line, f"the heading of column {number} is too long", hint=hint)
        elif fold(name) in seen:
            message = f'columns {seen[fold(name)]} and {number} are both headed "{name}"'
            reading.report(record.line, message, hint="rename one of them")
        seen.setdefault(fold(name), number)
    return header


def _sort_out(
    records: Iterable[ForeignRow], width: int, reading: _Reading
) -> tuple[list[ForeignRow], list[ForeignRow]]:
    """The rows of *width* cells, without what spreadsheets did to them, and the other rows."""
    rows: list[ForeignRow] = []
    ragged: list[ForeignRow] = []
    for record in records:
        if len(rows) + len(ragged) == MOST_ROWS:
            hint = "split the file, and import one part after the other"
            reading.report(record.line, f"more than {MOST_ROWS:,} rows", hint=hint)
            break
        if len(record.cells) == width:
            cells = tuple([_undamaged(cell) for cell in record.cells])
            rows.append(ForeignRow(record.line, cells))
        else:
            ragged.append(record)
    return rows, ragged


def _undamaged(cell: str) -> str:
    if not cell.startswith(("=", "'")):
        return cell
    wrapped = _FORMULA_TEXT.fullmatch(cell)
    return wrapped[1] if wrapped else unguard(cell)
