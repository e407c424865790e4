"""Status changes: what a status asks for, in bulk as for one."""

from __future__ import annotations

from datetime import date

import pytest

from leadctl.errors import RequestError
from leadctl.moves import Move, canonical_reason, change_status, missing_for
from leadctl.plans import Plan
from leadctl.problems import Where
from leadctl.records import Contact, FieldEdit
from leadctl.stages import Status
from tests.people import STAGES, TODAY, contact, stages_of, stamp


def change(*moves: tuple[Contact, Move]) -> Plan:
    return change_status(moves, STAGES, TODAY, stamp())


def refusal(*moves: tuple[Contact, Move]) -> RequestError:
    with pytest.raises(RequestError) as caught:
        change(*moves)
    return caught.value


def test_a_move_changes_the_status_and_is_written_down() -> None:
    plan = change((contact(), Move("engage", "called back")))

    (event,) = plan.change.events
    assert plan.change.edits == (FieldEdit("ada", "status", "New", "Engage"),)
    assert (event.kind, event.contact, event.note) == ("status", "ada", "called back")
    assert event.changes == {"status": ("New", "Engage")}
    assert (event.on, event.at, event.by) == ("2026-11-22", "2026-11-22T12:00:00+00:00", "marta")


def test_every_move_is_possible_suggested_or_not() -> None:
    assert change((contact(status="Inactive"), Move("New"))).changed == ("ada",)


def test_a_contact_off_the_pipeline_or_with_an_unknown_status_comes_back_by_a_move() -> None:
    plan = change(
        (contact(status="Gone"), Move("New")), (contact("bo", status="Friend"), Move("New"))
    )

    assert [edit.old for edit in plan.change.edits] == ["Gone", "Friend"]


def test_a_contact_that_is_in_its_status_already_needs_no_note_and_is_left_alone() -> None:
    plan = change((contact(status="Closed"), Move("Closed")))

    assert plan.change.is_empty
    assert plan.unchanged == ("ada",)


def test_an_old_name_in_the_file_counts_as_the_status() -> None:
    assert change((contact(status="Contacted"), Move("Engage"))).unchanged == ("ada",)


def test_an_old_name_in_the_request_gives_the_status_by_its_present_name() -> None:
    plan = change((contact(), Move("contacted")))

    assert plan.change.edits[0].new == "Engage"


def test_a_status_that_needs_a_note_is_not_entered_without_one() -> None:
    error = refusal((contact(), Move("Closed", note="  ")))

    assert error.message == 'a change to "Closed" needs a note'
    assert error.hint == 'say how it came about: -m "…"'
    assert change((contact(), Move("Closed", "deal done"))).changed == ("ada",)


def test_a_missing_note_in_bulk_stops_every_move() -> None:
    error = refusal((contact("al"), Move("Engage")), (contact("bo"), Move("Closed")))

    assert error.message == 'a change to "Closed" needs a note'


def test_who_is_in_the_status_already_does_not_stop_a_bulk_change_without_a_note() -> None:
    plan = change((contact("al", status="Closed"), Move("Closed")), (contact("bo"), Move("Engage")))

    assert (plan.changed, plan.unchanged) == (("bo",), ("al",))


def test_a_status_that_needs_a_reason_is_not_entered_without_one() -> None:
    error = refusal((contact(), Move("Disqualified", "no answer")))

    assert error.message == (
        'a change to "Disqualified" needs a reason, one of: Wrong contact, Wrong industry'
    )
    assert error.hint == 'add --reason "Wrong contact"'


def test_a_reason_is_one_of_the_list_and_is_written_as_the_list_has_it() -> None:
    plan = change((contact(), Move("Disqualified", "baker", "wrong  INDUSTRY")))

    assert plan.change.events[0].reason == "Wrong industry"


def test_another_reason_is_refused_with_the_nearest() -> None:
    error = refusal((contact(), Move("Disqualified", "baker", "wrong industri")))

    assert error.message.startswith('"wrong industri" is no reason for "Disqualified"')
    assert error.message.endswith('; did you mean "Wrong industry"?')
    assert refusal((contact(), Move("Disqualified", "x", "zzz"))).message.endswith("Wrong industry")


def test_where_no_reasons_are_listed_any_reason_is_taken() -> None:
    any_reason = Status("Lost", reason_required=True)

    assert canonical_reason(any_reason, "moved away") == "moved away"
    assert missing_for(any_reason, "", "moved away") == ""
    assert missing_for(any_reason, "", " ") == 'a change to "Lost" needs a reason'
    assert change((contact(), Move("Engage", reason="asked"))).change.events[0].reason == "asked"


def test_a_move_from_a_file_is_refused_at_its_line() -> None:
    line = Where("moves.csv", 7)

    error = refusal((contact(), Move("Disqualified", "x", where=line)))
    unknown = refusal((contact(), Move("Engagd", where=line)))

    assert (error.where, error.hint) == (
        line,
        "give it in the column `note` or `reason` of that line",
    )
    assert (unknown.where, unknown.message) == (line, 'no status named "Engagd"')
    assert unknown.hint == 'did you mean "Engage"?'


def test_a_move_may_be_back_dated() -> None:
    event = change((contact(), Move("Engage", on="2026-11-20"))).change.events[0]

    assert event.day == date(2026, 11, 20)


def test_a_move_in_the_future_is_refused() -> None:
    error = refusal((contact(), Move("Engage", on="2026-11-23")))

    assert error.message == "a status change cannot lie in the future: 2026-11-23"


@pytest.mark.parametrize("move", [Move("Engage", note="a\x1b[2J"), Move("Engage", reason="\x07")])
def test_control_characters_are_refused(move: Move) -> None:
    assert "control character" in refusal((contact(), move)).message


def test_a_reason_without_a_list_is_asked_for_in_general_words() -> None:
    stages = stages_of(
        "default: A\nstatuses:\n  A: {reason: required}\n  B: {touch_every: never}\n"
    )
    with pytest.raises(RequestError) as caught:
        change_status([(contact(status="B"), Move("A"))], stages, TODAY, stamp())

    assert caught.value.hint == 'add --reason "…"'


def test_two_moves_of_one_contact_are_refused_for_nobody_knows_which_is_meant() -> None:
    second = Move("Future", where=Where("moves.csv", 3))
    refused = refusal((contact(), Move("Engage")), (contact(), second))

    assert refused.message == '"ada" is moved twice'
    assert str(refused.where) == "moves.csv:3"
