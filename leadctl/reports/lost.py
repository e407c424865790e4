"""Who was lost, and why: the moves into a status whose stage counts as lost."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from leadctl.index.journeys import Group, Tally
from leadctl.query.sql import Query, negated
from leadctl.reports.asking import Asked, one_of
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
    group, names = asked.group(day="s.since", own=_OWN), asked.statuses("lost")
    # From one lost status into another is no further loss.
    from_elsewhere = negated(one_of("b.status", names))
    chosen = asked.chosen & one_of("s.status", names) & from_elsewhere & asked.within("s.since")
    groups = asked.index.tally("moves", group, chosen, (Query("(c.outcome <> 'lost')"),))
    # Who came in as lost took no time for it.
    lasted = "case when s.place > 0 then max(s.since_day - k.arrived_day, 0) end"
    lengths = asked.index.spread("moves", group, chosen, lasted)
    total = sum(each.count for each in groups[1])
    return asked.table(_COLUMNS, groups, lengths, partial(_figures, total))


def _figures(total: int, tally: Tally, lasted: Mapping[int, int]) -> Row:
    return {
        "lost": tally.count,
        "share": percent(tally.count, total),
        "median_days": median(lasted),
        "back": tally.counts[0],
    }
