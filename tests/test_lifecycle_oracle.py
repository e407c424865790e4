"""The clock held against a second, slow one that was written down on its own."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.lifecycle import standing
from leadctl.records import Contact, Event
from tests.people import contact, event, stages_of

#: status: touch_every, first_touch, limit; as in the text below.
RULES: Mapping[str, tuple[str, str, str]] = {
    "New": ("2 days", "0 days", "7 days"),
    "Later": ("1 month", "", "1 year"),
    "Slow": ("1 year", "2 weeks", ""),
    "Quiet": ("never", "", "never"),
    "Loose": ("", "", "3 months"),
}
STAGES = stages_of("""\
default: New
statuses:
  New: {touch_every: 2 days, first_touch: 0 days, limit: 7 days, aliases: [Fresh]}
  Later: {touch_every: 1 month, limit: 1 year}
  Slow: {touch_every: 1 year, first_touch: 2 weeks}
  Quiet: {touch_every: never, limit: never}
  Loose: {limit: 3 months}
""")
PRESENT_NAME = {"Fresh": "New"}


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


def slow_due(who: Contact, events: Sequence[Event]) -> date | None:
    every, first, _ = RULES.get(PRESENT_NAME.get(who.status, who.status), ("", "", ""))
    every = str(who.get("touch_every")) or every
    if every in ("", "never"):
        return None
    touches = [date.fromisoformat(each.on[:10]) for each in events if each.kind == "touched"]
    if who.get("last_touch"):
        touches.append(date.fromisoformat(str(who.get("last_touch"))))
    if touches:
        return later(sorted(touches)[-1], every)
    if not who.get("created"):
        return None
    return later(date.fromisoformat(str(who.get("created"))), first or every)


def slow_since(who: Contact, events: Sequence[Event]) -> date | None:
    moves = [each for each in events if "status" in each.changes]
    if not moves:
        return date.fromisoformat(str(who.get("created"))) if who.get("created") else None
    last = str(moves[-1].changes["status"][1])
    if PRESENT_NAME.get(last, last) != PRESENT_NAME.get(who.status, who.status):
        return None
    return date.fromisoformat(moves[-1].on[:10])


def slow_stuck_from(who: Contact, events: Sequence[Event]) -> date | None:
    limit = RULES.get(PRESENT_NAME.get(who.status, who.status), ("", "", ""))[2]
    since = slow_since(who, events)
    if limit in ("", "never") or since is None:
        return None
    return later(since, limit) + timedelta(days=1)


def slow_counts(events: Sequence[Event]) -> tuple[int, date | None]:
    touches = [each for each in events if each.kind == "touched"]
    reached = sorted(each.on[:10] for each in touches if each.outcome == "reached")
    return len(touches), date.fromisoformat(reached[-1]) if reached else None


STATUSES = st.sampled_from([*RULES, "Fresh", "Gone"])
DAYS = st.dates(date(2023, 12, 1), date(2026, 3, 31)).map(date.isoformat)
MAYBE_DAYS = st.just("") | DAYS
CONTACTS = st.builds(
    contact,
    status=STATUSES,
    created=MAYBE_DAYS,
    last_touch=MAYBE_DAYS,
    touch_every=st.sampled_from(["", "", "", "never", "10 days", "1 month", "3 weeks", "2 years"]),
)
EVENTS = st.one_of(
    st.builds(
        lambda on, time, outcome: event("touched", on + time, via="call", outcome=outcome),
        DAYS,
        st.sampled_from(["", "T23:59:59+02:00"]),
        st.sampled_from(["reached", "attempted"]),
    ),
    st.builds(
        lambda on, old, new: event("status", on, changes={"status": (old, new)}),
        DAYS,
        STATUSES,
        STATUSES,
    ),
    st.builds(lambda on: event("noted", on, note="called back?"), DAYS),
    st.builds(lambda on: event("edited", on, changes={"company": ("", "ACME")}), DAYS),
)


@settings(max_examples=400, deadline=None)
@given(CONTACTS, st.lists(EVENTS, max_size=7))
def test_the_clock_agrees_with_a_slow_one(who: Contact, events: list[Event]) -> None:
    place = standing(who, events, STAGES)

    assert place.due == slow_due(who, events)
    assert place.since == slow_since(who, events)
    assert place.stuck_from == slow_stuck_from(who, events)
    assert (place.touches, place.reached) == slow_counts(events)
