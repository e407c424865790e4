"""A change of stages.yaml as one operation: the file, those concerned, what the journal says."""

from __future__ import annotations

import pytest

from leadctl.errors import RefusedError, RequestError
from leadctl.histories import event_row
from leadctl.lifecycle import standing
from leadctl.moves import Move
from leadctl.records import FieldEdit
from leadctl.stage_edits import (
    add_status,
    move_status,
    remove_status,
    rename_status,
    take_in_name,
)
from leadctl.stage_order import Place
from leadctl.stage_plans import (
    leaving_steps,
    mentions,
    require_empty,
    spelling_steps,
    stages_plan,
)
from leadctl.stages import Stages, Status
from tests.people import STAGES, TODAY, contact, event, moved, stages_of, stamp

VIEWS = stages_of("""\
default: New
stages: {Hot: {statuses: [New, Active]}}
statuses: {New: {next: [Active, Idle]}, Active: {next: [New]}, Idle: {aliases: [Lazy]}}
views: {busy: 'status:Active', calm: '-status:New,idle is:due', gone: 'name:Idle status~Idle'}
""")


def names(stages: Stages) -> str:
    return " ".join(status.name for status in stages.statuses)


def test_a_renamed_status_keeps_its_old_name_as_an_alias() -> None:
    after = rename_status(STAGES, "engage", "Talking").stages

    assert after.get("Engage") is after.get("Talking")
    assert after.get("Talking").aliases == ("Contacted", "Engage")
    assert after.get("New").next == ("Talking",)
    assert after.get_stage("Warm").statuses == ("Talking",)


def test_views_follow_a_new_name() -> None:
    after = rename_status(VIEWS, "Idle", "At rest").stages

    assert after.views == {
        "busy": "status:Active",
        "calm": '-status:New,"At rest" is:due',
        "gone": "name:Idle status~Idle",
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Engag", "Talking", 'no status named "Engag"'),
        ("Engage", "active", 'there is a status "Active" already'),
        ("New", "contacted", '"contacted" is an old name of "Engage"'),
        ("New", "  ", "the name of a status cannot be empty"),
        ("New", "a\nb", "the name of a status is one line without tabs"),
        ("New", "a\x1bb", "the name holds a control character"),
        ("New", "x" * 201, "the name of a status has at most 200 characters"),
    ],
)
def test_a_name_that_cannot_be_given_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        rename_status(STAGES, old, new)


def test_the_way_to_make_two_statuses_one_is_told() -> None:
    with pytest.raises(RequestError) as caught:
        rename_status(STAGES, "Engage", "Active")

    assert caught.value.hint == "to make them one: leadctl stages remove Engage --into Active"


def test_a_removed_status_hands_everything_over() -> None:
    after = remove_status(VIEWS, "New", into="Idle").stages

    assert names(after) == "Active Idle"
    assert after.default == "Idle"
    assert after.get("Active").next == ("Idle",)
    assert after.get("Idle").aliases == ("Lazy", "New")
    assert after.get_stage("Hot").statuses == ("Active",)
    assert after.views["calm"] == "-status:idle is:due"


def test_without_one_in_its_place_a_status_leaves_the_lists() -> None:
    after = remove_status(VIEWS, "Idle", into="").stages

    assert after.get("New").next == ("Active",)
    assert after.views["calm"] == "-status:New is:due"
    assert after.find("Lazy") is None


@pytest.mark.parametrize(
    ("name", "into", "message"),
    [
        ("New", "", 'new contacts get the status "New"'),
        ("Active", "", 'view @busy asks for it: "Active" is all that a term of it asks for'),
        ("Idle", "lazy", '"Idle" cannot go into itself'),
        ("Idle", "Nwe", 'no status named "Nwe"'),
    ],
)
def test_a_status_that_is_needed_stays(name: str, into: str, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        remove_status(VIEWS, name, into=into)


def test_a_status_that_contacts_have_is_not_removed_without_another() -> None:
    with pytest.raises(RefusedError) as caught:
        require_empty(STAGES.get("Engage"), 12)

    assert caught.value.message == '12 contacts are in "Engage"'
    assert caught.value.hint == ("say where they go: leadctl stages remove Engage --into Active")


def test_a_new_status_belongs_to_its_stage() -> None:
    edit = add_status(VIEWS, Status("Offer", stage="hot"), place=Place(before="active"))

    assert names(edit.stages) == "New Offer Active Idle"
    assert edit.stages.get_stage("Hot").statuses == ("New", "Offer", "Active")
    assert edit.stages.get("Offer").outcome == "open"
    assert edit.what == 'added "Offer" to "Hot"'


def test_a_new_status_stands_at_the_end_of_its_stage_or_of_all() -> None:
    in_stage = add_status(VIEWS, Status("Offer", stage="Hot"), place=Place()).stages
    alone = add_status(VIEWS, Status("Offer"), place=Place()).stages

    assert names(in_stage) == "New Active Offer Idle"
    assert names(alone) == "New Active Idle Offer"


def test_a_place_is_said_in_one_way() -> None:
    with pytest.raises(RequestError, match="only one of --after"):
        Place(after="New", is_first=True)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        (Place(), "it is not said where to"),
        (Place(after="Idle"), '"Idle" cannot stand beside itself'),
        (Place(before="Nwe"), 'no status named "Nwe"'),
    ],
)
def test_a_place_that_is_none_is_refused(place: Place, message: str) -> None:
    with pytest.raises(RequestError, match=message):
        move_status(VIEWS, "Idle", place, stage=None)


