"""The formats json and jsonl: characters that could steer a terminal are always escaped.

An escape is the same text to whatever reads the JSON, so nothing is lost by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from leadctl.render.flat import batches, flatten
from leadctl.sanitise import respelt
from leadctl.views import Board, Card, Row, Table, View

_Json = Mapping[str, object]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SPACED = json.JSONEncoder(ensure_ascii=False)
_INDENTED = json.JSONEncoder(ensure_ascii=False, indent=2)


def json_pieces(view: View) -> Iterator[str]:
    """One document: a table as a list of objects, a card as an object, a board as a list of tabs.

    A tab is its name under what the board is by, its `count` and its `contacts`. The sections of
    a card are lists under their titles in lower case, with `_` for blanks.
    """
    if isinstance(view, Card):
        return iter((_escaped(_INDENTED.encode(_card(view))) + "\n",))
    objects = _tabs(view) if isinstance(view, Board) else _objects(view)
    return batches(_list_lines(objects))


def jsonl_pieces(view: View) -> Iterator[str]:
    """One compact object a line: a row of the table or of any tab, or the card as a whole."""
    if isinstance(view, Card):
        objects: Iterable[_Json] = (_card(view),)
    else:
        flat = flatten(view)
        objects = ({name: row.get(name) for name in flat.fields} for row in flat.rows)
    return batches(_escaped(_ENCODER.encode(item)) + "\n" for item in objects)


def document(data: object, *, is_indented: bool = False) -> str:
    """Any *data* as one JSON document, with a line end."""
    encoder = _INDENTED if is_indented else _SPACED
    return _escaped(encoder.encode(data)) + "\n"


def _objects(table: Table) -> Iterator[Row]:
    fields = table.machine_fields
    return ({name: row.get(name) for name in fields} for row in table.rows)


def _tabs(board: Board) -> Iterator[_Json]:
    for tab in board.tabs:
        contacts = list(_objects(tab.table))
        yield {board.by: tab.name, "count": tab.count, "contacts": contacts}


def _card(card: Card) -> _Json:
    lists = {
        section.key or _key(section.title): list(_objects(section.table))
        for section in card.sections
    }
    return {**card.data, **lists}


def _key(title: str) -> str:
    return "_".join(title.lower().split())


def _list_lines(objects: Iterable[_Json]) -> Iterator[str]:
    """A list laid out as `json.dumps(…, indent=2)` does it, without holding it as a whole."""
    opening = "[\n"
    for item in objects:
        # No line end within a string is raw, so that all of them can be indented.
        yield opening + "  " + _escaped(_INDENTED.encode(item)).replace("\n", "\n  ")
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def _escaped(text: str) -> str:
    if text.isascii() and "\x7f" not in text:
        return text
    # The line ends are those of the layout; those of the data are escaped already.
    return respelt(text, lambda char: json.dumps(char)[1:-1])
