"""How long contacts stay in a status: those who have left it, and those who are in it."""

from __future__ import annotations

from collections.abc import Mapping

from leadctl.index.journeys import Group, Tally
from leadctl.query.sql import Query
from leadctl.reports.asking import Asked, sizes
from leadctl.reports.figures import bar, count, days, median, percentile
from leadctl.views import Row, Table

#: Contacts who are there now, and stays that have ended.
_COLUMNS = (
    count("now"),
    bar("median_now"),
    days("median_now", "so far (median)"),
    days("p90_now", "P90", leaves=2),
    count("stuck", "too long"),
    count("ended"),
    days("median", "stayed (median)"),
    days("p90", "P90", leaves=1),
)


def ageing_report(asked: Asked) -> Table:
    """A row for each status, or other group, with lengths in days.

    The period is about the ends of the stays that have ended; who is there now is counted as of
    today.

    Raises:
        RequestError: by something that there is not.
    """
    cell, group, ask = asked.key(_COLUMNS), asked.group(), asked.index
    over = Query("ifnull(c.stuck_day <= ?, 0)", (asked.today.toordinal(),))
    there, _ = ask.tally("contacts", group, asked.chosen, (over,))
    ages, _ = ask.spread("contacts", group, asked.chosen, "c.since", asked.days_since)
    of_stay = _of_stay(asked, group)
    ended = asked.chosen & Query("(s.until is not null)") & asked.within("s.until")
    left, _ = ask.tally("stays", of_stay, ended)
    lengths, _ = ask.spread("stays", of_stay, ended, "s.days")
    labels, none = {**left, **there}, Tally(None, 0, (0,))
    rows = [
        {cell: labels[key].label, **_figures(there.get(key, none), ages[key], lengths[key])}
        for key in asked.ordered(sizes(labels))
    ]
    return Table((asked.column(cell), *_COLUMNS), tuple(rows), key=cell)


def _of_stay(asked: Asked, group: Group) -> Group:
    """*group* for stays: they belong to the status they were in, not to that of today."""
    stages = {each.name: each.stage for each in asked.stages.statuses}
    own = {"status": Group.by_column("s.status"), "stage": Group.by_name("s.status", stages)}
    return own.get(asked.by, group)


def _figures(there: Tally, ages: Mapping[int, int], lengths: Mapping[int, int]) -> Row:
    return {
        "now": there.count,
        "median_now": median(ages),
        "p90_now": percentile(ages, 0.9),
        "stuck": there.counts[0],
        "ended": sum(lengths.values()),
        "median": median(lengths),
        "p90": percentile(lengths, 0.9),
    }
