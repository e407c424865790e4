"""Why somebody is not on the prospect list, and which of their reasons were dismissed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from leadctl.lifecycle import is_pinned, touch_interval
from leadctl.planning.action_plans import read_run
from leadctl.prospecting import criteria as codes
from leadctl.prospecting.prospects import barriers, case_of, reasons_of
from leadctl.prospecting.reasons import Case, is_dismissed
from leadctl.prospecting.yearly import Return, month_day_of, returns
from leadctl.records import Entry, Event
from leadctl.stages import Stages

_NOBODY: Mapping[str, Event] = {}


def why_not(
    entry: Entry, stages: Stages, day: date, *, said: Mapping[str, Event] = _NOBODY
) -> tuple[str, ...]:
    """Why *entry* is not on the list on *day*, one sentence for each thing that is looked at.

    *said* has, by the code of the reason, the last event that dismissed it.
    """
    case = case_of(entry, stages, day)
    return (
        *barriers(entry, day),
        *(text for _, text in dismissals(entry, stages, day, said=said)),
        *_promises_say(case),
        *_clock_says(case),
        *_calendar_says(case),
        *_rules_say(case),
        *(
            f"the reason {code} is switched off in stages.yaml"
            for code in codes.CRITERIA
            if code not in stages.criteria.on
        ),
    )


def dismissals(
    entry: Entry, stages: Stages, day: date, *, said: Mapping[str, Event] = _NOBODY
) -> tuple[tuple[str, str], ...]:
    """The code of each reason that would hold on *day* were it not dismissed, and what was said."""
    case = case_of(entry, stages, day)
    off = [reason.code for reason in reasons_of(case) if is_dismissed(case, reason)]
    off += [code for code in (codes.BIRTHDAY, codes.ANNIVERSARY) if _dismissed_return(case, code)]
    return tuple((code, _dismissal(case, code, said.get(code))) for code in off)


def _dismissal(case: Case, code: str, event: Event | None) -> str:
    day = case.entry.standing.dismissed[code]
    by = f" by {event.by}" if event and event.by else ""
    note = f" ({event.note})" if event and event.note else ""
    return f"{code} was dismissed on {day}{by}{note}; it rests {_until(case, code, day)}"


def _until(case: Case, code: str, day: date) -> str:
    rule = case.stages.criteria.rule(code)
    if rule:
        return "for good" if rule.again.is_never else f"until {rule.again.after(day)}"
    if code in (codes.BIRTHDAY, codes.ANNIVERSARY):
        back = _next_return(case, code, day)
        return f"until {back.opens}" if back else "for good"
    if code in (codes.MOVE_ON, codes.STUCK, codes.UNREACHABLE):
        return "until the status changes"
    return "until it arises anew after a touch"


def _promises_say(case: Case) -> Iterator[str]:
    """Of the earliest follow-up, and of the earliest step of a plan: what was promised waits."""
    for is_step in (False, True):
        mine = (each for each in case.entry.follow_ups if bool(each.plan) == is_step)
        first = min(mine, key=lambda each: each.key, default=None)
        if first is not None:
            name = f"step {first.id} of plan {read_run(first.plan).name}" if is_step else ""
            since = "due since" if first.due <= case.day else "not due before"
            what = first.what or "follow up"
            yield f"{name or f'follow-up {first.id}'} is {since} {first.due}: {what}"


def _clock_says(case: Case) -> Iterator[str]:
    place, pin, day = case.entry.standing, case.entry.contact.pin, case.day
    yield _touch_clock(case)
    if pin is None:
        yield "not pinned"
    elif not is_pinned(case.entry.contact, day):
        yield f"the pin ended on {pin.until}"
    if place.stuck_from is None:
        yield f'no limit counts for the time in status "{place.status}"'
    elif place.stuck_from > day:
        yield f"not too long in its status before {place.stuck_from}"
    if place.move_on_from and place.move_on_from > day and case.status and case.status.then:
        yield f"not time for {case.status.then.to} before {place.move_on_from}"
    if place.quiet_from and place.quiet_from > day:
        yield f"not gone quiet before {place.quiet_from}"


def _touch_clock(case: Case) -> str:
    place, contact = case.entry.standing, case.entry.contact
    interval = touch_interval(contact, case.status)
    whose = "of its own" if contact.touch_every is not None else f'of status "{place.status}"'
    if interval is None:
        return f'no touch is due: status "{place.status}" has no touch interval'
    if interval.is_never:
        return f"no touch is due: the touch interval {whose} is never"
    if place.due is None:
        return "no touch is due: never touched, and the day it was created is not known"
    if place.due <= case.day:
        return f"a touch is due since {place.due}"
    start = f"last touch {place.touched}" if place.touched else f"created {contact.created}"
    return f"next touch due {place.due} ({start}, every {interval} {whose})"


def _calendar_says(case: Case) -> Iterator[str]:
    place = case.entry.standing
    for code in (codes.BIRTHDAY, codes.ANNIVERSARY):
        if code not in case.stages.criteria.on or not _month_day(case, code):
            continue
        back = _next_return(case, code, case.day)
        open_now = next(_returns(case, code, case.day, case.day), None)
        if open_now and place.touched and place.touched >= open_now.opens:
            yield f"{code} {open_now.day}: touched {place.touched}, after {open_now.opens}"
        elif back and not open_now:
            yield f"{code} {back.day} is no reason before {back.opens}"


def _rules_say(case: Case) -> Iterator[str]:
    touched = case.entry.standing.touched
    for rule in case.stages.criteria.rules:
        if rule.name not in case.entry.rules:
            yield f"the rule {rule.name} does not hold: {rule.where}"
        elif touched is not None and touched > rule.again.latest(case.day):
            rest = "again" if rule.again.is_never else f"before {rule.again.after(touched)}"
            yield f"the rule {rule.name} holds, but not {rest} (last touch {touched})"


def _month_day(case: Case, code: str) -> str:
    if code == codes.BIRTHDAY:
        written = str(case.entry.contact.get("birthday"))
        return month_day_of(written) if written else ""
    won = case.entry.standing.won
    return f"{won:%m-%d}" if won else ""


def _returns(case: Case, code: str, first: date, last: date) -> Iterator[Return]:
    won = case.entry.standing.won
    for back in returns(_month_day(case, code), case.stages.criteria.window(code), first, last):
        if code == codes.BIRTHDAY or (won and won.year < back.day.year):
            yield back


def _next_return(case: Case, code: str, after: date) -> Return | None:
    """The first return whose window opens after a day."""
    end = date(min(after.year + 2, date.max.year), 12, 31)
    return next((back for back in _returns(case, code, after, end) if back.opens > after), None)


def _dismissed_return(case: Case, code: str) -> bool:
    day = case.entry.standing.dismissed.get(code)
    if day is None or code not in case.stages.criteria.on or not _month_day(case, code):
        return False
    touched = case.entry.standing.touched
    return any(
        back.opens <= day and not (touched and touched >= back.opens)
        for back in _returns(case, code, case.day, case.day)
    )
