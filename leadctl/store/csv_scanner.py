"""The rows and cells of a CSV text with their places; what reader and editor both stand on.

Stricter than the `csv` module, and agrees with it on every text that has no flaw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from leadctl.store.encoding import LINE_END, count_line_ends

#: The longest cell, in characters.
CELL_LIMIT = 1_048_576
#: Ctrl-Z, with which programs of the DOS age end a text.
END_MARK = "\x1a"

#: Of lines of blanks that follow each other no more are told.
_BLANKS_TOLD = 50

# The look-ahead keeps the expression from taking half of a doubled quote for the closing one.
_QUOTED = r'"[^"]*(?:""[^"]*)*"(?!")'
_CELL = rf'(?:{_QUOTED}|[^",\r\n]*)'
_QUOTED_CELL = re.compile(_QUOTED)
_ROW = re.compile(rf"{_CELL}(?:,{_CELL})*")
_CELLS_OF_ROW = re.compile(rf'(?:^|,)({_QUOTED}|[^",]*)')
_TO_CELL_END = re.compile(r"[^,\r\n]*")
_PLAIN_LINE = re.compile(r'([^"\r\n]*)(?:\r\n|\r|\n|\Z)')

_TWICE = 'inside quotes a quote is written twice: ""'


# Named tuples are made in half the time of frozen dataclasses, and there may be 100,000s.
class Flaw(NamedTuple):
    """Why a row is not kept."""

    #: Where in the text it is to be seen.
    offset: int
    message: str
    hint: str = ""
    #: Nothing is lost with the row.
    is_warning: bool = False
    #: The lines from the row to here are to be read each on its own.
    singly_until: int = 0


class Row(NamedTuple):
    """One row; `text[start:end]` is all of it but its line end."""

    start: int
    end: int
    #: The line on which it starts, from 1.
    line: int
    #: What the cells say, without their quotes; of no use if the row has a flaw.
    cells: tuple[str, ...]
    flaw: Flaw | None = None


def scan(text: str) -> Iterator[Row]:
    """Every row of *text*, the header included; empty lines and a Ctrl-Z at the end are left out.

    A row with a flaw is given too. After a quote that is never closed, reading goes on at the
    line below that quote and not at the end of the file. Takes time in proportion to the text.
    """
    body = text[: end_of_rows(text)]
    has_nul = "\0" in body
    start, line, singly_until = 0, 1, 0
    while start < len(body):
        quote = body.find('"', start)
        plain_end = _line_start(body, start, quote) if quote >= 0 else len(body)
        for row in _plain_rows(body, start, plain_end, line):
            is_suspect = has_nul or row.end - row.start > CELL_LIMIT
            yield _checked(body, row) if is_suspect else row
        line += count_line_ends(body, start, plain_end)
        start = plain_end
        if quote < 0:
            return
        stop = _line_end(body, start, before=singly_until) if singly_until > start else len(body)
        row = _quoted_row(body, start, line, stop=stop)
        is_suspect = has_nul or row.end - start > CELL_LIMIT
        yield _checked(body, row) if is_suspect else row
        if row.flaw:
            singly_until = max(singly_until, row.flaw.singly_until)
        after = row.end + (2 if body.startswith("\r\n", row.end) else 1)
        line += count_line_ends(body, start, after)
        start = after


def end_of_rows(text: str) -> int:
    """The offset where rows can be added: the end of *text*, or a Ctrl-Z that ends it."""
    rest = len(text.rstrip(f"{END_MARK}\r\n"))
    mark = text.find(END_MARK, rest)
    return len(text) if mark < 0 else mark


def cell_spans(text: str, row: Row) -> tuple[tuple[int, int], ...]:
    """Start and end offset of each cell of *row*, its quotes included; the row has no flaw."""
    spans = []
    start = row.start
    for cell in _raw_cells(text[row.start : row.end]):
        spans.append((start, start + len(cell)))
        start += len(cell) + 1
    return tuple(spans)


def _line_end(text: str, start: int, *, before: int) -> int:
    """Where the line of *start* ends, or the end of *text* if that is not *before* an offset."""
    found = LINE_END.search(text, start, before)
    # The line in which the trouble came up may again open a cell of several lines.
    return found.start() if found else len(text)


def _line_start(text: str, start: int, offset: int) -> int:
    """Where the line that *offset* is in begins, at *start* at the earliest."""
    return max(start - 1, text.rfind("\n", start, offset), text.rfind("\r", start, offset)) + 1


def _plain_rows(text: str, start: int, stop: int, line: int) -> Iterator[Row]:
    """The rows of whole lines without any quote."""
    blanks = 0
    for number, found in enumerate(_PLAIN_LINE.finditer(text, start, stop), line):
        raw = found[1]
        if not raw:
            continue
        begin, end = found.span(1)
        if not raw.isspace() or "," in raw:
            yield Row(begin, end, number, tuple(raw.split(",")))
        elif blanks < _BLANKS_TOLD:
            blanks += 1
            yield Row(begin, end, number, (raw,), _blank(begin))


def _blank(offset: int) -> Flaw:
    return Flaw(offset, "a line of blanks", "it is passed over; delete it", is_warning=True)


def _quoted_row(text: str, start: int, line: int, *, stop: int) -> Row:
    end = _end(_ROW, text, start, stop)
    if end < stop and text[end] not in "\r\n":
        return _flawed_row(text, start, line, stop=stop)
    raw = _raw_cells(text[start:end])
    cells = [cell[1:-1].replace('""', '"') if cell[:1] == '"' else cell for cell in raw]
    return Row(start, end, line, tuple(cells))


def _raw_cells(row: str) -> list[str]:
    return _CELLS_OF_ROW.findall(row) if '"' in row else row.split(",")


def _flawed_row(text: str, start: int, line: int, *, stop: int) -> Row:
    """The row at *start*, which breaks the rules for quotes, with the first breach."""
    flaw: Flaw | None = None
    opening: int | None = None
    begin = start
    while True:
        end, breach = _walk_cell(text, begin, stop)
        line_end = LINE_END.search(text, begin, end)
        if opening is None and line_end:
            opening, end_of_opening = begin, line_end.start()
        if breach and opening is not None:
            # Far more often a quote was forgotten than a cell of several lines goes wrong late.
            unclosed = (flaw or _unclosed(opening))._replace(singly_until=end)
            return Row(start, end_of_opening, line, (), unclosed)
        flaw = flaw or breach
        if not text.startswith(",", end, stop):
            return Row(start, end, line, (), flaw)
        begin = end + 1


def _walk_cell(text: str, start: int, stop: int) -> tuple[int, Flaw | None]:
    """The end of the cell at *start* and what is wrong with its quotes."""
    if not text.startswith('"', start, stop):
        end = _end(_TO_CELL_END, text, start, stop)
        quote = text.find('"', start, end)
        return end, _stray(quote) if quote >= 0 else None
    quoted = _QUOTED_CELL.match(text, start, stop)
    if quoted is None:
        return stop, _unclosed(start)
    end = _end(_TO_CELL_END, text, quoted.end(), stop)
    if end == quoted.end():
        return end, None
    return end, Flaw(quoted.end(), "text after the closing quote of a cell", _TWICE)


def _unclosed(offset: int) -> Flaw:
    return Flaw(offset, "quote is opened and not closed", f"close it; {_TWICE}")


def _stray(offset: int) -> Flaw:
    hint = f"put the whole cell in quotes; {_TWICE}"
    return Flaw(offset, "quote in a cell that has none in front", hint)


def _end(pattern: re.Pattern[str], text: str, start: int, stop: int) -> int:
    """Where the match of *pattern* at *start* ends."""
    found = pattern.match(text, start, stop)
    return found.end() if found else start


def _checked(text: str, row: Row) -> Row:
    """*row*, with a flaw if what it says has no place in a file of contacts."""
    flaw = row.flaw or _flaw_of_content(text, row)
    return row._replace(flaw=flaw) if flaw else row


def _flaw_of_content(text: str, row: Row) -> Flaw | None:
    nul = text.find("\0", row.start, row.end)
    if nul >= 0:
        return Flaw(nul, "NUL character", "delete it; text has no such character")
    for cell, (start, _) in zip(row.cells, cell_spans(text, row), strict=True):
        if len(cell) > CELL_LIMIT:
            message = f"cell of {len(cell):,} characters; the limit is {CELL_LIMIT:,}"
            return Flaw(start, message, "keep so long a text in a file of its own")
    return None
