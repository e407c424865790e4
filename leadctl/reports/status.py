"""Contacts grouped by status: how many, which share, how many are due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from leadctl.index.journeys import Group, Journeys, Tally
from leadctl.query.language import Query
from leadctl.reports.figures import count, percent, share
from leadctl.stages import Stages
from leadctl.views import Column, Row, Table

_COLUMNS = (
    Column("shown", "status"),
    Column("stage", leaves=1),
    count("contacts"),
    share("share", leaves=2),
    count("due"),
    count("overdue"),
    count("never_touched", "never touched"),
    count("stuck"),
)

_FIELDS = ("status", *(column.name for column in _COLUMNS[1:]))

#: The columns that count those of a status for whom a query holds.
FLAGS = {
    "due": "is:due",
    "overdue": "is:overdue",
    "never_touched": "is:never-touched",
    "stuck": "is:stuck",
}


def status_report(
    index: Journeys, chosen: Query, stages: Stages, flags: Mapping[str, Query]
) -> Table:
    """A row for each status of *stages*, and for each unknown one that occurs.

    *flags* are the queries behind the columns due, overdue, never_touched and stuck. Shares are
    percentages of all contacts that *chosen* selects, rounded to one decimal.
    """
    by_status = Group.by_column("c.status")
    found, all_ = index.tally("contacts", by_status, chosen, tuple(flags.values()))
    none = Tally("", 0, (0,) * len(flags))
    total = all_[0] if all_ else none
    unknown = sorted(name for name in map(str, found) if stages.find(name) is None)
    rows: list[Row] = []
    for name in (*(status.name for status in stages.statuses), *unknown):
        status = stages.find(name)
        row = {
            "status": name or None,
            "shown": name if status else f"(unknown: {name or 'none'})",
            "stage": status.stage or None if status else None,
            "colour": status.colour if status else "",
        }
        rows.append({**row, **_figures(found.get(name, none), total, flags)})
    rows.append({"status": "all", "shown": "all", "stage": None, **_figures(total, total, flags)})
    return Table(_COLUMNS, tuple(rows), _FIELDS, key="status", totals=1)


def _figures(tally: Tally, total: Tally, flags: Iterable[str]) -> Row:
    counts = dict(zip(flags, tally.counts, strict=True))
    return {"contacts": tally.count, "share": percent(tally.count, total.count), **counts}
