"""The reports once more, as plain loops over contacts and events: slow, and easy to believe."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from leadctl.records import Contact, Event
from leadctl.stages import Status
from tests.reports.asking import STAGES, Book

#: What a report says, its group in front: order does not matter here.
Facts = dict[object, tuple[object, ...]]
Period = tuple[date, date] | None


@dataclass
class Life:
    """One contact, and what really happened to it."""

    contact: Contact
    events: list[Event]

    @property
    def status(self) -> str:
        return name_of(self.contact.status)

    @property
    def stays(self) -> list[tuple[str, str, str, str]]:
        """Status, since, until, reason."""
        created = str(self.contact.created or "")
        moves: list[tuple[str, str, str]] = []
        for event in self.events:
            if "status" in event.changes:
                old, new = (name_of(str(word)) for word in event.changes["status"])
                if old and old != new and (not moves or moves[-1][0] != old):
                    moves.append((old, "" if moves else created, ""))
                if event.kind == "status" or old != new:
                    moves.append((new, event.on[:10], event.reason))
        if not moves:
            moves = [(self.status, created, "")]
        elif moves[-1][0] != self.status:
            moves.append((self.status, "", ""))
        nexts = [move[1] for move in moves[1:]] + [""]
        return [(*move[:2], until, move[2]) for move, until in zip(moves, nexts, strict=True)]

    @property
    def since(self) -> str:
        return self.stays[-1][1]

    @property
    def arrived(self) -> str:
        created = str(self.contact.get("created") or "")
        if len(created) > 10 or not created:
            return created
        for event in reversed(self.events):
            if event.kind == "added":
                is_known = moment(event) == event.at and event.at.startswith(created)
                return event.at if is_known else created
        return created

    def first(self, outcome: str = "") -> str:
        """The moment of the first touch, or the first with *outcome*."""
        found = [
            moment(each)
            for each in self.events
            if each.kind == "touched" and outcome in ("", each.outcome)
        ]
        return min(found, default="")

    def was_in(self, names: Sequence[str]) -> bool:
        return any(stay[0] in names for stay in self.stays)

    def days_to(self, names: Sequence[str]) -> int | None:
        found = [stay[1] for stay in self.stays if stay[0] in names and stay[1]]
        if not found or not self.arrived or self.stays[0][0] in names:
            return None
        return max((day(min(found)) - day(self.arrived)).days, 0)


def name_of(word: str) -> str:
    found = STAGES.find(word)
    return found.name if found else word


def moment(event: Event) -> str:
    is_live = event.at[:10] == event.on and not event.origin.startswith("import")
    return event.at if is_live else event.on


def day(text: str) -> date:
    return date.fromisoformat(text[:10])


def lives(book: Book) -> list[Life]:
    undone: set[str] = set()
    for event in sorted(book.events, key=lambda each: each.id, reverse=True):
        if event.undoes and event.op not in undone:
            undone.add(event.undoes)
    counted = [each for each in book.events if each.kind != "undone" and each.op not in undone]
    counted.sort(key=lambda each: each.id)
    return [
        Life(who, [each for each in counted if each.contact == who.id]) for who in book.contacts
    ]


def within(text: str, period: Period) -> bool:
    return period is None or (bool(text) and period[0] <= day(text) <= period[1])


def rank(numbers: Iterable[int | None], share: float) -> int | None:
    known = sorted(each for each in numbers if each is not None)
    return known[max(math.ceil(share * len(known) - 1e-9), 1) - 1] if known else None


def of(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def names(test: Callable[[Status], bool]) -> list[str]:
    return [status.name for status in STAGES.statuses if test(status)]


WON, LOST = (names(lambda s, o=o: s.outcome == o) for o in ("won", "lost"))  # type: ignore[misc]
QUALIFIED = names(lambda status: status.qualified)


def funnel(book: Book, period: Period) -> Facts:
    people = [life for life in lives(book) if within(life.arrived, period)]
    facts: Facts = {}
    for status in {stay[0] for life in people for stay in life.stays}:
        ever = [life for life in people if life.was_in([status])]
        now = sum(life.status == status for life in ever)
        facts[status] = _fates(ever, len(people), now)
    if people:
        facts["all"] = _fates(people, len(people), len(people))
    return facts


def _fates(people: list[Life], total: int, now: int) -> tuple[object, ...]:
    won, lost = (sum(life.was_in(names_) for life in people) for names_ in (WON, LOST))
    count = len(people)
    return count, of(count, total), now, won, of(won, count), lost, of(lost, count)


def ageing(book: Book, period: Period, today: date) -> Facts:
    facts: Facts = {}
    people = lives(book)
    stays = [stay for life in people for stay in life.stays if stay[2] and within(stay[2], period)]
    for status in {stay[0] for stay in stays} | {life.status for life in people}:
        there = [life for life in people if life.status == status]
        ages = [(today - day(life.since)).days for life in there if life.since]
        found = STAGES.find(status)
        limit = found.limit if found else None
        stuck = [
            life for life in there if limit and life.since and limit.after(day(life.since)) < today
        ]
        ended = [
            max((day(until) - day(since)).days, 0)
            for name, since, until, _ in stays
            if name == status and since
        ]
        facts[status] = (
            len(there), rank(ages, 0.5), rank(ages, 0.9), len(stuck),
            len(ended), rank(ended, 0.5), rank(ended, 0.9),
        )  # fmt: skip
    return facts


def speed(book: Book, period: Period) -> Facts:
    people = [life for life in lives(book) if life.arrived and within(life.arrived, period)]
    if not people:
        return {}
    facts: Facts = {}
    for step, outcome in (("attempted", ""), ("reached", "reached")):
        pairs = [(life.arrived, life.first(outcome)) for life in people]
        facts[step] = _step([_days(*pair) for pair in pairs], [_minutes(*pair) for pair in pairs])
    for step, wanted in (("qualified", QUALIFIED), ("won", WON)):
        done = sum(life.was_in(wanted) for life in people)
        facts[step] = _step([life.days_to(wanted) for life in people], None, done)
    return facts


def _step(
    days: list[int | None], minutes: list[int | None] | None, done: int = -1
) -> tuple[object, ...]:
    done = done if done >= 0 else sum(each is not None for each in days)
    timed: tuple[object, ...] = (None,) * 7
    if minutes is not None:
        known = [each for each in minutes if each is not None]
        edges = (0, 5, 15, 60, 10**9)
        counts = [sum(low <= each < high for each in known) for low, high in pairwise(edges)]
        timed = (rank(known, 0.5), rank(known, 0.95), *counts, done - len(known))
    return (len(days), done, of(done, len(days)), *timed, rank(days, 0.5), rank(days, 0.95))


def _days(start: str, end: str) -> int | None:
    return max((day(end) - day(start)).days, 0) if start and end else None


def _minutes(start: str, end: str) -> int | None:
    if len(start) <= 10 or len(end) <= 10:
        return None
    first, last = datetime.fromisoformat(start), datetime.fromisoformat(end)
    if not (first.tzinfo and last.tzinfo):
        first, last = first.replace(tzinfo=None), last.replace(tzinfo=None)
    gone = max(last - first, timedelta())
    return gone.days * 24 * 60 if gone.days else gone // timedelta(minutes=1)


def sources(book: Book, period: Period) -> Facts:
    people = [life for life in lives(book) if within(life.arrived, period)]
    facts: Facts = {}
    for source in {life.contact.get("source") or None for life in people}:
        some = [life for life in people if (life.contact.get("source") or None) == source]
        facts[source] = _source(some, len(people))
    if people:
        facts["all"] = _source(people, len(people))
    return facts


def _source(people: list[Life], total: int) -> tuple[object, ...]:
    def is_open(life: Life) -> bool:
        found = STAGES.find(life.status)
        return bool(found and found.outcome == "open")

    won = sum(life.was_in(WON) for life in people)
    return (
        len(people), of(len(people), total),
        sum(bool(life.first()) for life in people),
        sum(bool(life.first("reached")) for life in people),
        sum(map(is_open, people)), won, of(won, len(people)),
        rank([life.days_to(WON) for life in people], 0.5),
        sum(life.was_in(LOST) for life in people),
    )  # fmt: skip


def lost(book: Book, period: Period) -> Facts:
    found: list[tuple[str, int | None, bool]] = []
    for life in lives(book):
        before = ""
        for status, since, _, reason in life.stays:
            if status in LOST and before not in LOST and within(since, period):
                lasted = _days(life.arrived, since) if since and before else None
                found.append((reason, lasted, life.status not in LOST))
            before = status
    facts: Facts = {}
    for reason in {each[0] for each in found}:
        facts[reason or None] = _losses([each for each in found if each[0] == reason], len(found))
    if found:
        facts["all"] = _losses(found, len(found))
    return facts


def _losses(some: list[tuple[str, int | None, bool]], total: int) -> tuple[object, ...]:
    back = sum(each[2] for each in some)
    return len(some), of(len(some), total), rank((each[1] for each in some), 0.5), back


def activity(book: Book, first: date, last: date) -> Counter[tuple[str, str]]:
    """Touches by the Monday of their week and way."""
    found: Counter[tuple[str, str]] = Counter()
    for life in lives(book):
        for event in life.events:
            on = day(event.on)
            if event.kind == "touched" and first <= on <= last:
                found[str(on - timedelta(days=on.weekday())), event.via or "other"] += 1
    return found


def touches(book: Book, today: date, due: Callable[[Life], date | None]) -> Facts:
    clocked = [life for life in lives(book) if due(life) and not life.contact.do_not_contact]
    facts: Facts = {}
    for status in {life.status for life in clocked} | ({"all"} if clocked else set()):
        some = [life for life in clocked if status in ("all", life.status)]
        late = [(today - found).days for life in some if (found := due(life)) and found < today]
        never = [
            life for life in some
            if (found := due(life)) and found < today and not life.first()
        ]  # fmt: skip
        on_time = len(some) - len(late)
        facts[status] = (
            len(some), on_time, of(on_time, len(some)), len(late), len(never),
            rank(late, 0.5), rank(late, 0.9),
        )  # fmt: skip
    return facts
