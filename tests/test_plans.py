"""Steps as one plan, and the checks that all of them share."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.errors import RequestError
from leadctl.plans import Plan, Step, edits_of, plan, require_past, require_text
from leadctl.records import Change, FieldEdit
from tests.people import TODAY, moved, stamp, touched


def test_steps_become_one_change_in_their_order() -> None:
    one, other = moved("New", "Engage", "2026-11-22", who="al"), touched("2026-11-22", who="bo")
    edits = edits_of("al", {"status": ("New", "Engage")})

    made = plan(stamp(op="x7"), [Step("al", (one,), edits), Step("bo", (other,)), Step("cy")])

    assert made == Plan(Change(op="x7", edits=edits, events=(one, other)), ("cy",))
    assert made.changed == ("al", "bo")


def test_a_contact_that_is_named_twice_counts_once() -> None:
    made = plan(stamp(), [Step("al", (touched("2026-11-22", who="al"),))] * 2 + [Step("bo")] * 2)

    assert (made.changed, made.unchanged) == (("al",), ("bo",))
    assert len(made.change.events) == 1


def test_a_contact_with_several_events_is_one_changed_contact() -> None:
    events = (touched("2026-11-22"), moved("New", "Engage", "2026-11-22"))

    assert plan(stamp(), [Step("ada", events)]).changed == ("ada",)


def test_no_steps_are_nothing_to_write() -> None:
    assert plan(stamp(), []).change.is_empty


def test_edits_keep_the_order_of_the_fields() -> None:
    assert edits_of("al", {"b": ("", "1"), "a": ("x", "")}) == (
        FieldEdit("al", "b", "", "1"),
        FieldEdit("al", "a", "x", ""),
    )


@pytest.mark.parametrize("on", ["", "2026-11-22", "2026-11-22T23:59", "2020-01-01"])
def test_today_and_before_is_no_future(on: str) -> None:
    require_past(on, TODAY, "a touch")


@given(st.dates(date(2026, 11, 23), date(9998, 1, 1)))
def test_every_later_day_is_refused(day: date) -> None:
    with pytest.raises(RequestError, match="cannot lie in the future"):
        require_past(day.isoformat(), TODAY, "a touch")


@pytest.mark.parametrize("text", ["", "two\nlines\tand a tab", "naïve 🏡 日本", "\u202e"])
def test_text_that_a_file_and_a_terminal_can_hold_is_taken_as_it_is(text: str) -> None:
    assert require_text(text, "the note") == text


@pytest.mark.parametrize("text", ["\x00", "a\x1b[31m", "a\rb", "\x7f", "\x85", "\x9f"])
def test_control_characters_are_refused_by_name(text: str) -> None:
    with pytest.raises(RequestError, match=r"^the note holds a control character \('\\x|'\\r"):
        require_text(text, "the note")


@pytest.mark.parametrize("text", ["\ud800", "caf\udce9"])
def test_bytes_that_are_no_utf_8_are_refused(text: str) -> None:
    with pytest.raises(RequestError, match="the note is not valid UTF-8"):
        require_text(text, "the note")
