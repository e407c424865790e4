"""How long contacts stay in a status: those who have left it, and those who are in it."""

from __future__ import annotations

from collections import Counter, defaultdict
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
    days("p90_now", "P90"),
    count("stuck", "too long"),
    count("ended"),
    days("median", "stayed (median)"),
    days("p90", "P90"),
)
_OVER = "ifnull(c.stuck_day <= {day}, 0)"


def ageing_report(asked: Asked) -> Table:
    """A row for each status, or other group, with lengths in days.

    The period is about the ends of the stays that have ended; who is there now is counted as of
    today.

    Raises:
        RequestError: by something that there is not.
    """
    cell = asked.key(column.name for column in _COLUMNS)
    group = asked.group()
    today = asked.today.toordinal()
    there, _ = asked.index.tally(
        "contacts", group, asked.chosen, (Query(f"({_OVER.format(day=today)})"),)
    )
    ages, _ = asked.index.spread("contacts", group, asked.chosen, "c.since", asked.days_since)
    left, lengths = _ended(asked, group)
    labels = {**left, **there}
    none = Tally(None, 0, (0,))
    rows = [
        _row(cell, labels[key], there.get(key, none), ages.get(key, {}), lengths.get(key, {}))
        for key in asked.ordered(sizes(labels))
    ]
    return Table((asked.column(cell), *_COLUMNS), tuple(rows), key=cell)


def _ended(
    asked: Asked, group: Group
) -> tuple[Mapping[str | None, Tally], Mapping[str | None, Mapping[int, int]]]:
    """The stays that have ended and how long they lasted, by *group*."""
    ended = asked.chosen & Query("(s.until is not null)") & asked.within("s.until")
    is_of_status = asked.by in {"status", "stage"}
    # A stay belongs to the status that it was in, not to the one that the contact is in now.
    of_stay = Group.by_column("s.status") if is_of_status else group
    left, _ = asked.index.tally("stays", of_stay, ended)
    lengths, _ = asked.index.spread("stays", of_stay, ended, "s.days")
    if asked.by != "stage":
        return left, lengths
    tallies: dict[str | None, Tally] = {}
    spreads: dict[str | None, Counter[int]] = defaultdict(Counter)
    for name, tally in left.items():
        status = asked.stages.find(name or "")
        stage = status.stage if status else ""
        before = tallies.get(stage, Tally(stage, 0, ()))
        tallies[stage] = Tally(stage, before.count + tally.count, ())
        spreads[stage] += lengths[name]
    return tallies, spreads


def _row(
    cell: str,
    label: Tally,
    there: Tally,
    ages: Mapping[int, int],
    lengths: Mapping[int, int],
) -> Row:
    return {
        cell: label.label,
        "now": there.count,
        "median_now": median(ages),
        "p90_now": percentile(ages, 0.9),
        "stuck": there.counts[0],
        "ended": sum(lengths.values()),
        "median": median(lengths),
        "p90": percentile(lengths, 0.9),
    }
