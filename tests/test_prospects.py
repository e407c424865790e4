"""Who is on the prospect list on a day, why, in what order, and what keeps others off it."""

from __future__ import annotations

from datetime import date

import pytest

from leadctl.prospecting.criteria import (
    CRITERIA,
    NEVER_CONTACTED,
    PINNED,
    REASONS,
    STUCK,
    TOUCH_DUE,
)
from leadctl.prospecting.prospects import prospects, reasons_for
from leadctl.prospecting.reasons import Reason
from leadctl.prospecting.why_not import why_not
from leadctl.records import Contact, Entry, Event
from leadctl.stages import Stages
from tests.people import STAGES, TODAY, contact, entry, event, moved, stages_of, touched


def codes(found: Entry, *, stages: Stages = STAGES, ahead_days: int = 0) -> tuple[str, ...]:
    return tuple(reason.code for reason in reasons_for(found, stages, TODAY, ahead_days=ahead_days))


def reason_of(who: Contact, *events: Event, ahead_days: int = 0) -> Reason:
    """The one reason of *who*."""
    (reason,) = reasons_for(entry(who, events), STAGES, TODAY, ahead_days=ahead_days)
    return reason


#: Follow-ups are looked at on their own.
ALL = {*CRITERIA} - {"follow_up_due", "plan_step_due"}


def test_the_reasons_are_those_that_stages_yaml_can_switch_off() -> None:
    assert set(REASONS) == set(CRITERIA)


def test_a_new_contact_is_on_the_list_from_the_day_it_was_created() -> None:
    reason = reason_of(contact(created="2026-11-22"))

    assert (reason.code, reason.points) == (NEVER_CONTACTED, 5500)
    assert reason.text == "no touch yet, due today"


def test_a_new_contact_loses_ten_points_a_day_for_fifty_days() -> None:
    status = "Engage"  # due a week after it was created, and not stuck before two months

    points = [
        reason_of(contact(status=status, created=day)).points
        for day in ("2026-11-15", "2026-11-14", "2026-10-15")
    ]

    assert points == [5500, 5490, 5190]


def test_the_points_for_waiting_have_an_end_either_way() -> None:
    stages = stages_of("default: A\nstatuses:\n  A: {touch_every: 1 day}\n")
    waiting = entry(contact(status="A", created="2020-01-01"), stages=stages)
    touched_once = entry(
        contact(status="A", created="2020-01-01"), [touched("2020-01-02")], stages=stages
    )

    assert reasons_for(waiting, stages, TODAY)[0].points == 5000
    assert reasons_for(touched_once, stages, TODAY)[0].points == 900


def test_a_touch_is_due_once_the_interval_has_passed() -> None:
    who = contact(status="Engage")

    assert codes(entry(who, [touched("2026-11-16")])) == ()
    assert codes(entry(who, [touched("2026-11-15")])) == (TOUCH_DUE,)


def test_a_due_touch_gains_a_hundred_points_for_each_interval_that_passes() -> None:
    engaged = contact(status="Engage")

    today = reason_of(engaged, touched("2026-11-15"))
    week_over = reason_of(engaged, touched("2026-11-08"))

    assert (today.points, today.text) == (100, "due today")
    assert (week_over.points, week_over.text) == (200, "7 days overdue")


def test_a_status_with_a_short_interval_becomes_urgent_sooner() -> None:
    weekly = reason_of(contact(status="Engage"), touched("2026-11-01"))
    monthly = reason_of(contact(status="Active"), touched("2026-10-08"))

    assert (weekly.points, monthly.points) == (300, 146)


def test_who_was_touched_leaves_the_list() -> None:
    who = contact(created="2026-11-20")

    assert codes(entry(who)) == (NEVER_CONTACTED,)
    assert codes(entry(who, [touched("2026-11-22", outcome="attempted")])) == ()


