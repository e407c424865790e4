"""The prospect list, from SQL and from the rules, is the one that plain loops give."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.fields import Schema
from leadctl.index.cache import build
from leadctl.index.index import Index
from leadctl.index.material import Filling
from leadctl.lifecycle import entries, pasts
from leadctl.planning.follow_ups import agendas, read_follow_ups
from leadctl.prospecting.criteria import CRITERIA
from leadctl.prospecting.prospects import prospects, reasons_for
from leadctl.prospecting.ranking import ranking
from leadctl.query.language import parse_query
from leadctl.query.sql import EVERYTHING
from leadctl.records import Contact, Event, FollowUp
from leadctl.stages import Stages
from leadctl.what_counts import effective
from tests.people import contact, event, stages_of, taken_back, unplaced
from tests.prospects import oracle
from tests.prospects.oracle import Happened, Person

STAGES = stages_of(oracle.TEXT)
SCHEMA = Schema(STAGES.fields)
#: Ends of months, a leap day and what comes a year after it.
EDGES = [
    *("2024-02-28", "2024-02-29", "2024-03-01", "2025-02-28", "2025-03-01", "2026-02-28"),
    *("2026-03-29", "2026-10-25", "2026-11-30", "2026-12-31", "2027-01-01", "2028-02-29"),
]
TODAYS = st.sampled_from(EDGES).map(date.fromisoformat) | st.dates(
    date(2024, 1, 1), date(2028, 12, 31)
)
#: Moments around the clock changes of Europe, and the far ends of the day.
MOMENTS = st.sampled_from(
    ["", "", "", "T00:30+14:00", "T23:50-11:00", "T02:30+01:00", "T02:30+02:00"]
)
STATUSES = ("New", "Engage", "Deal", "Closed", "Past", "Gone", "Loose", "Unknown")
CODES = (*CRITERIA[4:], "never_contacted", "vip", "aged", "once")


def days_before(today: date) -> st.SearchStrategy[str]:
    """Days up to *today*, many of them where intervals and windows begin and end."""
    near = st.sampled_from([0, 1, 2, 3, 7, 8, 10, 13, 14, 28, 29, 30, 31, 32, 59, 60, 61, 90, 365])
    return (near | st.integers(0, 800)).map(lambda count: str(today - timedelta(days=count)))


def days_around(today: date) -> st.SearchStrategy[str]:
    return st.integers(-14, 14).map(lambda count: str(today + timedelta(days=count)))


@st.composite
def persons(draw: st.DrawFn, today: date) -> Person:
    past, around = days_before(today), days_around(today)
    happened: list[Happened] = []
    status = draw(st.sampled_from(STATUSES))
    if draw(st.booleans()):
        happened.append(Happened("added", draw(past), status))
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["touched", "touched", "status", "dismissed", "undismissed"]))
        one = Happened(kind, draw(past) + draw(MOMENTS))
        if kind == "status":
            one.left, one.what = status, draw(st.sampled_from(STATUSES))
            status = one.what
        elif kind != "touched":
            one.what = draw(st.sampled_from(CODES))
        one.is_undone = kind != "status" and draw(st.integers(0, 9)) == 0
        happened.append(one)
    if draw(st.integers(0, 14)) == 0:
        # Somebody typed another one into the file.
        status = draw(st.sampled_from(STATUSES))
    year = st.sampled_from(["", "1980-", "2000-"])
    birthday = st.builds(lambda front, day: front + day[5:], year, around)
    fields = {
        "status": status,
        "created": draw(st.just("") | past),
        "last_touch": draw(st.just("") | st.just("") | past),
        "touch_every": draw(st.sampled_from(["", "", "", "never", "1 day", "3 weeks", "1 month"])),
        "pinned": draw(st.sampled_from(["", "", "", "yes"]) | around),
        "snoozed_until": draw(st.sampled_from([""] * 9) | around),
        "do_not_contact": draw(st.sampled_from(["", "", "", "", "no", "yes"])),
        "birthday": draw(st.sampled_from(["", "", "02-29", "2000-02-29"]) | birthday),
        "closed_on": draw(st.just("") | past),
        "phone": draw(st.sampled_from(["", "555"])),
        "address": draw(st.sampled_from(["", "", "1 Elm St"])),
        "tags": draw(st.sampled_from(["", "", "vip", "once"])),
    }
    planned = draw(st.lists(st.tuples(around, st.booleans()), max_size=2))
    return Person(fields, happened, planned if draw(st.booleans()) else [])


@st.composite
def worlds(draw: st.DrawFn) -> tuple[date, dict[str, Person]]:
    today = draw(TODAYS)
    people = draw(st.lists(persons(today), min_size=1, max_size=6))
    return today, {f"p{number}": who for number, who in enumerate(people)}


def contact_of(id_: str, who: Person) -> Contact:
    fields = {name: value for name, value in who.fields.items() if value}
    return contact(id_, **fields)


def events_of(id_: str, who: Person) -> list[Event]:
    found: list[Event] = []
    for each in who.happened:
        changes = {"status": (each.left, each.what)} if each.kind in ("status", "added") else {}
        reason = each.what if each.kind.endswith("dismissed") else ""
        one = event(each.kind, each.on, who=id_, reason=reason, changes=dict(changes))
        found += taken_back(one) if each.is_undone else [one]
    return found


def follow_ups_of(id_: str, who: Person) -> tuple[FollowUp, ...]:
    records = [
        unplaced(
            {
                "id": f"{id_}-{number}",
                "contact": id_,
                "due": due,
                "what": "call",
                **({"plan": "start"} if is_step else {}),
            }
        )
        for number, (due, is_step) in enumerate(who.follow_ups)
    ]
    return read_follow_ups(records).follow_ups


def index_of(people: dict[str, Person], stages: Stages, today: date) -> Index:
    """The index of *people*, which knows which rules hold on *today*."""
    contacts = [contact_of(id_, who) for id_, who in people.items()]
    events = [each for id_, who in people.items() for each in events_of(id_, who)]
    planned = [each for id_, who in people.items() for each in follow_ups_of(id_, who)]
    found = entries(contacts, pasts(effective(events), stages), stages, planned=agendas(planned))
    index = build(None, Filling(found, tuple(events), (), SCHEMA, {}, planned))
    index.rules = {
        rule.name: parse_query(rule.where, schema=SCHEMA, stages=stages, today=today)
        for rule in stages.criteria.rules
    }
    return index


OFF = st.just(set[str]()) | st.sets(st.sampled_from(CRITERIA), max_size=5)
AHEAD = st.sampled_from([0, 0, 0, 1, 3, 14, 400])


@settings(max_examples=250, deadline=None)
@given(worlds(), AHEAD, OFF, st.sampled_from([0, 0, 1, 2, 3]))
def test_the_list_is_that_of_the_oracle(
    world: tuple[date, dict[str, Person]], ahead: int, off: set[str], limit: int
) -> None:
    today, people = world
    criteria = replace(STAGES.criteria, on=frozenset(CRITERIA) - off)
    stages = replace(STAGES, criteria=criteria)
    with closing(index_of(people, stages, today)) as index:
        order = ranking(today, stages, ahead_days=ahead, rules=index.rules)
        chosen = index.ranked(order.listed, order.points, tiers=order.tiers, limit=limit)
    found = prospects(chosen, stages, today, ahead_days=ahead, keep_order=True)

    told = [
        (each.entry.contact.id, {reason.code: reason.points for reason in each.reasons})
        for each in found
    ]
    assert told == oracle.listed(people, today, ahead, off)[: limit or None]


@settings(max_examples=80, deadline=None)
@given(worlds(), AHEAD)
def test_python_sorts_as_sql_does(world: tuple[date, dict[str, Person]], ahead: int) -> None:
    today, people = world
    with closing(index_of(people, STAGES, today)) as index:
        order = ranking(today, STAGES, ahead_days=ahead, rules=index.rules)
        by_sql = index.ranked(order.listed, order.points)
        everybody = index.entries(EVERYTHING)

    by_python = prospects(everybody, STAGES, today, ahead_days=ahead)
    assert [each.entry.contact.id for each in by_python] == [each.contact.id for each in by_sql]


@settings(max_examples=80, deadline=None)
@given(worlds())
def test_a_dismissed_reason_is_gone_and_nothing_else_is(
    world: tuple[date, dict[str, Person]],
) -> None:
    today, people = world
    for who in people.values():
        before = oracle.reasons(who, today, 0, set())
        for code in set(before) - {"follow_up_due", "plan_step_due", "pinned"}:
            said = Happened("dismissed", str(today), code)
            after = replace(who, happened=[*who.happened, said])
            with closing(index_of({"p0": after}, STAGES, today)) as index:
                (entry,) = index.entries(EVERYTHING)

            left = {reason.code for reason in reasons_for(entry, STAGES, today)}
            assert left == set(before) - {code}
