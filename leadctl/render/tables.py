"""One table for people as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache

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
    if colours:
        texts = [paint(*each) if each[1] else each[0] for each in zip(texts, colours, strict=True)]
    cells = [
        blank + text if column.is_number else text + blank
        for text, blank, column in zip(texts, blanks, columns, strict=True)
    ]
    return _BETWEEN.join(cells).rstrip() + "\n"


def colouring(
    table: Table, columns: Sequence[Column], look: Look
) -> Callable[[Row], Sequence[str]]:
    """What tells the colours of the cells of a row, empty for none; no list without colour."""
    if not look.colour:
        return lambda _: ()
    names = [column.name for column in columns]
    status = names.index(COLOURED) if COLOURED in names else 0
    tints = [(place, column.tint) for place, column in enumerate(columns) if column.tint]

    def colours(row: Row) -> Sequence[str]:
        found = [""] * len(columns)
        colour = row.get(table.colour_key)
        found[status] = colour if isinstance(colour, str) else ""
        for place, tint in tints:
            found[place] = tint(row) or found[place]
        return found

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
    colours = colouring(table, columns, look)
    for row, cells in zip(table.rows, texts, strict=True):
        yield line(cells, widths, columns, colours=colours(row))


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

    @cache
    def say(cell: Cell) -> str:
        return tell(date.fromisoformat(cell), today) if isinstance(cell, str) else ""

    return say
