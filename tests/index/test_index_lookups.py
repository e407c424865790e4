"""What the index answers besides queries: who is meant, what happened, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from leadctl.errors import RequestError
from leadctl.fields import Schema
from leadctl.index.cache import build
from leadctl.index.index import Index
from leadctl.index.material import Filling
from leadctl.problems import Problem, Where
from leadctl.query.sql import EVERYTHING
from leadctl.records import Entry, Event
from tests.people import contact, entry, moved, touched

EVENTS = [
    touched("2026-11-01", who="ada"),
    moved("New", "Engage", "2026-11-05", who="bo"),
    touched("2026-11-03", who="ada"),
]
PROBLEMS = [
    Problem(Where("contacts.yaml", 7, 3), "no", "do", "ids", "- id: x", blocks_writing=True),
    Problem(Where("journal.jsonl", 2), "torn", check="journal", is_warning=True),
]
PEOPLE = [
    entry(contact("bo", name="Bo Ångström", email="BO@x.ca", phone="+1 (604) 555-0101")),
    entry(contact("ada", name="Ada King", phone="001 604 555 0102", tags=("vip",), hobby="Chess")),
    entry(contact("ada-2", name="Ada Ångström", email=("ada@x.ca", "a@y.ca"))),
]


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    schema = Schema({}).with_seen(["hobby"])
    made = build(
        None,
        Filling(
            PEOPLE, EVENTS, PROBLEMS, schema, {"looks": "[1]", "own_fields": '["email", "hobby"]'}
        ),
    )
    yield made
    made.close()


def ids(entries: list[Entry]) -> list[str]:
    return [each.contact.id for each in entries]


def test_contacts_are_found_by_their_exact_ids(index: Index) -> None:
    found = index.by_ids(["ada-2", "nobody", "bo", "Bo", ""])

    assert list(found) == ["ada-2", "bo"]
    assert found["bo"] == PEOPLE[0]


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("bo@X.CA", ["bo"]),
        ("a@y.ca", ["ada-2"]),
        ("y.ca", []),
        ("1 604 555 0101", ["bo"]),
        ("+1-604-555-0102", ["ada"]),
        ("555-0101", []),
        ("16045550101x", []),
        ("", []),
        ("-", []),
    ],
)
def test_contacts_are_found_by_a_whole_address_however_it_is_written(
    index: Index, address: str, who: list[str]
) -> None:
    assert ids(index.by_address(address)) == who


def test_contacts_are_found_by_the_beginning_of_their_ids(index: Index) -> None:
    assert ids(index.by_prefix("ada", limit=9)) == ["ada", "ada-2"]
    assert ids(index.by_prefix("ada", limit=1)) == ["ada"]
    assert ids(index.by_prefix("da", limit=9)) == []


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("angström", ["ada-2", "bo"]),
        ("ANG ada", ["ada-2"]),
        ("king bo", []),
        ("%", []),
        (" ", []),
    ],
)
def test_contacts_are_found_by_words_of_their_names(
    index: Index, words: str, who: list[str]
) -> None:
    assert ids(index.by_name(words, limit=9)) == who


def test_no_more_names_are_given_than_asked_for(index: Index) -> None:
    assert ids(index.by_name("ada", limit=1)) == ["ada"]


def test_events_come_back_as_they_went_in_and_in_the_order_of_writing(index: Index) -> None:
    assert index.events() == EVENTS


def test_events_are_narrowed_by_contact_operation_day_and_kind(index: Index) -> None:
    assert index.events(contact="ada") == [EVENTS[0], EVENTS[2]]
    assert index.events(contact="ada", since=date(2026, 11, 3)) == [EVENTS[2]]
    assert index.events(op="op1", kinds=["status", "added"]) == [EVENTS[1]]
    assert index.events(op="op2") == []


def test_an_operation_is_known_once_it_is_in_the_journal(index: Index) -> None:
    assert index.knows_op("op1")
    assert not index.knows_op("op2")


def test_the_last_event_is_the_one_with_the_greatest_id(index: Index) -> None:
    assert index.last_event() == EVENTS[2].id


def test_without_events_there_is_no_last_one() -> None:
    empty = build(None, Filling((), (), (), Schema({}), {}))

    assert empty.last_event() == ""
    assert empty.entries(EVERYTHING) == []
    empty.close()


def test_problems_come_back_as_they_went_in(index: Index) -> None:
    assert index.problems() == PROBLEMS


def test_the_fields_that_occur_are_known(index: Index) -> None:
    assert index.own_fields() == ["email", "hobby"]


def test_texts_come_back_with_the_index(index: Index) -> None:
    assert index.meta("looks") == "[1]"
    assert index.meta("nothing") == ""


def test_contacts_are_counted_by_status_and_stage_only(index: Index) -> None:
    assert index.counts(EVERYTHING, "status") == {"New": 3}
    with pytest.raises(ValueError, match="name"):
        index.counts(EVERYTHING, "name")


@pytest.mark.parametrize("field", ["why", "-why"])
def test_nobody_sorts_by_reasons(index: Index, field: str) -> None:
    with pytest.raises(RequestError, match='cannot sort by "why"'):
        index.entries(EVERYTHING, sort=[field])


def test_an_unknown_field_to_sort_by_is_refused_with_the_nearest(index: Index) -> None:
    with pytest.raises(RequestError) as caught:
        index.entries(EVERYTHING, sort=["-nmae"])

    assert caught.value.hint == 'did you mean "name"?'


def test_several_fields_sort_one_after_the_other(index: Index) -> None:
    found = index.entries(EVERYTHING, sort=["status", "-name"])

    assert ids(found) == ["bo", "ada", "ada-2"]


def test_events_hold_every_kind_of_text(index: Index) -> None:
    odd = Event(
        id="x",
        op="o",
        at="2026-11-01T12:00:00+01:00",
        kind="touched",
        contact="ada",
        on="2026-11-01T11:59",
        by="Zoë",
        origin="import x.csv",
        note='"quoted"\n\ttab \U0001f3e1',
        reason="r",
        via="call",
        outcome="reached",
        ref="m1",
        changes={"tags": (("a", "b"), ""), "status": ("", "New")},
        line=12,
    )
    with_odd = build(None, Filling((), [odd], (), Schema({}), {}))
    (back,) = with_odd.events()
    with_odd.close()

    assert back == odd
    assert back.source == odd.source
