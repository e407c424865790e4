"""The format md: Markdown as GitHub reads it, in which no value can become markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leadctl.render.flat import batches
from leadctl.sanitise import safe, safe_lines
from leadctl.views import Board, Card, Table, View

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# An underscore within a word is no markup, and names of fields have them.
_MARKUP = re.compile(r"[\\`*\[\]|~&<>]|(?<![^\W_])_|_(?![^\W_])")


def pieces(view: View) -> Iterator[str]:
    """*view* as headings, lists and tables.

    A table always has its headings, as Markdown knows no other; one without rows is left out.
    """
    if isinstance(view, Table):
        return batches(_table_lines(view))
    return batches(_card_lines(view) if isinstance(view, Card) else _board_lines(view))


def _table_lines(table: Table) -> Iterator[str]:
    columns = table.plain_columns
    if not columns or not table.rows:
        return
    yield _row([_escaped(column.heading) for column in columns])
    yield _row(["---:" if column.is_number else "---" for column in columns])
    for row in table.rows:
        yield _row([_escaped(column.say(row.get(column.name))) for column in columns])


def _card_lines(card: Card) -> Iterator[str]:
    yield f"## {_title(card.title)}\n"
    for number, (label, text) in enumerate(card.lines):
        yield (
            f"{'' if number else chr(10)}- **{_title(label)}**: {_escaped(text)}".rstrip(" ") + "\n"
        )
    for section in card.sections:
        if section.table.rows:
            yield f"\n### {_title(section.title)}\n\n"
            yield from _table_lines(section.table)


def _board_lines(board: Board) -> Iterator[str]:
    for number, tab in enumerate(board.tabs):
        blank = "\n" if number else ""
        yield f"{blank}## {_title(tab.heading)}\n"
        if tab.table.rows:
            yield "\n"
            yield from _table_lines(tab.table)
        hidden = tab.count - len(tab.table.rows)
        if hidden > 0:
            yield f"\n… {hidden} more\n"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _title(text: str) -> str:
    return _MARKUP.sub(_escape, safe(text))


def _escaped(text: str) -> str:
    """*text* as Markdown shows it, on one line of the source."""
    lines = safe_lines(text.strip("\r\n")).split("\n")
    return "<br>".join(_MARKUP.sub(_escape, line) for line in lines)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _ENTITIES.get(char, f"\\{char}")
