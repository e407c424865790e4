"""Operations and that they were undone, for the tests of what counts and of undoing."""

from __future__ import annotations

from dataclasses import replace

from leadctl.records import Event
from tests.people import contact, event

ADA = contact("ada", status="Engage")


def undone(op: str, by: str, **changes: tuple[str, str]) -> Event:
    """The event by which the operation *by* takes *op* back."""
    return replace(event("undone", "2026-11-22", op=by, changes=dict(changes)), undoes=op)


def did(op: str) -> Event:
    return event("touched", "2026-11-01", op=op)


def added() -> Event:
    fields = {"id": "ada", "name": "Ada Lovelace", "status": "Engage"}
    changes = {name: ("", text) for name, text in fields.items()}
    return event("added", "2026-11-01", op="add", changes=dict(changes))
