"""A reason to contact somebody, and the case that it is found in.

Here is what all of them have in common; `clock_reasons` and `day_reasons` find
them, and `ranking` says the same in SQL. docs/reference/prospects.md has every formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leadctl.prospecting.criteria import KEPT
from leadctl.records import Entry
from leadctl.stages import Stages, Status


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason to contact somebody."""

    code: str
    #: For people: "14 days overdue".
    text: str
    #: What it adds to the urgency.
    points: int
    #: How the points come about.
    arithmetic: str
    #: The first day on which it holds; None for one that has none.
    arose: date | None
    #: The next step that it suggests.
    next: str


@dataclass(frozen=True, slots=True)
class Case:
    """A contact on a day, and what is to be known about it."""

    entry: Entry
    stages: Stages
    day: date
    #: The day itself, or a later one if reasons count that only arise until then.
    horizon: date

    @property
    def status(self) -> Status | None:
        """The status of the contact as stages.yaml has it."""
        return self.stages.find(self.entry.standing.status)

    def has_come(self, day: date | None) -> bool:
        """True if *day* is there and has come by the horizon."""
        return day is not None and day <= self.horizon


def is_dismissed(case: Case, reason: Reason) -> bool:
    """True if *reason* was taken off the list and has not arisen anew since."""
    day = case.entry.standing.dismissed.get(reason.code)
    if day is None or reason.code in KEPT:
        return False
    rule = case.stages.criteria.rule(reason.code)
    if rule:
        return day > rule.again.latest(case.horizon)
    return reason.arose is not None and reason.arose <= day


def contact_step(entry: Entry) -> str:
    """How to reach the contact, in a few words."""
    for name, verb in (("phone", "call"), ("email", "write"), ("address", "write to")):
        value = entry.contact.get(name)
        if value:
            return f"{verb} {value[0] if isinstance(value, tuple) else value}"
    return "find a way to reach them"


def how_late(due: date, day: date) -> str:
    """How *due* is related to *day*: 3 days overdue, due today, due in 2 days."""
    late = (day - due).days
    if late == 0:
        return "due today"
    return f"{days(late)} overdue" if late > 0 else f"due in {days(-late)}"


def days(count: int) -> str:
    """*count* days, as one says it."""
    return f"{count} day" if count == 1 else f"{count} days"
