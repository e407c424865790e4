"""What counts after an undo and an undo of that, and which operation a word means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from leadctl.errors import RequestError
from leadctl.records import Event
from leadctl.rewinding import as_known_on
from leadctl.undoing import find_operation, last_operation
from leadctl.what_counts import effective, voided
from tests.people import TODAY
from tests.undone import ADA, added, did, undone


def ops(events: Sequence[Event]) -> list[str]:
    return [each.op for each in events]


def test_an_operation_that_is_undone_does_not_count_nor_does_the_undo() -> None:
    events = [did("a"), did("b"), undone("a", "c")]

    assert ops(effective(events)) == ["b"]
    assert voided(events) == {"a": "c"}


def test_undoing_an_undo_brings_the_operation_back() -> None:
    events = [did("a"), undone("a", "b"), undone("b", "c")]

    assert ops(effective(events)) == ["a"]
    assert voided(events) == {"b": "c"}


def test_every_further_undo_of_a_chain_turns_it_round() -> None:
    chain = [did("a"), undone("a", "b"), undone("b", "c"), undone("c", "d"), undone("d", "e")]

    counts = [ops(effective(chain[:length])) for length in range(1, 6)]

    assert counts == [["a"], [], ["a"], [], ["a"]]


def test_an_operation_can_be_undone_again_after_it_was_brought_back() -> None:
    events = [did("a"), undone("a", "b"), undone("b", "c"), undone("a", "d")]

    assert effective(events) == ()
    assert voided(events) == {"a": "d", "b": "c"}


def test_the_last_operation_is_neither_an_undo_nor_undone() -> None:
    assert last_operation([did("a"), did("b"), undone("b", "c")]) == "a"
    with pytest.raises(RequestError, match="nothing to undo"):
        last_operation([did("a"), undone("a", "b")])


def test_an_operation_is_found_by_how_its_id_begins() -> None:
    events = [did("abc123"), did("abd999"), did("x")]

    assert find_operation("abc", events) == "abc123"
    assert find_operation("ABD9", events) == "abd999"
    assert find_operation("x", events) == "x"


@pytest.mark.parametrize(
    ("word", "message", "hint"),
    [
        ("ab", '"ab" may be several operations', "abc123, abd999"),
        ("abx123", 'no operation "abx123"', 'did you mean "abc123"? `leadctl history` shows the'),
        ("zzz", 'no operation "zzz"', "`leadctl history` shows the ids"),
        ("", 'no operation ""', "`leadctl history` shows the ids"),
    ],
)
def test_an_operation_that_is_not_there_is_told(word: str, message: str, hint: str) -> None:
    with pytest.raises(RequestError) as caught:
        find_operation(word, [did("abc123"), did("abd999")])

    assert caught.value.message == message
    assert caught.value.hint.startswith(hint)


def test_on_a_day_between_an_operation_and_its_undo_it_counts() -> None:
    gone = replace(undone("add", "b"), changes={n: (v, "") for n, v in ADA.values.items()})
    events = [added(), replace(did("call"), on="2026-11-03", at="2026-11-03T09:00:00+00:00")]
    events += [undone("call", "u"), gone]

    before, _ = as_known_on(events[0].day.replace(day=5), [], events)
    after, _ = as_known_on(TODAY, [], events)
    _, known = as_known_on(events[0].day.replace(day=5), [], events)

    assert [who.values for who in before] == [ADA.values]
    assert after == ()
    assert ops(effective(known)) == ["add", "call"]
