"""An action plan as it is written: what it declares, and every mistake with its place."""

from __future__ import annotations

import pytest

from leadctl.planning.action_plans import ActionPlan, Ends, PlanStep
from leadctl.planning.action_plans_reading import read_plan, unsound_queries
from leadctl.problems import Problem, Where
from leadctl.store.yaml_reader import read_tree
from tests.people import NO_OWN_FIELDS, STAGES, TODAY

SOUND = """\
title: New lead
steps:
  - {day: 3, kind: email, what: send homes, template: homes}
  - {day: 0, kind: call, what: say hello, unless: 'no:phone'}
  - {day: 3, what: look up the street}
ends: {reached: yes, status: [Active, contacted]}
"""


def read(text: str, name: str = "new-lead") -> tuple[ActionPlan | None, list[Problem]]:
    tree, problems = read_tree(text, "plans/new-lead.yaml")
    assert not problems
    return read_plan(tree, name, Where("plans/new-lead.yaml"), STAGES)


def mistakes(text: str, name: str = "new-lead") -> list[str]:
    plan, problems = read(text, name)
    assert (plan is None) == bool(problems)
    return [f"{each.where.line}:{each.where.column} {each.message}" for each in problems]


def test_every_key_of_a_plan_is_read_and_steps_are_sorted_by_day() -> None:
    plan, problems = read(SOUND)

    assert problems == []
    assert plan == ActionPlan(
        name="new-lead",
        title="New lead",
        steps=(
            PlanStep(0, "say hello", "call", unless="no:phone"),
            PlanStep(3, "send homes", "email", template="homes"),
            PlanStep(3, "look up the street"),
        ),
        ends=Ends(reached=True, statuses=("Active", "Engage")),
    )


def test_a_plan_without_title_and_ends_is_called_by_its_file_and_runs_to_its_end() -> None:
    plan, _ = read("steps: [{day: 0, what: a}]")

    assert plan is not None
    assert (plan.title, plan.ends) == ("new-lead", Ends())


def test_one_status_needs_no_list() -> None:
    plan, _ = read("steps: [{day: 0, what: a}]\nends: {status: Active}\n")

    assert plan is not None
    assert plan.ends.statuses == ("Active",)


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("[]", "1:1 a plan is to hold keys and values, not a list"),
        ("title: x", "0:0 the plan has no steps"),
        ("steps:", "1:7 the plan has no steps"),
        ("steps: []", "1:8 the plan has no steps"),
        ("steps: {a: b}", "1:8 steps is to be a list of steps"),
        ("steps: [call]", '1:9 step 1 is to hold keys and values, not "call"'),
        ("steps: [{day: 1}]", "1:9 step 1 says nothing to do"),
        ("steps: [{what: a}]", "1:9 step 1 has no day"),
        ("steps: [{day: 1, what: }]", "1:24 what has no value"),
        ("steps: [{day: -1, what: a}]", '1:15 day cannot be "-1"'),
        ("steps: [{day: 1.5, what: a}]", '1:15 day cannot be "1.5"'),
        ("steps: [{day: 9999, what: a}]", '1:15 day cannot be "9999"'),
        ("steps: [{day: ２, what: a}]", '1:15 day cannot be "２"'),
        ("steps: [{day: 1, what: a, kind: fax}]", '1:33 kind cannot be "fax"'),
        ("steps: [{day: 1, what: a, knid: call}]", '1:27 unknown key "knid" in step 1'),
        ("step: []\nsteps: [{day: 0, what: a}]", '1:1 unknown key "step" in a plan'),
        ("steps: [{day: 0, what: a}]\nends: {status: Actve}", '2:16 no status named "Actve"'),
        ("steps: [{day: 0, what: a}]\nends: {reached: maybe}", "2:17 reached is yes or no"),
        ("steps: [{day: 0, what: a}]\nends: {reach: yes}", '2:8 unknown key "reach" in ends'),
        ("steps: [{day: 0, what: a}]\nends: soon", "2:7 ends is to hold keys and values"),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, mistake: str) -> None:
    (found,) = mistakes(text)

    assert found.startswith(mistake)


@pytest.mark.parametrize("name", ["New Lead", "größe", "-x", ""])
def test_the_name_of_a_file_has_to_be_one_that_can_be_typed(name: str) -> None:
    assert mistakes(SOUND, name) == [f'0:0 "{name}" cannot be the name of a plan']


def test_an_empty_file_is_a_plan_without_steps() -> None:
    plan, problems = read_plan(None, "new-lead", Where("plans/new-lead.yaml"), STAGES)

    assert plan is None
    assert [problem.message for problem in problems] == ["the plan has no steps"]


def test_an_unless_that_is_no_query_is_found() -> None:
    plan, _ = read("steps: [{day: 0, what: a, unless: 'colour:red'}]")
    assert plan is not None

    (problem,) = unsound_queries([plan], schema=NO_OWN_FIELDS, stages=STAGES, today=TODAY)

    assert (problem.where.line, problem.where.column) == (1, 35)
    assert problem.message.startswith('unless: no field named "colour"')
