"""The pipeline: one tab for each status that is on it, in the order of stages.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from leadctl.fields import Schema
from leadctl.listing import contact_table
from leadctl.records import Entry
from leadctl.stages import Stages
from leadctl.views import Board, Tab

#: What a tab shows unless told otherwise; the status is its heading.
COLUMNS = ("id", "name", "company", "phone", "touched", "overdue_days")
#: What a card shows unless told otherwise.
CARD = ("name", "due")


def tab_names(stages: Stages, present: Mapping[str, int]) -> tuple[str, ...]:
    """The statuses that get a tab: those on the pipeline, then those that stages.yaml misses.

    *present* is the number of contacts by status; nobody gets lost because a name was changed.
    """
    known = tuple(status.name for status in stages.pipeline)
    return (*known, *sorted(name for name in present if stages.find(name) is None))


def board(
    tabs: Sequence[tuple[str, int, Sequence[Entry]]],
    stages: Stages,
    today: date,
    *,
    schema: Schema,
    columns: Sequence[str] = (),
    is_side_by_side: bool = False,
) -> Board:
    """*tabs*, each a status, how many contacts are in it, and those of them that are shown."""
    usual = CARD if is_side_by_side else COLUMNS
    made = []
    for name, count, entries in tabs:
        status = stages.find(name)
        title = "" if status else f"(unknown status: {name or 'none'})"
        table = contact_table(entries, stages, today, schema=schema, columns=columns, usual=usual)
        if not columns:
            # People get a few columns, machines everything.
            everything = contact_table((), stages, today, schema=schema).fields
            table = type(table)(table.columns, table.rows, everything)
        made.append(Tab(name, table, count, status.colour if status else "", title))
    return Board("status", tuple(made), is_side_by_side)


def off_pipeline(stages: Stages, present: Mapping[str, int]) -> str:
    """Who has no tab, as a line; empty if everybody has one."""
    off = {
        status.name: present.get(status.name, 0)
        for status in stages.statuses
        if not status.on_pipeline and present.get(status.name)
    }
    listed = ", ".join(f"{name} {count}" for name, count in off.items())
    return f"not on the pipeline: {listed}" if listed else ""
