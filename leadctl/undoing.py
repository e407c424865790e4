"""Taking operations back: which events count after it, and the plan that undoes one.

An undo is an operation as any other, so that undoing it brings back what it took.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from leadctl.dates import quoted
from leadctl.errors import ConflictError, RefusedError, RequestError
from leadctl.matching import did_you_mean
from leadctl.plans import Plan, edits_of
from leadctl.records import Change, Contact, Event, FieldEdit, Value
from leadctl.stages import Stages
from leadctl.stamps import Stamp
from leadctl.undo_parts import (
    NAMED,
    Conflict,
    Part,
    State,
    conflict_error,
    part_conflicts,
    parts_of,
)
from leadctl.what_counts import effective, voided

#: So many operations with the same beginning are named.
_CANDIDATES = 10


def last_operation(events: Iterable[Event]) -> str:
    """The last operation that is neither an undo nor undone.

    Raises:
        RequestError: there is none.
    """
    last = max(effective(events), key=lambda event: event.id, default=None)
    if last is None:
        raise RequestError("there is nothing to undo", hint="`leadctl history` shows what was done")
    return last.op


def find_operation(word: str, events: Iterable[Event]) -> str:
    """The operation among *events* with the id *word*, or the only one whose id begins with it.

    Raises:
        RequestError: there is none, or there are several.
    """
    known = {event.op: None for event in events}
    if word in known:
        return word
    found = [op for op in known if word and op.startswith(word.lower())]
    if len(found) == 1:
        return found[0]
    if found:
        named = ", ".join(found[:_CANDIDATES]) + (", …" if len(found) > _CANDIDATES else "")
        raise RequestError(f'"{word}" may be several operations', hint=named)
    near = did_you_mean(word, known)
    hint = f"{near} " if near else ""
    raise RequestError(f'no operation "{word}"', hint=f"{hint}`leadctl history` shows the ids")


def undo(op: str, state: State, stamp: Stamp) -> Plan:
    """Take back all of the operation *op*, whose fields must still be as it left them.

    Raises:
        ConflictError: it is undone already, or something that it changed is different by now.
        RefusedError: it cannot be undone at all.
    """
    mine = [event for event in state.events if event.op == op]
    void = voided(state.events)
    require_not_undone(op, state.events)
    _require_possible(op, mine)
    parts = parts_of(mine)
    if not parts:
        message = f"operation {op} cannot be undone: everybody in it was forgotten since"
        raise RefusedError(message, hint="`leadctl history` shows other operations")
    others = _others(op, state.events, void)
    conflicts: list[Conflict] = []
    for part in parts:
        conflicts += part_conflicts(part, state, others.get(part.contact, ()))
    if conflicts:
        raise conflict_error(op, conflicts)
    return Plan(_change(op, parts, state, stamp))


def require_statuses(plan: Plan, contacts: Iterable[Contact], now: Stages, then: Stages) -> None:
    """Refuse *plan* if somebody would be left in a status that stages.yaml no longer has.

    *now* and *then* are the stages before and after it.

    Raises:
        ConflictError: somebody would be.
    """
    moved = {edit.contact: edit.new for edit in plan.change.edits if edit.field == "status"}
    left = {contact.id: moved.get(contact.id, contact.status) for contact in contacts}
    lost = [
        f"  {contact} is in {quoted(str(status))}"
        for contact, status in left.items()
        if now.find(str(status)) and not then.find(str(status))
    ]
    if lost:
        more = [f"… {len(lost) - NAMED} more"] if len(lost) > NAMED else []
        message = "stages.yaml would lose a status that contacts are in; nothing was changed"
        hint = "move them out of it, then undo"
        raise ConflictError(message, hint=hint, details=(*lost[:NAMED], *more))


def require_not_undone(op: str, events: Iterable[Event]) -> None:
    """Take nothing back twice; *events* are those of *op* and all that undid it.

    Raises:
        ConflictError: it is undone already.
    """
    undone_by = voided(events).get(op, "")
    if undone_by:
        message = f"operation {op} is undone already, by {undone_by}"
        raise ConflictError(message, hint=f"to have it again: leadctl undo {undone_by}")


def _require_possible(op: str, mine: Iterable[Event]) -> None:
    for event in mine:
        if event.kind == "forgotten":
            message = f"operation {op} forgot a person, which cannot be undone"
            hint = "undo another one by its id: `leadctl history` shows them"
            raise RefusedError(message, hint=hint)
        if "." in event.contact and not event.changes:
            message = (
                f"operation {op} changed {event.contact}, whose old text is not in the journal"
            )
            raise RefusedError(message, hint=event.note)


def _others(op: str, events: Iterable[Event], void: Container[str]) -> dict[str, list[Event]]:
    """By contact, the events that count or undo, but those of *op* and of what that undoes."""
    undoes = {event.op: event.undoes for event in events if event.undoes}
    chain = {op}
    while op in undoes and undoes[op] not in chain:
        op = undoes[op]
        chain.add(op)
    found: dict[str, list[Event]] = {}
    for event in events:
        if event.op not in void and event.op not in chain:
            found.setdefault(event.contact, []).append(event)
    return found


def _change(op: str, parts: Sequence[Part], state: State, stamp: Stamp) -> Change:
    edits: list[FieldEdit] = []
    events: list[Event] = []
    records: dict[str, tuple[str, str]] = {}
    for part in parts:
        inverse = _inverse(part, state.contacts.get(part.contact))
        back = {
            id_: {name: (new, old) for name, (old, new) in changes.items()}
            for id_, changes in part.follow_ups.items()
        }
        event = stamp.event("undone", part.contact, changes=inverse, follow_ups=back)
        texts = _former_text(part, state)
        records |= {part.contact: texts} if texts else {}
        events.append(replace(event, undoes=op, record=texts))
        if not (part.is_file or part.is_addition or part.is_removal):
            edits += edits_of(part.contact, inverse)
    files = [part.changes.items() for part in parts if part.is_file]
    return Change(
        op=stamp.op,
        edits=tuple(edits),
        additions=tuple(_former(part) for part in parts if part.is_removal),
        removals=tuple(part.contact for part in parts if part.is_addition),
        texts={path: (str(new), str(old)) for each in files for path, (old, new) in each},
        records=records,
        events=tuple(events),
    )


def _inverse(part: Part, contact: Contact | None) -> dict[str, tuple[Value, Value]]:
    """The changes of *part* the other way round, from what the fields of *contact* say now."""
    return {
        name: (contact.get(name) if contact else new, old)
        for name, (old, new) in part.changes.items()
    }


def _former_text(part: Part, state: State) -> tuple[str, str] | tuple[()]:
    """The text of the record now and as it was, if nobody has changed it since."""
    if not part.record or state.records.get(part.contact, "") != part.record[1]:
        return ()
    return part.record[1], part.record[0]


def _former(part: Part) -> dict[str, Value]:
    """The fields of a contact that was taken out of the book."""
    return {name: old for name, (old, _) in part.changes.items() if old}
