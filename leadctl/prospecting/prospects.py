"""The prospect list: whom to contact on a day, why, and in what order.

The urgency of a contact is the sum of the points of its reasons, so that what was promised comes
first, then what you asked for by hand, then new leads, then days that come only once a year, then
who has waited longest for their kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from leadctl.lifecycle import is_snoozed
from leadctl.prospecting.clock_reasons import CLOCK_REASONS
from leadctl.prospecting.day_reasons import DAY_REASONS, of_rule
from leadctl.prospecting.reasons import Case, Reason, is_dismissed
from leadctl.records import Entry
from leadctl.stages import Stages


@dataclass(frozen=True, slots=True)
class Prospect:
    """A contact on the prospect list."""

    entry: Entry
    #: At least one, strongest first.
    reasons: tuple[Reason, ...]

    @property
    def urgency(self) -> int:
        """The sum of the points of all reasons."""
        return sum(reason.points for reason in self.reasons)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reasons, strongest first."""
        return tuple(reason.code for reason in self.reasons)

    @property
    def suggestion(self) -> str:
        """The next step, in a few words: that of the strongest reason."""
        return self.reasons[0].next


def prospects(
    entries: Iterable[Entry],
    stages: Stages,
    day: date,
    *,
    ahead_days: int = 0,
    keep_order: bool = False,
) -> list[Prospect]:
    """Those of *entries* that are on the list on *day*, most urgent first, ties by due day and id.

    With *ahead_days* also those that will be, within so many days; with *keep_order* in the order
    in which they came.
    """
    found = []
    for entry in entries:
        reasons = reasons_for(entry, stages, day, ahead_days=ahead_days)
        if reasons:
            found.append(Prospect(entry, reasons))
    return found if keep_order else sorted(found, key=_order)


def reasons_for(
    entry: Entry, stages: Stages, day: date, *, ahead_days: int = 0
) -> tuple[Reason, ...]:
    """Why *entry* is on the list on *day*, strongest first; empty if it is not."""
    case = case_of(entry, stages, day, ahead_days=ahead_days)
    if barriers(entry, case.horizon):
        return ()
    found = [reason for reason in reasons_of(case) if not is_dismissed(case, reason)]
    return tuple(sorted(found, key=lambda reason: -reason.points))


def case_of(entry: Entry, stages: Stages, day: date, *, ahead_days: int = 0) -> Case:
    """What the reasons of *entry* on *day*, or within so many days, are found in."""
    try:
        horizon = day + timedelta(days=ahead_days)
    except OverflowError:
        horizon = date.max
    return Case(entry, stages, day, horizon)


def reasons_of(case: Case) -> Iterator[Reason]:
    """Every reason that holds in *case* and counts in the book, dismissed ones included."""
    for code, find in (DAY_REASONS | CLOCK_REASONS).items():
        if code in case.stages.criteria.on:
            yield from find(case)
    for rule in case.stages.criteria.rules:
        if rule.name in case.entry.rules:
            yield from of_rule(case, rule)


def barriers(entry: Entry, day: date) -> tuple[str, ...]:
    """What keeps *entry* off the list whatever its reasons are."""
    contact = entry.contact
    if contact.do_not_contact:
        return ("marked do-not-contact, which is stronger than every reason",)
    if is_snoozed(contact, day):
        return (f"snoozed until {contact.snoozed_until}",)
    return ()


def _order(prospect: Prospect) -> tuple[int, date, str]:
    return (
        -prospect.urgency,
        prospect.entry.standing.due or date.max,
        prospect.entry.contact.id,
    )
