"""Action plans: steps with offsets in days, which become follow-ups of a contact."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from leadctl.dates import parse_stored, quoted
from leadctl.errors import RequestError
from leadctl.matching import did_you_mean
from leadctl.planning.follow_ups import VIAS as KINDS
from leadctl.problems import Where
from leadctl.records import Value

_SINCE = " since "


__all__ = [
    "KINDS",
    "ActionPlan",
    "Ends",
    "PlanStep",
    "Run",
    "ended_by",
    "find_plan",
    "follow_up_fields",
    "read_run",
]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One thing to do, so many days after the plan has begun."""

    day: int
    what: str
    #: One of KINDS.
    kind: str = "task"
    #: The message template for it; empty for none.
    template: str = ""
    #: A query; who it holds for when the plan begins has no such step. Not yet parsed.
    unless: str = ""
    source: Where = field(default=Where(""), compare=False)


@dataclass(frozen=True, slots=True)
class Ends:
    """What ends a plan before its last step."""

    #: A touch that has reached the contact.
    reached: bool = False
    #: Entering one of these statuses, by their names.
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """What is to be done for a contact in the weeks to come, step by step."""

    #: That of its file, without the ending.
    name: str
    title: str
    #: By their days.
    steps: tuple[PlanStep, ...]
    ends: Ends = Ends()

    @property
    def days(self) -> int:
        """The day of the last step."""
        return max((step.day for step in self.steps), default=0)


@dataclass(frozen=True, slots=True)
class Run:
    """A plan as it runs for somebody."""

    name: str
    start: date | None = None

    def __str__(self) -> str:
        return f"{self.name}{_SINCE}{self.start}" if self.start else self.name


def read_run(text: str) -> Run:
    """The run that *text*, the field `plan` of a follow-up, names; somebody may have edited it."""
    name, found, day = text.rpartition(_SINCE)
    try:
        return Run(name, parse_stored(day)) if found else Run(text)
    except ValueError:
        return Run(text)


def follow_up_fields(
    plan: ActionPlan, *, contact: str, start: date, owner: str, skipped: Container[int] = ()
) -> list[dict[str, Value]]:
    """The fields of the follow-ups that *plan* begins with on *start*, all but their ids.

    The steps in *skipped*, by their place from 0, are left out and not counted.
    """
    steps = [step for place, step in enumerate(plan.steps) if place not in skipped]
    return [
        {
            "contact": contact,
            "due": (start + timedelta(days=step.day)).isoformat(),
            "what": step.what,
            "via": step.kind,
            "owner": owner,
            "plan": str(Run(plan.name, start)),
            "step": f"{number}/{len(steps)}",
            "template": step.template,
        }
        for number, step in enumerate(steps, 1)
    ]


def ended_by(plans: Iterable[ActionPlan], status: str, into: str) -> tuple[str, ...]:
    """What to say about those of *plans* that *status* ends, when it becomes a name of *into*."""
    return tuple(
        f"plan {plan.name} ended with {quoted(status)}, and ends with {quoted(into)} now"
        for plan in plans
        if status in plan.ends.statuses and into not in plan.ends.statuses
    )


def find_plan(plans: Iterable[ActionPlan], name: str) -> ActionPlan:
    """The plan *name* among *plans*.

    Raises:
        RequestError: there is none.
    """
    known = {plan.name: plan for plan in plans}
    if name in known:
        return known[name]
    otherwise = f"plans here: {', '.join(known)}" if known else "write plans/NAME.yaml first"
    raise RequestError(f'no plan "{name}"', hint=did_you_mean(name, known, otherwise))
