"""What was done: touches by week or another unit, or by who did them, and by channel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from leadctl.index.journeys import ALL, Group
from leadctl.records import VIAS
from leadctl.reports.asking import Asked
from leadctl.reports.figures import bar, count
from leadctl.units import UNITS, units_between
from leadctl.views import Column, Row, Table

#: Without a period: so many weeks, up to the end of the present one.
_WEEKS = 12
_OWN = {"who": Group.by_column("e.who"), "via": Group.by_column("e.via")}
_OUTCOMES = (count("reached"), count("attempted", "tried"))
_SUMS = ("touches", "reached", "attempted")
#: Way, outcome, or "touches" → how many.
_Counts = Counter[str]


def activity_report(asked: Asked, *, void: Collection[str]) -> Table:
    """A row for each unit of time, or other group, and for all: touches by way and outcome.

    *void* are the operations that are undone. Without a period it is about the last twelve weeks.
    From the first unit with a touch on, those without one have a row as well.

    Raises:
        RequestError: by something that there is not.
    """
    key = asked.key(map(Column, (*VIAS, *_SUMS)))
    period = asked.period or _last_weeks(asked.today)
    group = asked.group(day="e.day", own=_OWN)
    found = asked.index.touches(group, asked.chosen, period, void=void)
    counts: dict[str | None, _Counts] = {name: _counts(ways) for name, ways in found.items()}
    if asked.by in UNITS and counts:
        first = min(found)
        last = min(period[1], asked.today)
        for name in units_between(period[0], last, asked.by):
            if name >= first:
                counts.setdefault(name, Counter())
    sizes = {label: each["touches"] for label, each in counts.items()}
    rows = [_row(key, label, counts[label]) for label in asked.ordered(sizes)]
    whole = counts
    if not group.is_partition:
        found = asked.index.touches(ALL, asked.chosen, period, void=void)
        whole = {name: _counts(ways) for name, ways in found.items()}
    rows.append(_row(key, "all", sum(whole.values(), Counter())))
    ways = [via for via in VIAS if rows[-1][via]]
    # At a narrow terminal the channels that people use least leave first, from the right.
    channels = [count(via, leaves=len(ways) - n) for n, via in enumerate(ways)]
    columns = (asked.column(key), *channels, count("touches"), bar("touches"), *_OUTCOMES)
    return Table(columns, tuple(rows), (key, *VIAS, *_SUMS), key, totals=1)


def _counts(ways: Mapping[tuple[str, str], int]) -> _Counts:
    counts: _Counts = Counter()
    for (via, outcome), number in ways.items():
        counts.update({via if via in VIAS else "other": number, outcome: number})
        counts["touches"] += number
    return counts


def _row(key: str, label: str | None, counts: _Counts) -> Row:
    return {key: label or None, **{name: counts[name] for name in (*VIAS, *_SUMS)}}


def _last_weeks(today: date) -> tuple[date, date]:
    monday = today - timedelta(days=today.weekday())
    return monday - timedelta(weeks=_WEEKS - 1), today
