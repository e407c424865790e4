"""The prospect list as SQL knows it: who is on it, and in what order.

It is what `prospects` comes to, so that of many contacts only those are read that are shown; a
test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from leadctl.prospecting import criteria as codes
from leadctl.prospecting.criteria import Criteria, Rule
from leadctl.prospecting.yearly import Return, last_returns
from leadctl.query.sql import Parameter, Query, all_of, any_of, negated
from leadctl.stages import Stages


@dataclass(frozen=True, slots=True)
class Ranking:
    """The prospect list as SQL knows it."""

    #: Who is on it.
    listed: Query
    #: The urgency of those who are, as a number.
    points: Query
    #: Who is in one of these is more urgent than anybody in those that follow, or in none.
    tiers: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One reason: when it holds, what it adds, and the least and most that this can be."""

    holds: Query
    points: str
    least: int
    most: int
    parameters: tuple[Parameter, ...] = ()


def ranking(
    day: date, stages: Stages, *, ahead_days: int = 0, rules: Mapping[str, Query] | None = None
) -> Ranking:
    """Who is on the list on *day*, and how urgent they are; or also within so many days.

    *rules* has the parsed query of each rule of the user's own that can be used.
    """
    try:
        horizon = day + timedelta(days=ahead_days)
    except OverflowError:
        horizon = date.max
    parts = [
        *_parts(stages, day, horizon),
        *_own(stages.criteria, rules or {}, horizon),
    ]
    if not parts:
        return Ranking(Query("0"), Query("0"), ())
    awake = Query(f"(c.dnc = 0 and ifnull(c.snoozed_until <= '{horizon}', 1))")
    sums = [f"case when {part.holds.sql} then {part.points} else 0 end" for part in parts]
    parameters = [each for part in parts for each in (*part.holds.parameters, *part.parameters)]
    return Ranking(
        # Whether a touch is due tells most of them apart, so that is asked first.
        listed=all_of((awake, any_of([part.holds for part in sorted(parts, key=_by_clock)]))),
        points=Query(f"({' + '.join(sums)})", tuple(parameters)),
        tiers=_tiers(parts),
    )


def _by_clock(part: _Part) -> bool:
    return "c.due_day" not in part.holds.sql


def _parts(stages: Stages, day: date, horizon: date) -> Iterator[_Part]:
    """A part for each criterion that is switched on, the one with most points first."""
    found = {
        codes.FOLLOW_UP_DUE: _promised("c.todo_day", day, horizon),
        codes.PLAN_STEP_DUE: _promised("c.step_day", day, horizon),
        codes.PINNED: _pinned(day),
        codes.NEVER_CONTACTED: _never_contacted(day, horizon),
        codes.BIRTHDAY: _yearly(stages.criteria, codes.BIRTHDAY, day, horizon),
        codes.ANNIVERSARY: _yearly(stages.criteria, codes.ANNIVERSARY, day, horizon),
        codes.TOUCH_DUE: _touch_due(stages, day, horizon),
        codes.GONE_QUIET: _gone_quiet(stages.criteria, horizon),
        codes.MOVE_ON: _since(codes.MOVE_ON, "c.move_day", codes.MOVE_ON_POINTS, horizon),
        codes.STUCK: _stuck(day, horizon),
        codes.UNREACHABLE: _since(
            codes.UNREACHABLE, "c.mute_day", codes.UNREACHABLE_POINTS, horizon
        ),
    }
    return (part for code, part in found.items() if code in stages.criteria.on)


def _promised(column: str, day: date, horizon: date) -> _Part:
    holds = Query(f"({column} is not null and {column} <= {horizon.toordinal()})")
    least, most = codes.PROMISED_POINTS, codes.PROMISED_MOST
    late = f"max({day.toordinal()} - {column}, 0)"
    return _Part(holds, f"min({least} + 10 * {late}, {most})", least, most)


def _pinned(day: date) -> _Part:
    holds = f"(c.pinned = 1 and ifnull(c.pinned_until >= '{day}', 1))"
    return _Part(Query(holds), str(codes.PINNED_POINTS), codes.PINNED_POINTS, codes.PINNED_POINTS)


def _never_contacted(day: date, horizon: date) -> _Part:
    holds = _arisen(codes.NEVER_CONTACTED, "c.due_day", horizon, "c.touched is null")
    least, most = codes.NEW_POINTS, codes.NEW_MOST
    return _Part(holds, f"max({most} - 10 * {_late(day)}, {least})", least, most)


