"""Any commands undone: in reverse, every state comes back; an undo and its undo change nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.contacts import with_values
from leadctl.editing import add_contact, read_assignments, set_fields
from leadctl.errors import ConflictError, RequestError
from leadctl.lifecycle import by_contact, standing
from leadctl.moves import Move, change_status
from leadctl.plans import Plan
from leadctl.records import Change, Contact, Event, Standing
from leadctl.stamps import Stamp, event_ids
from leadctl.touching import Touch, pin, snooze, touch
from leadctl.undo_parts import State
from leadctl.undoing import undo
from leadctl.what_counts import effective
from tests.people import NO_OWN_FIELDS, STAGES, TODAY, contact


@dataclass
class Book:
    """Contacts and events in memory, changed as the store changes files."""

    contacts: dict[str, Contact] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    clock: int = 2**44

    def stamp(self) -> Stamp:
        self.clock += 1
        return Stamp(f"op{self.clock}", f"{TODAY}T12:00:00+00:00", "m", event_ids(self.clock, 0))

    def carry_out(self, change: Change) -> None:
        for edit in change.edits:
            who = self.contacts[edit.contact]
            assert who.get(edit.field) == edit.old
            self.contacts[edit.contact] = with_values(who, {**who.values, edit.field: edit.new})
        for id_ in change.removals:
            del self.contacts[id_]
        for fields in change.additions:
            assert fields["id"] not in self.contacts
            self.contacts[str(fields["id"])] = with_values(contact(), dict(fields))
        self.events += change.events

    def undo(self, op: str) -> str:
        stamp = self.stamp()
        self.carry_out(undo(op, State(self.contacts, {}, self.events), stamp).change)
        return stamp.op

    def seen(self) -> dict[str, tuple[Mapping[str, object], Standing]]:
        past = by_contact(effective(self.events))
        return {
            id_: (dict(sorted(who.values.items())), standing(who, past.get(id_, ()), STAGES))
            for id_, who in self.contacts.items()
        }


def _run(book: Book, number: int, word: str, who: Sequence[int]) -> str:
    """One command of *word*, on some of the contacts; its operation, empty if nothing changed."""
    stamp, people = book.stamp(), list(book.contacts.values())
    chosen = [people[each % len(people)] for each in who] if people else []
    try:
        plan = _planned(word, book, number, chosen, stamp)
    except RequestError:
        return ""
    book.carry_out(plan.change)
    return stamp.op if plan.change.events else ""


def _planned(word: str, book: Book, number: int, chosen: Sequence[Contact], stamp: Stamp) -> Plan:
    if word == "add":
        return add_contact(
            {"name": f"N {number}", "tags": ("vip",)}, Move(""), taken=book.contacts, stages=STAGES,
            today=TODAY, stamp=stamp,
        )  # fmt: skip
    if word in ("touch", "touch --status"):
        status = "Engage" if word.endswith("status") else ""
        return touch(chosen, Touch(), stages=STAGES, today=TODAY, stamp=stamp, status=status)
    if word == "snooze":
        return snooze(chosen, TODAY.replace(year=2027), note="", today=TODAY, stamp=stamp)
    if word == "pin":
        return pin(chosen, None, note="why", today=TODAY, stamp=stamp)
    if word == "set":
        given = read_assignments(["tag+=new", "title=", f"company=C{number}"], NO_OWN_FIELDS, TODAY)
        return set_fields(chosen, given, note="", stamp=stamp)
    moves = [(each, Move(word, f"note {number}")) for each in chosen]
    return change_status(moves, STAGES, TODAY, stamp)


WORDS = st.sampled_from(
    ["add", "touch", "touch --status", "snooze", "pin", "set", "Engage", "Active", "Closed"]
)
COMMANDS = st.lists(st.tuples(WORDS, st.lists(st.integers(0, 3), max_size=3)), max_size=8)


@settings(max_examples=200, deadline=None)
@given(COMMANDS)
def test_undoing_all_commands_in_reverse_gives_back_every_state_on_the_way(
    commands: list[tuple[str, list[int]]],
) -> None:
    book = Book({"ada": contact(title="CEO"), "bo": contact("bo", status="Active", pinned="yes")})
    passed = []
    for number, (word, who) in enumerate(commands):
        before = book.seen()
        op = _run(book, number, word, who)
        if op:
            passed.append((before, op))

    for before, op in reversed(passed):
        book.undo(op)

        assert book.seen() == before
    assert effective(book.events) == ()


@settings(max_examples=200, deadline=None)
@given(COMMANDS, st.integers(0, 7))
def test_undoing_any_one_and_undoing_that_changes_nothing(
    commands: list[tuple[str, list[int]]], which: int
) -> None:
    book = Book({"ada": contact(title="CEO"), "bo": contact("bo", status="Active", pinned="yes")})
    made = [_run(book, number, *each) for number, each in enumerate(commands)]
    op = made[which] if which < len(made) else ""
    before = book.seen()
    counted = effective(book.events)
    if not op:
        return
    try:
        undoing = book.undo(op)
    except ConflictError:
        # Something later builds on it; then nothing at all has happened.
        assert book.seen() == before
        return

    book.undo(undoing)

    assert book.seen() == before
    assert effective(book.events) == counted
