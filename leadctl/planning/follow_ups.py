"""Follow-ups: what is still to be done for contacts, as they are written, and when they repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from leadctl import records
from leadctl.dates import (
    LAST_YEAR,
    NEVER,
    Interval,
    parse_interval,
    parse_stored,
    quoted,
    shifted,
)
from leadctl.ids import is_valid_id
from leadctl.matching import did_you_mean, fold
from leadctl.problems import Problem
from leadctl.records import FollowUp, Record

#: The fields that leadctl knows, in the order in which they are written; others are the user's.
FIELDS: Mapping[str, str] = {
    "id": "key of the follow-up, for `todo done` and its like",
    "contact": "the id of the contact that it is for",
    "due": "the day on which it is due",
    "time": "the time of that day, HH:MM, if it has one",
    "what": "what is to be done",
    "via": "call, email, text, meeting, visit, letter, other; task for what reaches nobody",
    "owner": "who is to do it",
    "repeat": "when it comes again, such as every 3 months",
    "start": "the day from which a repeated one is counted",
    "plan": "the action plan that made it, and since when",
    "step": "which step of the plan, of how many",
    "template": "the message template for it",
}
#: How it is done: a way to touch somebody, or something that reaches nobody.
VIAS = (*records.VIAS, "task")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


@dataclass(frozen=True, slots=True)
class FollowUps:
    """The follow-ups of a book in the order of the file, and what is wrong with the others."""

    follow_ups: tuple[FollowUp, ...]
    problems: tuple[Problem, ...]


def read_follow_ups(records: Iterable[Record]) -> FollowUps:
    """Every usable follow-up of *records*.

    One without a usable id, contact or due day, or with the id of an earlier one, is left out and
    reported. What else cannot be read counts as not set and is reported.
    """
    found: dict[str, FollowUp] = {}
    problems: list[Problem] = []
    for record in records:
        follow_up, wrong = read_follow_up(record)
        if follow_up is not None and follow_up.id in found:
            wrong.append(_repeated(record, found[follow_up.id]))
        elif follow_up is not None:
            found[follow_up.id] = follow_up
        problems += wrong
    return FollowUps(tuple(found.values()), tuple(problems))


def read_follow_up(record: Record) -> tuple[FollowUp | None, list[Problem]]:
    """The follow-up that *record* describes, None if it cannot be told which, whose or when."""
    values = {name: value for name, value in record.values.items() if value}
    texts = {
        name: value if isinstance(value, str) else "; ".join(value)
        for name, value in values.items()
    }
    wrong = _key_problems(record, texts)
    if wrong:
        return None, wrong
    try:
        due = parse_stored(texts["due"])
    except ValueError as error:
        message = f"due: {str(error).partition('; ')[0]}"
        hint = "write the day as 2026-11-22"
        return None, [Problem(record.at("due"), message, hint, "follow-ups", blocks_writing=True)]
    time, wrong = _time(record, texts.get("time", ""))
    via, more = _via(record, texts.get("via", ""))
    repeat, others = _repeat(record, texts.get("repeat", ""))
    others += _start_problems(record, texts.get("start", ""))
    follow_up = FollowUp(
        id=texts["id"], contact=texts["contact"], what=texts.get("what", ""), due=due,
        values=values, time=time, via=via, repeat=repeat, source=record.where,
        **{name: texts.get(name, "") for name in ("owner", "plan", "step", "template")},
    )  # fmt: skip
    return follow_up, [*wrong, *more, *others]


def agendas(follow_ups: Iterable[FollowUp]) -> dict[str, tuple[FollowUp, ...]]:
    """The *follow_ups* of each contact, by its id, earliest first."""
    found: dict[str, list[FollowUp]] = {}
    for each in sorted(follow_ups, key=attrgetter("key")):
        found.setdefault(each.contact, []).append(each)
    return {contact: tuple(mine) for contact, mine in found.items()}


def next_day(follow_up: FollowUp, after: date) -> date | None:
    """The first day later than *after* on which *follow_up* comes again; None if it does not.

    It is counted from the day it started on, so that one of the 31st goes back to the 31st after
    a short month. The first time is that day itself, even if it was done before.
    """
    interval = repeat_interval(follow_up.repeat) if follow_up.repeat else None
    if interval is None:
        return None
    start = start_of(follow_up)
    after = max(after, start)
    passed = (after - start).days
    # A month has 31 days at most, so that this many times is never too late.
    longest = {"day": 1, "week": 7, "month": 31, "year": 366}[interval.unit] * interval.count
    times = passed // longest
    try:
        while (day := shifted(start, times * interval.count, interval.unit)) <= after:
            times += 1
    except ValueError:
        return None
    return day if day.year <= LAST_YEAR else None


def repeat_interval(text: str) -> Interval:
    """How often something comes again that is repeated as *text* says: every 3 months, weekly.

    Raises:
        ValueError: it says no such thing.
    """
    plain = fold(text).removeprefix("every ").strip()
    unit = plain if plain in ("day", "week", "month", "year") else ""
    try:
        interval = parse_interval(f"1 {unit}" if unit else plain)
    except ValueError:
        interval = NEVER
    if interval.is_never or not interval.count:
        raise ValueError(f"{quoted(text)} is no time between two; write every 3 months")
    return interval


def start_of(follow_up: FollowUp) -> date:
    """The day from which the days of a repeated follow-up are counted."""
    try:
        return parse_stored(str(follow_up.get("start") or follow_up.due.isoformat()))
    except ValueError:
        return follow_up.due


def read_time(text: str) -> str:
    """The time of day *text* as HH:MM; 9:05 and 9.05 are 09:05.

    Raises:
        ValueError: it is none.
    """
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{quoted(text)} is no time of day; write it as 14:30")
    return f"{int(found[1]):02}:{found[2]}"


def _key_problems(record: Record, texts: Mapping[str, str]) -> list[Problem]:
    id_ = texts.get("id", "")
    if not is_valid_id(id_):
        message = f"{quoted(id_)} cannot be an id" if id_ else "this follow-up has no id"
        hint = "give it one of its own, such as `id: k7m2`"
        return [_blocking(record, "id", message, hint)]
    for name, example in (("contact", "ada-lovelace"), ("due", "2026-11-22")):
        if name not in texts:
            hint = f"add one, such as `{name}: {example}`"
            return [_blocking(record, "id", f"follow-up {quoted(id_)} has no {name}", hint)]
    return []


def _blocking(record: Record, name: str, message: str, hint: str) -> Problem:
    return Problem(record.at(name), message, hint, "follow-ups", blocks_writing=True)


def _repeated(record: Record, first: FollowUp) -> Problem:
    message = f"the id {quoted(first.id)} is used twice; first at {first.source}"
    return _blocking(record, "id", message, "give one of the two another id, or remove it")


def _via(record: Record, text: str) -> tuple[str, list[Problem]]:
    if not text or fold(text) in VIAS:
        return fold(text), []
    hint = did_you_mean(text, VIAS, f"one of: {', '.join(VIAS)}")
    message = f"via: {quoted(text)} is no way to do it"
    return "", [Problem(record.at("via"), message, hint, "follow-ups")]


def _time(record: Record, text: str) -> tuple[str, list[Problem]]:
    try:
        return (read_time(text) if text else ""), []
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
        return "", [Problem(record.at("time"), f"time: {message}", hint, "follow-ups")]


def _start_problems(record: Record, text: str) -> list[Problem]:
    if not text:
        return []
    try:
        parse_stored(text)
    except ValueError as error:
        message = f"start: {str(error).partition('; ')[0]}"
        hint = "write the day as 2026-11-22; without one it is counted from the day it is due"
        return [Problem(record.at("start"), message, hint, "follow-ups")]
    return []


def _repeat(record: Record, text: str) -> tuple[str, list[Problem]]:
    if not text:
        return "", []
    try:
        repeat_interval(text)
    except ValueError:
        message = f"repeat: {quoted(text)} is no time between two"
        hint = "write every 3 months, every 2 weeks, every day"
        return "", [Problem(record.at("repeat"), message, hint, "follow-ups")]
    return text, []
