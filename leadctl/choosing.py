"""What a plan looks like before it is carried out, and in one line after."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from leadctl.histories import sentence
from leadctl.plans import Plan
from leadctl.records import Entry, Event, FieldEdit, Value
from leadctl.stages import Stages
from leadctl.views import plainly

#: How many of the contacts are shown before a bulk change, unless all are asked for.
SAMPLES = 3


def preview(plan: Plan, entries: Mapping[str, Entry], today: date, *, show_all: bool) -> list[str]:
    """Lines that say what *plan* would do: counts first, then before → after of some contacts.

    Above them stands what becomes different in files that change as a whole.
    """
    files = _differences(plan)
    if files and not plan.changed:
        return files
    changed, same = len(plan.changed), len(plan.unchanged)
    counts = [f"{changed + same} match", f"{changed} will change"]
    if same:
        counts.append(f"{same} {'is' if same == 1 else 'are'} so already")
    shown = plan.changed if show_all else plan.changed[:SAMPLES]
    width = max((len(contact) for contact in shown), default=0)
    lines = [*files, " · ".join(counts)]
    all_said = _before_after(plan)
    said = {contact: ", ".join(all_said[contact]) for contact in shown}
    wide = max((len(what) for what in said.values()), default=0)
    for contact, what in said.items():
        touched = _last_touch(entries.get(contact), today)
        lines.append(f"  {contact:<{width}}  {what:<{wide}}{touched}".rstrip())
    if changed > len(shown):
        lines.append(f"  … {changed - len(shown)} more (-v lists all)")
    return [*lines, *plan.notes]


def summary(plan: Plan) -> str:
    """What was done, in one line, and how to take it back.

    The id of a new contact ends its line, where a script or a double click finds it alone.
    """
    done = _done(plan)
    if plan.change.is_empty:
        return done
    if plan.notes or done.startswith("added "):
        return "\n".join((done, *plan.notes, way_back(plan.change.op)))
    between = " " if done.endswith(".") else ". "
    return f"{done}{between}{way_back(plan.change.op)}"


def way_back(op: str) -> str:
    """How to take back what the operation *op* has done."""
    return f"Undo: leadctl undo {op}"


def _done(plan: Plan) -> str:
    undone = _undone(plan)
    if undone:
        return f"undid {undone}: {', '.join(_taken_back(plan))}"
    if plan.change.additions:
        return f"added {', '.join(str(fields['id']) for fields in plan.change.additions)}"
    changed, same = len(plan.changed), len(plan.unchanged)
    files = [f"{each.contact}: {each.note}" for each in plan.change.events if each.kind == "stages"]
    if files:
        who = f"; {counted(changed)} changed" if changed else ""
        return f"{'; '.join(files)}{who}"
    if not changed:
        return f"nothing to change: {counted(same)} already so" if same else "nothing to change"
    also = f", {same} already so" if same else ""
    who = f"{changed} contacts {'removed' if plan.change.removals else 'changed'}"
    if changed == 1:
        who = f"{plan.changed[0]}: {', '.join(_before_after(plan)[plan.changed[0]])}"
    return f"{who}{also}"


def _undone(plan: Plan) -> str:
    """The operation that *plan* takes back; empty if it does something new."""
    return next((event.undoes for event in plan.change.events if event.undoes), "")


def _taken_back(plan: Plan) -> list[str]:
    """What an undo does, kind by kind; of one contact alone its fields."""
    change = plan.change
    if len(plan.changed) == 1 and not change.texts:
        said = ", ".join(_before_after(plan)[plan.changed[0]])
        return [f"{plan.changed[0]}{f': {said}' if said else ''}"]
    gone, back = len(change.removals), len(change.additions)
    rest = len(plan.changed) - gone - back
    counts = {"removed": gone, "added again": back, "changed": rest}
    said_of = [f"{counted(count)} {what}" for what, count in counts.items() if count]
    return [*(f"{path} as it was" for path in change.texts), *said_of]


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
    gone = set(plan.change.removals)
    fields += [
        _edit_data(FieldEdit(event.contact, name, old, ""))
        for event in plan.change.events
        if event.contact in gone
        for name, (old, _) in event.changes.items()
    ]
    files = {
        path: "".join(f"{line}\n" for line in difference(path, *texts))
        for path, texts in plan.change.texts.items()
    }
    return {
        "op": None if is_dry_run or plan.change.is_empty else plan.change.op,
        "dry_run": is_dry_run,
        **({"undoes": _undone(plan)} if _undone(plan) else {}),
        "changed": fields,
        "events": [
            {"id": event.contact, "kind": event.kind, "on": event.on, "note": event.note or None}
            for event in plan.change.events
        ],
        "unchanged": len(plan.unchanged),
        **({"follow_ups": _follow_up_data(plan)} if plan.change.follow_ups else {}),
        **({"notes": list(plan.notes)} if plan.notes else {}),
        **({"files": files} if files else {}),
    }


def _differences(plan: Plan) -> list[str]:
    texts = plan.change.texts.items()
    return [line for path, (old, new) in texts for line in difference(path, old, new)]


def difference(path: str, old: str, new: str) -> list[str]:
    """What turns the text *old* of *path* into *new*, as `diff -u` says it."""
    from difflib import unified_diff

    # Only these end a line for an editor, and a carriage return would be shown as an escape.
    texts = (text.replace("\r\n", "\n").removesuffix("\n") for text in (old, new))
    before, after = (text.split("\n") for text in texts)
    return list(unified_diff(before, after, path, path, n=1, lineterm=""))


def _edit_data(edit: FieldEdit) -> dict[str, object]:
    return {
        "id": edit.contact,
        "field": edit.field,
        "old": _json(edit.old),
        "new": _json(edit.new),
    }


def _follow_up_data(plan: Plan) -> list[dict[str, object]]:
    return [
        _edit_data(FieldEdit(id_, name, old, new))
        for id_, changes in plan.change.follow_ups.items()
        for name, (old, new) in changes.items()
    ]


def _json(value: Value) -> object:
    return list(value) if isinstance(value, tuple) else value or None


def _before_after(plan: Plan) -> dict[str, list[str]]:
    """By contact: its fields before → after, or the kinds of events where no field changes."""
    said: dict[str, list[str]] = {contact: [] for contact in plan.changed}
    for edit in plan.change.edits:
        said[edit.contact].append(_said(edit))
    for who, steps_said in _plan_steps(plan).items():
        said[who] += steps_said
    for event in plan.change.events:
        if _is_of_plan(event) or event.kind == "removed":
            continue
        if event.follow_ups and event.kind != "undone":
            said[event.contact].append(": ".join(filter(None, (sentence(event), event.note))))
        elif event.record and not event.changes and event.kind != "undone":
            said[event.contact].append(sentence(event))
        elif not event.changes and event.kind != "undone":
            said[event.contact].append(" ".join(filter(None, (event.reason, event.kind))))
    going = {each.contact: sentence(each) for each in plan.change.events if each.kind == "removed"}
    for contact in plan.change.removals:
        said[contact].append(going.get(contact, "removed"))
    if _undone(plan):
        for fields in plan.change.additions:
            said[str(fields["id"])].append("added again")
    return said


def _is_of_plan(event: Event) -> bool:
    """True if *event* is about steps of an action plan that come or go, and nothing else."""
    changes = (each.get("plan") for each in event.follow_ups.values())
    return event.kind in ("planned", "dropped") and any(changes)


def _plan_steps(plan: Plan) -> dict[str, list[str]]:
    """By contact, how many steps of action plans come or go, and when; one line a plan."""
    days: dict[tuple[str, str, str], list[str]] = {}
    for event in plan.change.events:
        # What ends by itself is told by a note of the plan.
        if not _is_of_plan(event) or event.origin.startswith("plan "):
            continue
        for changes in event.follow_ups.values():
            at = 0 if event.kind == "dropped" else 1
            run, day = (plainly(changes.get(name, ("", ""))[at]) for name in ("plan", "due"))
            days.setdefault((event.contact, event.kind, run), []).append(day)
    said: dict[str, list[str]] = {}
    for (contact, kind, run), due in days.items():
        steps = "1 step" if len(due) == 1 else f"{len(due)} steps"
        span = min(due) if len(due) == 1 else f"{min(due)} to {max(due)}"
        what = f"{steps}, {span}" if kind == "planned" else f"{steps} dropped"
        said.setdefault(contact, []).append(f"plan {run}: {what}")
    return said


def _said(edit: FieldEdit) -> str:
    change = f"{plainly(edit.old) or '—'} → {plainly(edit.new) or '—'}"
    return change if edit.field == "status" else f"{edit.field}: {change}"


def _last_touch(entry: Entry | None, today: date) -> str:
    if entry is None or entry.standing.touched is None:
        return "   never touched" if entry else ""
    touched = entry.standing.touched
    return f"   last touch {touched} ({(today - touched).days} days)"


def counted(number: int) -> str:
    """So many contacts, in words."""
    return "1 contact" if number == 1 else f"{number} contacts"
