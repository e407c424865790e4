"""What a plan looks like before it is carried out, and in one line after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from leadctl.plans import Plan
from leadctl.records import Entry, FieldEdit, Value
from leadctl.stages import Stages
from leadctl.views import plainly

#: How many of the contacts are shown before a bulk change, unless all are asked for.
SAMPLES = 3


def preview(plan: Plan, entries: Mapping[str, Entry], today: date, *, show_all: bool) -> list[str]:
    """Lines that say what *plan* would do: counts first, then before → after of some contacts."""
    changed, same = len(plan.changed), len(plan.unchanged)
    counts = [f"{changed + same} match", f"{changed} will change"]
    if same:
        counts.append(f"{same} {'is' if same == 1 else 'are'} so already")
    shown = plan.changed if show_all else plan.changed[:SAMPLES]
    width = max((len(contact) for contact in shown), default=0)
    lines = [" · ".join(counts)]
    all_said = _before_after(plan)
    said = {contact: ", ".join(all_said[contact]) for contact in shown}
    wide = max((len(what) for what in said.values()), default=0)
    for contact, what in said.items():
        touched = _last_touch(entries.get(contact), today)
        lines.append(f"  {contact:<{width}}  {what:<{wide}}{touched}".rstrip())
    if changed > len(shown):
        lines.append(f"  … {changed - len(shown)} more (-v lists all)")
    return lines


def summary(plan: Plan) -> str:
    """What was done, in one line."""
    if plan.change.additions:
        return f"added {', '.join(str(fields['id']) for fields in plan.change.additions)}"
    changed, same = len(plan.changed), len(plan.unchanged)
    if not changed:
        return f"nothing to change: {_counted(same)} already so" if same else "nothing to change"
    also = f", {same} already so" if same else ""
    who = f"{changed} contacts changed"
    if changed == 1:
        who = f"{plan.changed[0]}: {', '.join(_before_after(plan)[plan.changed[0]])}"
    return f"{who}{also} (operation {plan.change.op})"


def usual_next(plan: Plan, stages: Stages) -> str:
    """Where contacts usually go from the status that *plan* has put them into; a hint, no lock."""
    entered = {str(edit.new) for edit in plan.change.edits if edit.field == "status"}
    status = stages.find(entered.pop()) if len(entered) == 1 else None
    return f"usual next: {' or '.join(status.next)}" if status and status.next else ""


def as_data(plan: Plan, *, is_dry_run: bool) -> dict[str, object]:
    """The result of a command that writes, for `--json`."""
    fields = [_edit_data(edit) for edit in plan.change.edits]
    fields += [
        _edit_data(FieldEdit(str(record["id"]), name, "", value))
        for record in plan.change.additions
        for name, value in record.items()
    ]
    return {
        "op": None if is_dry_run or plan.change.is_empty else plan.change.op,
        "dry_run": is_dry_run,
        "changed": fields,
        "events": [
            {"id": event.contact, "kind": event.kind, "on": event.on, "note": event.note or None}
            for event in plan.change.events
        ],
        "unchanged": len(plan.unchanged),
    }


def _edit_data(edit: FieldEdit) -> dict[str, object]:
    return {
        "id": edit.contact,
        "field": edit.field,
        "old": _json(edit.old),
        "new": _json(edit.new),
    }


def _json(value: Value) -> object:
    return list(value) if isinstance(value, tuple) else value or None


def _before_after(plan: Plan) -> dict[str, list[str]]:
    """By contact: its fields before → after, or the kinds of events where no field changes."""
    said: dict[str, list[str]] = {contact: [] for contact in plan.changed}
    for edit in plan.change.edits:
        said[edit.contact].append(_said(edit))
    for event in plan.change.events:
        if not event.changes:
            said[event.contact].append(event.kind)
    return said


def _said(edit: FieldEdit) -> str:
    change = f"{plainly(edit.old) or '—'} → {plainly(edit.new) or '—'}"
    return change if edit.field == "status" else f"{edit.field}: {change}"


def _last_touch(entry: Entry | None, today: date) -> str:
    if entry is None or entry.standing.touched is None:
        return "   never touched" if entry else ""
    touched = entry.standing.touched
    return f"   last touch {touched} ({(today - touched).days} days)"


def _counted(number: int) -> str:
    return "1 contact" if number == 1 else f"{number} contacts"
