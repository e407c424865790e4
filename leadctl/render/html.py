"""The format html: one page that needs nothing else, for a browser or a mail, light and dark.

There is no script and nothing to load, and no value can become markup. Without its styles, which
some programs for mail leave out, it is still a table with lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from leadctl.render.flat import batches
from leadctl.sanitise import safe, safe_lines
from leadctl.views import Board, Card, Column, Row, Table, View

_STYLE = """\
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 16px; font: 15px/1.45 -apple-system, "Segoe UI", Roboto, Helvetica, Arial,
  sans-serif; background: #ffffff; color: #1d1d1f; }
h1 { font-size: 20px; margin: 0 0 8px; }
h2 { font-size: 16px; margin: 24px 0 6px; }
table { border-collapse: collapse; border: 0; }
th, td { border: 0; border-bottom: 1px solid #d9dde2; padding: 5px 12px 5px 6px; text-align: left;
  vertical-align: top; overflow-wrap: anywhere; }
th { color: #5a6472; font-weight: 600; overflow-wrap: normal; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.colour { border-left: 4px solid; border-left-color: var(--own); }
p { color: #5a6472; }
@media (prefers-color-scheme: dark) {
  body { background: #16181b; color: #eceef1; }
  th, p { color: #a7b0bc; }
  th, td { border-bottom-color: #3a4048; }
}
@media print { body { margin: 0; } tr { break-inside: avoid; } }
"""
#: The colours of stages.yaml, in shades that can be told apart on white and on black.
_COLOURS = {
    "black": "#4b5563", "red": "#dc2626", "green": "#16a34a", "yellow": "#ca8a04",
    "blue": "#2563eb", "magenta": "#c026d3", "cyan": "#0891b2", "white": "#9ca3af",
}  # fmt: skip


def pieces(view: View) -> Iterator[str]:
    """*view* as a whole page; where there is nothing to show, the page says so."""
    return batches(_page(view))


def _page(view: View) -> Iterator[str]:
    title = view.title if isinstance(view, Card) else "leadctl"
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f"<title>{_line(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n"
    if isinstance(view, Table):
        yield from _table(view)
    else:
        yield from _card(view) if isinstance(view, Card) else _board(view)
    yield "</body>\n</html>\n"


def _table(table: Table) -> Iterator[str]:
    columns = table.plain_columns
    if not columns or not table.rows:
        yield "<p>Nothing to show.</p>\n"
        return
    yield '<table border="1" cellpadding="5">\n<thead>\n<tr>'
    yield from (f"<th{_kind(column)}>{_line(column.heading)}</th>" for column in columns)
    yield "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows:
        yield "<tr>" + "".join(_cells(row, columns, table)) + "</tr>\n"
    yield "</tbody>\n</table>\n"


def _cells(row: Row, columns: tuple[Column, ...], table: Table) -> Iterator[str]:
    colour = _COLOURS.get(str(row.get(table.colour_key) or "").removeprefix("bright-"))
    for place, column in enumerate(columns):
        kind = _kind(column)
        if colour and place == 0:
            kind = f' class="{"number " if column.is_number else ""}colour" style="--own:{colour}"'
        yield f"<td{kind}>{_text(column.say(row.get(column.name)))}</td>"


def _kind(column: Column) -> str:
    return ' class="number"' if column.is_number else ""


def _card(card: Card) -> Iterator[str]:
    yield f'<h1>{_line(card.title)}</h1>\n<table border="1" cellpadding="5">\n<tbody>\n'
    for label, text in card.lines:
        yield f"<tr><th>{_line(label)}</th><td>{_text(text)}</td></tr>\n"
    yield "</tbody>\n</table>\n"
    for section in card.sections:
        if section.table.rows:
            yield f"<h2>{_line(section.title)}</h2>\n"
            yield from _table(section.table)


def _board(board: Board) -> Iterator[str]:
    for tab in board.tabs:
        yield f"<h2>{_line(tab.heading)}</h2>\n"
        if tab.table.rows:
            yield from _table(tab.table)
        hidden = tab.count - len(tab.table.rows)
        if hidden > 0:
            yield f"<p>… {hidden} more</p>\n"


def _line(text: str) -> str:
    return escape(safe(text))


def _text(text: str) -> str:
    """*text* as it may stand anywhere in a page, with its lines."""
    lines = safe_lines(text.strip("\r\n")).split("\n")
    return "<br>".join(escape(line) for line in lines)
