"""The prospect list as SQL knows it: who is on it, and in what order.

It is what `leadctl.prospects` comes to, so that of many contacts only those are read that are
shown; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from leadctl.prospects import NEVER_CONTACTED, PINNED, STUCK, TOUCH_DUE
from leadctl.query.sql import Query


@dataclass(frozen=True, slots=True)
class Ranking:
    """The prospect list as SQL knows it."""

    #: Who is on it.
    listed: Query
    #: The urgency of those who are, as a number.
    points: Query
    #: Who is in one of these is more urgent than anybody in those that follow, or in none.
    tiers: tuple[Query, ...]


def ranking(day: date, *, criteria: Collection[str], ahead_days: int = 0) -> Ranking:
    """Who is on the list on *day*, and how urgent they are; or also within so many days."""
    horizon = day + timedelta(days=ahead_days)
    today, last = day.toordinal(), horizon.toordinal()
    late = f"max({today} - c.due_day, 0)"
    worth = {
        NEVER_CONTACTED: f"1000 + min(10 * {late}, 500)",
        TOUCH_DUE: f"100 + min(100 * {late} / max(c.interval_days, 1), 800)",
        STUCK: f"10 + min(max({today} - c.stuck_day + 1, 0), 40)",
        PINNED: "2000",
    }
    kept = {code: worth[code] for code in worth if code in criteria}
    # Whether a touch is due tells most of them apart, so it is asked first and once.
    of_clock = (
        f"case when c.touched is null then {kept.get(NEVER_CONTACTED, 0)} "
        f"else {kept.get(TOUCH_DUE, 0)} end"
    )
    is_pinned = f"(c.pinned = 1 and ifnull(c.pinned_until >= '{day}', 1))"
    is_new = f"(c.touched is null and ifnull(c.due_day <= {last}, 0))"
    cases = [
        (_due_for_a_reason(kept, f"ifnull(c.due_day <= {last}, 0)"), of_clock),
        (f"ifnull(c.stuck_day <= {last}, 0) and c.since is not null", kept.get(STUCK)),
        (is_pinned, kept.get(PINNED)),
    ]
    counted = [(holds, points) for holds, points in cases if holds and points]
    points = " + ".join(f"case when {holds} then {sql} else 0 end" for holds, sql in counted)
    has_any = " or ".join(f"({holds})" for holds, _ in counted)
    awake = f"c.dnc = 0 and ifnull(c.snoozed_until <= '{horizon}', 1)"
    first = [sql for code, sql in ((PINNED, is_pinned), (NEVER_CONTACTED, is_new)) if code in kept]
    listed, urgency = Query(f"(({has_any or 0}) and {awake})"), Query(f"({points or 0})")
    return Ranking(listed, urgency, _tiers(first))


def _tiers(first: Sequence[str]) -> tuple[Query, ...]:
    """What each of *first* holds for, and none before it."""
    parts = [
        " and ".join([*(f"not {before}" for before in first[:place]), sql])
        for place, sql in enumerate(first)
    ]
    return tuple(Query(f"({part})") for part in parts)


def _due_for_a_reason(kept: Collection[str], is_due: str) -> str:
    """When *is_due* gives one of the reasons that are *kept*; empty if it never does."""
    if NEVER_CONTACTED in kept and TOUCH_DUE in kept:
        return is_due
    if NEVER_CONTACTED in kept:
        return f"{is_due} and c.touched is null"
    return f"{is_due} and c.touched is not null" if TOUCH_DUE in kept else ""
