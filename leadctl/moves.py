"""Status changes: what a status asks for before a contact may enter it, and what then happens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from leadctl.errors import RequestError
from leadctl.matching import closest, fold
from leadctl.plans import Plan, Step, edits_of, plan, require_past, require_text
from leadctl.problems import Where
from leadctl.records import Contact
from leadctl.stages import Stages, Status
from leadctl.stamps import Stamp


@dataclass(frozen=True, slots=True)
class Move:
    """A contact is to enter a status."""

    status: str
    note: str = ""
    reason: str = ""
    #: When it did, ISO; empty for today.
    on: str = ""
    #: The line that asked for it, if it came from a file.
    where: Where | None = None


def change_status(
    moves: Iterable[tuple[Contact, Move]], stages: Stages, today: date, stamp: Stamp
) -> Plan:
    """Every move, or none: a rule that one of them breaks stops them all.

    A contact that is in its status already needs no note and is left alone.

    Raises:
        RequestError: an unknown status, a missing note or reason, a date in the future, or two
            moves of one contact.
    """
    steps: dict[str, Step] = {}
    for contact, move in moves:
        if contact.id in steps:
            hint = "keep the line that is meant"
            raise RequestError(f'"{contact.id}" is moved twice', hint=hint, where=move.where)
        steps[contact.id] = move_step(contact, move, stages, today, stamp)
    return plan(stamp, steps.values())


def move_step(contact: Contact, move: Move, stages: Stages, today: date, stamp: Stamp) -> Step:
    """What *move* does to *contact*.

    Raises:
        RequestError: an unknown status, a missing note or reason, or a date in the future.
    """
    status = _status(move, stages)
    if stages.find(contact.status) is status:
        return Step(contact.id)
    complaint = missing_for(status, move.note, move.reason)
    if complaint:
        raise RequestError(complaint, hint=_how_to_give(status, move), where=move.where)
    require_past(move.on, today, "a status change", where=move.where)
    changes = {"status": (contact.status, status.name)}
    event = stamp.event(
        "status",
        contact.id,
        on=move.on,
        note=require_text(move.note, "the note"),
        reason=require_text(canonical_reason(status, move.reason), "the reason"),
        changes=dict(changes),
    )
    return Step(contact.id, (event,), edits_of(contact.id, dict(changes)))


def missing_for(status: Status, note: str, reason: str) -> str:
    """What *status* asks for that *note* and *reason* do not give; empty if they do."""
    if status.note_required and not note.strip():
        return f'a change to "{status.name}" needs a note'
    if status.reason_required and not reason.strip():
        return f'a change to "{status.name}" needs a reason{_listed(status)}'
    if reason and status.reasons and not canonical_reason(status, reason):
        near = closest(reason, status.reasons)
        meant = f'; did you mean "{near}"?' if near else ""
        return f'"{reason}" is no reason for "{status.name}"{_listed(status)}{meant}'
    return ""


def canonical_reason(status: Status, reason: str) -> str:
    """*reason* as *status* spells it; empty if its list does not have it."""
    if not status.reasons:
        return reason
    return next((known for known in status.reasons if fold(known) == fold(reason)), "")


def _listed(status: Status) -> str:
    return f", one of: {', '.join(status.reasons)}" if status.reasons else ""


def _how_to_give(status: Status, move: Move) -> str:
    if move.where:
        return "give it in the column `note` or `reason` of that line"
    if status.note_required and not move.note.strip():
        return 'say how it came about: -m "…"'
    example = status.reasons[0] if status.reasons else "…"
    return f'add --reason "{example}"'


def _status(move: Move, stages: Stages) -> Status:
    try:
        return stages.get(move.status)
    except RequestError as error:
        raise RequestError(error.message, hint=error.hint, where=move.where) from error
