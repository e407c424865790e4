"""Laws of queries on random books, against plain Python predicates, and texts at random."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leadctl.errors import RequestError
from leadctl.fields import Field, Kind, Schema
from leadctl.matching import digits, fold
from leadctl.query.language import Query, parse_arguments, parse_query
from leadctl.stages import Stage, Stages, Status

TODAY = date(2027, 2, 20)
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
    }
)
STAGES = Stages(
    (Status("New", "Hot"), Status("Old", "Cold"), Status("Else")),
    (Stage("Hot"), Stage("Cold", "lost")),
    "New",
    views={"all": "", "new": "status:new", "loop": "@loop"},
)


@dataclass(frozen=True, slots=True)
class Row:
    """One contact of a random book, empty where nothing is set."""

    name: str
    status: str
    tags: tuple[str, ...]
    phone: str
    value: float | None
    renewal: date | None
    due: date | None
    birthday: tuple[int, int] | None
    dnc: bool = False


Predicate = Callable[[Row], bool]
WORDS = st.sampled_from(["Ada", "ada", "ÁDA", "Bo", "Straße", "strasse", "ad", "o", "50%", "a_a"])
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
NEAR_DAYS = st.integers(-500, 500).map(lambda days: TODAY + timedelta(days=days))
NUMBERS = st.integers(-3, 3).map(float)
BIRTHDAYS = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day))
EDGES = st.sampled_from([(2, 28), (2, 29), (3, 1), (12, 31), (1, 1)])
ROWS = st.builds(
    Row,
    name=NAMES,
    status=st.sampled_from(["New", "Old", "Else", "Lapsed"]),
    tags=st.lists(WORDS, max_size=2).map(tuple),
    phone=st.sampled_from(["", "+1 604 555", "00 44 20", "555"]),
    value=st.none() | NUMBERS,
    renewal=st.none() | NEAR_DAYS,
    due=st.none() | NEAR_DAYS,
    birthday=st.none() | BIRTHDAYS | EDGES,
    dnc=st.booleans(),
)
COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ":": lambda one, other: one == other,
    ":=": lambda one, other: one == other,
    "<": lambda one, other: one < other,
    ":<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def has_word(word: str) -> Predicate:
    return lambda row: any(fold(word) in fold(text) for text in (row.name, *row.tags))


def has_tag(word: str) -> Predicate:
    return lambda row: fold(word) in [fold(tag) for tag in row.tags]


def has_value(operator: str, bound: float) -> Predicate:
    return lambda row: row.value is not None and COMPARE[operator](row.value, bound)


def is_within(name: str, first: date, last: date) -> Predicate:
    def holds(row: Row) -> bool:
        day = row.due if name == "due" else row.renewal
        return day is not None and first <= day <= last

    return holds


def has_birthday_within(first: date, last: date) -> Predicate:
    """Walks through the period day by day, as a calendar on the wall would."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    seen = {(day.month, day.day) for day in days}
    if any((day.month, day.day) == (2, 28) and day.year % 4 for day in days):
        seen.add((2, 29))
    return lambda row: row.birthday in seen


def month_of(day: date) -> tuple[date, date]:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day.replace(day=1), following - timedelta(days=1)


@st.composite
def terms(draw: st.DrawFn) -> tuple[str, Predicate]:
    """A term and what it means."""
    word, name = draw(WORDS), draw(st.sampled_from(["due", "renewal"]))
    low, high = sorted((draw(NEAR_DAYS), draw(NEAR_DAYS)))
    first, last = month_of(low)
    operator = draw(st.sampled_from([":", "<", ":<=", ">", ">="]))
    bound = draw(NUMBERS)
    pieces: list[tuple[str, Predicate]] = [
        (word, has_word(word)),
        (f"tag:{word},bo", lambda row: has_tag(word)(row) or has_tag("bo")(row)),
        (f"tag!={word}", lambda row: not has_tag(word)(row)),
        (f"name:'{word} a'", lambda row: fold(f"{word} a") in fold(row.name)),
        (f"name={word}", lambda row: fold(row.name) == fold(word)),
        ("status:new,old", lambda row: row.status in ("New", "Old")),
        ("-stage:hot", lambda row: row.status != "New"),
        ("phone:55", lambda row: "55" in digits(row.phone)),
        ("phone=44-20", lambda row: digits(row.phone) == "4420"),
        (f"value{operator}{bound:g}", has_value(operator, bound)),
        (f"value:{bound:g}..", has_value(">=", bound)),
        (f"{name}:{low}..{high}", is_within(name, low, high)),
        (f"{name}:{low:%Y-%m}", is_within(name, first, last)),
        (f"{name}>{low:%Y-%m}", is_within(name, last + timedelta(days=1), date.max)),
        (f"{name}>={low:%Y-%m}", is_within(name, first, date.max)),
        (f"{name}<{low:%Y-%m}", is_within(name, date.min, first - timedelta(days=1))),
        (f"{name}<={low:%Y-%m}", is_within(name, date.min, last)),
        (f"birthday:{low}..{high}", has_birthday_within(low, high)),
        (f"birthday:{low:%Y-%m}", has_birthday_within(first, last)),
        ("no:phone", lambda row: not row.phone),
        ("has:due", lambda row: row.due is not None),
        ("is:overdue", lambda row: row.due is not None and row.due < TODAY and not row.dnc),
        ("dnc:no", lambda row: not row.dnc),
        ("overdue_days>0", lambda row: row.due is not None and row.due < TODAY),
        ("name~^.d", lambda row: bool(re.search("^.d", row.name, re.IGNORECASE))),
        ("@new", lambda row: row.status == "New"),
    ]
    return draw(st.sampled_from(pieces))


