"""The reasons that people or the calendar give: promises, pins, birthdays, closings, rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from leadctl.lifecycle import is_pinned
from leadctl.prospecting import criteria as codes
from leadctl.prospecting.criteria import Rule
from leadctl.prospecting.reasons import Case, Reason, contact_step, how_late
from leadctl.prospecting.yearly import Return, month_day_of, returns, year_of
from leadctl.records import FollowUp

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def of_rule(case: Case, rule: Rule) -> Iterator[Reason]:
    """The reason that *rule*, which holds for the contact, is; not soon after a touch."""
    touched = case.entry.standing.touched
    if touched is not None and touched > rule.again.latest(case.horizon):
        return
    how = f"by a rule of your own: {rule.points}"
    step = rule.next or contact_step(case.entry)
    yield Reason(rule.name, rule.reason, rule.points, how, None, step)


def _follow_up_due(case: Case) -> Iterator[Reason]:
    yield from _promised(case, codes.FOLLOW_UP_DUE)


def _plan_step_due(case: Case) -> Iterator[Reason]:
    yield from _promised(case, codes.PLAN_STEP_DUE)


def _promised(case: Case, code: str) -> Iterator[Reason]:
    """One reason for all follow-ups that are due, of plans or of none; the earliest speaks."""
    is_step = code == codes.PLAN_STEP_DUE
    due = [
        each
        for each in case.entry.follow_ups
        if bool(each.plan) == is_step and case.has_come(each.due)
    ]
    if not due:
        return
    first, late = due[0], max((case.day - due[0].due).days, 0)
    at = f" at {first.time}" if first.time else ""
    more = f", and {len(due) - 1} more" if len(due) > 1 else ""
    least, most = codes.PROMISED_POINTS, codes.PROMISED_MOST
    yield Reason(
        code,
        f"{first.what or 'follow up'}{at}, {how_late(first.due, case.day)}{more}",
        min(least + 10 * late, most),
        f"{first.id} due {first.due}: {least} + 10 × {late} days overdue, at most {most}",
        first.due,
        _way(case, first),
    )


def _way(case: Case, follow_up: FollowUp) -> str:
    """How *follow_up* is done: by whom to call or write to, or by what is to be done."""
    field = {"call": "phone", "text": "phone", "email": "email"}.get(follow_up.via, "")
    value = case.entry.contact.get(field) if field else ""
    if not value:
        return follow_up.what or contact_step(case.entry)
    verb = "write" if field == "email" else follow_up.via
    return f"{verb} {value[0] if isinstance(value, tuple) else value}"


def _pinned(case: Case) -> Iterator[Reason]:
    if is_pinned(case.entry.contact, case.day):
        note = case.entry.standing.pin_note
        text = f"pinned: {note}" if note else "pinned"
        step = contact_step(case.entry)
        yield Reason(
            codes.PINNED, text, codes.PINNED_POINTS, f"by hand: {codes.PINNED_POINTS}", None, step
        )


def _birthday(case: Case) -> Iterator[Reason]:
    written = str(case.entry.contact.get("birthday"))
    month_day = month_day_of(written) if written else ""
    back = _open(case, codes.BIRTHDAY, month_day) if month_day else None
    if back is None:
        return
    born = year_of(written)
    age = back.day.year - born if born else 0
    has_been = back.day < case.day
    turns = f"{'turned' if has_been else 'turns'} {age}" if age > 0 else "birthday"
    yield Reason(
        codes.BIRTHDAY,
        f"{turns} {_when(back.day, case.day)}",
        codes.BIRTHDAY_POINTS,
        f"from {back.opens} on until touched: {codes.BIRTHDAY_POINTS}",
        back.opens,
        contact_step(case.entry),
    )


def _anniversary(case: Case) -> Iterator[Reason]:
    won = case.entry.standing.won
    back = _open(case, codes.ANNIVERSARY, f"{won:%m-%d}") if won else None
    if back is None or won is None:
        return
    years = back.day.year - won.year
    yield Reason(
        codes.ANNIVERSARY,
        f"{years} year{'' if years == 1 else 's'} since the closing {_when(back.day, case.day)}",
        codes.ANNIVERSARY_POINTS,
        f"closed {won}, from {back.opens} on until touched: {codes.ANNIVERSARY_POINTS}",
        back.opens,
        contact_step(case.entry),
    )


def _open(case: Case, code: str, month_day: str) -> Return | None:
    """The first return of *month_day* that is near, and since when nobody has been in touch."""
    place, around = case.entry.standing, case.stages.criteria.window(code)
    dismissed = place.dismissed.get(code)
    for back in returns(month_day, around, case.day, case.horizon):
        is_over = place.touched is not None and place.touched >= back.opens
        is_off = dismissed is not None and dismissed >= back.opens
        is_first = code == codes.ANNIVERSARY and place.won and place.won.year >= back.day.year
        if not (is_over or is_off or is_first):
            return back
    return None


def _when(day: date, today: date) -> str:
    """*day* as one says it on *today*."""
    away = (day - today).days
    if away in _NEAR:
        return _NEAR[away]
    if abs(away) < len(_DAYS):
        return f"{'on' if away > 0 else 'last'} {_DAYS[day.weekday()]}"
    return f"on {day}"


#: Code → what finds the reason in a case, if it is there.
DAY_REASONS: dict[str, Callable[[Case], Iterator[Reason]]] = {
    codes.FOLLOW_UP_DUE: _follow_up_due,
    codes.PLAN_STEP_DUE: _plan_step_due,
    codes.PINNED: _pinned,
    codes.BIRTHDAY: _birthday,
    codes.ANNIVERSARY: _anniversary,
}
