"""Touch compliance: whether contacts are touched as often as their status asks for."""

from __future__ import annotations

from collections.abc import Mapping

from leadctl.index.journeys import Tally
from leadctl.query.sql import Query
from leadctl.reports.asking import Asked, sizes
from leadctl.reports.figures import bar, count, days, median, percent, percentile, share
from leadctl.views import Row, Table

_COLUMNS = (
    count("contacts"),
    count("on_time", "on time"),
    share("share"),
    bar("share"),
    count("overdue"),
    count("never_touched", "never touched"),
    days("median_overdue", "over (median)"),
    days("p90_overdue", "P90"),
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
    cell = asked.key(column.name for column in _COLUMNS)
    group = asked.group(day="k.arrived")
    clocked = asked.cohort & _CLOCKED
    overdue = Query("(c.due < ?)", (str(asked.today),))
    found, all_ = asked.index.tally("contacts", group, clocked, (overdue, overdue & _NEVER))
    late, all_late = asked.index.spread(
        "contacts", group, clocked & overdue, "c.due", asked.days_since
    )
    keys = asked.ordered(sizes(found))
    rows = [_row(cell, found[key].label, found[key], late[key]) for key in keys]
    rows += [_row(cell, "all", each, all_late) for each in all_]
    columns = (asked.column(cell), *_COLUMNS)
    return Table(columns, tuple(rows), key=cell, totals=len(all_))


def _row(cell: str, name: str | None, tally: Tally, late: Mapping[int, int]) -> Row:
    overdue, never = tally.counts
    return {
        cell: name,
        "contacts": tally.count,
        "on_time": tally.count - overdue,
        "share": percent(tally.count - overdue, tally.count),
        "overdue": overdue,
        "never_touched": never,
        "median_overdue": median(late),
        "p90_overdue": percentile(late, 0.9),
    }
