"""The prospect list by plain loops over plain texts: what the program says is held against it.

Nothing of leadctl is used here. Whoever changes a rule has to change it in both.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

#: The stages.yaml that the tables below repeat.
TEXT = """\
default: New
stages:
  Hot: {statuses: [New, Engage, Deal]}
  Won: {statuses: [Closed, Past], outcome: won}
  Lost: {statuses: [Gone], outcome: lost}
statuses:
  New: {touch_every: 2 days, first_touch: 0 days, limit: 7 days, weight: 3}
  Engage: {touch_every: 7 days, limit: 2 months}
  Deal: {touch_every: 1 month, then: {after: 30 days, since: closed_on, to: Past}}
  Closed: {touch_every: 90 days, then: {after: 1 month, to: Past}}
  Past: {touch_every: 1 year, weight: 2}
  Gone: {touch_every: never}
  Loose: {limit: 3 months}
fields:
  closed_on: date
prospects:
  birthday: {within: 3 days, late: 7 days}
  anniversary: {within: 1 day, late: 5 days}
  gone_quiet: {after: 1 month, statuses: [New, Engage]}
  rules:
    vip: {where: 'tag:vip', reason: VIP, points: 300, again: 14 days}
    aged: {where: 'created:..-60d -status:Gone', reason: with us for long, again: 1 month}
    once: {where: 'tag:once', reason: say hello, points: 0, again: never}
