"""Reads an action plan: located tree → `ActionPlan`, and every mistake with a place and a hint."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from operator import attrgetter

from leadctl.dates import quoted
from leadctl.errors import RequestError
from leadctl.fields import Schema
from leadctl.located import Node, Scalar, Sequence
from leadctl.matching import did_you_mean, fold
from leadctl.planning.action_plans import KINDS, ActionPlan, Ends, PlanStep
from leadctl.problems import Problem, Where
from leadctl.settings import Reading, is_empty
from leadctl.stages import Stages

#: The keys of each level; the page of the reference has the same ones.
PLAN_KEYS = ("title", "steps", "ends")
STEP_KEYS = ("day", "kind", "what", "template", "unless")
END_KEYS = ("reached", "status")
#: Nobody plans a step for more than ten years ahead.
LAST_DAY = 3650
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_CHECK = "plans"


def read_plan(
    tree: Node | None, name: str, where: Where, stages: Stages
) -> tuple[ActionPlan | None, list[Problem]]:
    """The plan *name* that *tree* declares, and all that is wrong with it.

    It is None if a problem is more than a warning. *where* is the file; the queries of `unless`
    are not parsed here.
    """
    reading = Reading(_CHECK)
    if not _NAME.fullmatch(name):
        proposed = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
        hint = f"rename the file: a-z, 0-9 and -, such as {proposed or 'new-lead'}.yaml"
        reading.error(where, f"{quoted(name)} cannot be the name of a plan", hint)
    given = reading.settings(tree, "a plan", PLAN_KEYS)
    plan = (
        ActionPlan(name, name, ()) if given is None else _plan(reading, name, where, given, stages)
    )
    problems = sorted(reading.problems, key=lambda each: (each.where.line, each.where.column))
    return (None if reading.has_errors else plan), problems


def unsound_queries(
    plans: Iterable[ActionPlan], *, schema: Schema, stages: Stages, today: date
) -> list[Problem]:
    """A problem for each `unless` of *plans* that is no query in this book."""
    from leadctl.query.language import parse_query

    problems = []
    for step in (step for plan in plans for step in plan.steps if step.unless):
        try:
            parse_query(step.unless, schema=schema, stages=stages, today=today)
        except RequestError as error:
            message = f"unless: {error.message}"
            problems.append(Problem(step.source, message, error.hint, _CHECK))
    return problems


def unknown_templates(plans: Iterable[ActionPlan], known: Collection[str]) -> list[Problem]:
    """A warning for each template of *plans* that is not among those *known*."""
    steps = (step for plan in plans for step in plan.steps)
    return [
        Problem(
            step.source,
            f"there is no template {quoted(step.template)}",
            did_you_mean(step.template, known, f"write it: templates/{step.template}.md"),
            _CHECK,
            is_warning=True,
        )
        for step in steps
        if step.template and step.template not in known
    ]


def _plan(
    reading: Reading, name: str, where: Where, given: Mapping[str, Node], stages: Stages
) -> ActionPlan:
    title = reading.text(given.get("title"), "title")
    steps = given.get("steps")
    found: list[PlanStep] = []
    if steps is None or is_empty(steps):
        hint = "list some: `steps: [{day: 0, kind: call, what: say hello}]`"
        reading.error(steps.where if steps else where, "the plan has no steps", hint)
    elif isinstance(steps, Sequence):
        read = (_step(reading, item, number) for number, item in enumerate(steps.items, 1))
        found = [step for step in read if step]
    else:
        hint = "begin each step with a dash: `- day: 0`"
        reading.error(steps.where, "steps is to be a list of steps", hint)
    # In the order of their days, and those of one day as they are written.
    ordered = tuple(sorted(found, key=attrgetter("day")))
    return ActionPlan(
        name, title.text if title else name, ordered, _ends(reading, given.get("ends"), stages)
    )


def _step(reading: Reading, node: Node, number: int) -> PlanStep | None:
    given = reading.settings(node, f"step {number}", STEP_KEYS)
    if given is None:
        return None
    day = _day(reading, node, given.get("day"), number)
    what = reading.text(given.get("what"), "what")
    if "what" not in given:
        hint = "say what is to be done: `what: ask about the budget`"
        reading.error(node.where, f"step {number} says nothing to do", hint)
    kind = reading.word(given.get("kind"), "kind", KINDS) or "task"
    template, unless = (reading.text(given.get(key), key) for key in ("template", "unless"))
    if day is None or what is None:
        return None
    return PlanStep(
        day,
        what.text,
        kind,
        template.text if template else "",
        unless.text if unless else "",
        source=unless.where if unless else node.where,
    )


def _day(reading: Reading, node: Node, given: Node | None, number: int) -> int | None:
    if given is None:
        hint = "say how many days after the start: `day: 0` is the first one"
        reading.error(node.where, f"step {number} has no day", hint)
    text = reading.text(given, "day")
    if text is None:
        return None
    if re.fullmatch(r"[0-9]{1,5}", text.text) and int(text.text) <= LAST_DAY:
        return int(text.text)
    hint = f"a whole number of days after the start, from 0 to {LAST_DAY}"
    reading.error(text.where, f"day cannot be {quoted(text.text)}", hint)
    return None


def _ends(reading: Reading, node: Node | None, stages: Stages) -> Ends:
    given = reading.settings(node, "ends", END_KEYS)
    if given is None:
        return Ends()
    words = _one_or_more(reading, given.get("status"))
    names = [_status(reading, word, stages) for word in words]
    return Ends(
        reading.flag(given.get("reached"), "reached", default=False),
        tuple(dict.fromkeys(name for name in names if name)),
    )


def _one_or_more(reading: Reading, node: Node | None) -> tuple[Scalar, ...]:
    if isinstance(node, Scalar):
        text = reading.text(node, "status")
        return (text,) if text else ()
    return reading.texts(node, "status")


def _status(reading: Reading, word: Scalar, stages: Stages) -> str:
    status = stages.find(word.text)
    if status is None:
        names = [each.name for each in stages.statuses]
        hint = did_you_mean(word.text, names, f"statuses here: {', '.join(names)}")
        reading.error(word.where, f"no status named {quoted(word.text)}", hint)
    return status.name if status else ""
