"""What one operation did to each contact or file, in sum, and what keeps that from being undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from leadctl.errors import ConflictError
from leadctl.records import Changes, Contact, Event, FollowUp, Value, net_follow_ups
from leadctl.sanitise import safe
from leadctl.views import plainly

#: So many of the values in the way are named, each with so many characters.
NAMED = 10
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class State:
    """What a book holds at the moment."""

    #: By id.
    contacts: Mapping[str, Contact]
    #: Files that operations change as a whole, by path in the book.
    texts: Mapping[str, str]
    #: All of them, in the order of their ids.
    events: Sequence[Event]
    #: By id: those that an operation changed, and all of the contacts.
    follow_ups: Mapping[str, FollowUp] = field(default_factory=dict)
    #: The text of the records that an operation changed as a whole, by id.
    records: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """What one operation did to one contact or file, in sum."""

    #: The id of the contact, or the path of the file.
    contact: str
    #: Field → (before, after); of a file its whole texts.
    changes: Mapping[str, tuple[Value, Value]]
    is_file: bool
    #: Of the last event that it had there.
    last_event: str
    #: The same for follow-ups of the contact, by id.
    follow_ups: Mapping[str, Changes] = field(default_factory=dict)
    #: The text of the record before and after; nothing if only fields are known.
    record: tuple[str, ...] = ()

    @property
    def is_addition(self) -> bool:
        """True if the operation brought the contact into the book."""
        return "id" in self.changes and not self.changes["id"][0]

    @property
    def is_removal(self) -> bool:
        """True if the operation took the contact out of the book."""
        return "id" in self.changes and not self.changes["id"][1]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that is no longer as the operation left it."""

    #: Or a follow-up, as `follow-up k7m2`.
    contact: str
    #: Empty if not a field, but an event of a later operation is in the way.
    field: str = ""
    now: Value = ""
    expected: Value = ""
    #: The event of a later operation that did it, if the journal knows that.
    by: Event | None = None


def parts_of(events: Iterable[Event]) -> list[Part]:
    """What *events*, all of one operation, did; people who were forgotten since are left out."""
    grouped: dict[str, list[Event]] = {}
    for event in events:
        if not event.contact.startswith("~"):
            grouped.setdefault(event.contact, []).append(event)
    return [
        Part(
            contact,
            _net(contact, mine),
            not mine[0].is_about_contact,
            mine[-1].id,
            net_follow_ups(mine),
            _net_record(mine),
        )
        for contact, mine in grouped.items()
    ]


def part_conflicts(part: Part, state: State, others: Sequence[Event]) -> Iterator[Conflict]:
    """Why *part* cannot be undone as things are in *state*, if it cannot.

    *others* are the events of other operations about the contact that count, and those by which
    others were undone.
    """
    later = [event for event in others if event.id > part.last_event]
    contact, texts = state.contacts.get(part.contact), state.texts
    for id_, changes in part.follow_ups.items():
        yield from _follow_up_conflicts(id_, changes, state.follow_ups.get(id_), later)
    if part.follow_ups and not part.changes:
        return
    if part.is_file:
        changed = (path for path, (_, new) in part.changes.items() if texts.get(path) != new)
        yield from (_conflict(path, path, "", "", later) for path in changed)
    elif part.is_removal:
        if contact is not None:
            yield _conflict(contact.id, "id", contact.id, "", later)
    elif contact is None:
        yield _conflict(part.contact, "id", "", part.contact, later)
    elif part.is_addition:
        yield from _addition_conflicts(part, contact, later, others)
        yield from _left_alone(part, state.follow_ups.values())
    elif part.changes:
        yield from _field_conflicts(part, contact, part.changes, later)
    elif part.record and state.records.get(contact.id) != part.record[1]:
        yield Conflict(contact.id, "record", by=later[-1] if later else None)


def conflict_error(op: str, conflicts: Sequence[Conflict]) -> ConflictError:
    """The refusal to undo *op*, which names the *conflicts* and what to undo before."""
    lines = [_line(conflict) for conflict in conflicts[:NAMED]]
    if len(conflicts) > NAMED:
        lines.append(f"… {len(conflicts) - NAMED} more")
    later = [conflict.by for conflict in conflicts if conflict.by]
    hint = "it was changed by hand or by another program: set it back, then undo"
    if later:
        last = max(later, key=lambda event: event.id)
        hint = f"undo first what came later: leadctl undo {last.op}"
    message = f"operation {op} cannot be undone: something has changed since; nothing was changed"
    return ConflictError(message, hint=hint, details=tuple(lines))


