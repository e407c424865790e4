"""Some columns of any view, chosen by the names of its fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leadctl.row_templates import named
from leadctl.views import Board, Card, Column, Table, View, plainly


def picked(view: View, words: Sequence[str]) -> View:
    """*view* with the fields that *words* name, in their order; all of it without any.

    Raises:
        RequestError: one of them is no field of it.
    """
    if not words:
        return view
    if isinstance(view, Table):
        return _table(view, words)
    if isinstance(view, Board):
        return replace(
            view, tabs=tuple(replace(tab, table=_table(tab.table, words)) for tab in view.tabs)
        )
    names = tuple(named(word, tuple(view.data)) for word in words)
    lines = tuple((name, plainly(view.data[name])) for name in names)
    return Card(view.title, lines, {name: view.data[name] for name in names})


def _table(table: Table, words: Sequence[str]) -> Table:
    names = tuple(named(word, table.machine_fields) for word in words)
    shown = {column.name: column for column in table.plain_columns}
    columns = tuple(shown.get(name) or Column(name) for name in names)
    return replace(table, columns=columns, fields=names)