def test_a_status_that_stands_there_already_does_not_move() -> None:
    edit = move_status(VIEWS, "Idle", Place(after="Active"), stage="")

    assert (edit.what, edit.stages) == ("", VIEWS)


def test_the_file_is_an_event_of_its_own_and_counts_as_no_contact() -> None:
    edit = rename_status(STAGES, "New", "Fresh")
    steps = spelling_steps([contact("ada"), contact("bo", status="new")], "Fresh", stamp())
    plan = stages_plan(edit, ("before\n", "after\n"), stamp(), steps)

    assert plan.changed == ("ada", "bo")
    assert plan.change.texts == {"stages.yaml": ("before\n", "after\n")}
    assert plan.change.edits[1] == FieldEdit("bo", "status", "new", "Fresh")
    assert [(each.kind, each.contact) for each in plan.change.events] == [
        *(("stages", "stages.yaml"), ("edited", "ada"), ("edited", "bo"))
    ]
    assert plan.change.events[0].changes == {"stages.yaml": ("before\n", "after\n")}
    assert {each.op for each in plan.change.events} == {"op1"}


def test_the_ids_of_the_events_go_upwards() -> None:
    one = stamp()
    steps = spelling_steps([contact("ada"), contact("bo")], "Fresh", one)
    plan = stages_plan(rename_status(STAGES, "New", "Fresh"), ("a", "b"), one, steps)
    ids = [event.id for event in plan.change.events]

    assert len(ids) == 3
    assert ids == sorted(ids)


def test_history_does_not_print_the_file() -> None:
    plan = stages_plan(rename_status(STAGES, "New", "Fresh"), ("a", "b"), stamp())
    row = event_row(plan.change.events[0])

    assert row["what"] == "stages.yaml changed"
    assert row["note"] == 'renamed "New" to "Fresh"'
    assert row["changes"] == ()


def test_without_any_difference_nothing_is_planned() -> None:
    plan = stages_plan(rename_status(STAGES, "New", "New"), ("a", "a"), stamp())

    assert plan.change.is_empty


def test_a_new_name_is_no_move_for_the_clock() -> None:
    who = contact(status="Talking")
    stages = rename_status(STAGES, "Engage", "Talking").stages
    past = [moved("New", "Engage", "2026-09-01")]
    (step,) = spelling_steps([contact(status="Engage")], "Talking", stamp())

    assert str(standing(who, [*past, *step.events], stages).since) == "2026-09-01"


def test_to_go_into_another_status_is_a_move_for_the_clock() -> None:
    stages = remove_status(STAGES, "Engage", into="Active").stages
    past = [moved("New", "Engage", "2026-09-01")]
    engaged = contact(status="Engage")
    (step,) = leaving_steps([engaged], Move("Active"), STAGES, TODAY, stamp())

    assert str(standing(contact(status="Active"), past, stages).since) == "2026-09-01"
    assert standing(contact(status="Active"), [*past, *step.events], stages).since == TODAY


def test_an_edited_status_that_is_another_one_is_a_move() -> None:
    past = [event("edited", "2026-10-01", changes={"status": ("New", "Engage")})]

    assert str(standing(contact(status="Engage"), past, STAGES).since) == "2026-10-01"


def test_what_the_next_status_asks_for_is_asked_for() -> None:
    with pytest.raises(RequestError, match='a change to "Closed" needs a note'):
        list(leaving_steps([contact()], Move("Closed"), STAGES, TODAY, stamp()))


def test_a_name_that_the_file_has_lost_leads_to_the_new_one() -> None:
    after = take_in_name(STAGES, "Talking", "engage").stages

    assert after.get("talking") is after.get("Engage")


def test_old_events_of_a_status_are_counted() -> None:
    events = [moved("New", "Contacted", "2026-09-01"), moved("Active", "Closed", "2026-09-02")]

    assert mentions(events, STAGES.get("Engage"), STAGES) == 1
