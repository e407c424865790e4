"""Action plans as views: all of them, one with its steps, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from leadctl.action_plans import ActionPlan, Ends, PlanStep
from leadctl.views import Card, Cell, Column, Row, Section, Table

_PLANS = (
    Column("plan"),
    Column("title"),
    Column("steps", is_number=True),
    Column("days", is_number=True),
    Column("running", is_number=True),
)
_STEPS = (
    Column("step"),
    Column("day", is_number=True),
    Column("kind"),
    Column("what"),
    Column("template"),
    Column("unless"),
)


def plan_table(plans: Iterable[ActionPlan], running: Mapping[str, int]) -> Table:
    """A row for each of *plans*; *running* is for how many contacts each runs, by its name."""
    rows = tuple(
        {
            "plan": plan.name,
            "title": plan.title,
            "steps": len(plan.steps),
            "days": plan.days,
            "running": running.get(plan.name, 0),
        }
        for plan in plans
    )
    return Table(_PLANS, rows, key="plan")


def plan_card(plan: ActionPlan, running: int) -> Card:
    """*plan* with all of its steps; *running* is for how many contacts it runs."""
    rows = tuple(_step(step, number, plan) for number, step in enumerate(plan.steps, 1))
    data: dict[str, Cell] = {
        "plan": plan.name,
        "title": plan.title,
        "ends_reached": plan.ends.reached,
        "ends_status": plan.ends.statuses,
        "running": running,
    }
    lines = [("ends", _ends(plan.ends)), ("running", _running(running))]
    table = Table(_STEPS, rows, key="step")
    return Card(f"{plan.title} ({plan.name})", tuple(lines), data, (Section("steps", table),))


def _step(step: PlanStep, number: int, plan: ActionPlan) -> Row:
    return {
        "step": f"{number}/{len(plan.steps)}",
        "day": step.day,
        "kind": step.kind,
        "what": step.what,
        "template": step.template or None,
        "unless": step.unless or None,
    }


def _ends(ends: Ends) -> str:
    causes = ["when somebody is reached"] if ends.reached else []
    if ends.statuses:
        causes.append(f"in status {', '.join(ends.statuses)}")
    return "; ".join(causes) if causes else "with its last step"


def _running(count: int) -> str:
    return f"for {count} contact{'' if count == 1 else 's'}" if count else "for nobody"
