"""Action plans as views: all of them, one with its steps, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from leadctl.lifecycle import overdue_days
from leadctl.planning.action_plans import ActionPlan, Ends, PlanStep
from leadctl.planning.plan_runs import Progress
from leadctl.views import Card, Cell, Column, Row, Section, Table, late_colour

_PLANS = (
    Column("plan", is_whole=True),
    Column("title"),
    Column("steps", is_number=True),
    Column("days", is_number=True),
    Column("running", is_number=True),
)
_STEPS = (
    Column("step", is_whole=True),
    Column("day", is_number=True),
    Column("kind"),
    Column("what", least=20),
    Column("template"),
    Column("unless"),
)


def plan_table(plans: Iterable[ActionPlan], running: Mapping[str, int]) -> Table:
    """A row for each of *plans*; *running* is for how many contacts each runs, by its name."""
    return Table(_PLANS, tuple(_plan(plan, running) for plan in plans), key="plan")


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


def _plan(plan: ActionPlan, running: Mapping[str, int]) -> Row:
    return {
        "plan": plan.name,
        "title": plan.title,
        "steps": len(plan.steps),
        "days": plan.days,
        "running": running.get(plan.name, 0),
    }


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


def progress_table(running: Iterable[tuple[Progress, str]], today: date) -> Table:
    """A row for each plan that runs for somebody, with the name of the contact; next first."""
    rows = [_progress(each, name, today) for each, name in running]
    rows.sort(key=lambda row: (str(row["due"]), str(row["id"])))
    return Table(_PROGRESS, tuple(rows), _PROGRESS_FIELDS)


def running_table(running: Iterable[Progress], today: date) -> Table:
    """The same for one contact."""
    columns = tuple(column for column in _PROGRESS if column.name not in ("id", "name"))
    fields = tuple(name for name in _PROGRESS_FIELDS if name not in ("id", "name"))
    return Table(columns, tuple(_progress(each, "", today) for each in running), fields, key="plan")


def _progress(each: Progress, name: str, today: date) -> Row:
    following = each.left[0]
    return {
        "id": each.contact,
        "name": name or None,
        "plan": each.run.name,
        "since": each.run.start.isoformat() if each.run.start else None,
        "steps": each.total,
        "done": each.done,
        "left": len(each.left),
        "next": following.what or None,
        "kind": following.via or None,
        "due": following.due.isoformat(),
        "overdue_days": overdue_days(following.due, today),
    }


_PROGRESS = (
    Column("id", is_whole=True),
    Column("name", leaves=2),
    Column("plan", is_whole=True),
    Column("since", is_whole=True, leaves=1),
    Column("done", is_number=True, leaves=3),
    Column("left", is_number=True, leaves=4),
    Column("next", least=20),
    Column("due", is_whole=True, tense="due", tint=late_colour),
)
_PROGRESS_FIELDS = (
    "id", "name", "plan", "since", "steps", "done", "left", "next", "kind", "due", "overdue_days",
)  # fmt: skip
