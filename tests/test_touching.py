"""Touch, snooze and pin: what is written down, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from leadctl.errors import RequestError
from leadctl.lifecycle import standing
from leadctl.plans import Plan
from leadctl.records import OUTCOMES, VIAS, Contact, FieldEdit
from leadctl.touching import (
    Touch,
    known_word,
    pin,
    snooze,
    touch,
    unpin,
    unsnooze,
)
from tests.people import STAGES, TODAY, contact, stamp


def touch_of(who: Contact, done: Touch, *, status: str = "", reason: str = "") -> Plan:
    return touch(
        [who], done, stages=STAGES, today=TODAY, stamp=stamp(), status=status, reason=reason
    )


def test_a_touch_is_written_down_and_changes_no_field() -> None:
    plan = touch_of(contact(), Touch("Email", "ATTEMPTED", "2026-11-20", "sent the offer", "m1"))

    (event,) = plan.change.events
    assert plan.change.edits == ()
    assert (event.kind, event.via, event.outcome) == ("touched", "email", "attempted")
    assert (event.on, event.note, event.ref) == ("2026-11-20", "sent the offer", "m1")


def test_a_touch_is_a_call_that_reached_somebody_today_unless_told_otherwise() -> None:
    (event,) = touch_of(contact(), Touch()).change.events

    assert (event.via, event.outcome, event.on) == ("call", "reached", "2026-11-22")


@pytest.mark.parametrize("via", VIAS)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_way_and_outcome_restarts_the_clock(via: str, outcome: str) -> None:
    plan = touch_of(contact(status="Engage"), Touch(via, outcome))
    place = standing(contact(status="Engage"), plan.change.events, STAGES)

    assert place.due == date(2026, 11, 29)


def test_a_touch_in_the_future_is_refused() -> None:
    with pytest.raises(RequestError, match="a touch cannot lie in the future: 2026-11-23"):
        touch_of(contact(), Touch(on="2026-11-23"))


def test_one_touch_of_several_people_is_one_operation() -> None:
    people = [contact("al"), contact("bo"), contact("al")]

    plan = touch(people, Touch(), stages=STAGES, today=TODAY, stamp=stamp())

    assert plan.changed == ("al", "bo")
    assert {event.op for event in plan.change.events} == {"op1"}


def test_a_touch_takes_the_pin_off() -> None:
    plan = touch_of(contact(pinned="yes"), Touch())

    assert plan.change.edits == (FieldEdit("ada", "pinned", "yes", ""),)
    assert [event.kind for event in plan.change.events] == ["touched", "unpinned"]


def test_a_touch_leaves_a_snooze_as_it_is() -> None:
    assert touch_of(contact(snoozed_until="2026-12-24"), Touch()).change.edits == ()


def test_a_touch_may_change_the_status_with_the_same_note_and_day() -> None:
    plan = touch_of(contact(), Touch(on="2026-11-21", note="signed"), status="closed")

    touched, moved = plan.change.events
    assert plan.change.edits == (FieldEdit("ada", "status", "New", "Closed"),)
    assert (touched.kind, moved.kind) == ("touched", "status")
    assert (moved.on, moved.note) == ("2026-11-21", "signed")


@pytest.mark.parametrize(
    ("done", "reason", "complaint"),
    [
        (Touch(), "", "needs a note"),
        (Touch(note="wrong number"), "", "needs a reason"),
        (Touch(note="wrong number"), "moved", "is no reason"),
    ],
)
def test_a_touch_with_a_status_meets_the_rules_of_the_status(
    done: Touch, reason: str, complaint: str
) -> None:
    with pytest.raises(RequestError, match=complaint):
        touch_of(contact(), done, status="Disqualified", reason=reason)


def test_a_touch_with_the_status_that_a_contact_has_is_just_a_touch() -> None:
    plan = touch_of(contact(status="Closed"), Touch(), status="Closed")

    assert [event.kind for event in plan.change.events] == ["touched"]


@pytest.mark.parametrize(
    "done", [Touch(via="fax"), Touch(outcome="maybe"), Touch(note="\x00"), Touch(note="\udc80")]
)
def test_a_touch_that_cannot_be_read_is_refused(done: Touch) -> None:
    with pytest.raises(RequestError):
        touch_of(contact(), done)


def test_a_snooze_keeps_its_day_and_its_note() -> None:
    plan = snooze([contact()], date(2026, 12, 24), note="away", today=TODAY, stamp=stamp())

    (event,) = plan.change.events
    assert plan.change.edits == (FieldEdit("ada", "snoozed_until", "", "2026-12-24"),)
    assert (event.kind, event.note) == ("snoozed", "away")


@pytest.mark.parametrize("until", [TODAY, date(2026, 11, 1)])
def test_a_snooze_ends_in_the_future(until: date) -> None:
    with pytest.raises(RequestError, match="is not in the future"):
        snooze([contact()], until, note="", today=TODAY, stamp=stamp())


def test_the_same_snooze_again_is_no_change_unless_there_is_something_to_say() -> None:
    who, until = contact(snoozed_until="2026-12-24"), date(2026, 12, 24)

    silent = snooze([who], until, note="", today=TODAY, stamp=stamp())
    said = snooze([who], until, note="till Christmas", today=TODAY, stamp=stamp())

    assert silent.unchanged == ("ada",)
    assert (said.changed, said.change.edits) == (("ada",), ())
    assert said.change.events[0].changes == {}


def test_a_snooze_is_taken_back() -> None:
    plan = unsnooze([contact(snoozed_until="2026-12-24"), contact("bo")], note="", stamp=stamp())

    assert plan.change.edits == (FieldEdit("ada", "snoozed_until", "2026-12-24", ""),)
    assert plan.change.events[0].kind == "unsnoozed"
    assert plan.unchanged == ("bo",)


def test_a_pin_holds_until_a_touch_or_until_its_last_day() -> None:
    open_end = pin([contact()], None, note="ask", today=TODAY, stamp=stamp())
    today_only = pin([contact()], TODAY, note="", today=TODAY, stamp=stamp())

    assert open_end.change.edits == (FieldEdit("ada", "pinned", "", "yes"),)
    assert (open_end.change.events[0].kind, open_end.change.events[0].note) == ("pinned", "ask")
    assert today_only.change.edits == (FieldEdit("ada", "pinned", "", "2026-11-22"),)


def test_a_pin_does_not_end_in_the_past() -> None:
    with pytest.raises(RequestError, match="2026-11-21 has passed"):
        pin([contact()], date(2026, 11, 21), note="", today=TODAY, stamp=stamp())


def test_a_pin_is_taken_back() -> None:
    plan = unpin([contact(pinned="yes"), contact("bo")], note="done", stamp=stamp())

    assert plan.change.edits == (FieldEdit("ada", "pinned", "yes", ""),)
    assert (plan.change.events[0].kind, plan.change.events[0].note) == ("unpinned", "done")
    assert plan.unchanged == ("bo",)


UNTIL = date(2026, 12, 24)


@pytest.mark.parametrize(
    "plan_with",
    [
        lambda note: snooze([contact()], UNTIL, note=note, today=TODAY, stamp=stamp()),
        lambda note: pin([contact()], UNTIL, note=note, today=TODAY, stamp=stamp()),
        lambda note: unsnooze([contact()], note=note, stamp=stamp()),
        lambda note: unpin([contact()], note=note, stamp=stamp()),
    ],
)
def test_the_notes_of_snoozes_and_pins_hold_no_control_characters(
    plan_with: Callable[[str], Plan],
) -> None:
    with pytest.raises(RequestError, match="the note holds a control character"):
        plan_with("\x1b")


def test_a_word_is_known_in_any_case_and_a_slip_is_answered_with_the_nearest() -> None:
    assert known_word(" CALL ", VIAS, "way to touch somebody") == "call"
    with pytest.raises(RequestError) as caught:
        known_word("mail", VIAS, "way to touch somebody")

    assert caught.value.message == '"mail" is no way to touch somebody'
    assert caught.value.hint == 'did you mean "email"?'
