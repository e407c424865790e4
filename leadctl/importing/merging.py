"""Rows of one file about one person → what they say together, and what of it is left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from leadctl.dates import quoted
from leadctl.fields import Field
from leadctl.importing.rows import RowValues
from leadctl.importing.values import is_same, joined
from leadctl.records import Value
from leadctl.stages import Stages

# Of these nothing is lost where rows differ; nor of fields with several values.
_PUT_TOGETHER = ("note", "last_touch")


@dataclass(slots=True)
class Merged:
    """What the rows of one person say together."""

    values: dict[str, Value]
    #: Line of a row → what it says and an earlier one says otherwise, ready to be told.
    left_out: dict[int, str] = field(default_factory=dict)


def merge(rows: Sequence[RowValues], fields: Mapping[str, Field], *, stages: Stages) -> Merged:
    """The values of *rows*, in the order of the file: the first that has one says it.

    Several values and notes are put together, and the latest touch is the last one. All else in
    which a row differs from those before it is left out.
    """
    merged = Merged(dict(rows[0].values))
    for row in rows[1:]:
        differing = list(_differing(merged.values, row, fields, stages))
        reason = reason_for(rows, str(merged.values.get("status", "")))
        if row.reason and row.reason != reason:
            differing.append(f"reason {quoted(row.reason)}{_instead(reason)}")
        if differing:
            merged.left_out[row.line] = f"left out {', '.join(differing)}"
        for name, value in row.values.items():
            merged.values[name] = _together(fields[name], merged.values.get(name, ""), value)
    return merged


def reason_for(rows: Sequence[RowValues], status: str) -> str:
    """Why the person of *rows* has *status*: what the first row says that has both."""
    told = (row.reason for row in rows if row.reason and row.values.get("status") == status)
    return next(told, "")


def _differing(
    known: Mapping[str, Value], row: RowValues, fields: Mapping[str, Field], stages: Stages
) -> list[str]:
    found = []
    for name, new in row.values.items():
        old = known.get(name, "")
        if not old or name in _PUT_TOGETHER or isinstance(new, tuple):
            continue
        if not is_same(fields[name], old, new, stages=stages):
            found.append(f"{name} {quoted(new)}{_instead(str(old))}")
    return found


def _instead(kept: str) -> str:
    return f" (stays {quoted(kept)})" if kept else ""


def _together(field_: Field, old: Value, new: Value) -> Value:
    if isinstance(new, tuple):
        return joined(field_, old, new)
    if not old or isinstance(old, tuple):
        return new
    if field_.name == "note":
        return old if f"\n{new}\n" in f"\n{old}\n" else f"{old}\n{new}"
    return max(old, new) if field_.name == "last_touch" else old
