"""The reasons that come from the clock of a contact: its touches, and its time in a status."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from shlex import quote

from leadctl.lifecycle import touch_interval
from leadctl.prospecting import criteria as codes
from leadctl.prospecting.criteria import NEW_MOST, NEW_POINTS, STUCK_MOST, STUCK_POINTS, TOUCH_MOST
from leadctl.prospecting.reasons import Case, Reason, contact_step, days, how_late


def _never_contacted(case: Case) -> Iterator[Reason]:
    place = case.entry.standing
    if place.touched is not None or place.due is None or not case.has_come(place.due):
        return
    waiting = max((case.day - place.due).days, 0)
    created = case.entry.contact.created
    yield Reason(
        codes.NEVER_CONTACTED,
        f"no touch yet, {how_late(place.due, case.day)}",
        max(NEW_MOST - 10 * waiting, NEW_POINTS),
        f"no touch since {created}: {NEW_MOST} - 10 × {waiting} days due, at least {NEW_POINTS}",
        place.due,
        contact_step(case.entry),
    )


def _touch_due(case: Case) -> Iterator[Reason]:
    place = case.entry.standing
    if place.touched is None or place.due is None or not case.has_come(place.due):
        return
    late, interval = max((case.day - place.due).days, 0), max(place.interval_days, 1)
    weight = case.status.weight if case.status else 1
    every = touch_interval(case.entry.contact, case.status)
    formula = f"100 + 100 × {late} days over ÷ {interval}"
    weighed = f"{weight} × ({formula})" if weight > 1 else formula
    yield Reason(
        codes.TOUCH_DUE,
        how_late(place.due, case.day),
        min(weight * (100 + 100 * late // interval), TOUCH_MOST),
        f"last touch {place.touched}, every {every}: {weighed}, at most {TOUCH_MOST}",
        place.due,
        contact_step(case.entry),
    )


def _gone_quiet(case: Case) -> Iterator[Reason]:
    place = case.entry.standing
    last = place.touched or case.entry.contact.created
    if place.quiet_from is None or last is None or not case.has_come(place.quiet_from):
        return
    told_by = codes.TOUCH_DUE if place.touched else codes.NEVER_CONTACTED
    if told_by in case.stages.criteria.on and place.due and place.due <= place.quiet_from:
        # The clock has said so before, in days that are overdue.
        return
    said = "touched" if place.touched else "created, and never touched"
    after = case.stages.criteria.quiet.after
    yield Reason(
        codes.GONE_QUIET,
        f"{days((case.day - last).days)} without a touch",
        codes.QUIET_POINTS,
        f"{said} {last}, longer ago than {after}: {codes.QUIET_POINTS}",
        place.quiet_from,
        contact_step(case.entry),
    )


def _move_on(case: Case) -> Iterator[Reason]:
    place, status = case.entry.standing, case.status
    then = status.then if status else None
    if status is None or then is None or not case.has_come(place.move_on_from):
        return
    command = f"leadctl set-status {quote(then.to)} {case.entry.contact.id}"
    command += f" --reason {quote(then.reason)}" if then.reason else ""
    is_noted = case.stages.get(then.to).note_required
    command += f" -m {quote(then.note_from(status.name))}" if is_noted else ""
    yield Reason(
        codes.MOVE_ON,
        f"time for {then.to}: {then.note_from(status.name)}",
        codes.MOVE_ON_POINTS,
        f"from {place.move_on_from} on: {codes.MOVE_ON_POINTS}",
        place.move_on_from,
        command,
    )


def _stuck(case: Case) -> Iterator[Reason]:
    place = case.entry.standing
    if place.stuck_from is None or place.since is None or not case.has_come(place.stuck_from):
        return
    over = max((case.day - place.stuck_from).days + 1, 0)
    following = case.status.next if case.status else ()
    yield Reason(
        codes.STUCK,
        f"in {place.status} for {days((case.day - place.since).days)}",
        min(STUCK_POINTS + over, STUCK_MOST),
        f"since {place.since}: {STUCK_POINTS} + {over} days past the limit, at most {STUCK_MOST}",
        place.stuck_from,
        f"move on: {' or '.join(following)}" if following else contact_step(case.entry),
    )


def _unreachable(case: Case) -> Iterator[Reason]:
    since = case.entry.standing.unreachable_from
    if case.has_come(since):
        yield Reason(
            codes.UNREACHABLE,
            "no phone, e-mail or address",
            codes.UNREACHABLE_POINTS,
            f"to be touched all the same: {codes.UNREACHABLE_POINTS}",
            since,
            contact_step(case.entry),
        )


#: Code → what finds the reason in a case, if it is there.
CLOCK_REASONS: dict[str, Callable[[Case], Iterator[Reason]]] = {
    codes.NEVER_CONTACTED: _never_contacted,
    codes.TOUCH_DUE: _touch_due,
    codes.GONE_QUIET: _gone_quiet,
    codes.MOVE_ON: _move_on,
    codes.STUCK: _stuck,
    codes.UNREACHABLE: _unreachable,
}
