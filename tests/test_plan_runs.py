"""Action plans for contacts: what begins, how far it has come, and what ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.errors import RefusedError, RequestError
from leadctl.moves import Move, change_status
from leadctl.planning.action_plans import ActionPlan, Ends, PlanStep, Run, find_plan, read_run
from leadctl.planning.follow_ups import read_follow_up
from leadctl.planning.plan_runs import begin, end_runs, may_end, progress, stop
from leadctl.planning.todo import Ids, finish
from leadctl.plans import Plan
from leadctl.records import Contact, Entry, FollowUp
from leadctl.touching import Touch, touch
from tests.people import STAGES, TODAY, contact, entry, stamp, unplaced

PLAN = ActionPlan(
    "new-lead",
    "New lead",
    (
        PlanStep(0, "say hello", "call"),
        PlanStep(0, "send a card", "email", template="card"),
        PlanStep(31, "look up the street"),
    ),
    Ends(reached=True, statuses=("Active",)),
)


def begun(
    *people: Contact,
    plan: ActionPlan = PLAN,
    start: date = TODAY,
    skipped: tuple[int, ...] = (),
    running: tuple[FollowUp, ...] = (),
    is_query: bool = False,
) -> Plan:
    return begin(
        plan,
        [Entry(each, entry(each).standing, running) for each in people],
        start=start,
        skipped=lambda _: skipped,
        is_query=is_query,
        stamp=stamp(),
        ids=Ids(lambda _: False),
    )


def open_after(plan: Plan) -> tuple[FollowUp, ...]:
    """The follow-ups that the book has once *plan* is carried out."""
    found = []
    for changes in plan.change.follow_ups.values():
        values = {name: new for name, (_, new) in changes.items()}
        if values.get("id"):
            follow_up, problems = read_follow_up(unplaced(values))
            assert follow_up is not None, problems
            found.append(follow_up)
    return tuple(sorted(found, key=lambda each: each.key))


def ended(plan: Plan, left: tuple[FollowUp, ...], action: ActionPlan = PLAN) -> Plan:
    return end_runs(plan, {"ada": left}, [action], stages=STAGES, stamp=stamp())


def dropped(plan: Plan) -> list[str]:
    """What is to be done no more after *plan*."""
    events = [event for event in plan.change.events if event.kind == "dropped"]
    return [str(c["what"][0]) for event in events for c in event.follow_ups.values()]


def touching(outcome: str = "reached", on: str = "") -> Plan:
    done = Touch("call", outcome, on)
    return touch([contact()], done, stages=STAGES, today=TODAY, stamp=stamp())


def test_every_step_becomes_a_follow_up_on_its_day() -> None:
    follow_ups = open_after(begun(contact(owner="marta"), start=date(2027, 1, 31)))

    assert [dict(each.values, id="") for each in follow_ups[2:]] == [
        {
            "id": "",
            "contact": "ada",
            "due": "2027-03-03",
            "what": "look up the street",
            "via": "task",
            "owner": "marta",
            "plan": "new-lead since 2027-01-31",
            "step": "3/3",
        }
    ]
    assert {(each.via, each.step, each.template) for each in follow_ups[:2]} == {
        ("call", "1/3", ""),
        ("email", "2/3", "card"),
    }


def test_all_steps_for_all_contacts_are_one_operation_with_ids_of_their_own() -> None:
    plan = begun(contact("ada"), contact("bea"))

    assert len(plan.change.follow_ups) == 6
    assert {event.op for event in plan.change.events} == {plan.change.op}


def test_a_step_that_is_skipped_is_not_counted() -> None:
    follow_ups = open_after(begun(contact(), skipped=(0,)))

    assert [each.step for each in follow_ups] == ["1/2", "2/2"]


def test_who_needs_no_step_is_named() -> None:
    plan = begun(contact(), skipped=(0, 1, 2))

    assert plan.change.is_empty
    assert plan.notes == ("left out, every step is left out by its `unless`: ada",)


def test_who_is_not_to_be_contacted_has_no_plan() -> None:
    with pytest.raises(RefusedError, match="ada is not to be contacted"):
        begun(contact(do_not_contact="yes"))


def test_nobody_has_the_same_plan_twice_at_a_time() -> None:
    running = open_after(begun(contact()))

    with pytest.raises(RefusedError, match="plan new-lead since 2026-11-22 runs for ada already"):
        begun(contact(), running=running)


def test_another_plan_may_run_beside_it() -> None:
    running = open_after(begun(contact()))

    assert begun(contact(), plan=replace(PLAN, name="other"), running=running).changed == ("ada",)


def test_a_query_leaves_out_who_cannot_have_the_plan() -> None:
    running = open_after(begun(contact()))

    plan = begun(contact(), contact("dot", do_not_contact="yes"), running=running, is_query=True)

    assert plan.change.is_empty
    assert plan.notes == (
        "left out, the plan runs for them already: ada",
        "left out, not to be contacted: dot",
    )


def test_progress_counts_what_is_behind_and_what_is_left() -> None:
    first, *left = open_after(begun(contact()))

    (run,) = progress(left)

    assert first.step == "1/3"
    assert (run.contact, run.run, run.total, run.done) == ("ada", Run("new-lead", TODAY), 3, 1)
    assert run.left == tuple(left)


@pytest.mark.parametrize(
    ("text", "run"),
    [
        ("new-lead since 2026-11-22", Run("new-lead", TODAY)),
        ("new-lead", Run("new-lead")),
        ("new-lead since ever", Run("new-lead since ever")),
        ("a since b since 2026-11-22", Run("a since b", TODAY)),
    ],
)
def test_a_plan_that_somebody_has_edited_is_still_one(text: str, run: Run) -> None:
    assert read_run(text) == run


@given(st.from_regex(r"[a-z0-9][a-z0-9-]*", fullmatch=True), st.dates(date(1900, 1, 1)))
def test_a_run_is_read_as_it_is_written(name: str, start: date) -> None:
    assert read_run(str(Run(name, start))) == Run(name, start)


def test_stopping_drops_what_is_left() -> None:
    left = open_after(begun(contact()))

    plan = stop([Entry(contact(), entry(contact()).standing, left)], "", stamp=stamp(), note="no")

    assert dropped(plan) == ["say hello", "send a card", "look up the street"]
    assert {event.note for event in plan.change.events} == {"no"}


def test_only_what_runs_can_be_stopped() -> None:
    with pytest.raises(RequestError, match="no plan new-lead runs for ada"):
        stop([entry(contact())], "new-lead", stamp=stamp())


def test_a_plan_ends_when_somebody_is_reached() -> None:
    left = open_after(begun(contact()))

    plan = ended(touching(), left)

    assert dropped(plan) == ["say hello", "send a card", "look up the street"]
    assert plan.notes == ("plan new-lead ends: reached (ada)",)
    assert plan.change.events[-1].origin == "plan new-lead"
    assert plan.change.events[-1].op == plan.change.events[0].op


def test_a_plan_goes_on_after_an_attempt() -> None:
    left = open_after(begun(contact()))

    assert ended(touching("attempted"), left) == touching("attempted")


def test_a_touch_from_before_the_plan_does_not_end_it() -> None:
    left = open_after(begun(contact()))

    assert dropped(ended(touching(on="2026-11-21"), left)) == []


def test_a_plan_ends_in_one_of_its_statuses() -> None:
    left = open_after(begun(contact()))
    moves = [(contact(), Move("Active"))]

    plan = ended(change_status(moves, STAGES, TODAY, stamp()), left)

    assert len(dropped(plan)) == 3
    assert plan.notes == ("plan new-lead ends: in status Active (ada)",)


def test_a_plan_goes_on_in_other_statuses() -> None:
    left = open_after(begun(contact()))

    plan = ended(change_status([(contact(), Move("Engage"))], STAGES, TODAY, stamp()), left)

    assert dropped(plan) == []


def test_a_plan_whose_file_is_gone_runs_to_its_last_step() -> None:
    left = open_after(begun(contact()))

    assert dropped(ended(touching(), left, replace(PLAN, name="other"))) == []


def done(follow_up: FollowUp) -> Plan:
    return finish([follow_up], {"ada": contact()}, Touch(via=""), today=TODAY, stamp=stamp())


def test_a_call_of_the_plan_that_reaches_somebody_ends_it() -> None:
    call, *left = open_after(begun(contact()))
    assert call.via == "call"

    plan = ended(done(call), (call, *left))

    # What is done goes by itself.
    assert dropped(plan) == ["send a card", "look up the street"]


def test_a_mail_of_the_plan_that_is_sent_has_reached_nobody_yet() -> None:
    call, mail, task = open_after(begun(contact()))
    assert mail.via == "email"

    assert dropped(ended(done(mail), (call, mail, task))) == []


def test_follow_ups_of_no_plan_stay() -> None:
    own, _ = read_follow_up(unplaced({"id": "k7m2", "contact": "ada", "due": "2026-11-30"}))
    assert own is not None

    assert dropped(ended(touching(), (own,))) == []


def test_a_plan_concerns_who_is_reached_or_moved() -> None:
    assert may_end(touching()) == ("ada",)
    assert may_end(touching("attempted")) == ()
    assert may_end(begun(contact())) == ()


def test_a_plan_that_is_not_there_is_suggested() -> None:
    with pytest.raises(RequestError, match='no plan "newlead"') as caught:
        find_plan([PLAN], "newlead")

    assert caught.value.hint == 'did you mean "new-lead"?'