def test_too_long_in_a_status_counts_from_the_day_after_the_limit() -> None:
    who = contact(status="New", touch_every="never")

    on_the_limit = entry(who, [moved("Engage", "New", "2026-11-15")])
    past_it = entry(who, [moved("Engage", "New", "2026-11-14")])

    assert codes(on_the_limit) == ()
    (reason,) = reasons_for(past_it, STAGES, TODAY)
    assert (reason.code, reason.points, reason.text) == (STUCK, 11, "in New for 8 days")


def test_too_long_in_a_status_is_worth_fifty_points_at_most() -> None:
    assert (
        reason_of(contact(touch_every="never"), moved("Engage", "New", "2025-01-01")).points == 50
    )


def test_a_pin_puts_a_contact_on_the_list_with_what_was_said() -> None:
    pinned = event("pinned", "2026-11-20", note="ask about the offer")

    reason = reason_of(contact(pinned="yes"), pinned)

    assert (reason.code, reason.points) == (PINNED, 10_000)
    assert reason.text == "pinned: ask about the offer"
    assert reason_of(contact(pinned="yes")).text == "pinned"


def test_a_pin_with_a_day_ends_after_that_day() -> None:
    assert codes(entry(contact(pinned="2026-11-22"))) == (PINNED,)
    assert codes(entry(contact(pinned="2026-11-21"))) == ()


def test_all_reasons_are_told_strongest_first() -> None:
    who = contact(pinned="yes", created="2026-11-01")

    assert codes(entry(who)) == (PINNED, NEVER_CONTACTED, STUCK)


def test_the_urgency_is_the_sum_of_the_points() -> None:
    (prospect,) = prospects([entry(contact(pinned="yes", created="2026-11-12"))], STAGES, TODAY)

    assert prospect.codes == (PINNED, NEVER_CONTACTED, STUCK)
    assert prospect.urgency == 10_000 + 5400 + 13


def test_do_not_contact_is_stronger_than_every_reason() -> None:
    who = contact(do_not_contact="yes", pinned="yes", created="2026-01-01")

    assert codes(entry(who)) == ()
    assert codes(entry(who), ahead_days=365) == ()
    assert why_not(entry(who), STAGES, TODAY)[0].startswith("marked do-not-contact")


def test_a_snooze_keeps_even_a_pinned_contact_off_until_its_day() -> None:
    who = contact(pinned="yes", created="2026-01-01", snoozed_until="2026-11-23")

    assert codes(entry(who)) == ()
    assert why_not(entry(who), STAGES, TODAY)[0] == "snoozed until 2026-11-23"
    assert PINNED in codes(entry(who), ahead_days=1)
    assert PINNED in codes(entry(contact(pinned="yes", snoozed_until="2026-11-22")))


@pytest.mark.parametrize("off", sorted(ALL))
def test_a_reason_that_is_switched_off_puts_nobody_on_the_list(off: str) -> None:
    stages = stages_of(
        "default: New\nstatuses:\n"
        "  New: {touch_every: 2 days, first_touch: 0 days, limit: 7 days, "
        "then: {after: 1 day, to: Won}}\n"
        "  Won: {touch_every: never}\n"
        "stages: {Done: {statuses: [Won], outcome: won}}\n"
        f"prospects:\n  {off}: no\n"
    )
    untouched = contact(pinned="yes", created="2026-11-01", birthday="11-22")
    closed = entry(contact(status="Won"), [moved("New", "Won", "2025-11-22")], stages=stages)

    seen = {*codes(entry(untouched, stages=stages), stages=stages), *codes(closed, stages=stages)}
    seen |= {*codes(entry(untouched, [touched("2026-11-02")], stages=stages), stages=stages)}
    unhurried = contact(touch_every="never", created="2026-11-01")
    seen |= {*codes(entry(unhurried, stages=stages), stages=stages)}

    assert seen == ALL - {off}
    assert f"the reason {off} is switched off in stages.yaml" in why_not(
        entry(untouched, stages=stages), stages, TODAY
    )


def test_gone_quiet_is_no_reason_where_the_clock_has_said_so() -> None:
    stages = "default: New\nstatuses: {New: {touch_every: 2 days}}\n"
    who = contact(created="2026-11-01", phone="555")
    silent = stages_of(f"{stages}prospects: {{never_contacted: no}}\n")

    assert codes(entry(who, stages=stages_of(stages)), stages=stages_of(stages)) == (
        "never_contacted",
    )
    assert codes(entry(who, stages=silent), stages=silent) == ("gone_quiet",)


def test_looking_ahead_shows_who_will_be_due() -> None:
    who = contact(status="Engage")
    soon = entry(who, [touched("2026-11-17")])
    first = entry(contact(status="Engage", created="2026-11-16"))

    assert codes(soon, ahead_days=1) == ()
    assert codes(soon, ahead_days=2) == (TOUCH_DUE,)
    (reason,) = reasons_for(soon, STAGES, TODAY, ahead_days=2)
    assert (reason.points, reason.text) == (100, "due in 2 days")
    (reason,) = reasons_for(first, STAGES, TODAY, ahead_days=1)
    assert (reason.points, reason.text) == (5500, "no touch yet, due in 1 day")


def test_looking_ahead_shows_who_will_be_too_long_in_a_status() -> None:
    who = entry(contact(touch_every="never"), [moved("Engage", "New", "2026-11-16")])

    assert codes(who) == ()
    assert codes(who, ahead_days=2) == (STUCK,)


def test_the_list_is_sorted_by_urgency_then_due_day_then_id() -> None:
    found = prospects(
        [
            entry(contact("zoe", pinned="yes")),
            entry(contact("late", status="Engage"), [touched("2026-11-01", who="late")]),
            entry(contact("bo", created="2026-11-22")),
            entry(contact("al", created="2026-11-22")),
            entry(contact("quiet", status="Inactive")),
            entry(contact("pin", pinned="yes", status="Active"), [touched("2026-11-01")]),
        ],
        STAGES,
        TODAY,
    )

    assert [each.entry.contact.id for each in found] == ["pin", "zoe", "al", "bo", "late"]


def test_the_order_in_which_they_came_can_be_kept() -> None:
    entries = [entry(contact("bo", created="2026-11-22")), entry(contact("al", pinned="yes"))]

    found = prospects(entries, STAGES, TODAY, keep_order=True)

    assert [each.entry.contact.id for each in found] == ["bo", "al"]


@pytest.mark.parametrize(
    ("fields", "suggestion"),
    [
        ({"phone": ("+1 604 555 0101", "555"), "email": ("a@b.ca",)}, "call +1 604 555 0101"),
        ({"email": ("a@b.ca", "c@d.ca")}, "write a@b.ca"),
        ({}, "find a way to reach them"),
    ],
)
def test_the_suggestion_is_the_first_way_to_reach_them(
    fields: dict[str, tuple[str, ...]], suggestion: str
) -> None:
    (prospect,) = prospects([entry(contact(pinned="yes", **fields))], STAGES, TODAY)

    assert prospect.suggestion == suggestion


def test_who_is_only_too_long_in_a_status_is_to_move_on() -> None:
    who = contact(status="Engage", touch_every="never", phone=("555",))
    stuck = entry(who, [moved("New", "Engage", "2026-01-01")])

    (prospect,) = prospects([stuck], STAGES, TODAY)

    assert prospect.suggestion == "move on: Active or Inactive"


def test_a_status_without_next_ones_suggests_no_move() -> None:
    stages = stages_of("default: A\nstatuses:\n  A: {touch_every: never, limit: 1 day}\n")
    stuck = entry(contact(status="A", created="2026-01-01", phone=("555",)), stages=stages)

    assert prospects([stuck], stages, TODAY)[0].suggestion == "call 555"


def test_on_any_day_a_contact_is_on_the_list_or_there_is_something_to_say_why_not() -> None:
    place = entry(contact(status="Engage"), [touched("2026-11-20")])

    assert why_not(place, STAGES, date(2026, 11, 22)) == (
        'next touch due 2026-11-27 (last touch 2026-11-20, every 7 days of status "Engage")',
        "not pinned",
        'no limit counts for the time in status "Engage"',
        "the reason gone_quiet is switched off in stages.yaml",
        "the reason unreachable is switched off in stages.yaml",
    )
