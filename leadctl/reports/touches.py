"""Touch compliance: whether contacts are touched as often as their status asks for."""

from __future__ import annotations

from collections.abc import Mapping

from leadctl.index.journeys import Tally
from leadctl.query.sql import Query
from leadctl.reports.asking import Asked
from leadctl.reports.figures import bar, count, days, median, percent, percentile, share
from leadctl.views import Row, Table

_COLUMNS = (
    count("contacts"),
    count("on_time", "on time"),
    share("share", leaves=2),
    bar("share"),
    count("overdue"),
    count("never_touched", "never touched"),
    days("median_overdue", "over (median)"),
    days("p90_overdue", "P90", leaves=1),
)
#: Whom the clock runs for: nobody is to touch the others.
_CLOCKED = Query("(c.due is not null and c.dnc = 0)")
_NEVER = Query("(c.touched is null)")


def touches_report(asked: Asked) -> Table:
    """A row for each status, or other group, and for all, of those who have a touch interval.

    The period is about when they arrived.

    Raises:
        RequestError: by something that there is not.
    """
    group, clocked = asked.group(day="k.arrived"), asked.cohort & _CLOCKED
    overdue = Query("(c.due < ?)", (str(asked.today),))
    flags = (overdue, overdue & _NEVER)
    groups = asked.index.tally("contacts", group, clocked, flags)
    late = asked.index.spread("contacts", group, clocked & overdue, "c.due", asked.days_since)
    return asked.table(_COLUMNS, groups, late, _figures)


def _figures(tally: Tally, late: Mapping[int, int]) -> Row:
    overdue, never = tally.counts
    return {
        "contacts": tally.count,
        "on_time": tally.count - overdue,
        "share": percent(tally.count - overdue, tally.count),
        "overdue": overdue,
        "never_touched": never,
        "median_overdue": median(late),
        "p90_overdue": percentile(late, 0.9),
    }