def flat(value: Value) -> str:
    """*value* as it compares: a list, and its texts in one cell, are the same."""
    return value if isinstance(value, str) else "; ".join(value)


def _net(contact: str, events: Iterable[Event]) -> dict[str, tuple[Value, Value]]:
    """All changes of *events* as one, without the fields that ended as they began."""
    net: dict[str, tuple[Value, Value]] = {}
    for event in events:
        changes = dict(event.changes)
        if event.kind == "added":
            changes.setdefault("id", ("", contact))
        for name, (old, new) in changes.items():
            net[name] = (net[name][0] if name in net else old, new)
    return {name: pair for name, pair in net.items() if pair[0] != pair[1]}


def _net_record(events: Iterable[Event]) -> tuple[str, ...]:
    texts = [event.record for event in events if event.record]
    return (texts[0][0], texts[-1][-1]) if texts else ()


def _follow_up_conflicts(
    id_: str, changes: Changes, now: FollowUp | None, later: Sequence[Event]
) -> Iterator[Conflict]:
    if now is None and changes.get("id", ("", "?"))[1]:
        yield Conflict(f"follow-up {id_}", "id", "", id_, _last_to(later, id_))
        return
    names = {**changes, **(now.values if now and "id" in changes else {})}
    for name in names:
        held, expected = now.get(name) if now else "", changes.get(name, ("", ""))[1]
        if held != expected:
            yield Conflict(f"follow-up {id_}", name, held, expected, _last_to(later, id_))


def _last_to(later: Sequence[Event], id_: str) -> Event | None:
    by = [event for event in later if id_ in event.follow_ups]
    return by[-1] if by else None


def _addition_conflicts(
    part: Part, contact: Contact, later: Sequence[Event], others: Sequence[Event]
) -> Iterator[Conflict]:
    """Only a contact that is as it came, and about whom nothing else is known, can go again."""
    found = list(_field_conflicts(part, contact, {**part.changes, **contact.values}, later))
    yield from found
    if not found:
        ops = {event.op: event for event in others if event.kind != "undone"}
        yield from (Conflict(contact.id, by=event) for event in ops.values())


def _left_alone(part: Part, follow_ups: Iterable[FollowUp]) -> Iterator[Conflict]:
    """Follow-ups that would be for nobody once the contact is gone."""
    for each in follow_ups:
        if each.contact == part.contact and each.id not in part.follow_ups:
            yield Conflict(f"follow-up {each.id}", "contact", each.contact, "")


def _field_conflicts(
    part: Part, contact: Contact, names: Iterable[str], later: Sequence[Event]
) -> Iterator[Conflict]:
    for name in names:
        expected = part.changes[name][1] if name in part.changes else ""
        now, before = contact.get(name), part.changes[name][0] if name in part.changes else None
        # Somebody has set it back already: that is what the undo would do.
        is_back = before is not None and not part.is_addition and flat(now) == flat(before)
        if flat(now) != flat(expected) and not is_back:
            yield _conflict(contact.id, name, now, expected, later)


def _conflict(
    contact: str, field: str, now: Value, expected: Value, later: Sequence[Event]
) -> Conflict:
    by = [event for event in later if field in event.changes]
    return Conflict(contact, field, now, expected, by[-1] if by else None)


def _line(conflict: Conflict) -> str:
    by = f" (operation {conflict.by.op})" if conflict.by else ""
    if not conflict.field:
        return f"  {conflict.contact}: something happened later{by}"
    if conflict.field == conflict.contact:
        return f"  {conflict.contact} is another text now{by}"
    if conflict.field == "record":
        return f"  {conflict.contact}: the text of the record is another now{by}"
    if conflict.field == "id":
        return f"  {conflict.contact} {_presence(conflict)}{by}"
    now, expected = _shown(conflict.now), _shown(conflict.expected)
    return f"  {conflict.contact}: {conflict.field} is {now}, expected {expected}{by}"


def _presence(conflict: Conflict) -> str:
    return "is in the book already" if conflict.now else "is no longer in the book"


def _shown(value: Value) -> str:
    text = safe(plainly(value))
    if not text:
        return "not set"
    return f'"{text}"' if len(text) <= _LONGEST else f'"{text[:_LONGEST]}…"'
