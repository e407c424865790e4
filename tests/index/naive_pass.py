"""A plain pass over contacts for each of many queries and orders, and books to try it on."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from hypothesis import strategies as st

from leadctl.fields import Schema
from leadctl.records import Entry
from tests.people import TODAY, contact, entry, moved, stages_of, taken_back, touched

STAGES = stages_of("""\
default: New
stages:
  Hot: {statuses: [New, Engage]}
  Won: {statuses: [Past Clients], outcome: won}
  Lost: {statuses: [Inactive], outcome: lost}
statuses:
  New: {touch_every: 2 days, first_touch: 0 days, limit: 7 days}
  Engage: {touch_every: 7 days, aliases: [Contacted], limit: 60 days}
  Past Clients: {touch_every: 3 months}
  Inactive: {touch_every: never, pipeline: false}
  Friend: {pipeline: false}
fields:
  budget: money
  lease_ends: date
views:
  cold: 'stage:Hot touched:..-30d'
""")
SCHEMA = Schema(STAGES.fields).with_seen(["hobby"])


def plain(text: object) -> str:
    """*text* in small letters without accents."""
    apart = unicodedata.normalize("NFD", str(text).replace("ß", "ss").lower())
    return "".join(char for char in apart if unicodedata.category(char) != "Mn")


def texts(of: Entry, name: str) -> list[str]:
    value = of.contact.get(name)
    return [value] if isinstance(value, str) and value else list(value)


def has(of: Entry, name: str, wanted: str) -> bool:
    return any(wanted in plain(text) for text in texts(of, name))


def is_awake(of: Entry) -> bool:
    who = of.contact
    is_snoozed = who.snoozed_until is not None and who.snoozed_until > TODAY
    return not is_snoozed and not who.do_not_contact


def numbers(of: Entry) -> list[int]:
    return [int(text) for text in texts(of, "budget")]


def between(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def lease(of: Entry) -> date | None:
    text = of.contact.get("lease_ends")
    return date.fromisoformat(str(text)) if text else None


def is_stuck(of: Entry) -> bool:
    return of.standing.stuck_from is not None and of.standing.stuck_from <= TODAY


def is_pinned(of: Entry) -> bool:
    pin = of.contact.pin
    return pin is not None and (pin.until is None or pin.until >= TODAY)


NAMES = ("name", "company", "email", "tags", "id")
QUERIES: Mapping[str, Callable[[Entry], bool]] = {
    "": lambda _: True,
    "ada": lambda e: any(has(e, name, "ada") for name in NAMES),
    "-ada": lambda e: not any(has(e, name, "ada") for name in NAMES),
    "strasse": lambda e: any(has(e, name, "strasse") for name in NAMES),
    "status:new": lambda e: e.standing.status == "New",
    "status:contacted": lambda e: e.standing.status == "Engage",
    "status!=Engage": lambda e: e.standing.status != "Engage",
    'status:New,"Past Clients"': lambda e: e.standing.status in {"New", "Past Clients"},
    "stage:hot": lambda e: e.standing.stage == "Hot",
    "not:stage:Hot": lambda e: e.standing.stage != "Hot",
    "has:stage": lambda e: e.standing.stage != "",
    "tag:vip": lambda e: "vip" in map(plain, texts(e, "tags")),
    "tag:vip,new": lambda e: bool({"vip", "new"} & set(map(plain, texts(e, "tags")))),
    "tag!=vip": lambda e: "vip" not in map(plain, texts(e, "tags")),
    "no:tags": lambda e: not texts(e, "tags"),
    "name:àd": lambda e: has(e, "name", "ad"),
    'name="ada b"': lambda e: plain(e.contact.name) == "ada b",
    # A pattern is about the text as written, accents included.
    "name~^a.*b$": lambda e: e.contact.name.lower() in {"ada b"},
    "company:s": lambda e: has(e, "company", "s"),
    "hobby:chess": lambda e: has(e, "hobby", "chess"),
    "phone:555": lambda e: any("555" in text.replace("-", "") for text in texts(e, "phone")),
    "has:phone no:email": lambda e: bool(texts(e, "phone")) and not texts(e, "email"),
    "budget>400": lambda e: any(number > 400 for number in numbers(e)),
    "budget:100..400": lambda e: any(100 <= number <= 400 for number in numbers(e)),
    "budget:..0": lambda e: any(number <= 0 for number in numbers(e)),
    "lease_ends:2026-12": lambda e: between(lease(e), date(2026, 12, 1), date(2026, 12, 31)),
    "lease_ends<=today": lambda e: between(lease(e), date.min, TODAY),
    "touched:..-30d": lambda e: between(e.standing.touched, date.min, ago(30)),
    "touched>=-7d": lambda e: between(e.standing.touched, ago(7), date.max),
    "reached:2026-11": lambda e: between(e.standing.reached, date(2026, 11, 1), date(2026, 11, 30)),
    "no:touched": lambda e: e.standing.touched is None,
    "created:2026Q4": lambda e: between(e.contact.created, date(2026, 10, 1), date(2026, 12, 31)),
    "since<-10d": lambda e: between(e.standing.since, date.min, ago(11)),
    "due:today": lambda e: e.standing.due == TODAY,
    "due:today..+7d": lambda e: between(e.standing.due, TODAY, ago(-7)),
    "touches:1..": lambda e: e.standing.touches >= 1,
    "overdue_days>3": lambda e: between(e.standing.due, date.min, ago(4)),
    "overdue_days:-2..0": lambda e: between(e.standing.due, TODAY, ago(-2)),
    "snoozed_until>today": lambda e: between(e.contact.snoozed_until, ago(-1), date.max),
    "birthday:2026-11": lambda e: any(text[-5:-3] == "11" for text in texts(e, "birthday")),
    "touch_every:never": lambda e: e.contact.get("touch_every") == "never",
    "dnc:yes": lambda e: e.contact.do_not_contact,
    "is:due": lambda e: between(e.standing.due, date.min, TODAY) and is_awake(e),
    "is:overdue": lambda e: between(e.standing.due, date.min, ago(1)) and is_awake(e),
    "is:never-touched": lambda e: e.standing.touches == 0 and e.standing.touched is None,
    "is:snoozed": lambda e: between(e.contact.snoozed_until, ago(-1), date.max),
    "is:pinned": is_pinned,
    "is:open": lambda e: e.standing.outcome == "open",
    "is:won,lost": lambda e: e.standing.outcome in {"won", "lost"},
    "-is:pipeline": lambda e: not e.standing.on_pipeline,
    "is:stuck": is_stuck,
    "-is:stuck is:pipeline has:due": lambda e: (
        not is_stuck(e) and e.standing.on_pipeline and e.standing.due is not None
    ),
    "@cold": lambda e: e.standing.stage == "Hot" and between(e.standing.touched, date.min, ago(30)),
}
#: How each field that can be sorted by orders two contacts; None where it is not set.
SORTS: Mapping[str, Callable[[Entry], object]] = {
    "name": lambda e: plain(e.contact.name),
    "status": lambda e: e.standing.status or None,
    "stage": lambda e: e.standing.stage or None,
    "created": lambda e: e.contact.created,
    "touched": lambda e: e.standing.touched,
    "due": lambda e: e.standing.due,
    "touches": lambda e: e.standing.touches,
    "budget": lambda e: min(numbers(e), default=None),
    "lease_ends": lease,
    "tags": lambda e: min(map(plain, texts(e, "tags")), default=None),
    "birthday": lambda e: min((text[-5:] for text in texts(e, "birthday")), default=None),
    "overdue_days": lambda e: (TODAY - e.standing.due).days if e.standing.due else None,
}

DAYS = st.integers(0, 90).map(lambda days: ago(days).isoformat())
NEAR = st.integers(-40, 40).map(lambda days: ago(days).isoformat())
WORDS = st.sampled_from(["Ada", "ADA B", "Àda b", "Bo", "Straße", "ads"])
FIELDS = st.fixed_dictionaries(
    {"name": WORDS, "status": st.sampled_from([*"ab", "New", "Engage", "Contacted", "Inactive"])},
    optional={
        "company": WORDS,
        "email": st.sampled_from([("ada@x.ca",), ("bo@x.ca", "b@y.ca")]),
        "phone": st.sampled_from([("604-555-0101",), ("5-55",), ("604",)]),
        "tags": st.lists(st.sampled_from(["vip", "VIP", "new", "Ada"]), max_size=2).map(tuple),
        "hobby": st.sampled_from(["Chess", "sailing"]),
        "budget": st.integers(-3, 9).map(lambda number: str(100 * number)),
        "lease_ends": NEAR,
        "created": DAYS,
        "last_touch": DAYS,
        "snoozed_until": NEAR,
        "birthday": st.sampled_from(["11-30", "02-29", "1985-11-01", "1990-05-17"]),
        "pinned": st.just("yes") | st.just("no") | NEAR,
        "do_not_contact": st.sampled_from(["yes", "no"]),
        "touch_every": st.sampled_from(["never", "3 days", "1 month"]),
    },
)
EVENTS = st.builds(touched, DAYS, outcome=st.sampled_from(["reached", "attempted"])) | st.builds(
    moved, st.just("New"), st.sampled_from(["New", "Engage", "Past Clients"]), DAYS
)
#: What was undone is part of the past, but not of where anybody stands.
PAST = st.lists(EVENTS.map(lambda one: [one]) | EVENTS.map(taken_back), max_size=4).map(
    lambda parts: [one for part in parts for one in part]
)
ENTRIES = st.lists(st.tuples(FIELDS, PAST), max_size=7).map(
    lambda people: [
        entry(contact(f"c{len(people) - number}", **fields), events, stages=STAGES)
        for number, (fields, events) in enumerate(people)
    ]
)


#: Between them they answer every query with yes and with no.
TELLING = [
    entry(contact(id_, **fields), events, stages=STAGES)
    for id_, fields, events in (
        (
            "ada",
            {
                "name": "Ada B",
                "email": "ada@x.ca",
                "tags": "vip",
                "hobby": "Chess",
                "budget": "500",
                "lease_ends": "2026-12-24",
                "created": "2026-10-01",
                "pinned": "yes",
                "birthday": "11-30",
            },
            [],
        ),
        (
            "bo",
            {
                "name": "Bo",
                "status": "Contacted",
                "phone": "604-555-0101",
                "company": "Hauptstraße",
                "budget": "-100",
                "lease_ends": "2026-01-01",
                "snoozed_until": "2026-12-24",
            },
            [moved("New", "Engage", "2026-08-01"), touched("2026-08-01")],
        ),
        ("cy", {"status": "Past Clients", "budget": "200"}, [touched("2026-11-20")]),
        ("di", {"status": "Inactive", "touch_every": "never", "do_not_contact": "yes"}, []),
        ("ed", {"status": "Friend", "touch_every": "10 days", "last_touch": "2026-11-12"}, []),
        ("flo", {"status": "Gone", "touch_every": "10 days", "last_touch": "2026-11-15"}, []),
    )
]
