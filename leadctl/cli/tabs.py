"""The words after `pipeline` and `board` → which tabs, who is in them, and what is printed."""

from __future__ import annotations

from collections.abc import Sequence

from leadctl.cli import terminal
from leadctl.cli.session import Session
from leadctl.matching import closest
from leadctl.pipelines import board, off_pipeline, tab_names
from leadctl.query.sql import Query
from leadctl.records import Entry

#: Within a tab the contact that has waited longest comes first.
_MOST_OVERDUE = ("due",)


def show_tabs(
    session: Session, words: Sequence[str], *, rows: int, is_side_by_side: bool = False
) -> None:
    """Print the tabs that *words* ask for; people see *rows* of each unless they say how many."""
    limit = session.options.limit
    if limit is None and not session.is_machine_read():
        limit = rows
    tabs, counts = _read_tabs(session, words, limit=limit or 0)
    view = board(
        tabs,
        session.stages,
        session.today,
        schema=session.schema,
        columns=session.columns,
        is_side_by_side=is_side_by_side,
    )
    session.show(view, if_empty="nobody is here; `leadctl list` shows everybody")
    session.hint(off_pipeline(session.stages, counts))


def _read_tabs(
    session: Session, words: Sequence[str], *, limit: int
) -> tuple[list[tuple[str, int, Sequence[Entry]]], dict[str, int]]:
    """Each tab with its count and at most *limit* contacts (0: all); and all counts by status.

    Words that are a status choose tabs, also of statuses off the pipeline.
    """
    wanted = [status.name for word in words if (status := session.stages.find(word))]
    others = [word for word in words if not session.stages.find(word)]
    _doubt(session, others)
    query = session.query(others)
    counts = session.index.counts(query, "status")
    tabs: list[tuple[str, int, Sequence[Entry]]] = []
    for name in wanted or tab_names(session.stages, counts):
        here = query & Query("c.status = ?", (name,))
        entries = session.index.entries(
            here, sort=session.sort or _MOST_OVERDUE, limit=limit, known=session.schema
        )
        tabs.append((name, counts.get(name, 0), entries))
    return tabs, counts


def _doubt(session: Session, words: Sequence[str]) -> None:
    """Say so if one of *words*, which will be looked for in names, looks like a status."""
    names = [status.name for status in session.stages.statuses]
    for word in words:
        near = closest(word, names, likeness=0.8) if word.isalpha() else ""
        if near:
            terminal.talk(f'note: "{word}" is looked for in names; the status is "{near}"')
