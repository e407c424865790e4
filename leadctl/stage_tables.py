"""stages.yaml as a table."""

from __future__ import annotations

from collections.abc import Mapping

from leadctl.dates import Interval
from leadctl.stages import Stages, Status
from leadctl.views import Cell, Column, Row, Table

_COLUMNS = (
    Column("status"),
    Column("stage", leaves=3),
    Column("contacts", is_number=True),
    Column("touch_every", "touch every"),
    Column("first_touch", "first touch"),
    Column("limit"),
    Column("pipeline"),
    Column("note", leaves=2),
    Column("next", "usual next", leaves=1),
)
_FIELDS = (
    "status", "stage", "outcome", "contacts", "touch_every", "first_touch", "limit", "pipeline",
    "qualified", "note", "reason", "reasons", "next", "aliases", "is_default",
)  # fmt: skip


def stage_table(stages: Stages, counts: Mapping[str, int]) -> Table:
    """A row for each status of *stages* in their order; *counts* are contacts by status."""
    rows = tuple(_row(status, stages, counts) for status in stages.statuses)
    return Table(_COLUMNS, rows, _FIELDS, key="status")


def _row(status: Status, stages: Stages, counts: Mapping[str, int]) -> Row:
    row: dict[str, Cell] = {
        "status": status.name,
        "stage": status.stage or None,
        "outcome": status.outcome or None,
        "contacts": counts.get(status.name, 0),
        "touch_every": _interval(status.touch_every),
        "first_touch": _interval(status.first_touch),
        "limit": _interval(status.limit),
        "pipeline": status.on_pipeline,
        "qualified": status.qualified,
        "note": _rule(status),
        "reason": "required" if status.reason_required else "optional",
        "reasons": status.reasons,
        "next": status.next,
        "aliases": status.aliases,
        "is_default": status.name == stages.default,
        "colour": status.colour,
    }
    return row


def _rule(status: Status) -> str:
    if not status.note_required:
        return "optional"
    return "required"


def _interval(interval: Interval | None) -> str | None:
    return str(interval) if interval is not None else None
