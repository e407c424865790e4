"""Every report says what plain loops over the same book say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.query.sql import EVERYTHING
from leadctl.records import VIAS, Contact, Event
from leadctl.views import Table
from tests.people import TODAY, contact, event
from tests.reports import oracle
from tests.reports.asking import STAGES, Book, rows
from tests.reports.oracle import Facts, Life

STATUSES = [*(status.name for status in STAGES.statuses), "Contacted", "Gone"]
DAYS = st.integers(0, 400).map(lambda count: TODAY - timedelta(days=count))
ZONES = st.sampled_from(["+00:00", "-08:00", "+05:30"])
PERIODS = st.one_of(st.none(), st.tuples(DAYS, DAYS).map(lambda pair: (min(pair), max(pair))))


@st.composite
def created(draw: st.DrawFn) -> str:
    found = draw(DAYS)
    hour = draw(st.integers(0, 23))
    zone = draw(ZONES)
    return draw(
        st.sampled_from(["", f"{found}", f"{found}T{hour:02}:10", f"{found}T{hour:02}:10:30{zone}"])
    )


@st.composite
def histories(draw: st.DrawFn, who: str, start: str) -> tuple[str, list[Event]]:
    """The status that somebody ends in, and the events on the way there."""
    status = draw(st.sampled_from(STATUSES))
    events: list[tuple[str, str, dict[str, Any]]] = []
    if draw(st.booleans()):
        added = start[:10] or str(draw(DAYS))
        changes = {"id": ("", who), "status": ("", status)}
        events.append(("added", added, {"changes": changes}))
    for _ in range(draw(st.integers(0, 5))):
        on = str(draw(DAYS))
        if draw(st.booleans()):
            new = draw(st.sampled_from(STATUSES))
            reason = draw(st.sampled_from(["", "price", "timing"]))
            events.append(("status", on, {"changes": {"status": (status, new)}, "reason": reason}))
            status = new
        else:
            via = draw(st.sampled_from(["call", "email", "visit", ""]))
            outcome = draw(st.sampled_from(["reached", "attempted"]))
            events.append(("touched", on, {"via": via, "outcome": outcome}))
    if draw(st.integers(0, 9)) == 0:
        # Somebody typed another one into the file.
        status = draw(st.sampled_from(STATUSES))
    made = []
    for kind, on, rest in events:
        hour = draw(st.integers(0, 23))
        at = f"{on}T{hour:02}:20:00{draw(ZONES)}" if draw(st.booleans()) else ""
        origin = draw(st.sampled_from(["", "", "import leads.csv"]))
        op = draw(st.sampled_from(["op1", "op2", "op3"]))
        made.append(event(kind, on, who=who, at=at, origin=origin, op=op, **rest))
    return status, made


@st.composite
def books(draw: st.DrawFn) -> Book:
    contacts: list[Contact] = []
    events: list[Event] = []
    for number in range(draw(st.integers(0, 6))):
        who, start = f"c{number}", draw(created())
        status, past = draw(histories(who, start))
        source = draw(st.sampled_from(["", "Web", "Referral"]))
        dnc = draw(st.sampled_from(["", "", "yes"]))
        contacts.append(
            contact(who, status=status, created=start, source=source, do_not_contact=dnc)
        )
        events += past
    undone = draw(st.sampled_from(["", "", "op2"]))
    if undone:
        last = event("undone", str(TODAY), who="c0", op="back")
        # What was undone left the statuses as they were written before: that is not the point.
        events.append(replace(last, undoes=undone))
    return Book(contacts, draw(st.permutations(events)))


def facts(table: Table) -> Facts:
    return {name: tuple(row.values()) for name, row in rows(table).items()}


@settings(max_examples=150, deadline=None)
@given(books(), PERIODS)
def test_the_funnel(book: Book, period: tuple[date, date] | None) -> None:
    assert facts(book.report("funnel", period=period)) == oracle.funnel(book, period)


@settings(max_examples=150, deadline=None)
@given(books(), PERIODS)
def test_ageing(book: Book, period: tuple[date, date] | None) -> None:
    assert facts(book.report("ageing", period=period)) == oracle.ageing(book, period, TODAY)


@settings(max_examples=150, deadline=None)
@given(books(), PERIODS)
def test_speed(book: Book, period: tuple[date, date] | None) -> None:
    assert facts(book.report("speed", period=period)) == oracle.speed(book, period)


@settings(max_examples=150, deadline=None)
@given(books(), PERIODS)
def test_sources(book: Book, period: tuple[date, date] | None) -> None:
    assert facts(book.report("sources", period=period)) == oracle.sources(book, period)


@settings(max_examples=150, deadline=None)
@given(books(), PERIODS)
def test_losses(book: Book, period: tuple[date, date] | None) -> None:
    assert facts(book.report("lost", period=period)) == oracle.lost(book, period)


@settings(max_examples=150, deadline=None)
@given(books(), PERIODS)
def test_activity(book: Book, period: tuple[date, date] | None) -> None:
    monday = TODAY - timedelta(days=TODAY.weekday())
    first, last = period or (monday - timedelta(weeks=11), TODAY)
    table = book.report("activity", period=period)
    said = Counter(
        {(str(row["week"]), via): int(str(row[via])) for row in table.rows[:-1] for via in VIAS}
    )

    assert +said == oracle.activity(book, first, last)
    assert table.rows[-1]["touches"] == said.total()
    assert [row["week"] for row in table.rows[:-1]] == weeks(said, min(last, TODAY))


@settings(max_examples=150, deadline=None)
@given(books())
def test_touches(book: Book) -> None:
    index = book.index()
    dues = {each.contact.id: each.standing.due for each in index.entries(EVERYTHING)}
    index.close()

    def due(life: Life) -> date | None:
        return dues[life.contact.id]

    assert facts(book.report("touches")) == oracle.touches(book, TODAY, due)


def weeks(said: Counter[tuple[str, str]], last: date) -> Sequence[str]:
    """All Mondays from that of the first touch on."""
    there = sorted(week for (week, _), number in said.items() if number)
    if not there:
        return []
    first = date.fromisoformat(there[0])
    return [str(first + timedelta(weeks=n)) for n in range((last - first).days // 7 + 1)]
