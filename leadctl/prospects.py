"""The prospect list: whom to contact on a day, why, in what order, and why others are not on it.

The urgency of a contact is the sum of the points of its reasons:

    pinned by hand     2000
    never contacted    1000 + 10 a day since it was due, at most 500
    touch due           100 + 100 for each interval that has passed since, at most 900
    too long there       10 + 1 a day past the limit, at most 50

so that what the user asked for comes first, then new leads, then who has waited longest for
their kind; a status with a short interval becomes urgent sooner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from leadctl.lifecycle import is_pinned, is_snoozed, overdue_days, touch_interval
from leadctl.records import Entry
from leadctl.stages import Stages

PINNED = "pinned"
NEVER_CONTACTED = "never_contacted"
TOUCH_DUE = "touch_due"
STUCK = "stuck"

#: Stable code of each reason, and what it stands for.
REASONS: dict[str, str] = {
    PINNED: "pinned by hand",
    NEVER_CONTACTED: "no touch yet, and the first one is due",
    TOUCH_DUE: "the time since the last touch has reached the touch interval",
    STUCK: "in the status for longer than its limit",
}


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


@dataclass(frozen=True, slots=True)
class Prospect:
    """A contact on the prospect list."""

    entry: Entry
    reasons: tuple[Reason, ...]
    #: The next step, in a few words.
    suggestion: str

    @property
    def urgency(self) -> int:
        """The sum of the points of all reasons."""
        return sum(reason.points for reason in self.reasons)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the reasons, strongest first."""
        return tuple(reason.code for reason in self.reasons)


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
            found.append(Prospect(entry, reasons, _suggestion(entry, reasons, stages)))
    return found if keep_order else sorted(found, key=_order)


def reasons_for(
    entry: Entry, stages: Stages, day: date, *, ahead_days: int = 0
) -> tuple[Reason, ...]:
    """Why *entry* is on the list on *day*, strongest first; empty if it is not."""
    horizon = day + timedelta(days=ahead_days)
    if barriers(entry, horizon):
        return ()
    found = (
        _pinned(entry, day),
        _never_contacted(entry, day, horizon),
        _touch_due(entry, stages, day, horizon),
        _stuck(entry, day, horizon),
    )
    kept = [reason for reason in found if reason and reason.code in stages.criteria]
    return tuple(sorted(kept, key=lambda reason: -reason.points))


def barriers(entry: Entry, day: date) -> tuple[str, ...]:
    """What keeps *entry* off the list whatever its reasons are."""
    contact = entry.contact
    if contact.do_not_contact:
        return ("marked do-not-contact, which is stronger than every reason",)
    if is_snoozed(contact, day):
        return (f"snoozed until {contact.snoozed_until}",)
    return ()


def why_not(entry: Entry, stages: Stages, day: date) -> tuple[str, ...]:
    """Why *entry* is not on the list on *day*, one sentence for each thing that is looked at."""
    return (*barriers(entry, day), *_clock_says(entry, stages, day), *_criteria_off(stages))


def _clock_says(entry: Entry, stages: Stages, day: date) -> tuple[str, ...]:
    said = [_touch_clock(entry, stages, day)]
    if entry.contact.pin is None:
        said.append("not pinned")
    elif not is_pinned(entry.contact, day):
        said.append(f"the pin ended on {entry.contact.pin.until}")
    if entry.standing.stuck_from is None:
        said.append(f'no limit counts for the time in status "{entry.standing.status}"')
    elif entry.standing.stuck_from > day:
        said.append(f"not too long in its status before {entry.standing.stuck_from}")
    return tuple(said)


def _touch_clock(entry: Entry, stages: Stages, day: date) -> str:
    place, contact = entry.standing, entry.contact
    status = stages.find(place.status)
    interval = touch_interval(contact, status)
    whose = "of its own" if contact.touch_every is not None else f'of status "{place.status}"'
    if interval is None:
        return f'no touch is due: status "{place.status}" has no touch interval'
    if interval.is_never:
        return f"no touch is due: the touch interval {whose} is never"
    if place.due is None:
        return "no touch is due: never touched, and the day it was created is not known"
    if place.due <= day:
        return f"a touch is due since {place.due}"
    start = f"last touch {place.touched}" if place.touched else f"created {contact.created}"
    return f"next touch due {place.due} ({start}, every {interval} {whose})"


def _criteria_off(stages: Stages) -> tuple[str, ...]:
    off = [code for code in REASONS if code not in stages.criteria]
    return tuple(f"the reason {code} is switched off in stages.yaml" for code in off)


def _pinned(entry: Entry, day: date) -> Reason | None:
    if not is_pinned(entry.contact, day):
        return None
    note = entry.standing.pin_note
    text = f"pinned: {note}" if note else "pinned"
    return Reason(PINNED, text, 2000, "by hand: 2000")


def _never_contacted(entry: Entry, day: date, horizon: date) -> Reason | None:
    place = entry.standing
    if place.touched is not None or place.due is None or place.due > horizon:
        return None
    waiting = max((day - place.due).days, 0)
    extra = min(10 * waiting, 500)
    text = f"no touch yet, {_how_late(place.due, day)}"
    sum_text = (
        f"no touch since {entry.contact.created}: 1000 + 10 × {waiting} days due, at most 1500"
    )
    return Reason(NEVER_CONTACTED, text, 1000 + extra, sum_text)


def _touch_due(entry: Entry, stages: Stages, day: date, horizon: date) -> Reason | None:
    place = entry.standing
    if place.touched is None or place.due is None or place.due > horizon:
        return None
    late = max(overdue_days(place.due, day) or 0, 0)
    every = touch_interval(entry.contact, stages.find(place.status))
    interval = max(place.interval_days, 1)
    sum_text = (
        f"last touch {place.touched}, every {every}: 100 + 100 × {late} days over ÷ {interval}, "
        "at most 900"
    )
    points = 100 + min(100 * late // interval, 800)
    return Reason(TOUCH_DUE, _how_late(place.due, day), points, sum_text)


def _stuck(entry: Entry, day: date, horizon: date) -> Reason | None:
    place = entry.standing
    if place.stuck_from is None or place.since is None or place.stuck_from > horizon:
        return None
    over = max((day - place.stuck_from).days + 1, 0)
    text = f"in {place.status} for {(day - place.since).days} days"
    sum_text = f"since {place.since}: 10 + {over} days past the limit, at most 50"
    return Reason(STUCK, text, 10 + min(over, 40), sum_text)


def _how_late(due: date, day: date) -> str:
    late = (day - due).days
    if late == 0:
        return "due today"
    if late > 0:
        return f"{_days(late)} overdue"
    return f"due in {_days(-late)}"


def _days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"


def _suggestion(entry: Entry, reasons: Iterable[Reason], stages: Stages) -> str:
    """The next step: how to reach them, or which status may fit if that is all there is."""
    codes = {reason.code for reason in reasons}
    status = stages.find(entry.standing.status)
    if codes == {STUCK} and status and status.next:
        return f"move on: {' or '.join(status.next)}"
    for name, verb in (("phone", "call"), ("email", "write")):
        value = entry.contact.get(name)
        if value:
            return f"{verb} {value[0] if isinstance(value, tuple) else value}"
    return "find a way to reach them"


def _order(prospect: Prospect) -> tuple[int, date, str]:
    return (
        -prospect.urgency,
        prospect.entry.standing.due or date.max,
        prospect.entry.contact.id,
    )
