"""The format table: what people read, on a terminal or in the mail that cron sends."""

from __future__ import annotations

from collections.abc import Iterator

from leadctl.render.colours import paint
from leadctl.render.flat import batches
from leadctl.render.formats import Look
from leadctl.render.tables import table_lines
from leadctl.render.widths import GAP, width
from leadctl.sanitise import safe, safe_lines
from leadctl.views import Board, Card, Table, View


def pieces(view: View, look: Look) -> Iterator[str]:
    """*view* for the eye; everything in it is sanitised, wherever it goes.

    Only tables are cut to `look.width`: a card shows every text in full.
    """
    if isinstance(view, Table):
        return batches(table_lines(view, look))
    return batches(_card_lines(view, look) if isinstance(view, Card) else _board_lines(view, look))


def _card_lines(card: Card, look: Look) -> Iterator[str]:
    yield _heading(card.title, "", look)
    label_width = max((width(safe(label)) for label, _ in card.lines), default=0)
    for label, text in card.lines:
        yield from _labelled(safe(label), text, label_width=label_width)
    for section in card.sections:
        lines = list(table_lines(section.table, look))
        if lines:
            yield from ("\n", _heading(section.title, "", look), *lines)


def _labelled(label: str, text: str, *, label_width: int) -> Iterator[str]:
    """A line for each line of *text*, the label in front of the first."""
    front = label + " " * (label_width - width(label))
    for line in safe_lines(text.strip("\r\n")).split("\n"):
        yield f"{' ' * GAP}{front}{' ' * GAP}{line}".rstrip(" ") + "\n"
        front = " " * label_width


def _board_lines(board: Board, look: Look) -> Iterator[str]:
    for number, tab in enumerate(board.tabs):
        if number:
            yield "\n"
        yield _heading(tab.heading, tab.colour, look)
        yield from table_lines(tab.table, look)
        hidden = tab.count - len(tab.table.rows)
        if hidden > 0:
            yield f"… {hidden} more\n"


def _heading(text: str, colour: str, look: Look) -> str:
    shown = safe(text)
    return (paint(shown, colour, is_bold=True) if look.colour else shown) + "\n"
