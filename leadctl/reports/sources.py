"""Where contacts come from, and what became of them."""

from __future__ import annotations

from leadctl.index.journeys import Tally
from leadctl.query.sql import Query
from leadctl.reports.asking import DAYS_UNTIL, Asked, ever_in, sizes
from leadctl.reports.figures import bar, count, days, median, percent, share
from leadctl.views import Row, Table

_COLUMNS = (
    count("leads"),
    bar("leads"),
    share("share"),
    count("attempted"),
    count("reached"),
    count("open"),
    count("won"),
    share("won_share", "of them"),
    days("median_days", "after (median)"),
    count("lost"),
)


def sources_report(asked: Asked) -> Table:
    """A row for each source, or other group, of those who arrived in the period, and for all.

    Raises:
        RequestError: by something that there is not.
    """
    cell = asked.key(column.name for column in _COLUMNS)
    group = asked.group(day="k.arrived")
    flags = (
        Query("(c.touched is not null)"),
        Query("(c.reached is not null)"),
        Query("(c.outcome = 'open')"),
        ever_in(asked.statuses("won")),
        ever_in(asked.statuses("lost")),
    )
    found, all_ = asked.index.tally("contacts", group, asked.cohort, flags)
    total = sum(each.count for each in all_)
    lengths, all_lengths = asked.index.spread(
        "firsts", group, asked.cohort, DAYS_UNTIL, statuses=asked.statuses("won")
    )
    keys = asked.ordered(sizes(found))
    rows = [_row(cell, found[key].label, found[key], total, lengths[key]) for key in keys]
    rows += [_row(cell, "all", each, total, all_lengths) for each in all_]
    columns = (asked.column(cell), *_COLUMNS)
    return Table(columns, tuple(rows), key=cell, totals=len(all_))


def _row(cell: str, name: str | None, tally: Tally, total: int, until: dict[int, int]) -> Row:
    attempted, reached, open_, won, lost = tally.counts
    return {
        cell: name,
        "leads": tally.count,
        "share": percent(tally.count, total),
        "attempted": attempted,
        "reached": reached,
        "open": open_,
        "won": won,
        "won_share": percent(won, tally.count),
        "median_days": median(until),
        "lost": lost,
    }
