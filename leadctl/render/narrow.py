"""A table on a terminal too narrow for it: on more lines, with fewer columns, or in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from leadctl.render.colours import paint
from leadctl.render.fitting import fitted, measured
from leadctl.render.formats import Look
from leadctl.render.labels import labelled_lines
from leadctl.render.tables import cell_texts, colouring, headings, line, rule
from leadctl.render.wrapping import wrapped
from leadctl.views import Column, Table

#: A cell that takes more lines than this hides the rows below it.
MOST_LINES = 6


def narrow_lines(
    table: Table, columns: Sequence[Column], texts: Sequence[Sequence[str]], look: Look
) -> Iterator[str]:
    """The lines of *table*, whose *columns* hold *texts*, so that they fit into `look.width`."""
    staying = _staying(columns, texts, look)
    if staying is None:
        yield from _blocks(table, columns, texts, look)
        return
    columns = [columns[place] for place in staying]
    widths = list(staying.values())
    texts = [[cells[place] for place in staying] for cells in texts]
    lines = 0 if look.whole else MOST_LINES
    if look.header:
        yield from _heading_lines(columns, widths, look)
    colours = colouring(table, columns, look)
    for row, cells in zip(table.rows, texts, strict=True):
        parts = [wrapped(text, most, lines=lines) for text, most in zip(cells, widths, strict=True)]
        for broken in zip_longest(*parts, fillvalue=""):
            yield line(broken, widths, columns, colours=colours(row))


def shared_columns(tables: Sequence[Table], look: Look) -> list[Table]:
    """*tables* of one shape, without the columns that one terminal has no room for in all."""
    columns = next((table.plain_columns for table in tables if table.rows), ())
    if not columns or look.width is None:
        return list(tables)
    texts = list(chain.from_iterable(cell_texts(table, columns, look) for table in tables))
    staying = _staying(columns, texts, look)
    if staying is None:
        return list(tables)
    return [replace(table, columns=tuple(columns[n] for n in staying)) for table in tables]


def _staying(
    columns: Sequence[Column], texts: Sequence[Sequence[str]], look: Look
) -> dict[int, int] | None:
    """The places of the columns that stay, each with its width; None: they cannot."""
    if look.whole:
        columns = [replace(column, leaves=0) for column in columns]
    shown = headings(columns) if look.header else [""] * len(columns)
    return fitted(measured(columns, texts, shown), look.width or 0)


def _heading_lines(columns: Sequence[Column], widths: Sequence[int], look: Look) -> Iterator[str]:
    parts = list(map(wrapped, headings(columns), widths))
    most = max(map(len, parts))
    bold = ["bold"] * len(columns) if look.colour else ()
    # The last line of each stands on the rule.
    for cells in zip(*([""] * (most - len(part)) + part for part in parts), strict=True):
        yield line(cells, widths, columns, colours=bold)
    yield rule(widths, look)


def _blocks(
    table: Table, columns: Sequence[Column], texts: Sequence[Sequence[str]], look: Look
) -> Iterator[str]:
    """A block for each row: its first cell, and below it all that the others hold."""
    colours = colouring(table, columns, look)
    shown = headings(columns[1:]) if look.header else [""] * (len(columns) - 1)
    for number, (row, (first, *others)) in enumerate(zip(table.rows, texts, strict=True)):
        colour = next(iter(colours(row)), "")
        if number:
            yield "\n"
        heads = [first] if columns[0].is_whole else wrapped(first, look.width or 0)
        yield from (f"{paint(head, colour)}\n" for head in heads)
        pairs = [(label, text) for label, text in zip(shown, others, strict=True) if text]
        yield from labelled_lines(pairs, look.width)
