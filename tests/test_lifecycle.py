"""The lifecycle clock: when a contact was touched, since when it stands there, what is due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.dates import NEVER, Interval
from leadctl.lifecycle import (
    by_contact,
    is_pinned,
    is_snoozed,
    last_known,
    overdue_days,
    standing,
    touch_interval,
)
from leadctl.records import Contact, Event, Standing
from tests.people import STAGES, contact, entry, event, moved, stages_of, touched


def after(who: Contact, *events: Event) -> Standing:
    return standing(who, events, STAGES)


def test_the_next_touch_is_the_last_touch_and_the_interval_of_the_status() -> None:
    place = after(contact(status="Engage"), touched("2026-11-01"))

    assert (place.touched, place.due) == (date(2026, 11, 1), date(2026, 11, 8))
    assert place.interval_days == 7


def test_a_back_dated_touch_never_moves_the_last_touch_backwards() -> None:
    place = after(contact(status="Engage"), touched("2026-11-10"), touched("2026-11-01"))

    assert (place.touched, place.due) == (date(2026, 11, 10), date(2026, 11, 17))
    assert place.touches == 2


def test_the_day_of_a_touch_is_when_it_happened_and_not_when_it_was_typed() -> None:
    typed_late = event("touched", "2026-11-01", at="2026-11-20T09:00:00+00:00", outcome="reached")

    assert after(contact(), typed_late).touched == date(2026, 11, 1)


def test_a_touch_brought_along_in_the_file_counts_beside_the_journal() -> None:
    who = contact(status="Engage", last_touch="2026-11-05")

    assert after(who).due == date(2026, 11, 12)
    assert after(who, touched("2026-11-01")).touched == date(2026, 11, 5)
    assert after(who, touched("2026-11-06")).touched == date(2026, 11, 6)


def test_an_attempt_is_a_touch_that_has_not_reached_anybody() -> None:
    place = after(contact(), touched("2026-11-01"), touched("2026-11-09", outcome="attempted"))

    assert (place.touched, place.reached) == (date(2026, 11, 9), date(2026, 11, 1))


def test_a_new_contact_that_was_never_touched_is_due_on_the_day_it_was_created() -> None:
    assert after(contact(created="2026-11-20")).due == date(2026, 11, 20)


def test_a_first_touch_may_never_be_due() -> None:
    stages = stages_of("default: A\nstatuses:\n  A: {touch_every: 2 days, first_touch: never}\n")
    who = contact(status="A", created="2026-11-20")

    assert standing(who, (), stages).due is None
    assert standing(who, [touched("2026-11-21")], stages).due == date(2026, 11, 23)


def test_without_a_first_touch_the_interval_runs_from_the_day_of_creation() -> None:
    assert after(contact(status="Engage", created="2026-11-20")).due == date(2026, 11, 27)


def test_a_contact_without_touch_and_day_of_creation_is_never_due() -> None:
    assert after(contact()).due is None


def test_months_are_calendar_months() -> None:
    place = after(contact(status="Active"), touched("2027-01-31"))

    assert place.due == date(2027, 2, 28)


def test_a_contact_may_override_the_interval_of_its_status() -> None:
    place = after(contact(status="Engage", touch_every="3 days"), touched("2026-11-01"))

    assert (place.due, place.interval_days) == (date(2026, 11, 4), 3)


def test_a_contact_may_override_the_interval_of_its_status_with_never() -> None:
    place = after(contact(touch_every="never", created="2026-11-01"), touched("2026-11-02"))

    assert (place.due, place.interval_days) == (None, 0)


def test_an_override_counts_in_a_status_that_is_never_touched() -> None:
    who = contact(status="Inactive", touch_every="1 year")

    assert after(who, touched("2026-11-02")).due == date(2027, 11, 2)


def test_never_differs_from_not_set() -> None:
    never, not_set = STAGES.get("Inactive"), STAGES.get("Friend")

    assert touch_interval(contact(), never) == NEVER
    assert touch_interval(contact(), not_set) is None
    assert touch_interval(contact(), None) is None
    assert touch_interval(contact(touch_every="1 month"), not_set) == Interval(1, "month")


@pytest.mark.parametrize("status", ["Inactive", "Friend"])
def test_where_the_interval_is_never_or_not_set_nothing_is_due(status: str) -> None:
    assert after(contact(status=status, created="2026-01-01"), touched("2026-02-01")).due is None


def test_a_contact_is_in_its_status_since_it_was_last_changed() -> None:
    place = after(
        contact(status="Engage", created="2026-01-01"),
        event("added", "2026-01-01", changes={"status": ("", "New")}),
        moved("New", "Engage", "2026-02-01"),
    )

    assert place.since == date(2026, 2, 1)
    assert place.stuck_from == date(2026, 4, 3)


def test_without_a_journal_a_contact_is_in_its_status_since_it_was_created() -> None:
    assert after(contact(status="Engage", created="2026-01-01")).since == date(2026, 1, 1)


def test_if_the_status_was_changed_past_the_journal_nobody_knows_since_when() -> None:
    by_hand = contact(status="Engage", created="2026-01-01")

    place = after(by_hand, moved("New", "Active", "2026-02-01"))

    assert (place.since, place.stuck_from) == (None, None)


def test_the_limit_counts_full_days_in_the_status() -> None:
    place = after(contact(), moved("Engage", "New", "2026-11-01"))

    assert place.stuck_from == date(2026, 11, 9)


@pytest.mark.parametrize("status", ["Active", "Closed", "Someday"])
def test_without_a_limit_nobody_is_too_long_in_a_status(status: str) -> None:
    assert after(contact(status=status, created="2020-01-01")).stuck_from is None


def test_an_old_name_stands_for_the_status_in_the_file_and_in_the_journal() -> None:
    place = after(contact(status="Contacted"), moved("New", "CONTACTED", "2026-11-01"))

    assert (place.status, place.stage, place.outcome) == ("Engage", "Warm", "open")
    assert place.on_pipeline
    assert place.since == date(2026, 11, 1)


def test_an_unknown_status_stays_as_written_and_has_no_clock() -> None:
    place = after(
        contact(status="Someday"), moved("New", "Someday", "2026-11-01"), touched("2026-11-02")
    )

    assert (place.status, place.stage, place.outcome) == ("Someday", "", "")
    assert not place.on_pipeline
    assert (place.since, place.due) == (date(2026, 11, 1), None)


def test_a_status_off_the_pipeline_keeps_its_stage() -> None:
    place = after(contact(status="Inactive"))

    assert (place.stage, place.outcome, place.on_pipeline) == ("Lost", "lost", False)


def test_the_note_of_the_last_pin_is_told_as_long_as_the_pin_is_there() -> None:
    events = (event("pinned", "2026-11-01", note="old"), event("pinned", "2026-11-02", note="ask"))

    assert after(contact(pinned="yes"), *events).pin_note == "ask"
    assert after(contact(), *events).pin_note == ""


def test_snooze_ends_on_its_day() -> None:
    who = contact(snoozed_until="2026-11-22")

    assert is_snoozed(who, date(2026, 11, 21))
    assert not is_snoozed(who, date(2026, 11, 22))
    assert not is_snoozed(contact(), date(2026, 11, 21))


def test_snooze_is_no_touch_and_does_not_move_the_clock() -> None:
    awake = after(contact(status="Engage"), touched("2026-11-01"))

    snoozed = after(
        contact(status="Engage", snoozed_until="2026-12-24"),
        touched("2026-11-01"),
        event("snoozed", "2026-11-08", changes={"snoozed_until": ("", "2026-12-24")}),
    )

    assert snoozed == awake


def test_a_pin_holds_until_its_day_has_passed() -> None:
    who = contact(pinned="2026-11-22")

    assert is_pinned(who, date(2026, 11, 22))
    assert not is_pinned(who, date(2026, 11, 23))


def test_a_pin_without_a_day_holds_and_no_pin_does_not() -> None:
    assert is_pinned(contact(pinned="yes"), date(2099, 1, 1))
    assert not is_pinned(contact(pinned="no"), date(2026, 1, 1))


def test_overdue_counts_from_the_due_day_and_is_negative_before() -> None:
    due = date(2026, 11, 20)

    assert [overdue_days(due, date(2026, 11, day)) for day in (18, 20, 22)] == [-2, 0, 2]
    assert overdue_days(None, due) is None


def test_events_are_grouped_by_contact_in_the_order_of_writing() -> None:
    first, other, last = (
        touched("2026-11-02"), touched("2026-11-03", who="bo"), touched("2026-11-01")
    )  # fmt: skip

    assert by_contact([last, other, first]) == {"ada": [first, last], "bo": [other]}


def test_the_book_learnt_something_last_on_the_latest_day_of_writing() -> None:
    late = event("touched", "2026-01-01", at="2026-11-05T09:00:00+00:00")
    imported = event("touched", "2026-03-01", at="2026-11-09T09:00:00+00:00", origin="import x.csv")

    assert last_known([late, imported]) == date(2026, 11, 5)
    assert last_known([]) is None


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(date.isoformat)
TOUCHES = st.lists(
    st.builds(touched, DAYS, outcome=st.sampled_from(["reached", "attempted"])), max_size=8
)


@given(TOUCHES.flatmap(lambda events: st.tuples(st.just(events), st.permutations(events))))
def test_the_order_in_which_touches_were_typed_does_not_matter(
    orders: tuple[list[Event], list[Event]],
) -> None:
    who = contact(status="Active", created="2025-12-01", last_touch="2026-03-03")

    assert after(who, *orders[0]) == after(who, *orders[1])


@given(TOUCHES, st.builds(touched, DAYS, outcome=st.sampled_from(["reached", "attempted"])))
def test_one_more_touch_never_brings_the_due_day_forward_nor_the_last_touch_back(
    before: list[Event], more: Event
) -> None:
    who = contact(status="Engage", last_touch="2026-06-06")

    old, new = after(who, *before), after(who, *before, more)

    assert old.touched
    assert old.due
    assert new.touched == max(old.touched, more.day)
    assert new.due is not None
    assert new.due >= old.due


HOUSES = stages_of("""\
default: Buying
statuses:
  Buying: {touch_every: 14 days, then: {after: 1 month, since: closed_on, to: Past}}
  Closed: {touch_every: 14 days, then: {after: 30 days, to: Past}}
  Past: {touch_every: 90 days}
