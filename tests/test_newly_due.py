"""What is new on the prospect list: the list of then taken from that of now, without a memory."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.lifecycle import entries, pasts
from leadctl.prospecting.newly_due import changed_since, entries_then, newly_due
from leadctl.prospecting.prospects import prospects, reasons_for
from leadctl.query.sql import EVERYTHING
from leadctl.rewinding import as_known_on
from leadctl.what_counts import effective, voided
from tests.people import TODAY, contact, event, moved, touched
from tests.reports.asking import Book
from tests.reports.test_reports_oracle import books

YESTERDAY = TODAY - timedelta(days=1)


#: So that only the clock counts where a test writes people down without their addresses.
KNOWN = {"email": ("ada@example.org",)}


def new_ones(book: Book, then: date, *, ahead: int = 0) -> dict[str, tuple[str, ...]]:
    """Who is new and all reasons of each, worked out as the command does it."""
    with closing(book.index()) as index:
        found = prospects(index.entries(EVERYTHING), book.stages, TODAY, ahead_days=ahead)
        undoings = index.undoings()
        void = voided(each for each in undoings if each.known <= then)
        others = index.contacts_of(void.keys() ^ voided(undoings).keys())
        changed = changed_since(then, found, index.learnt_about(then) | others)
        past = index.pasts(changed)
        before = {each.entry.contact.id: each.entry for each in found}
        before = {id_: each for id_, each in before.items() if id_ not in changed}
        before |= entries_then(then, changed.values(), past, void, book.stages)
        new = newly_due(found, then, before, book.stages, ahead_days=ahead)
    return {each.entry.contact.id: each.codes for each in new}


def by_two_lists(book: Book, then: date, *, ahead: int) -> dict[str, tuple[str, ...]]:
    """The same from the whole book as it was on the day, and as it is."""
    contacts, events = as_known_on(then, tuple(book.contacts), tuple(book.events))
    stages = book.stages
    before = {
        each.contact.id: {
            reason.code for reason in reasons_for(each, stages, then, ahead_days=ahead)
        }
        for each in entries(contacts, pasts(effective(events), stages), stages)
    }
    everybody = entries(book.contacts, pasts(effective(book.events), stages), stages)
    return {
        each.entry.contact.id: each.codes
        for each in prospects(everybody, stages, TODAY, ahead_days=ahead)
        if set(each.codes) - before.get(each.entry.contact.id, set())
    }


@settings(max_examples=300, deadline=None)
@given(books(), st.integers(0, 60), st.sampled_from([0, 3]))
def test_it_is_the_list_of_now_without_that_of_then(book: Book, days: int, ahead: int) -> None:
    then = TODAY - timedelta(days=days)

    assert new_ones(book, then, ahead=ahead) == by_two_lists(book, then, ahead=ahead)


def test_who_became_due_meanwhile_is_new_and_who_was_due_is_not() -> None:
    book = Book(
        [
            contact("ada", status="Engage", last_touch="2026-11-15", **KNOWN),
            contact("bo", status="Engage", last_touch="2026-11-14", **KNOWN),
        ]
    )

    assert new_ones(book, YESTERDAY) == {"ada": ("touch_due",)}
    assert new_ones(book, TODAY) == {}


def test_who_came_in_meanwhile_is_new() -> None:
    added = event("added", "2026-11-22", changes={"id": ("", "ada"), "status": ("", "New")})
    book = Book([contact(created="2026-11-22", **KNOWN)], [added])

    assert new_ones(book, YESTERDAY) == {"ada": ("never_contacted",)}


def test_who_was_due_and_has_another_reason_now_is_new_for_that() -> None:
    book = Book(
        [contact(status="Engage", created="2026-01-01", **KNOWN)],
        [moved("New", "Engage", "2026-09-22"), touched("2026-11-01")],
    )

    assert new_ones(book, date(2026, 11, 21)) == {"ada": ("touch_due", "stuck")}
    assert new_ones(book, TODAY) == {}


def test_a_touch_that_was_typed_in_later_was_not_known_then() -> None:
    late = event(
        "touched", "2026-11-10", via="call", outcome="reached", at="2026-11-22T09:00:00+00:00"
    )
    book = Book([contact(status="Engage", created="2026-11-01", **KNOWN)], [late])

    # Then it was a contact that nobody had ever called.
    assert new_ones(book, YESTERDAY) == {"ada": ("touch_due",)}
