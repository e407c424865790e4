"""Speed to lead: how soon those who came in were called, reached, qualified and won."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leadctl.index.journeys import ALL, Tally
from leadctl.query.sql import Query
from leadctl.reports.asking import DAYS_UNTIL, Asked, ever_in, sizes
from leadctl.reports.figures import count, days, median, minutes, percent, percentile, share
from leadctl.views import Column, Row, Table

#: What it is made by unless told: one group of all.
USUAL = "all"
_COLUMNS = (
    Column("step"),
    count("leads"),
    count("done"),
    share("share"),
    minutes("median_minutes", "median"),
    minutes("p95_minutes", "P95", leaves=3),
    count("within_5", "< 5 min", leaves=7),
    count("within_15", "< 15", leaves=5),
    count("within_60", "< 60", leaves=4),
    count("over_60", "longer", leaves=6),
    count("time_unknown", "day only", leaves=1),
    days("median_days", "days (median)"),
    days("p95_days", "P95", leaves=2),
)
#: From how many minutes on, until how many, and what that is called.
_BANDS = ((0, 5, "within_5"), (5, 15, "within_15"), (15, 60, "within_60"))
_Spreads = Mapping[str | None, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that happens to a lead."""

    name: str
    #: Which of the counts of a group tells with how many it has come to this.
    place: int
    #: How long it took, by group.
    in_days: _Spreads
    in_minutes: _Spreads | None = None

    def row(self, key: str | None, leads: Tally) -> Row:
        done, in_days = leads.counts[self.place], self.in_days.get(key, {})
        row: Row = {
            "step": self.name,
            "leads": leads.count,
            "done": done,
            "share": percent(done, leads.count),
            "median_days": median(in_days),
            "p95_days": percentile(in_days, 0.95),
        }
        if self.in_minutes is None:
            return row
        return {**row, **dict(_minutes(done, self.in_minutes.get(key, {})))}


def speed_report(asked: Asked) -> Table:
    """Rows for the steps attempted, reached, qualified and won of those who arrived in the period.

    Minutes are of those of whom both times are known, days of all. There is no row for qualified
    where no status is marked so.

    Raises:
        RequestError: by something that there is not.
    """
    cell = asked.key(_COLUMNS)
    group = asked.group(day="k.arrived", own={USUAL: ALL})
    arrived = asked.cohort & Query("(k.arrived is not null)")
    marked = {"qualified": asked.qualified, "won": asked.statuses("won")}
    marked = {name: names for name, names in marked.items() if names}
    touched = (Query("(k.attempt_days is not null)"), Query("(k.reach_days is not null)"))
    flags = (*touched, *map(ever_in, marked.values()))
    leads, _ = asked.index.tally("contacts", group, arrived, flags)

    def spread(number: str) -> _Spreads:
        return asked.index.spread("contacts", group, arrived, number)[0]

    steps = [
        _Step("attempted", 0, spread("k.attempt_days"), spread("k.attempt_minutes")),
        _Step("reached", 1, spread("k.reach_days"), spread("k.reach_minutes")),
    ]
    for place, (name, names) in enumerate(marked.items(), start=len(steps)):
        until, _ = asked.index.spread("firsts", group, arrived, DAYS_UNTIL, statuses=names)
        steps.append(_Step(name, place, until))
    rows = [
        {cell: leads[key].label, **step.row(key, leads[key])}
        for key in asked.ordered(sizes(leads))
        for step in steps
    ]
    columns = _COLUMNS if asked.by == USUAL else (asked.column(cell), *_COLUMNS)
    return Table(columns, tuple(rows), key=cell)


def _minutes(done: int, spread: Mapping[int, int]) -> Iterator[tuple[str, int | None]]:
    yield "median_minutes", median(spread)
    yield "p95_minutes", percentile(spread, 0.95)
    for least, most, name in _BANDS:
        yield name, sum(number for each, number in spread.items() if least <= each < most)
    yield "over_60", sum(number for each, number in spread.items() if each >= _BANDS[-1][1])
    yield "time_unknown", done - sum(spread.values())