fields:
  closed_on: date
""")


def test_it_is_time_to_move_on_once_the_time_in_the_status_is_over() -> None:
    who = contact(status="Closed", created="2026-01-01")
    place = entry(who, [moved("Buying", "Closed", "2026-10-01")], stages=HOUSES).standing

    assert place.move_on_from == date(2026, 10, 31)


def test_the_time_to_move_on_may_be_counted_from_a_date_of_the_contact() -> None:
    bought = contact(status="Buying", created="2026-01-01", closed_on="2026-01-31")

    assert entry(bought, stages=HOUSES).standing.move_on_from == date(2026, 2, 28)


def test_a_date_from_before_the_contact_came_into_the_status_moves_nobody_on() -> None:
    who = contact(status="Buying", created="2024-01-01", closed_on="2024-05-01")
    events = [moved("Buying", "Past", "2024-06-01"), moved("Past", "Buying", "2026-10-01")]

    assert entry(who, events, stages=HOUSES).standing.move_on_from is None


@pytest.mark.parametrize("closed_on", ["", "soon"])
def test_without_the_date_that_is_counted_from_nobody_moves_on(closed_on: str) -> None:
    who = contact(status="Buying", created="2026-01-01", closed_on=closed_on)

    assert entry(who, stages=HOUSES).standing.move_on_from is None
