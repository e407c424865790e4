"""The format table: what people read, on a terminal or in the mail that cron sends."""

from __future__ import annotations

from collections.abc import Iterator

from leadctl.render.colours import paint
from leadctl.render.flat import batches
from leadctl.render.formats import Look
from leadctl.render.tables import table_lines
from leadctl.render.widths import width
from leadctl.sanitise import safe
from leadctl.views import Board, Card, Table, View


def pieces(view: View, look: Look) -> Iterator[str]:
    """*view* for the eye; everything in it is sanitised, wherever it goes.

    Nothing is wider than `look.width` but for what must not be broken.
    """
    if isinstance(view, Table):
        return batches(table_lines(view, look))
    return batches(_card_lines(view, look) if isinstance(view, Card) else _board_lines(view, look))


def _card_lines(card: Card, look: Look) -> Iterator[str]:
    yield _heading(card.title, "", look)
    from leadctl.render.labels import labelled_lines  # a table has no use for it

    yield from labelled_lines(card.lines, look.width)
    for section in card.sections:
        lines = list(table_lines(section.table, look))
        if lines:
            yield from ("\n", _heading(section.title, "", look), *lines)


def _board_lines(board: Board, look: Look) -> Iterator[str]:
    if board.is_side_by_side and look.width is not None:
        from leadctl.render.lanes import lane_lines, lane_width

        if lane_width(board, look.width):
            yield from lane_lines(board, look)
            return
    for number, (tab, table) in enumerate(zip(board.tabs, _tables(board, look), strict=True)):
        if number:
            yield "\n"
        yield _heading(tab.heading, tab.colour, look)
        yield from table_lines(table, look)
        hidden = tab.count - len(tab.table.rows)
        if hidden > 0:
            yield f"… {hidden} more\n"


def _tables(board: Board, look: Look) -> list[Table]:
    """The tables of all tabs, the same columns in each."""
    tables = [tab.table for tab in board.tabs]
    if look.width is None:
        return tables
    from leadctl.render.narrow import shared_columns

    return shared_columns(tables, look)


def _heading(text: str, colour: str, look: Look) -> str:
    shown = safe(text)
    if look.width is not None and width(shown) > look.width:
        from leadctl.render.wrapping import wrapped

        shown = "\n".join(wrapped(shown, look.width))
    return (paint(shown, colour, is_bold=True) if look.colour else shown) + "\n"
