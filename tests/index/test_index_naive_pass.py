"""The index held against a plain pass over the contacts: the same people, order, counts, values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.contacts import split_values
from leadctl.index.cache import build
from leadctl.index.index import Index
from leadctl.index.material import Filling
from leadctl.query.language import parse_query
from leadctl.query.sql import EVERYTHING
from leadctl.records import Entry, Event
from tests.index.naive_pass import ENTRIES, QUERIES, SCHEMA, SORTS, STAGES, TELLING, plain
from tests.people import TODAY


@contextmanager
def index_of(entries: Sequence[Entry], events: Sequence[Event] = ()) -> Iterator[Index]:
    index = build(None, Filling(entries, events, (), SCHEMA, {}))
    try:
        yield index
    finally:
        index.close()


def by_id(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda each: each.contact.id)


@settings(max_examples=80, deadline=None)
@given(ENTRIES)
def test_every_query_finds_whom_a_plain_pass_finds(entries: list[Entry]) -> None:
    with index_of(entries) as index:
        for text, holds in QUERIES.items():
            query = parse_query(text, schema=SCHEMA, stages=STAGES, today=TODAY)
            expected = [each for each in by_id(entries) if holds(each)]

            assert index.entries(query) == expected, text
            assert index.count(query) == len(expected), text


@settings(max_examples=60, deadline=None)
@given(ENTRIES)
def test_every_order_is_that_of_a_plain_sort_with_the_unknown_last(entries: list[Entry]) -> None:
    with index_of(entries) as index:
        for name, key in SORTS.items():
            known = [each for each in by_id(entries) if key(each) is not None]
            unknown = [each for each in by_id(entries) if key(each) is None]
            up = sorted(known, key=key)  # type: ignore[arg-type]  # all keys of a field compare
            down = sorted(known, key=key, reverse=True)  # type: ignore[arg-type]

            assert index.entries(EVERYTHING, sort=[name], known=SCHEMA) == up + unknown, name
            assert index.entries(EVERYTHING, sort=[f"-{name}"], known=SCHEMA) == down + unknown


@settings(max_examples=60, deadline=None)
@given(ENTRIES, st.sampled_from(list(QUERIES)), st.integers(1, 4))
def test_counts_values_and_limits_are_those_of_a_plain_pass(
    entries: list[Entry], text: str, limit: int
) -> None:
    query = parse_query(text, schema=SCHEMA, stages=STAGES, today=TODAY)
    chosen = [each for each in by_id(entries) if QUERIES[text](each)]
    with index_of(entries) as index:
        assert index.entries(query, limit=limit) == chosen[:limit]
        assert index.counts(query, "status") == Counter(e.standing.status for e in chosen)
        assert index.counts(query, "stage") == Counter(e.standing.stage for e in chosen)
        for field in ("tags", "hobby", "email", "status"):
            assert index.values(field, query) == plain_values(chosen, field)


def plain_values(chosen: Sequence[Entry], field: str) -> list[tuple[str, int]]:
    having: dict[str, set[str]] = {}
    spelt: dict[str, set[str]] = {}
    for each in chosen:
        for text in split_values(each.contact.get(field)):
            having.setdefault(plain(text), set()).add(each.contact.id)
            spelt.setdefault(plain(text), set()).add(text)
    counted = [(min(spelt[key]), len(ids)) for key, ids in having.items()]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))


@pytest.mark.parametrize("text", [text for text in QUERIES if text])
def test_every_query_tells_people_apart(text: str) -> None:
    assert {QUERIES[text](each) for each in TELLING} == {True, False}


@pytest.mark.parametrize("text", QUERIES)
def test_every_query_finds_the_people_that_it_tells_apart(text: str) -> None:
    query = parse_query(text, schema=SCHEMA, stages=STAGES, today=TODAY)
    with index_of(TELLING) as index:
        assert index.entries(query) == [each for each in TELLING if QUERIES[text](each)]
