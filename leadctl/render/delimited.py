"""The formats csv and tsv: a header of field names, then a line for each row.

Several values of a cell are joined by `;`. Texts that a spreadsheet would run are guarded with
an apostrophe (leadctl.formulas); numbers never are, so a negative one stays a number.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator

from leadctl.formulas import guard
from leadctl.render.flat import Flat, batches, flatten
from leadctl.render.formats import Look
from leadctl.sanitise import safe
from leadctl.views import Cell, View

#: Between the values of one cell.
VALUE_SEPARATOR = ";"

_TSV_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_TSV_ESCAPED = re.compile(r"[\\\t\n\r]")


def csv_pieces(view: View, look: Look) -> Iterator[str]:
    """*view* as CSV of RFC 4180, but with line feeds as line ends."""
    return batches(_csv_lines(_lines(flatten(view), look)))


def tsv_pieces(view: View, look: Look) -> Iterator[str]:
    r"""*view* with tabs between the cells; in a cell they are `\t`, line ends `\n` and `\r`.

    A backslash is doubled. Nothing is ever quoted.
    """
    return batches(_tsv_lines(_lines(flatten(view), look)))


class _LastLine:
    """What the csv module writes to: keeps the line, with a line feed for its end."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text[:-2] + "\n"


def _csv_lines(lines: Iterable[list[str]]) -> Iterator[str]:
    # With CR LF as its line end the writer quotes a lone CR too, which before Python 3.13 it
    # does not do otherwise; such a row would fall in two when read back.
    sink = _LastLine()
    writer = csv.writer(sink, lineterminator="\r\n")
    for line in lines:
        writer.writerow(line)
        yield sink.text


def _tsv_lines(lines: Iterable[list[str]]) -> Iterator[str]:
    for line in lines:
        cells = [_TSV_ESCAPED.sub(lambda char: _TSV_ESCAPES[char[0]], cell) for cell in line]
        yield "\t".join(cells) + "\n"


def _lines(flat: Flat, look: Look) -> Iterator[list[str]]:
    """The cells of every line as text, guarded and sanitised as *look* wants it."""
    fields = flat.fields
    if not fields:
        return
    spell = _speller(look)
    if look.header:
        yield [spell(name) for name in fields]
    for row in flat.rows:
        yield [_text(row.get(name), spell) for name in fields]


def _text(cell: Cell, spell: Callable[[str], str]) -> str:
    if isinstance(cell, str):
        return spell(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return spell(VALUE_SEPARATOR.join(cell)) if isinstance(cell, tuple) else str(cell)


def _speller(look: Look) -> Callable[[str], str]:
    if look.terminal:
        return safe if look.raw else lambda text: guard(safe(text))
    return str if look.raw else guard
