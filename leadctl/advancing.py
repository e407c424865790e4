"""Moves that stages.yaml asks for by `then:`: whose time has come, and circles that never end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from leadctl.moves import Move, move_step
from leadctl.plans import Plan, Step, plan
from leadctl.records import Entry
from leadctl.stages import Stages, Status, Then
from leadctl.stamps import Stamp

#: So many contacts of a move are named.
_NAMED = 5


def advance(entries: Iterable[Entry], stages: Stages, today: date, stamp: Stamp) -> Plan:
    """The automatic moves whose time has come for *entries*; one each, and none a second time.

    A move starts the time in the next status anew, so that nobody goes through two in one run.
    The notes name who moves, and who is only suggested to: those are left alone.

    Raises:
        RequestError: a status asks for what its `then:` does not give.
    """
    steps: list[Step] = []
    told: dict[str, list[str]] = {}
    for entry, status, then in _due(entries, stages, today):
        if then.automatic:
            made_by = replace(stamp, origin=f"rule then of {status.name}")
            move = Move(then.to, then.note_from(status.name), then.reason)
            steps.append(move_step(entry.contact, move, stages, today, made_by))
        words = f"{status.name} → {then.to}{'' if then.automatic else ', only suggested'}"
        told.setdefault(words, []).append(entry.contact.id)
    notes = tuple(f"{move}: {_listed(who)}" for move, who in told.items())
    return replace(plan(stamp, steps), notes=notes)


def circles(stages: Stages) -> Iterator[tuple[Status, ...]]:
    """The statuses that would hand a contact round and round, each circle once.

    A move that counts from a field of the contact happens once for each of its dates, so that no
    circle with it goes on.
    """
    seen: set[str] = set()
    for first in stages.statuses:
        path: list[Status] = []
        status: Status | None = first
        while status and status.name not in seen and status not in path:
            path.append(status)
            then = status.then
            status = stages.find(then.to) if then and not then.since else None
        if status in path:
            yield tuple(path[path.index(status) :])
        seen.update(each.name for each in path)


def _due(
    entries: Iterable[Entry], stages: Stages, today: date
) -> Iterator[tuple[Entry, Status, Then]]:
    for entry in entries:
        status, day = stages.find(entry.standing.status), entry.standing.move_on_from
        if status and status.then and day and day <= today:
            yield entry, status, status.then


def _listed(contacts: list[str]) -> str:
    more = len(contacts) - _NAMED
    shown = ", ".join(contacts[:_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown
