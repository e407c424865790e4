"""Moves that stages.yaml asks for: whose time has come, and circles that never end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from leadctl.advancing import advance, circles
from leadctl.plans import Plan
from leadctl.records import Contact, Event
from tests.people import TODAY, contact, entry, moved, stages_of, stamp
from tests.test_stages_mistakes import warnings

STAGES = stages_of("""\
default: New
statuses:
  New: {touch_every: 2 days, then: {after: 10 days, to: Old, automatic: yes}}
  Old: {touch_every: never, note: required, then: {after: 10 days, to: Gone, automatic: yes}}
  Warm: {touch_every: 2 days, then: {after: 10 days, to: Old}}
  Sold: {touch_every: 2 days, then: {after: 10 days, since: sold_on, to: Old, automatic: yes}}
  Gone: {touch_every: never}
fields: {sold_on: date}
""")


def run(who: Contact, *events: Event, today: date = TODAY) -> Plan:
    return advance([entry(who, events, stages=STAGES)], STAGES, today, stamp(today))


def test_a_move_is_made_once_its_time_has_come() -> None:
    plan = run(contact(created="2026-11-12"))

    (event,) = plan.change.events
    assert dict(event.changes) == {"status": ("New", "Old")}
    assert (event.origin, event.note) == ("rule then of New", "10 days in New")
    assert plan.notes == ("New → Old: ada",)


def test_no_move_is_made_before_its_time() -> None:
    assert run(contact(created="2026-11-13")).change.is_empty


def test_a_move_that_is_made_is_not_made_again() -> None:
    first = run(contact(created="2026-11-12"))
    after = replace(first.change.events[0], line=1)

    again = run(contact(status="Old", created="2026-11-12"), after)

    assert again.change.is_empty
    assert again.notes == ()


def test_nobody_goes_through_two_statuses_at_once() -> None:
    long_ago = contact(created="2020-01-01")

    (event,) = run(long_ago).change.events

    assert event.changes["status"] == ("New", "Old")


def test_a_move_that_is_only_suggested_is_named_and_left_alone() -> None:
    plan = run(contact(status="Warm", created="2026-11-12"))

    assert plan.change.is_empty
    assert plan.notes == ("Warm → Old, only suggested: ada",)


def test_a_date_of_the_contact_counts_where_then_says_so() -> None:
    came = moved("New", "Sold", "2026-11-01")

    assert run(contact(status="Sold", sold_on="2026-11-13"), came).change.is_empty
    (event,) = run(contact(status="Sold", sold_on="2026-11-12"), came).change.events
    assert event.note == "10 days since sold_on"


CIRCLE = """\
default: New
statuses:
  New: {touch_every: 2 days, then: {after: 10 days, to: Old}}
  Old: {touch_every: 2 days, then: {after: 10 days, to: Back}}
  Back: {touch_every: 2 days, then: {after: 10 days, to: Old%s}}
fields: {back_on: date}
"""


def test_statuses_that_hand_a_contact_round_are_pointed_out_once() -> None:
    assert warnings(CIRCLE % "") == [
        '4:3 `then` would move a contact round and round: "Old" → "Back" → "Old"'
    ]


def test_a_circle_that_waits_for_a_new_date_goes_round_once_for_each() -> None:
    assert warnings(CIRCLE % ", since: back_on") == []


def test_a_way_that_ends_is_no_circle() -> None:
    assert list(circles(STAGES)) == []
