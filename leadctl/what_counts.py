"""Which events count: those of an operation that is undone do not, until that undo is undone."""

from __future__ import annotations

from collections.abc import Iterable

from leadctl.records import Event


def voided(events: Iterable[Event]) -> dict[str, str]:
    """Operation → the one that has undone it, of those that are undone at the moment."""
    undone = sorted((event for event in events if event.undoes), key=lambda event: event.id)
    found: dict[str, str] = {}
    # From the last one on: whether an undo still counts is told by those after it.
    for event in reversed(undone):
        if event.op not in found:
            found.setdefault(event.undoes, event.op)
    return found


def effective(events: Iterable[Event]) -> tuple[Event, ...]:
    """The *events* that count: not those of undone operations, and not the undoing itself."""
    events = tuple(events)
    void = voided(events)
    return tuple(event for event in events if event.kind != "undone" and event.op not in void)
