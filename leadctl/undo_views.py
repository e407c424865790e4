"""What undoing an operation would change, as the lines of a diff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from leadctl.choosing import difference
from leadctl.histories import sentence
from leadctl.plans import Plan
from leadctl.records import Event, Value
from leadctl.views import plainly
from leadctl.what_counts import effective


def undo_lines(plan: Plan, events: Sequence[Event]) -> Iterator[str]:
    """By contact or file: `-` what goes, `+` what comes back; *events* are all there are.

    Touches and whatever else changes no field stand there as well.
    """
    shifts = _shifts(plan, events)
    for event in plan.change.events:
        if event.contact in plan.change.texts:
            yield from difference(event.contact, *plan.change.texts[event.contact])
            continue
        yield event.contact
        for name, (old, new) in event.changes.items():
            yield from _line("-", name, old)
            yield from _line("+", name, new)
        yield from shifts.get(event.contact, ())


def _shifts(plan: Plan, events: Sequence[Event]) -> dict[str, list[str]]:
    """By contact, the events without changes that would no longer count, or count again."""
    now = {event.id: event for event in effective(events)}
    then = {event.id: event for event in effective((*events, *plan.change.events))}
    found: dict[str, list[str]] = {}
    for sign, these in (("-", _only(now, then)), ("+", _only(then, now))):
        for event in these:
            note = f": {event.note}" if event.note else ""
            found.setdefault(event.contact, []).append(f"{sign}{event.on} {sentence(event)}{note}")
    return found


def _only(some: dict[str, Event], others: dict[str, Event]) -> Iterable[Event]:
    return (event for id_, event in some.items() if id_ not in others and not event.changes)


def _line(sign: str, field: str, value: Value) -> Iterator[str]:
    if value:
        yield f"{sign}{field}: {plainly(value)}"
