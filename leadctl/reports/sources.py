"""Where contacts come from, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from leadctl.index.journeys import Tally
from leadctl.query.sql import Query
from leadctl.reports.asking import DAYS_UNTIL, Asked, ever_in
from leadctl.reports.figures import bar, count, days, median, percent, share
from leadctl.views import Row, Table

_COLUMNS = (
    count("leads"),
    bar("leads"),
    share("share", leaves=3),
    count("attempted", leaves=1),
    count("reached", leaves=4),
    count("open"),
    count("won"),
    share("won_share", "of them"),
    days("median_days", "after (median)", leaves=2),
    count("lost"),
)


def sources_report(asked: Asked) -> Table:
    """A row for each source, or other group, of those who arrived in the period, and for all.

    Raises:
        RequestError: by something that there is not.
    """
    group = asked.group(day="k.arrived")
    flags = (
        Query("(c.touched is not null)"),
        Query("(c.reached is not null)"),
        Query("(c.outcome = 'open')"),
        ever_in(asked.statuses("won")),
        ever_in(asked.statuses("lost")),
    )
    groups = asked.index.tally("contacts", group, asked.cohort, flags)
    until = asked.index.spread(
        "firsts", group, asked.cohort, DAYS_UNTIL, statuses=asked.statuses("won")
    )
    total = sum(each.count for each in groups[1])
    return asked.table(_COLUMNS, groups, until, partial(_figures, total))


def _figures(total: int, tally: Tally, until: Mapping[int, int]) -> Row:
    attempted, reached, open_, won, lost = tally.counts
    return {
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