"""
EVERY = {
    "New": "2 days", "Engage": "7 days", "Deal": "1 month", "Closed": "90 days", "Past": "1 year",
    "Gone": "never",
}  # fmt: skip
FIRST = {"New": "0 days"}
LIMIT = {"New": "7 days", "Engage": "2 months", "Loose": "3 months"}
WEIGHT = {"New": 3, "Past": 2}
WON = ("Closed", "Past")
WINDOWS = {"birthday": (3, 7), "anniversary": (1, 5)}
AGAIN = {"vip": "14 days", "aged": "1 month", "once": "never"}
LENGTHS = {"day": 1, "week": 7, "month": 30, "year": 365}


@dataclass
class Happened:
    """Something in the journal: touched, status, added, dismissed or undismissed."""

    kind: str
    on: str
    #: The status entered, or the code of the reason.
    what: str = ""
    #: Of a move: the status left.
    left: str = ""
    is_undone: bool = False


@dataclass
class Person:
    """Somebody as the files tell it."""

    fields: dict[str, str]
    happened: list[Happened] = field(default_factory=list)
    #: Due day, and whether a plan has made it.
    follow_ups: list[tuple[str, bool]] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self.fields.get(name, "")

    def day(self, name: str) -> date | None:
        return date.fromisoformat(self.get(name)[:10]) if self.get(name) else None

    def what(self, *kinds: str) -> list[Happened]:
        return [each for each in self.happened if each.kind in kinds and not each.is_undone]


def later(day: date, span: str) -> date:
    """*span* such as "2 weeks" after *day*, by counting single days and months."""
    number, word = span.split()
    count, unit = int(number), word.rstrip("s")
    for _ in range(count * {"day": 1, "week": 7}.get(unit, 0)):
        day += timedelta(days=1)
    year, month = day.year, day.month
    for _ in range(count * {"month": 1, "year": 12}.get(unit, 0)):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def last_touch(who: Person) -> date | None:
    days = [date.fromisoformat(each.on[:10]) for each in who.what("touched")]
    own = who.day("last_touch")
    return max([*days, own] if own else days, default=None)


def interval(who: Person) -> str:
    return who.get("touch_every") or EVERY.get(who.get("status"), "")


def due(who: Person) -> date | None:
    every, touched, created = interval(who), last_touch(who), who.day("created")
    if every in ("", "never"):
        return None
    if touched:
        return later(touched, every)
    return later(created, FIRST.get(who.get("status"), every)) if created else None


def since(who: Person) -> date | None:
    moves = who.what("status", "added")
    if not moves:
        return who.day("created")
    return date.fromisoformat(moves[-1].on[:10]) if moves[-1].what == who.get("status") else None


def won_on(who: Person) -> date | None:
    """When they came into a won status out of another, if they are in one of them still."""
    found: date | None = None
    before = ""
    for move in who.what("status", "added"):
        if move.left and move.left != before:
            # They came there past the journal; nobody knows when.
            found, before = (found if move.left in WON and before in WON else None), move.left
        if move.what not in WON:
            found = None
        elif before and before not in WON:
            found = date.fromisoformat(move.on[:10])
        before = move.what
    return found if before == who.get("status") and before in WON else None


def celebrated(month: int, day: int, year: int) -> date:
    if (month, day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return date(year, month, day)


def dismissed(who: Person) -> dict[str, date]:
    found: dict[str, date] = {}
    for each in who.what("dismissed", "undismissed"):
        found.pop(each.what, None)
        if each.kind == "dismissed":
            found[each.what] = date.fromisoformat(each.on[:10])
    return found


def reasons(who: Person, today: date, ahead: int, off: set[str]) -> dict[str, int]:
    """Code of each reason that *who* has → its points."""
    end = today + timedelta(days=ahead)
    snoozed = who.day("snoozed_until")
    if who.get("do_not_contact") == "yes" or (snoozed and snoozed > end):
        return {}
    found = {**promises(who, today, end), **by_clock(who, today, end, off)}
    for code in WINDOWS:
        if comes_round(who, code, today, end):
            found[code] = {"birthday": 1000, "anniversary": 600}[code]
    return {code: points for code, points in found.items() if code not in off} | rules(
        who, today, end
    )


def promises(who: Person, today: date, end: date) -> dict[str, int]:
    found: dict[str, int] = {}
    for code, is_step in (("follow_up_due", False), ("plan_step_due", True)):
        days = [date.fromisoformat(day) for day, of_plan in who.follow_ups if of_plan == is_step]
        come = [day for day in days if day <= end]
        if come:
            over = max((today - min(come)).days, 0)
            found[code] = 20_000 + min(10 * over, 500)
    pinned = who.get("pinned")
    if pinned == "yes" or (pinned and date.fromisoformat(pinned) >= today):
        found["pinned"] = 10_000
    return found


def by_clock(who: Person, today: date, end: date, off: set[str]) -> dict[str, int]:
    status, touched, created = who.get("status"), last_touch(who), who.day("created")
    arose: dict[str, tuple[date, int]] = {}
    due_on, entered, every = due(who), since(who), interval(who)
    if due_on and touched:
        over, length = max((today - due_on).days, 0), every.split()
        days = int(length[0]) * LENGTHS[length[1].rstrip("s")]
        points = WEIGHT.get(status, 1) * (100 + 100 * over // days)
        arose["touch_due"] = (due_on, min(points, 900))
    elif due_on:
        over = max((today - due_on).days, 0)
        arose["never_contacted"] = (due_on, max(5500 - 10 * over, 5000))
    quiet = touched or created
    if quiet and status in ("New", "Engage"):
        first = later(quiet, "1 month") + timedelta(days=1)
        clock = "touch_due" if touched else "never_contacted"
        if clock in off or clock not in arose or arose[clock][0] > first:
            arose["gone_quiet"] = (first, 100)
    if entered and status in LIMIT:
        first = later(entered, LIMIT[status]) + timedelta(days=1)
        arose["stuck"] = (first, min(10 + max((today - first).days + 1, 0), 50))
    closed = who.day("closed_on")
    if status == "Deal" and closed and not (entered and closed < entered):
        arose["move_on"] = (later(closed, "30 days"), 80)
    if status == "Closed" and entered:
        arose["move_on"] = (later(entered, "1 month"), 80)
    if every not in ("", "never") and not (who.get("phone") or who.get("address")):
        arose["unreachable"] = (entered or date(1, 1, 1), 5)
    gone = dismissed(who)
    return {
        code: points
        for code, (first, points) in arose.items()
        if first <= end and not (code in gone and first <= gone[code])
    }


def comes_round(who: Person, code: str, today: date, end: date) -> bool:
    won, written = won_on(who), who.get("birthday")
    month_days = {"birthday": written[-5:], "anniversary": won.isoformat()[5:] if won else ""}
    month_day = month_days[code]
    if not month_day:
        return False
    month, day = (int(part) for part in month_day.split("-"))
    before, after = WINDOWS[code]
    for year in range(today.year - 1, end.year + 2):
        back = celebrated(month, day, year)
        opens, closes = back - timedelta(days=before), back + timedelta(days=after)
        if opens > end or closes < today:
            continue
        touched, gone = last_touch(who), dismissed(who).get(code)
        if (touched and touched >= opens) or (gone and gone >= opens):
            continue
        if code == "birthday" or (won and won.year < year):
            return True
    return False


def rules(who: Person, today: date, end: date) -> dict[str, int]:
    created = who.day("created")
    holds = {
        "vip": who.get("tags") == "vip",
        "aged": bool(
            created and created <= today - timedelta(days=60) and who.get("status") != "Gone"
        ),
        "once": who.get("tags") == "once",
    }
    points = {"vip": 300, "aged": 50, "once": 0}
    found = {}
    for name, is_true in holds.items():
        rests = [day for day in (last_touch(who), dismissed(who).get(name)) if day]
        if AGAIN[name] == "never":
            is_rested = not rests
        else:
            is_rested = all(later(day, AGAIN[name]) <= end for day in rests)
        if is_true and is_rested:
            found[name] = points[name]
    return found


def listed(
    people: dict[str, Person], today: date, ahead: int, off: set[str]
) -> list[tuple[str, dict[str, int]]]:
    """Who is on the list, in its order, each with the points of every reason."""
    rows = []
    for id_, who in people.items():
        found = reasons(who, today, ahead, off)
        if found:
            rows.append((-sum(found.values()), due(who) or date.max, id_, found))
    return [(id_, found) for _, _, id_, found in sorted(rows, key=lambda row: row[:3])]
