"""Ids of events: readable, sorted by time, told apart by chance."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.stamps import ALPHABET, encode, event_ids, milliseconds_of
from tests.people import stamp

MILLISECONDS = st.integers(0, 32**9 - 2)
CHANCE = st.integers(0, 2**64)


def first(count: int, milliseconds: int, chance: int) -> list[str]:
    return list(itertools.islice(event_ids(milliseconds, chance), count))


def test_nobody_misreads_an_id() -> None:
    assert len(ALPHABET) == 32
    assert not set("ilou") & set(ALPHABET)


def test_a_number_is_written_in_base_32() -> None:
    assert encode(0, width=3) == "000"
    assert encode(31, width=2) == "0z"
    assert encode(32, width=2) == "10"


@given(st.integers(0, 32**5 - 1), st.integers(0, 32**5 - 1))
def test_encoded_numbers_sort_as_numbers(one: int, other: int) -> None:
    assert (encode(one, width=5) < encode(other, width=5)) == (one < other)


@given(MILLISECONDS, CHANCE)
def test_the_ids_of_one_command_are_different_and_sorted(milliseconds: int, chance: int) -> None:
    ids = first(40, milliseconds, chance)

    assert ids == sorted(set(ids))
    assert {len(each) for each in ids} == {16}


@given(MILLISECONDS, CHANCE)
def test_the_ids_stay_sorted_where_the_counter_starts_anew(milliseconds: int, chance: int) -> None:
    last = 32**7 - 1 - chance % 5

    ids = first(12, milliseconds, last)

    assert ids == sorted(set(ids))
    assert ids[-1][:9] == encode(milliseconds + 1, width=9)


@given(st.integers(0, 32**9 - 2), CHANCE, CHANCE)
def test_an_id_of_a_later_millisecond_sorts_behind(milliseconds: int, one: int, two: int) -> None:
    assert first(1, milliseconds, one) < first(1, milliseconds + 1, two)


def test_an_event_happened_on_the_day_of_the_stamp_unless_told_otherwise() -> None:
    made = stamp(op="x7")

    now, before = made.event("noted", "ada", note="hi"), made.event("noted", "ada", on="2026-11-01")

    assert (now.on, before.on) == ("2026-11-22", "2026-11-01")
    assert (now.op, now.by, now.note) == ("x7", "marta", "hi")
    assert now.id < before.id


@given(MILLISECONDS, CHANCE)
def test_the_time_can_be_read_back_from_an_id(milliseconds: int, chance: int) -> None:
    assert milliseconds_of(first(1, milliseconds, chance)[0]) == milliseconds


@pytest.mark.parametrize("foreign", ["", "0123456789abcde", "0123456789abcdeu", "0123456789ABCDEF"])
def test_an_id_that_leadctl_has_not_made_tells_no_time(foreign: str) -> None:
    assert milliseconds_of(foreign) == 0
