"""Of those who came in: how many got into each status, and what became of them."""

from __future__ import annotations

from leadctl.index.journeys import ALL, Group, Tally
from leadctl.query.sql import Query
from leadctl.reports.asking import Asked, ever_in, require_word, sizes
from leadctl.reports.figures import bar, count, days, median, percent, share
from leadctl.views import Column, Row, Table

#: What it can be made by.
WORDS = ("status", "move")
_COLUMNS = (
    Column("status"),
    count("ever"),
    bar("ever"),
    share("share", leaves=1),
    count("now"),
    count("won"),
    share("won_share", "of them", leaves=3),
    count("lost"),
    share("lost_share", "of them", leaves=2),
)
_MOVES = (
    Column("from"),
    Column("to"),
    count("moves"),
    bar("moves"),
    share("share", "of all from there"),
    days("median_days", "after (median)"),
)
#: The first stay of a contact in that status: who came back is counted once.
_FIRST = Query("(s.is_first = 1)")


def funnel_report(asked: Asked) -> Table:
    """A row for each status that somebody who arrived in the period was ever in, and for all.

    By "move" a row for each move between two statuses that they made.

    Raises:
        RequestError: by something else.
    """
    return _moves(asked) if require_word(asked.by, WORDS) == "move" else _statuses(asked)


def _statuses(asked: Asked) -> Table:
    won, lost = (ever_in(asked.statuses(outcome)) for outcome in ("won", "lost"))
    by_status = Group.by_column("s.status")
    flags = (Query("(c.status = s.status)"), won, lost)
    found, _ = asked.index.tally("stays", by_status, asked.cohort & _FIRST, flags)
    _, everybody = asked.index.tally("contacts", ALL, asked.cohort, (Query("(1)"), won, lost))
    total = sum(each.count for each in everybody)
    rows = [_row(name or "", found[name], total) for name in asked.ordered(sizes(found))]
    rows += [_row("all", each, total) for each in everybody]
    return Table(_COLUMNS, tuple(rows), key="status", totals=len(everybody))


def _row(name: str, tally: Tally, total: int) -> Row:
    now, won, lost = tally.counts
    return {
        "status": name,
        "ever": tally.count,
        "share": percent(tally.count, total),
        "now": now,
        "won": won,
        "won_share": percent(won, tally.count),
        "lost": lost,
        "lost_share": percent(lost, tally.count),
    }


def _moves(asked: Asked) -> Table:
    pair = Group("b.status || char(10) || s.status", "min(s.status)")
    made = asked.cohort & Query("(b.status is not null)")
    found, _ = asked.index.tally("moves", pair, made)
    lengths, _ = asked.index.spread("moves", pair, made, "b.days")
    ways = {key: tuple(str(key).split("\n", 1)) for key in found}
    left: dict[str, int] = {}
    for key, tally in found.items():
        left[ways[key][0]] = left.get(ways[key][0], 0) + tally.count
    places = {each.name: place for place, each in enumerate(asked.stages.statuses)}
    keys = sorted(
        found,
        key=lambda key: (places.get(ways[key][0], len(places)), -found[key].count, ways[key]),
    )
    rows = tuple(
        {
            "from": ways[key][0],
            "to": ways[key][1],
            "moves": found[key].count,
            "share": percent(found[key].count, left[ways[key][0]]),
            "median_days": median(lengths.get(key, {})),
        }
        for key in keys
    )
    return Table(_MOVES, rows, key="to")
