"""What counts after an undo, the plan that undoes an operation, and what is in its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.contacts import with_values
from leadctl.editing import add_contact, read_assignments, set_fields
from leadctl.errors import ConflictError, RefusedError, RequestError
from leadctl.lifecycle import by_contact, standing
from leadctl.moves import Move, change_status
from leadctl.plans import Plan
from leadctl.records import Change, Contact, Event, Standing
from leadctl.rewinding import as_known_on
from leadctl.stamps import Stamp, event_ids
from leadctl.touching import Touch, pin, snooze, touch
from leadctl.undo_views import undo_lines
from leadctl.undoing import (
    State,
    effective,
    find_operation,
    last_operation,
    require_statuses,
    undo,
    voided,
)
from tests.people import NO_OWN_FIELDS, STAGES, TODAY, contact, event, moved, stages_of, touched

ADA = contact("ada", status="Engage")


def undone(op: str, by: str, **changes: tuple[str, str]) -> Event:
    """The event by which the operation *by* takes *op* back."""
    return replace(event("undone", "2026-11-22", op=by, changes=dict(changes)), undoes=op)


def did(op: str) -> Event:
    return event("touched", "2026-11-01", op=op)


def at_noon(op: str) -> Stamp:
    return Stamp(op, f"{TODAY}T12:00:00+00:00", "marta", event_ids(2**44, sum(map(ord, op)) << 8))


def state(contacts: Sequence[Contact], *events: Event, **texts: str) -> State:
    named = {name.replace("_", "."): text for name, text in texts.items()}
    return State({each.id: each for each in contacts}, named, events)


def complaint(op: str, of: State) -> tuple[str, tuple[str, ...], str]:
    with pytest.raises(ConflictError) as caught:
        undo(op, of, at_noon("new"))
    return caught.value.message, caught.value.details, caught.value.hint


def ops(events: Sequence[Event]) -> list[str]:
    return [each.op for each in events]


def test_an_operation_that_is_undone_does_not_count_nor_does_the_undo() -> None:
    events = [did("a"), did("b"), undone("a", "c")]

    assert ops(effective(events)) == ["b"]
    assert voided(events) == {"a": "c"}


def test_undoing_an_undo_brings_the_operation_back() -> None:
    events = [did("a"), undone("a", "b"), undone("b", "c")]

    assert ops(effective(events)) == ["a"]
    assert voided(events) == {"b": "c"}


def test_every_further_undo_of_a_chain_turns_it_round() -> None:
    chain = [did("a"), undone("a", "b"), undone("b", "c"), undone("c", "d"), undone("d", "e")]

    counts = [ops(effective(chain[:length])) for length in range(1, 6)]

    assert counts == [["a"], [], ["a"], [], ["a"]]


def test_an_operation_can_be_undone_again_after_it_was_brought_back() -> None:
    events = [did("a"), undone("a", "b"), undone("b", "c"), undone("a", "d")]

    assert effective(events) == ()
    assert voided(events) == {"a": "d", "b": "c"}


def test_the_last_operation_is_neither_an_undo_nor_undone() -> None:
    assert last_operation([did("a"), did("b"), undone("b", "c")]) == "a"
    with pytest.raises(RequestError, match="nothing to undo"):
        last_operation([did("a"), undone("a", "b")])


def test_an_operation_is_found_by_how_its_id_begins() -> None:
    events = [did("abc123"), did("abd999"), did("x")]

    assert find_operation("abc", events) == "abc123"
    assert find_operation("ABD9", events) == "abd999"
    assert find_operation("x", events) == "x"


@pytest.mark.parametrize(
    ("word", "message", "hint"),
    [
        ("ab", '"ab" may be several operations', "abc123, abd999"),
        ("abx123", 'no operation "abx123"', 'did you mean "abc123"? `leadctl history` shows the'),
        ("zzz", 'no operation "zzz"', "`leadctl history` shows the ids"),
        ("", 'no operation ""', "`leadctl history` shows the ids"),
    ],
)
def test_an_operation_that_is_not_there_is_told(word: str, message: str, hint: str) -> None:
    with pytest.raises(RequestError) as caught:
        find_operation(word, [did("abc123"), did("abd999")])

    assert caught.value.message == message
    assert caught.value.hint.startswith(hint)


def test_what_an_operation_did_to_a_contact_is_undone_in_sum() -> None:
    events = (
        event("status", "2026-11-01", op="a", changes={"status": ("New", "Active")}),
        event("status", "2026-11-01", op="a", changes={"status": ("Active", "Engage")}),
        event("edited", "2026-11-01", op="a", changes={"title": ("", "CEO")}),
        event("edited", "2026-11-01", op="a", changes={"title": ("CEO", "")}),
    )

    change = undo("a", state([ADA], *events), at_noon("b")).change

    (made,) = change.events
    assert (made.kind, made.op, made.undoes, made.contact) == ("undone", "b", "a", "ada")
    assert made.changes == {"status": ("Engage", "New")}
    assert [(edit.field, edit.old, edit.new) for edit in change.edits] == [
        ("status", "Engage", "New")
    ]


def test_a_touch_is_undone_by_an_event_alone() -> None:
    change = undo("op1", state([ADA], touched("2026-11-01")), at_noon("b")).change

    assert (change.edits, change.removals) == ((), ())
    assert change.events[0].changes == {}


def test_a_list_is_what_it_was_when_it_was_written_in_one_cell() -> None:
    given = event("edited", "2026-11-01", changes={"langs": ("", ("en", "fr"))})

    change = undo("op1", state([contact(langs="en; fr")], given), at_noon("b")).change

    assert [(edit.old, edit.new) for edit in change.edits] == [("en; fr", "")]


def test_a_field_that_was_changed_since_is_in_the_way_and_named_with_the_operation() -> None:
    first = moved("New", "Active", "2026-11-01")
    second = replace(moved("Active", "Engage", "2026-11-02"), op="op2")

    assert complaint("op1", state([ADA], first, second)) == (
        "operation op1 cannot be undone: something has changed since; nothing was changed",
        ('  ada: status is "Engage", expected "Active" (operation op2)',),
        "undo first what came later: leadctl undo op2",
    )


def test_what_was_set_back_by_hand_is_not_in_the_way() -> None:
    changed = event("edited", "2026-11-01", changes={"title": ("CEO", "CFO"), "note": ("", "hi")})
    plan = undo("op1", state([contact(title="CEO", note="hi")], changed), at_noon("op9"))

    assert [(edit.field, edit.new) for edit in plan.change.edits if edit.old != edit.new] == [
        ("note", "")
    ]


def test_a_change_by_hand_is_in_the_way_too() -> None:
    cleared = event("edited", "2026-11-01", changes={"title": ("CEO", ""), "note": ("x", "a\nb")})

    _, details, hint = complaint("op1", state([contact(title="CFO")], cleared))

    assert details == (
        '  ada: title is "CFO", expected not set',
        '  ada: note is not set, expected "a ↵ b"',
    )
    assert hint == "it was changed by hand or by another program: set it back, then undo"


def test_of_many_conflicts_ten_are_named() -> None:
    people = [contact(f"c{number:02}", status="Active") for number in range(12)]
    events = [moved("New", "Engage", "2026-11-01", who=each.id) for each in people]

    _, details, _ = complaint("op1", state(people, *events))

    assert len(details) == 11
    assert details[0].startswith("  c00: ")
    assert details[-1] == "… 2 more"


def test_the_latest_of_several_later_operations_is_to_be_undone_first() -> None:
    events = (
        event("edited", "2026-11-01", changes={"title": ("", "a"), "company": ("", "b")}),
        event("edited", "2026-11-02", op="op2", changes={"company": ("b", "c")}),
        event("edited", "2026-11-03", op="op3", changes={"title": ("a", "d")}),
        event("edited", "2026-11-04", op="op4", changes={"company": ("c", "e")}),
    )

    _, _, hint = complaint("op1", state([contact(title="d", company="e")], *events))

    assert hint == "undo first what came later: leadctl undo op4"


def test_what_is_undone_already_is_not_undone_twice() -> None:
    message, _, hint = complaint("a", state([ADA], did("a"), undone("a", "b")))

    assert message == "operation a is undone already, by b"
    assert hint == "to have it again: leadctl undo b"


def added() -> Event:
    fields = {"id": "ada", "name": "Ada Lovelace", "status": "Engage"}
    changes = {name: ("", text) for name, text in fields.items()}
    return event("added", "2026-11-01", op="add", changes=dict(changes))


def test_an_addition_is_undone_by_removing_the_contact() -> None:
    change = undo("add", state([ADA], added()), at_noon("b")).change

    assert (change.removals, change.edits) == (("ada",), ())
    assert change.events[0].changes == {
        "id": ("ada", ""),
        "name": ("Ada Lovelace", ""),
        "status": ("Engage", ""),
    }


def test_undoing_that_adds_the_contact_with_the_same_fields() -> None:
    gone = undo("add", state([ADA], added()), at_noon("b")).change

    back = undo("b", state([], added(), *gone.events), at_noon("c")).change

    assert back.additions == ({"id": "ada", "name": "Ada Lovelace", "status": "Engage"},)
    assert list(back.additions[0]) == ["id", "name", "status"]
    assert back.events[0].changes["id"] == ("", "ada")


def test_a_contact_that_was_changed_by_hand_is_not_removed() -> None:
    changed = replace(ADA, values={**ADA.values, "title": "CEO"})

    _, details, _ = complaint("add", state([changed], added()))

    assert details == ('  ada: title is "CEO", expected not set',)


def test_a_contact_is_not_removed_while_something_else_is_known_of_it() -> None:
    later = [added(), did("op2"), did("op3"), did("op3")]

    _, details, hint = complaint("add", state([ADA], *later))
    freed = undo("add", state([ADA], *later, undone("op3", "u"), undone("op2", "v")), at_noon("b"))

    assert details == (
        "  ada: something happened later (operation op2)",
        "  ada: something happened later (operation op3)",
    )
    assert hint == "undo first what came later: leadctl undo op3"
    assert freed.change.removals == ("ada",)


def test_a_touch_that_came_back_keeps_the_contact_wherever_it_stands_in_the_journal() -> None:
    """The touch is older than the undo that brought its contact back."""
    events = [
        added(), did("call"), undone("call", "u1"), undone("add", "u2"), undone("u2", "u3"),
        undone("u1", "u4"),
    ]  # fmt: skip
    returned = replace(events[4], changes={name: ("", new) for name, new in ADA.values.items()})
    events[4] = returned

    _, details, _ = complaint("u3", state([ADA], *events))

    assert details == ("  ada: something happened later (operation call)",)


def test_nothing_can_be_undone_for_a_contact_that_has_gone() -> None:
    _, details, _ = complaint("op1", state([], touched("2026-11-01")))

    assert details == ("  ada is no longer in the book",)


def test_a_contact_does_not_come_back_where_its_id_is_taken() -> None:
    gone = undone("add", "b", id=("ada", ""), name=("Ada", ""))

    _, details, _ = complaint("b", state([ADA], added(), gone))

    assert details == ("  ada is in the book already",)


def test_people_who_were_forgotten_are_left_in_peace() -> None:
    events = (moved("New", "Engage", "2026-11-01"), touched("2026-11-01", who="~abcdefgh"))

    change = undo("op1", state([ADA], *events), at_noon("b")).change

    assert [each.contact for each in change.events] == ["ada"]


def test_forgetting_cannot_be_undone() -> None:
    forgot = event("forgotten", "2026-11-01", who="~abcdefgh")

    with pytest.raises(RefusedError, match="cannot be undone"):
        undo("op1", state([], forgot), at_noon("b"))


def restaged(old: str, new: str) -> Event:
    return event("stages", "2026-11-01", who="stages.yaml", changes={"stages.yaml": (old, new)})


def test_a_file_that_changed_as_a_whole_gets_its_old_text() -> None:
    plan = undo("op1", state([], restaged("old", "new"), stages_yaml="new"), at_noon("b"))

    assert plan.change.texts == {"stages.yaml": ("new", "old")}
    assert plan.change.events[0].changes == {"stages.yaml": ("new", "old")}


def test_a_file_that_was_edited_since_stays() -> None:
    _, details, _ = complaint("op1", state([], restaged("old", "new"), stages_yaml="newer"))

    assert details == ("  stages.yaml is another text now",)


def test_stages_do_not_lose_a_status_that_somebody_is_in() -> None:
    then = stages_of("default: New\nstatuses: {New: {}}\n")
    plan = Plan(Change(op="b", texts={"stages.yaml": ("new", "old")}))

    with pytest.raises(ConflictError) as caught:
        require_statuses(plan, [ADA, contact("bo"), contact("cy", status="Gone")], STAGES, then)

    assert caught.value.details == ('  ada is in "Engage"',)


def test_a_text_that_the_journal_cannot_hold_is_not_brought_back() -> None:
    mended = event("edited", "2026-11-01", who="contacts.yaml", note="kept in quarantine")

    with pytest.raises(RefusedError) as caught:
        undo("op1", state([], mended), at_noon("b"))

    assert caught.value.hint == "kept in quarantine"


def test_the_difference_shows_fields_and_what_no_longer_counts() -> None:
    events = (
        event("status", "2026-11-01", changes={"status": ("New", "Engage")}),
        touched("2026-11-02", note="nice"),
        event("edited", "2026-11-02", changes={"tags": (("a", "b"), "")}),
    )
    plan = undo("op1", state([ADA], *events), at_noon("b"))

    assert list(undo_lines(plan, events)) == [
        "ada",
        "-status: Engage",
        "+status: New",
        "+tags: a, b",
        "-2026-11-02 call, reached: nice",
    ]


def test_the_difference_shows_what_counts_again() -> None:
    events = (touched("2026-11-02"), undone("op1", "u"))
    plan = undo("u", state([ADA], *events), at_noon("b"))

    assert list(undo_lines(plan, events)) == ["ada", "+2026-11-02 call, reached"]


def test_the_difference_of_a_file_is_that_of_its_lines() -> None:
    events = (restaged("a\nb\n", "a\nc\n"),)
    plan = undo("op1", state([], *events, stages_yaml="a\nc\n"), at_noon("b"))

    assert list(undo_lines(plan, events))[-3:] == [" a", "-c", "+b"]


def test_on_a_day_between_an_operation_and_its_undo_it_counts() -> None:
    gone = replace(undone("add", "b"), changes={n: (v, "") for n, v in ADA.values.items()})
    events = [added(), replace(did("call"), on="2026-11-03", at="2026-11-03T09:00:00+00:00")]
    events += [undone("call", "u"), gone]

    before, _ = as_known_on(events[0].day.replace(day=5), [], events)
    after, _ = as_known_on(TODAY, [], events)
    _, known = as_known_on(events[0].day.replace(day=5), [], events)

    assert [who.values for who in before] == [ADA.values]
    assert after == ()
    assert ops(effective(known)) == ["add", "call"]


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
