"""One table for people as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leadctl.render.colours import paint
from leadctl.render.formats import Look
from leadctl.render.widths import GAP, cut, fit, width
from leadctl.sanitise import safe
from leadctl.views import Column, Row, Table

#: The column that takes the colour of the row; without it the first one does.
COLOURED = "status"

_BETWEEN = " " * GAP


def table_lines(table: Table, look: Look) -> Iterator[str]:
    """The lines of *table* with their ends, headings and a rule on top; none without rows.

    A table that is too wide for `look.width` has its widest columns cut; every cell is sanitised.
    """
    columns = table.columns if look.terminal else table.plain_columns
    if not columns or not table.rows:
        return
    texts = _texts(table, columns, look)
    widths = _widths(texts)
    if columns != table.plain_columns and _is_too_wide(widths, look):
        # What is measured comes before what is only drawn.
        columns = table.plain_columns
        texts = _texts(table, columns, look)
        widths = _widths(texts)
    if look.width is not None:
        texts, widths = _fitted(texts, widths, columns, most=look.width)
    rows = iter(texts)
    if look.header:
        yield _line(next(rows), widths, columns)
        yield _BETWEEN.join("-" * each for each in widths).rstrip() + "\n"
    place = _coloured(columns)
    for row, cells in zip(table.rows, rows, strict=True):
        colour = _colour_of(row, table) if look.colour else ""
        yield _line(cells, widths, columns, colour=colour, coloured=place)


def _is_too_wide(widths: Sequence[int], look: Look) -> bool:
    return look.width is not None and sum(widths) + GAP * (len(widths) - 1) > look.width


def _texts(table: Table, columns: Sequence[Column], look: Look) -> list[list[str]]:
    texts = [[safe(column.say(row.get(column.name))) for column in columns] for row in table.rows]
    for place, column in enumerate(columns):
        if column.is_bar:
            from leadctl.render.bars import bars

            # A sum is longer than all others, and tells nothing.
            drawn = bars([row.get(column.name) for row in table.rows[: -table.totals or None]])
            for row, text in zip(texts, [*drawn, *[""] * table.totals], strict=True):
                row[place] = text
    if look.header:
        texts.insert(0, [safe(column.heading) for column in columns])
    return texts


def _widths(texts: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(width, column)) for column in zip(*texts, strict=True)]


def _fitted(
    texts: list[list[str]], widths: list[int], columns: Sequence[Column], *, most: int
) -> tuple[list[list[str]], list[int]]:
    """*texts*, cut so that a line of them takes *most* columns of the terminal; their widths."""
    fitting = fit(widths, most, numbers=[column.is_number for column in columns])
    if fitting == widths:
        return texts, widths
    shorter = [
        [cut(text, limit) for text, limit in zip(row, fitting, strict=True)] for row in texts
    ]
    # A wide character may leave a cell free that nothing fits into.
    return shorter, _widths(shorter)


def _line(
    texts: Sequence[str],
    widths: Sequence[int],
    columns: Sequence[Column],
    *,
    colour: str = "",
    coloured: int = 0,
) -> str:
    blanks = [" " * (most - width(text)) for text, most in zip(texts, widths, strict=True)]
    shown = list(texts)
    shown[coloured] = paint(shown[coloured], colour)
    cells = (
        blank + text if column.is_number else text + blank
        for text, blank, column in zip(shown, blanks, columns, strict=True)
    )
    return _BETWEEN.join(cells).rstrip() + "\n"


def _coloured(columns: Sequence[Column]) -> int:
    names = [column.name for column in columns]
    return names.index(COLOURED) if COLOURED in names else 0


def _colour_of(row: Row, table: Table) -> str:
    colour = row.get(table.colour_key)
    return colour if isinstance(colour, str) else ""
