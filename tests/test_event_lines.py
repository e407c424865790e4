"""An event as a line: two readers, one slow and one quick, that never differ."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadctl.event_lines import are_plain, event_of, line_of, quick_reader
from leadctl.records import Event

KEYS = st.sampled_from(
    (
        *("id", "op", "at", "kind", "contact", "on", "note", "undoes", "changes", "follow_ups"),
        *("line", "source", "x"),
    )
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
USUAL: dict[str, Any] = {
    "id": "1m0000000000000a",
    "op": "aaaaaa",
    "at": "2026-11-01T10:00:00+00:00",
    "kind": "touched",
    "contact": "ada",
    "on": "2026-11-01",
}
read_quickly, read_plain = quick_reader(), quick_reader(is_plain=True)


def outcome(read: object, line: bytes) -> object:
    try:
        event: Event = read(line, 7)  # type: ignore[operator]
    except ValueError as error:
        return str(error)
    return event, event.line


def require_same(line: bytes) -> None:
    """Every reader that may be asked says the same of *line*."""
    said = outcome(event_of, line)

    assert outcome(read_quickly, line) == said
    if are_plain(line):
        assert outcome(read_plain, line) == said


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.booleans())
@example({"changes": {"a": ["", ["b", "c"]]}}, True)
@example({"changes": {"a": ["", ["b", 1]]}}, True)
@example({"changes": {"a": ["", "b", "c"]}}, True)
@example({"changes": None}, True)
@example({"follow_ups": None}, True)
@example({"follow_ups": {"k7m2": {}}}, True)
@example({"follow_ups": {"k7m2": None}}, True)
@example({"follow_ups": {"k7m2": {"due": ["", "x"]}, "": {"due": ["x", ["a", "b"]]}}}, True)
@example({"follow_ups": {"k7m2": {"due": ["", "x", "y"]}}}, True)
@example({"follow_ups": {"k7m2": {"due": ["", 1]}}}, True)
@example({"follow_ups": {"k7m2": ["", "x"]}}, True)
@example({"follow_ups": [["k7m2", {"due": ["", "x"]}]]}, True)
@example({"line": 3}, True)
@example({"x": float("nan")}, True)
@example({"x": 10**400}, True)
@example({"line": 10**400, "id": 10**400}, True)
@example({"note": "\ud83d"}, True)
@example({"x": "\ud83d"}, True)
@example({"at": "2026-02-30"}, True)
@example({"id": ""}, True)
@settings(max_examples=1000)
def test_both_readers_say_the_same_of_any_object(data: dict[str, object], is_ascii: bool) -> None:
    text = json.dumps({**USUAL, **data}, ensure_ascii=is_ascii)
    require_same(text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=8), st.integers(0, 150), st.integers(0, 4))
@settings(max_examples=1000)
def test_both_readers_say_the_same_of_a_damaged_line(junk: bytes, at: int, gone: int) -> None:
    line = json.dumps({**USUAL, "x": "y", "changes": {"status": ["New", "Active"]}}).encode()
    require_same(line[:at] + junk + line[at + gone :])


@pytest.mark.parametrize("junk", ["[" * 3_000 + "]" * 3_000, "9" * 5_000, "-" + "9" * 5_000])
def test_both_readers_say_the_same_of_what_is_too_much(junk: str) -> None:
    line = f'{json.dumps(USUAL)[:-1]}, "x": {junk}}}'.encode()

    require_same(line)


@pytest.mark.parametrize("note", ["plain", "Zoë 😀", "a\nb", "\x85", "\u2028", '"', "\\"])
def test_what_is_written_comes_back(note: str) -> None:
    event = Event(
        **USUAL,
        note=note,
        changes={"tags": (("a", "b"), ""), "status": ("", "New")},
        follow_ups={"k7m2": {"what": ("", note), "room": (("a", "b"), "")}, "c40x": {}},
    )

    assert b"\n" not in line_of(event)
    assert read_quickly(line_of(event), 1) == event_of(line_of(event), 1) == event
