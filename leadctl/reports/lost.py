"""Who was lost, and why: the moves into a status whose stage counts as lost."""

from __future__ import annotations

from collections.abc import Mapping

from leadctl.index.journeys import Group, Tally
from leadctl.query.sql import Query
from leadctl.reports.asking import Asked, sizes
from leadctl.reports.figures import bar, count, days, median, percent, share
from leadctl.views import Row, Table

_COLUMNS = (
    count("lost"),
    bar("lost"),
    share("share"),
    days("median_days", "after (median)"),
    count("back", "came back"),
)
_OWN = {
    "reason": Group.by_column("nullif(s.reason, '')"),
    "from": Group.by_column("b.status"),
    "into": Group.by_column("s.status"),
}


def lost_report(asked: Asked) -> Table:
    """A row for each reason, or other group, of those lost in the period, and for all.

    Raises:
        RequestError: by something that there is not.
    """
    cell = asked.key(column.name for column in _COLUMNS)
    group = asked.group(day="s.since", own=_OWN)
    names = asked.statuses("lost")
    lost = Query(f"(s.status in ({', '.join('?' * len(names))}))", names)
    # From one lost status into another is no further loss.
    again = Query(f"(ifnull(b.status, '') in ({', '.join('?' * len(names))}))", names)
    chosen = asked.chosen & lost & Query(f"(not {again.sql})", names) & asked.within("s.since")
    back = Query("(c.outcome <> 'lost')")
    found, all_ = asked.index.tally("moves", group, chosen, (back,))
    # Who came in as lost took no time for it.
    lasted = "case when s.place > 0 then max(s.since_day - k.arrived_day, 0) end"
    lengths, all_lengths = asked.index.spread("moves", group, chosen, lasted)
    total = sum(each.count for each in all_)
    keys = asked.ordered(sizes(found))
    rows = [_row(cell, found[key].label, found[key], total, lengths[key]) for key in keys]
    rows += [_row(cell, "all", each, total, all_lengths) for each in all_]
    columns = (asked.column(cell), *_COLUMNS)
    return Table(columns, tuple(rows), key=cell, totals=len(all_))


def _row(cell: str, name: str | None, tally: Tally, total: int, lasted: Mapping[int, int]) -> Row:
    return {
        cell: name,
        "lost": tally.count,
        "share": percent(tally.count, total),
        "median_days": median(lasted),
        "back": tally.counts[0],
    }
