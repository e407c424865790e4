"""A view as rows of one shape, for the formats that know nothing else; and the format `ids`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leadctl.render.formats import Look
from leadctl.sanitise import safe
from leadctl.views import Board, Card, Row, Table, View

#: So many rows are handed on as one piece of text.
ROWS_A_PIECE = 1000


@dataclass(frozen=True, slots=True)
class Flat:
    """The keys in their order, and the rows; a row may lack keys."""

    fields: tuple[str, ...]
    rows: Iterable[Row]


def flatten(view: View) -> Flat:
    """The rows of *view*: of a board those of all tabs, of a card its data as the only one.

    What a board is by leads its rows if they do not have it.
    """
    if isinstance(view, Table):
        return Flat(view.machine_fields, view.rows)
    if isinstance(view, Card):
        return Flat(tuple(view.data), (view.data,))
    fields = tuple(dict.fromkeys(name for tab in view.tabs for name in tab.table.machine_fields))
    if view.by in fields or not fields:
        return Flat(fields, (row for tab in view.tabs for row in tab.table.rows))
    return Flat((view.by, *fields), _named_rows(view))


def id_pieces(view: View, look: Look) -> Iterator[str]:
    """The key of each row, ended as *look* says; rows without one are left out."""
    keys = (safe(key) if look.terminal else key for key in _keys(view))
    return batches(key + look.row_end for key in keys if key)


def batches(lines: Iterable[str]) -> Iterator[str]:
    """*lines* joined to pieces of `ROWS_A_PIECE`: a write for each would take most of the time."""
    piece: list[str] = []
    for line in lines:
        piece.append(line)
        if len(piece) == ROWS_A_PIECE:
            yield "".join(piece)
            piece.clear()
    if piece:
        yield "".join(piece)


def _named_rows(board: Board) -> Iterator[Row]:
    for tab in board.tabs:
        for row in tab.table.rows:
            yield {board.by: tab.name, **row}


def _keys(view: View) -> Iterator[str]:
    if isinstance(view, Card):
        yield str(view.data.get("id") or "")
        return
    tables = (view,) if isinstance(view, Table) else tuple(tab.table for tab in view.tabs)
    for table in tables:
        for row in table.rows:
            cell = row.get(table.key)
            yield "" if cell is None else str(cell)
