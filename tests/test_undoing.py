"""The plan that undoes an operation, what is in its way, and how it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from leadctl.errors import ConflictError, RefusedError
from leadctl.plans import Plan
from leadctl.records import Change, Contact, Event
from leadctl.stamps import Stamp, event_ids
from leadctl.undo_parts import State
from leadctl.undo_views import undo_lines
from leadctl.undoing import require_statuses, undo
from tests.people import STAGES, TODAY, contact, event, moved, stages_of, touched
from tests.undone import ADA, added, did, undone


def at_noon(op: str) -> Stamp:
    return Stamp(op, f"{TODAY}T12:00:00+00:00", "marta", event_ids(2**44, sum(map(ord, op)) << 8))


def state(contacts: Sequence[Contact], *events: Event, **texts: str) -> State:
    named = {name.replace("_", "."): text for name, text in texts.items()}
    return State({each.id: each for each in contacts}, named, events)


def complaint(op: str, of: State) -> tuple[str, tuple[str, ...], str]:
    with pytest.raises(ConflictError) as caught:
        undo(op, of, at_noon("new"))
    return caught.value.message, caught.value.details, caught.value.hint


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