def _touch_due(stages: Stages, day: date, horizon: date) -> _Part:
    holds = _arisen(codes.TOUCH_DUE, "c.due_day", horizon, "c.touched is not null")
    weights = {status.name: status.weight for status in stages.statuses if status.weight > 1}
    cases = " ".join(f"when ? then {weight}" for weight in weights.values())
    weight = f"case c.status {cases} else 1 end * " if cases else ""
    worth = f"(100 + 100 * {_late(day)} / max(c.interval_days, 1))"
    points = f"min({weight}{worth}, {codes.TOUCH_MOST})"
    return _Part(holds, points, 100, codes.TOUCH_MOST, tuple(weights))


def _stuck(day: date, horizon: date) -> _Part:
    holds = _arisen(codes.STUCK, "c.stuck_day", horizon, "c.since is not null")
    over = f"max({day.toordinal()} - c.stuck_day + 1, 0)"
    least, most = codes.STUCK_POINTS, codes.STUCK_MOST
    return _Part(holds, f"min({least} + {over}, {most})", least, most)


def _since(code: str, column: str, points: int, horizon: date) -> _Part:
    return _Part(_arisen(code, column, horizon), str(points), points, points)


def _gone_quiet(criteria: Criteria, horizon: date) -> _Part:
    is_untold = ["ifnull(c.due_day > c.quiet_day, 1)"]
    if codes.TOUCH_DUE not in criteria.on:
        is_untold.append("c.touched is not null")
    if codes.NEVER_CONTACTED not in criteria.on:
        is_untold.append("c.touched is null")
    more = f"({' or '.join(is_untold)})"
    holds = _arisen(codes.GONE_QUIET, "c.quiet_day", horizon, more)
    return _Part(holds, str(codes.QUIET_POINTS), codes.QUIET_POINTS, codes.QUIET_POINTS)


def _arisen(code: str, column: str, horizon: date, *more: str) -> Query:
    """What arises on the day in *column*, and was not dismissed on that day or later."""
    has_come = f"ifnull({column} <= {horizon.toordinal()}, 0)"
    return Query(f"({' and '.join([has_come, *more, _kept(code, column)])})")


def _kept(code: str, arose: str) -> str:
    """What holds unless the reason was dismissed on the day *arose* or later."""
    return f"(c.dismissed is null or ifnull({_dismissed(code)} < {arose}, 1))"


def _dismissed(code: str) -> str:
    return f"""json_extract(c.dismissed, '$."{code}"')"""


def _yearly(criteria: Criteria, code: str, day: date, horizon: date) -> _Part:
    is_birthday = code == codes.BIRTHDAY
    near = last_returns(criteria.window(code), day, horizon)
    # Of several returns the last one is open for whoever one before it is open for.
    column = "c.born" if is_birthday else "substr(c.won, 6)"
    cases = " ".join(
        f"when '{month_day}' then {_is_open(code, back, of_closing=not is_birthday)}"
        for month_day, back in near.items()
    )
    listed = ", ".join(f"'{month_day}'" for month_day in near)
    known = "c.born" if is_birthday else "c.won"
    holds = f"({known} is not null and {column} in ({listed}) and case {column} {cases} else 0 end)"
    points = codes.BIRTHDAY_POINTS if is_birthday else codes.ANNIVERSARY_POINTS
    return _Part(Query(holds), str(points), points, points)


def _is_open(code: str, back: Return, *, of_closing: bool) -> str:
    tests = [f"ifnull(c.touched < '{back.opens}', 1)", _kept(code, str(back.opens.toordinal()))]
    if of_closing:
        tests.append(f"c.won < '{back.day.year:04d}-01-01'")
    return f"({' and '.join(tests)})"


def _own(criteria: Criteria, parsed: Mapping[str, Query], horizon: date) -> Iterator[_Part]:
    for rule in criteria.rules:
        if rule.name in parsed:
            yield _of_rule(rule, parsed[rule.name], horizon)


def _of_rule(rule: Rule, query: Query, horizon: date) -> _Part:
    last = rule.again.latest(horizon)
    rested = (
        f"(ifnull(c.touched <= '{last}', 1) and (c.dismissed is null "
        f"or ifnull({_dismissed(rule.name)} <= {last.toordinal()}, 1)))"
    )
    return _Part(all_of((Query(rested), query)), str(rule.points), rule.points, rule.points)


def _late(day: date) -> str:
    return f"max({day.toordinal()} - c.due_day, 0)"


def _tiers(parts: list[_Part]) -> tuple[Query, ...]:
    """Groups of reasons of which the least one weighs more than all that follow it together.

    Who has a reason of several groups is in the tier of the first.
    """
    tiers: list[Query] = []
    before: list[Query] = []
    group: list[_Part] = []
    for place, part in enumerate(parts):
        group.append(part)
        if min(each.least for each in group) > sum(each.most for each in parts[place + 1 :]):
            has_one = any_of([each.holds for each in group])
            tiers.append(all_of([has_one, *before]))
            before.append(negated(has_one))
            group = []
    return tuple(tiers)