def make_book(rows: list[Row]) -> sqlite3.Connection:
    book = sqlite3.connect(":memory:")
    book.create_function("matches", 2, lambda p, text: bool(re.search(p, text, re.IGNORECASE)))
    book.executescript(TABLES)
    for number, row in enumerate(rows):
        status = STAGES.find(row.status)
        due = row.due.isoformat() if row.due else None
        columns = (number, row.status, status.stage if status else "", due, row.dnc)
        book.execute("insert into contact (n, status, stage, due, dnc) values (?,?,?,?,?)", columns)
        book.executemany("insert into value values (?,?,?,?,?,?,?)", value_rows(number, row))
    return book


def value_rows(number: int, row: Row) -> Iterator[tuple[object, ...]]:
    for name, text in [("name", row.name), *(("tags", tag) for tag in row.tags)]:
        yield (number, name, text, fold(text), None, None, None)
    if row.phone:
        yield (number, "phone", row.phone, fold(row.phone), digits(row.phone), None, None)
    if row.value is not None:
        yield (number, "value", f"{row.value}", f"{row.value}", None, row.value, None)
    if row.renewal:
        day = row.renewal.isoformat()
        yield (number, "renewal", day, day, None, None, day)
    if row.birthday:
        month, day_of_month = row.birthday
        text = f"{month:02}-{day_of_month:02}"
        yield (number, "birthday", text, text, None, None, f"0000-{text}")


def parse(text: str) -> Query:
    return parse_query(text, schema=SCHEMA, stages=STAGES, today=TODAY)


def parse_words(*words: str) -> Query:
    return parse_arguments(words, schema=SCHEMA, stages=STAGES, today=TODAY)


def found(book: sqlite3.Connection, query: Query) -> list[int]:
    sql = f"select n from contact c where {query.sql} order by n"
    return [row[0] for row in book.execute(sql, query.parameters)]


@settings(max_examples=250, deadline=None)
@given(st.lists(ROWS, max_size=8), st.lists(terms(), max_size=3))
def test_a_query_finds_what_a_plain_predicate_finds(
    rows: list[Row], query: list[tuple[str, Predicate]]
) -> None:
    expected = [n for n, row in enumerate(rows) if all(holds(row) for _, holds in query)]

    with closing(make_book(rows)) as book:
        assert found(book, parse(" ".join(text for text, _ in query))) == expected
        assert found(book, parse_words(*(text for text, _ in query))) == expected


@settings(max_examples=80, deadline=None)
@given(st.lists(ROWS, max_size=8), terms(), st.sampled_from(["-", "not:"]))
def test_a_term_and_its_negation_split_the_book(
    rows: list[Row], term: tuple[str, Predicate], sign: str
) -> None:
    text, _ = term
    assume(not text.startswith("-"))
    with closing(make_book(rows)) as book:
        both = sorted(found(book, parse(text)) + found(book, parse(f"{sign}{text}")))

    assert both == list(range(len(rows)))


SNIPPETS = st.lists(
    st.sampled_from(
        [
            *(
                "status",
                "due",
                "birthday",
                "value",
                "touches",
                "name",
                "phone",
                "tag",
                "dnc",
                "why",
            ),
            *("is", "has", "no", "not", "@", "all", "new", "loop", "OR", "or", "touch_every", "1w"),
            *(
                ":",
                "=",
                "!=",
                ">",
                ">=",
                "<",
                "~",
                "..",
                ",",
                "-",
                "(",
                ")",
                "[",
                "'",
                '"',
                " ",
                " ",
            ),
            *("2026", "Q1", "fri", "-30d", "+999999999y", "1" * 40, "5", "a{9,1}", "\\", "é", "\0"),
        ]
    ),
    max_size=10,
).map("".join)


@pytest.fixture(scope="module", name="small_book")
def _small_book() -> Iterator[sqlite3.Connection]:
    birthday, due = (2, 29), date(2027, 2, 1)
    full = Row("Ada", "New", ("vip",), "604", 5.0, TODAY, due, birthday)
    empty = Row("Bo", "Lapsed", (), "", None, None, None, None, dnc=True)
    with closing(make_book([full, empty])) as book:
        yield book


@settings(max_examples=800, deadline=None)
@given(text=SNIPPETS | st.text())
def test_any_text_is_a_query_that_runs_or_a_request_error(
    small_book: sqlite3.Connection, text: str
) -> None:
    for read in (parse, parse_words):
        try:
            query = read(text)
        except RequestError:
            continue
        sql = f"select ({query.sql}) is null from contact c where 1 or {query.sql}"
        rows = small_book.execute(sql, query.parameters * 2).fetchall()

        assert rows == [(0,), (0,)]
