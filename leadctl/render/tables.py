"""One table for people as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from leadctl.render.colours import paint
from leadctl.render.formats import Look
from leadctl.render.widths import GAP, width
from leadctl.sanitise import safe
from leadctl.views import Cell, Column, Row, Table

#: The column that takes the colour of the row; without it the first one does.
COLOURED = "status"

_BETWEEN = " " * GAP


def table_lines(table: Table, look: Look) -> Iterator[str]:
    """The lines of *table* with their ends, headings and a rule on top; none without rows.

    What is too wide for `look.width` goes on on further lines; every cell is sanitised.
    """
    if not table.rows:
        return
    # What is measured comes before what is only drawn.
    wanted = (table.columns, table.plain_columns) if look.terminal else (table.plain_columns,)
    for columns in dict.fromkeys(wanted):
        texts = cell_texts(table, columns, look)
        widths = _widths(columns, texts, look)
        if look.width is None or sum(widths) + GAP * (len(widths) - 1) <= look.width:
            yield from _drawn(table, columns, texts, widths, look)
            return
    from leadctl.render.narrow import narrow_lines

    yield from narrow_lines(table, columns, texts, look)


def cell_texts(table: Table, columns: Sequence[Column], look: Look) -> list[list[str]]:
    """What stands in the cells of *columns*, row by row."""
    says = [(column.name, _sayer(column, look)) for column in columns]
    texts = [[safe(say(row.get(name))) for name, say in says] for row in table.rows]
    for place, column in enumerate(columns):
        if column.is_bar:
            from leadctl.render.bars import bars

            # A sum is longer than all others, and tells nothing.
            drawn = bars([row.get(column.name) for row in table.rows[: -table.totals or None]])
            for row, text in zip(texts, [*drawn, *[""] * table.totals], strict=True):
                row[place] = text
    return texts


def headings(columns: Sequence[Column]) -> list[str]:
    """What stands above *columns*."""
    return [safe(column.heading) for column in columns]


def rule(widths: Sequence[int], look: Look) -> str:
    """The line between headings and rows."""
    drawn = _BETWEEN.join("-" * each for each in widths).rstrip()
    return f"{paint(drawn, 'dim') if look.colour else drawn}\n"


def line(
    texts: Sequence[str],
    widths: Sequence[int],
    columns: Sequence[Column],
    *,
    colours: Sequence[str] = (),
) -> str:
    """One line of a table, its cells as wide as *widths*, each in its colour."""
    blanks = [" " * (most - width(text)) for text, most in zip(texts, widths, strict=True)]
    shown = list(map(paint, texts, colours)) if colours else texts
    cells = (
        blank + text if column.is_number else text + blank
        for text, blank, column in zip(shown, blanks, columns, strict=True)
    )
    return _BETWEEN.join(cells).rstrip() + "\n"


def row_colours(table: Table, row: Row, columns: Sequence[Column]) -> list[str]:
    """The colour of each cell of *row*, empty for none."""
    colours = [column.tint(row) if column.tint else "" for column in columns]
    names = [column.name for column in columns]
    place, colour = names.index(COLOURED) if COLOURED in names else 0, row.get(table.colour_key)
    if isinstance(colour, str) and not colours[place]:
        colours[place] = colour
    return colours


def _drawn(
    table: Table,
    columns: Sequence[Column],
    texts: Sequence[Sequence[str]],
    widths: Sequence[int],
    look: Look,
) -> Iterator[str]:
    if not columns:
        return
    if look.header:
        bold = ["bold"] * len(columns) if look.colour else ()
        yield line(headings(columns), widths, columns, colours=bold)
        yield rule(widths, look)
    for row, cells in zip(table.rows, texts, strict=True):
        colours = row_colours(table, row, columns) if look.colour else ()
        yield line(cells, widths, columns, colours=colours)


def _widths(columns: Sequence[Column], texts: Sequence[Sequence[str]], look: Look) -> list[int]:
    widths = [max(map(width, cells)) for cells in zip(*texts, strict=True)]
    if not look.header:
        return widths
    return list(map(max, widths, map(width, headings(columns))))


def _sayer(column: Column, look: Look) -> Callable[[Cell], str]:
    """How a cell of *column* is read: as it is told on a terminal, where it is a day."""
    today = look.today
    if not column.tense or today is None:
        return column.say
    from leadctl.told_days import due_day, past_day

    tell = due_day if column.tense == "due" else past_day

    def say(cell: Cell) -> str:
        return tell(date.fromisoformat(cell), today) if isinstance(cell, str) else ""

    return say
