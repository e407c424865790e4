"""A board on a terminal: its tabs side by side as columns, and the rows of each as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from leadctl.render.colours import paint
from leadctl.render.formats import Look
from leadctl.render.tables import cell_texts, colouring
from leadctl.render.widths import GAP, width
from leadctl.render.wrapping import wrapped
from leadctl.sanitise import safe
from leadctl.views import Board, Tab

#: Five columns, as the classic stages have them, fit into a terminal of 80; a name of two words
#: is hardly read in less.
LEAST = 14
#: One cell of a card takes no more lines than this: the other cards are to be seen as well.
_MOST_LINES = 2
#: What belongs to a card stands a little to the right of its first line.
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class _Piece:
    """One line of a column."""

    text: str = ""
    colour: str = ""
    is_bold: bool = False


def lane_width(board: Board, most: int) -> int:
    """How wide each column of *board* is where all may take *most*; 0: there is no room."""
    count = max(len(board.tabs), 1)
    each = (most - GAP * (count - 1)) // count
    return each if each >= LEAST else 0


def lane_lines(board: Board, look: Look) -> Iterator[str]:
    """The lines of *board* with their ends; it has to fit into `look.width`."""
    most = lane_width(board, look.width or 0)
    headings = [_heading(tab, most) for tab in board.tabs]
    tallest = max(map(len, headings), default=0)
    # The last line of each heading stands on the rule.
    lanes = [
        [*[_Piece()] * (tallest - len(heading)), *heading, *_body(tab, most, look)]
        for tab, heading in zip(board.tabs, headings, strict=True)
    ]
    for pieces in zip_longest(*lanes, fillvalue=_Piece()):
        yield _line(pieces, most, look)


def _heading(tab: Tab, most: int) -> list[_Piece]:
    return [_Piece(text, tab.colour, is_bold=True) for text in wrapped(safe(tab.heading), most)]


def _body(tab: Tab, most: int, look: Look) -> Iterator[_Piece]:
    yield _Piece("-" * most, "dim")
    table = tab.table
    columns = table.plain_columns
    colours = colouring(table, columns, look)
    for row, texts in zip(table.rows, cell_texts(table, columns, look), strict=True):
        yield from _card(texts, colours(row), most, look)
    hidden = tab.count - len(table.rows)
    if hidden > 0:
        yield _Piece(f"… {hidden} more", "dim")


def _card(texts: Sequence[str], colours: Sequence[str], most: int, look: Look) -> Iterator[_Piece]:
    """The cells that hold something, one below another."""
    lines = 0 if look.whole else _MOST_LINES
    indent = ""
    for text, colour in zip_longest(texts, colours, fillvalue=""):
        if not text:
            continue
        for part in wrapped(f"{indent}{text}", most, lines=lines):
            yield _Piece(part, colour)
        indent = _INDENT


def _line(pieces: tuple[_Piece, ...], most: int, look: Look) -> str:
    shown = [
        (paint(each.text, each.colour, is_bold=each.is_bold) if look.colour else each.text)
        + " " * (most - width(each.text))
        for each in pieces
    ]
    return (" " * GAP).join(shown).rstrip() + "\n"
