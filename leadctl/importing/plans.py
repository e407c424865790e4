"""Verdicts of an import → the change that carries them out, and the table that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from leadctl.choosing import counted
from leadctl.importing.verdicts import (
    Outcome,
    TouchVerdict,
    Verdict,
    counted_lines,
    lines_by_mistake,
    summary,
)
from leadctl.intake import TakenIn, counts, said, take_in
from leadctl.plans import Plan
from leadctl.records import Change, Event, FieldEdit, Value
from leadctl.stages import Stages
from leadctl.stamps import Stamp
from leadctl.views import Column, Table, plainly


def contact_plan(
    verdicts: Iterable[Verdict], stages: Stages, stamp: Stamp, *, note: str, is_own_note: bool
) -> Plan:
    """New contacts and updates as one change.

    The journal has a new contact from its `created` on, as what was brought along is history.
    *note* stands where a status asks for one, and everywhere if it is the user's own.
    """
    additions: list[Mapping[str, Value]] = []
    edits: list[FieldEdit] = []
    events: list[Event] = []
    same: list[str] = []
    for verdict in verdicts:
        if verdict.outcome is Outcome.NEW:
            additions.append(verdict.fields)
        elif verdict.outcome is Outcome.UPDATE:
            edits += verdict.edits
        elif verdict.outcome is Outcome.SAME:
            same.append(verdict.contact)
        events += _events(verdict, stages, stamp, note, is_own_note=is_own_note)
    change = Change(
        op=stamp.op, edits=tuple(edits), additions=tuple(additions), events=tuple(events)
    )
    return Plan(change, tuple(dict.fromkeys(same)))


def by_rules(
    plan: Plan, verdicts: Sequence[Verdict | TouchVerdict], stages: Stages, stamp: Stamp
) -> tuple[TakenIn, Sequence[Verdict | TouchVerdict]]:
    """*plan* and *verdicts* after the new contacts have gone through the rules for such."""
    new = [each for each in verdicts if isinstance(each, Verdict) and each.fields]
    if not stages.intake.rules or not new:
        return TakenIn(plan), verdicts
    settled = frozenset(each.contact for each in new if each.has_status)
    taken = take_in(plan, stages, stamp, settled=settled)
    told: dict[str, list[str]] = {}
    for applied in taken.applied:
        told.setdefault(applied.contact, []).append(said(applied))
    notes = tuple(f"rule {name}: {counted(n)}" for name, n in counts(taken.applied).items())
    kept = [_told(each, told) if isinstance(each, Verdict) else each for each in verdicts]
    return replace(taken, plan=replace(taken.plan, notes=notes)), kept


def _told(verdict: Verdict, told: Mapping[str, Sequence[str]]) -> Verdict:
    """*verdict*, which says what rules did to its contact if it is new."""
    if verdict.outcome is not Outcome.NEW or verdict.contact not in told:
        return verdict
    return replace(verdict, message="; ".join((_arrival(verdict), *told[verdict.contact])))


def touch_plan(verdicts: Iterable[TouchVerdict], stamp: Stamp) -> Plan:
    """New touches as events."""
    touches = [verdict.touch for verdict in verdicts if verdict.touch]
    events = tuple(
        stamp.event(
            "touched",
            each.contact,
            on=each.on,
            note=each.note,
            via=each.via,
            outcome=each.outcome,
            ref=each.ref,
        )
        for each in touches
    )
    return Plan(Change(op=stamp.op, events=events))


def verdict_table(verdicts: Sequence[Verdict | TouchVerdict]) -> Table:
    """A row for each row of the file: line, verdict, contact, and what there is to say."""
    columns = (
        Column("line", is_number=True),
        Column("verdict"),
        Column("contact", is_whole=True),
        Column("what", least=20),
    )
    rows = tuple(
        {
            "line": verdict.line,
            "verdict": verdict.outcome.value,
            "contact": _contact(verdict),
            "what": _what(verdict),
        }
        for verdict in verdicts
    )
    return Table(columns, rows, key="contact")


def grouped(verdicts: Sequence[Verdict | TouchVerdict]) -> Sequence[Verdict | TouchVerdict]:
    """*verdicts* with one for all rows that have the same mistake, where the first of them is."""
    wrong = [each for each in verdicts if each.outcome is Outcome.ERROR]
    alike = {lines[0]: lines for lines in lines_by_mistake(wrong).values() if len(lines) > 1}
    repeated = {line for lines in alike.values() for line in lines[1:]}
    kept = (each for each in verdicts if each.line not in repeated)
    return [_for_all(each, alike[each.line]) if each.line in alike else each for each in kept]


def _for_all(verdict: Verdict | TouchVerdict, lines: Sequence[int]) -> Verdict | TouchVerdict:
    message = f"{counted_lines(lines)}: {verdict.message}"
    if isinstance(verdict, TouchVerdict):
        return replace(verdict, message=message)
    return replace(verdict, message=message, contact="")


def summary_line(verdicts: Sequence[Verdict | TouchVerdict]) -> str:
    """How many rows have which verdict: "12 rows: 10 new, 2 same"."""
    counts = [f"{count} {outcome}" for outcome, count in summary(verdicts).items() if count]
    rows = f"{len(verdicts)} row{'' if len(verdicts) == 1 else 's'}"
    return f"{rows}: {', '.join(counts)}" if counts else rows


def _events(
    verdict: Verdict, stages: Stages, stamp: Stamp, note: str, *, is_own_note: bool
) -> Iterator[Event]:
    def said(status: str) -> str:
        found = stages.find(status)
        return note if is_own_note or (found and found.note_required) else ""

    if verdict.outcome is Outcome.NEW:
        yield stamp.event(
            "added",
            verdict.contact,
            on=str(verdict.fields["created"]),
            note=said(str(verdict.fields["status"])),
            reason=verdict.reason,
            changes={name: ("", value) for name, value in verdict.fields.items()},
        )
    elif verdict.outcome is Outcome.UPDATE:
        changes = {edit.field: (edit.old, edit.new) for edit in verdict.edits}
        moved = changes.pop("status", None)
        if moved:
            yield stamp.event(
                "status",
                verdict.contact,
                note=said(str(moved[1])),
                reason=verdict.reason,
                changes={"status": moved},
            )
        if changes:
            yield stamp.event(
                "edited", verdict.contact, note=note if is_own_note else "", changes=changes
            )


def _contact(verdict: Verdict | TouchVerdict) -> str | None:
    if isinstance(verdict, TouchVerdict):
        return verdict.touch.contact if verdict.touch else None
    return verdict.contact or None


def _what(verdict: Verdict | TouchVerdict) -> str | None:
    if isinstance(verdict, TouchVerdict):
        touch = verdict.touch
        made = f"{touch.via}, {touch.outcome}, {touch.on}" if touch else None
        return _message(verdict) or made
    said: tuple[str, ...] = (_message(verdict),) if verdict.message else ()
    if verdict.outcome is Outcome.UPDATE:
        said = (*(_edit(edit) for edit in verdict.edits), *said)
    elif verdict.outcome is Outcome.NEW and not said:
        said = (_arrival(verdict),)
    return "; ".join((*said, *verdict.warnings)) or None


def _message(verdict: Verdict | TouchVerdict) -> str:
    return f"{verdict.message} ({verdict.hint})" if verdict.hint else verdict.message


def _arrival(verdict: Verdict) -> str:
    return f"{verdict.fields['name']}, {verdict.fields['status']}"


def _edit(edit: FieldEdit) -> str:
    return f"{edit.field}: {plainly(edit.old) or '—'} → {plainly(edit.new) or '—'}"
