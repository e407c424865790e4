"""One table for people as lines of text, laid out by tabulate."""

from __future__ import annotations

from collections.abc import Iterator

from tabulate import SEPARATING_LINE, DataRow, Line, TableFormat, tabulate

from leadctl.render.colours import paint
from leadctl.render.formats import Look
from leadctl.render.widths import GAP, cut, fit, width
from leadctl.sanitise import safe
from leadctl.views import Column, Row, Table

#: The column that takes the colour of the row; without it the first one does.
COLOURED = "status"

_SPACE = DataRow("", " " * GAP, "")
_RULE = Line("", "-", " " * GAP, "")
# The headings go in as a row of their own: as headings tabulate would make them too wide.
_LAYOUT = TableFormat(None, _RULE, None, None, _SPACE, _SPACE, 0, None)


def table_lines(table: Table, look: Look) -> Iterator[str]:
    """The lines of *table* with their ends, headings and a rule on top; none without rows.

    A table that is too wide for `look.width` has its widest columns cut; every cell is sanitised.
    """
    columns = table.columns
    if not columns or not table.rows:
        return
    cells = [[safe(column.say(row.get(column.name))) for column in columns] for row in table.rows]
    headings = [[safe(column.heading) for column in columns]] if look.header else []
    if look.width is not None:
        headings, cells = _fitted(headings, cells, columns, most=look.width)
    if look.colour:
        _colour(cells, table)
    rule = [SEPARATING_LINE] if look.header else []
    text = tabulate(
        [*headings, *rule, *cells],
        tablefmt=_LAYOUT,
        disable_numparse=True,
        preserve_whitespace=True,
        colalign=["right" if column.is_number else "left" for column in columns],
    )
    for line in text.split("\n"):
        yield line.rstrip(" ") + "\n"


_Cells = list[list[str]]


def _fitted(
    headings: _Cells, cells: _Cells, columns: tuple[Column, ...], *, most: int
) -> tuple[_Cells, _Cells]:
    """*headings* and *cells*, cut so that a line of them takes *most* columns of the terminal."""
    natural = [max(map(width, column)) for column in zip(*headings, *cells, strict=True)]
    fitting = fit(natural, most, numbers=[column.is_number for column in columns])
    if fitting == natural:
        return headings, cells
    cut_headings, cut_cells = (
        [[cut(cell, limit) for cell, limit in zip(row, fitting, strict=True)] for row in rows]
        for rows in (headings, cells)
    )
    return cut_headings, cut_cells


def _colour(cells: _Cells, table: Table) -> None:
    names = [column.name for column in table.columns]
    place = names.index(COLOURED) if COLOURED in names else 0
    for row, texts in zip(table.rows, cells, strict=True):
        texts[place] = paint(texts[place], _colour_of(row, table))


def _colour_of(row: Row, table: Table) -> str:
    colour = row.get(table.colour_key)
    return colour if isinstance(colour, str) else ""
