"""Queries run on a small book; the columns are those of the index. Today is Sunday, 2026-11-22."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest

from leadctl.fields import Field, Kind, Schema
from leadctl.matching import digits, fold
from leadctl.query.language import Query, parse_arguments, parse_query
from leadctl.stages import Stage, Stages, Status

TODAY = date(2026, 11, 22)
TABLES = """
create table contact (n integer primary key, id, name, status, stage, outcome, pipeline default 0,
    created, since, touched, reached, touches default 0, due, snoozed_until, pinned default 0,
    pinned_until, dnc default 0, stuck_from, interval_days, data);
create table value (contact integer, field, text, folded, digits, number real, day);
"""
SCHEMA = Schema(
    {
        "value": Field("value", Kind.MONEY, "worth"),
        "renewal": Field("renewal", Kind.DATE, "end of contract"),
        "size": Field("size", Kind.CHOICE, "of the firm", choices=("Small", "Large")),
        "lead source": Field("lead source", Kind.TEXT, "seen"),
    }
)
STAGES = Stages(
    statuses=(
        Status("New", "Hot", "open"),
        Status("Past Clients", "Won", "won", aliases=("Closed",)),
        Status("Non Client"),
    ),
    stages=(Stage("Hot"), Stage("Won", "won")),
    default="New",
    views={
        "hot": "stage:Hot -tag:cold",
        "Nested": "@hot value>1",
    },
)
# id, columns, values; the first three are told apart by everything, the last is nearly empty.
CONTACTS: tuple[tuple[str, dict[str, object], dict[str, str | tuple[str, ...]]], ...] = (
    (
        "ada-lovelace",
        {
            "status": "New",
            "stage": "Hot",
            "outcome": "open",
            "pipeline": 1,
            "created": "2026-11-01",
            "since": "2026-11-01",
            "touched": "2026-11-20",
            "touches": 3,
            "due": "2026-11-19",
            "stuck_from": "2026-11-22",
        },
        {
            "name": "Ada Lovelace",
            "company": "Analytical Engines, Ltd",
            "tags": ("VIP", "math"),
            "email": "ada@example.com",
            "phone": ("+1 (604) 555-0100", "00447911123456"),
            "source": "Zillow",
            "value": "1000",
            "birthday": "1815-12-10",
            "size": "Small",
            "renewal": "2027-02-28",
            "touch_every": "2w",
            "lead source": "Web shop",
        },
    ),
    (
        "jose-muller",
        {
            "status": "Past Clients",
            "stage": "Won",
            "outcome": "won",
            "created": "2025-06-30",
            "due": "2026-11-22",
            "snoozed_until": "2026-12-01",
            "pinned": 1,
        },
        {
            "name": "José Müller",
            "tags": "cold",
            "note": "Likes  Straße & 50%_off",
            "value": "-2.5",
            "birthday": "02-29",
            "snoozed_until": "2026-12-01",
        },
    ),
    (
        "kim-or-lee",
        {
            "status": "Non Client",
            "stage": "",
            "outcome": "",
            "created": "2026-10-31",
            "due": "2026-11-22",
            "dnc": 1,
            "pinned": 1,
            "pinned_until": "2026-11-21",
        },
        {"name": "Kim or Lee", "do_not_contact": "yes", "birthday": "1990-11-22", "value": "40"},
    ),
    ("max", {"status": "Lapsed", "stage": "", "outcome": ""}, {"name": "Max", "note": "é"}),
)
ADA, JOSE, KIM, MAX = (contact[0] for contact in CONTACTS)


@pytest.fixture(scope="module", name="book")
def _book() -> Iterator[sqlite3.Connection]:
    book = sqlite3.connect(":memory:")
    book.create_function("matches", 2, lambda p, text: bool(re.search(p, text, re.IGNORECASE)))
    book.executescript(TABLES)
    for number, (slug, columns, values) in enumerate(CONTACTS, 1):
        row = {"n": number, "id": slug, "name": values["name"], **columns}
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        book.execute(f"insert into contact ({names}) values ({marks})", tuple(row.values()))
        rows = [row for name, value in values.items() for row in value_rows(number, name, value)]
        rows.extend(value_rows(number, "id", slug))
        book.executemany("insert into value values (?, ?, ?, ?, ?, ?, ?)", rows)
    yield book
    book.close()


def value_rows(
    contact: int, name: str, value: str | tuple[str, ...]
) -> Iterator[tuple[object, ...]]:
    kind = SCHEMA.get(name).kind
    for text in (value,) if isinstance(value, str) else value:
        number = float(text) if kind is Kind.MONEY else None
        day = text if kind in (Kind.DATE, Kind.BIRTHDAY) else None
        day = f"0000-{day}" if day and len(day) == 5 else day
        phone = digits(text) if kind is Kind.PHONE else None
        yield (contact, name, text, fold(text), phone, number, day)


def parse(text: str) -> Query:
    return parse_query(text, schema=SCHEMA, stages=STAGES, today=TODAY)


def ids(book: sqlite3.Connection, query: Query) -> list[str]:
    sql = f"select c.id from contact c where {query.sql} order by c.n"
    return [row[0] for row in book.execute(sql, query.parameters)]


EXAMPLES: tuple[tuple[str, list[str]], ...] = (
    ("", [ADA, JOSE, KIM, MAX]),
    # Words are looked for in name, company, e-mail, tags and id.
    ("ADA", [ADA]),
    ("muller", [JOSE]),
    ("MÜLLER jose", [JOSE]),
    ("analytic", [ADA]),
    ("example.com", [ADA]),
    ("vip", [ADA]),
    ("zillow", []),
    ("or", [KIM]),
    ("-ada", [JOSE, KIM, MAX]),
    ("%", []),
    # Names are equal as a whole, texts contain.
    ("tag:vip", [ADA]),
    ("tags:vip,COLD", [ADA, JOSE]),
    ("tag!=vip", [JOSE, KIM, MAX]),
    ("-tag:vip,cold", [KIM, MAX]),
    ("id:MAX", [MAX]),
    ("source=zillow", [ADA]),
    ("name:lee", [KIM]),
    ("name=max", [MAX]),
    ("name=lee", []),
    ("name!=max", [ADA, JOSE, KIM]),
    ("note:'likes strasse'", [JOSE]),
    ("note:50%_", [JOSE]),
    ("note:5_", []),
    ("note:e", [JOSE, MAX]),
    ('"lead source":web', [ADA]),
    ('company:"engines, ltd"', [ADA]),
    # Statuses and stages.
    ("status:new", [ADA]),
    ("status:closed", [JOSE]),
    ("status:new,'non client'", [ADA, KIM]),
    ("status!=new", [JOSE, KIM, MAX]),
    ("stage:won", [JOSE]),
    ("-stage:won", [ADA, KIM, MAX]),
    # Phones.
    ("phone:604-555", [ADA]),
    ("phone:+447911", [ADA]),
    ("phone=16045550100", [ADA]),
    ("phone=604555", []),
    # Numbers.
    ("value:1000", [ADA]),
    ("value>40", [ADA]),
    ("value:>=40", [ADA, KIM]),
    ("value<40", [JOSE]),
    ("value:-5..40", [JOSE, KIM]),
    ("value:40..", [ADA, KIM]),
    ("value:40,1000.0", [ADA, KIM]),
    ("value!=40", [ADA, JOSE, MAX]),
    ("touches:3", [ADA]),
    ("touches<3", [JOSE, KIM, MAX]),
    ("overdue_days:3", [ADA]),
    ("overdue_days:0..2", [JOSE, KIM]),
    ("overdue_days>-1", [ADA, JOSE, KIM]),
    # Choices, flags, intervals.
    ("size:small", [ADA]),
    ("dnc:yes", [KIM]),
    ("do_not_contact:no", [ADA, JOSE, MAX]),
    ("touch_every:'14 days'", []),
    ("touch_every:'2 weeks'", [ADA]),
    # Dates.
    ("created:2026-11", [ADA]),
    ("created:2026", [ADA, KIM]),
    ("created:2025Q2", [JOSE]),
    ("created:'last month'", [KIM]),
    ("created>2026-10", [ADA]),
    ("created>=2026-10", [ADA, KIM]),
    ("created<2026", [JOSE]),
    ("created<=2026-10", [JOSE, KIM]),
    ("created!=2026", [JOSE, MAX]),
    ("created:2025..2026-10", [JOSE, KIM]),
    ("touched:fri", [ADA]),
    ("touched:mon..", [ADA]),
    ("touched:..-30d", []),
    ("due<=fri", [ADA, JOSE, KIM]),
    ("due:today", [JOSE, KIM]),
    ("snoozed_until:2026-12", [JOSE]),
    ("renewal:2027-02", [ADA]),
    # Birthdays come round, also over the end of a year and without a 29 February.
    ("birthday:today", [KIM]),
    ("birthday:today..+30d", [ADA, KIM]),
    ("birthday:2026-12-01..2027-02-28", [ADA, JOSE]),
    ("birthday:2028-02-28", []),
    ("birthday:2028-02-29", [JOSE]),
    ("birthday:2027-02", [JOSE]),
    ("birthday:2027", [ADA, JOSE, KIM]),
    # Presence and flags.
    ("has:note", [JOSE, MAX]),
    ("no:birthday", [MAX]),
    ("has:tag,phone", [ADA, JOSE]),
    ("has:stage", [ADA, JOSE]),
    ("has:touched", [ADA]),
    ("no:touches", [JOSE, KIM, MAX]),
    ("has:overdue_days", [ADA, JOSE, KIM]),
    ("is:due", [ADA]),
    ("is:overdue", [ADA]),
    ("-is:due", [JOSE, KIM, MAX]),
    ("is:snoozed", [JOSE]),
    ("is:never-touched", [JOSE, KIM, MAX]),
    ("is:pinned", [JOSE]),
    ("is:open", [ADA]),
    ("is:WON", [JOSE]),
    ("is:pipeline", [ADA]),
    ("is:stuck", [ADA]),
    ("is:dnc", [KIM]),
    # Patterns and views.
    ("name~'^(ada|max)'", [ADA, MAX]),
    ("status~^l", [MAX]),
    ("touched~^2026-11-2", [ADA]),
    ("-name~a", [JOSE, KIM]),
    ("@hot", [ADA]),
    ("-@HOT", [JOSE, KIM, MAX]),
    ("@nested", [ADA]),
)


@pytest.mark.parametrize(("text", "found"), EXAMPLES)
def test_a_query_finds(book: sqlite3.Connection, text: str, found: list[str]) -> None:
    assert ids(book, parse(text)) == found


def test_shell_words_hold_together(book: sqlite3.Connection) -> None:
    query = parse_arguments(
        ["status:Past Clients", "mull", "value<5"], schema=SCHEMA, stages=STAGES, today=TODAY
    )

    assert ids(book, query) == [JOSE]


def test_no_shell_words_find_everything(book: sqlite3.Connection) -> None:
    query = parse_arguments([], schema=SCHEMA, stages=STAGES, today=TODAY)

    assert query == Query("1")
    assert ids(book, query) == [ADA, JOSE, KIM, MAX]


def test_two_queries_are_joined_by_and(book: sqlite3.Connection) -> None:
    assert ids(book, parse("value>0") & parse("dnc:no")) == [ADA]


def test_thousands_of_terms_and_values_still_run(book: sqlite3.Connection) -> None:
    many = ",".join(f"id-{number}" for number in range(5000))

    assert ids(book, parse(f"id:{many},max")) == [MAX]
    assert ids(book, parse("name:max " * 2000)) == [MAX]
    assert ids(book, parse(f"name:{','.join('pqxyz' * 400)}")) == [MAX]
