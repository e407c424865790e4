"""Contacts grouped by status: how many, which share, how many are due."""

from __future__ import annotations

from leadctl.index.index import Index
from leadctl.query.language import Query
from leadctl.stages import Stages
from leadctl.views import Cell, Column, Row, Table

_COLUMNS = (
    Column("shown", "status"),
    Column("stage"),
    Column("contacts", is_number=True),
    Column("share", is_number=True, say=lambda cell: f"{cell} %" if cell is not None else ""),
    Column("due", is_number=True),
    Column("overdue", is_number=True),
    Column("never_touched", "never touched", is_number=True),
    Column("stuck", is_number=True),
)

_FIELDS = ("status", *(column.name for column in _COLUMNS[1:]))

#: The columns that count those of a status for whom a query holds.
FLAGS = {
    "due": "is:due",
    "overdue": "is:overdue",
    "never_touched": "is:never-touched",
    "stuck": "is:stuck",
}


def status_report(index: Index, chosen: Query, stages: Stages, flags: dict[str, Query]) -> Table:
    """A row for each status of *stages*, and for each unknown one that occurs.

    *flags* are the queries behind the columns due, overdue, never_touched and stuck. Shares are
    percentages of all contacts that *chosen* selects, rounded to one decimal.
    """
    tallies = index.tallies(chosen, tuple(flags.values()))
    counts = {name: tally[0] for name, tally in tallies.items()}
    total = sum(counts.values())
    unknown = sorted(name for name in counts if stages.find(name) is None)
    none = [0] * (1 + len(flags))
    rows = []
    for name in (*(status.name for status in stages.statuses), *unknown):
        status = stages.find(name)
        row: dict[str, Cell] = {
            "status": name or None,
            "shown": name if status else f"(unknown: {name or 'none'})",
            "stage": status.stage or None if status else None,
            "contacts": counts.get(name, 0),
            "share": round(100 * counts.get(name, 0) / total, 1) if total else None,
            **dict(zip(flags, tallies.get(name, none)[1:], strict=True)),
            "colour": status.colour if status else "",
        }
        rows.append(row)
    return Table(_COLUMNS, (*rows, _total(rows, total)), _FIELDS, key="status")


def _total(rows: list[dict[str, Cell]], total: int) -> Row:
    sums = {name: sum(int(str(row[name])) for row in rows) for name in ("contacts", *FLAGS)}
    return {
        "status": "all",
        "shown": "all",
        "stage": None,
        "share": 100.0 if total else None,
        **sums,
    }
