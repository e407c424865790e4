"""Checks of the events: whom they are about, when they were, in what order they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leadctl.checks.happenings import future_problems, order_problems, reference_problems
from tests.people import TODAY, contact, event, touched


def test_events_of_a_contact_that_went_as_the_journal_says_are_no_orphans() -> None:
    past = [event("added", "2026-11-01", op="op1"), touched("2026-11-02")]
    undone = replace(event("undone", "2026-11-03", op="op2"), undoes="op1")
    touch_undone = replace(event("undone", "2026-11-03", op="op3"), undoes="op7")

    assert list(reference_problems([], [*past, event("removed", "2026-11-03")])) == []
    assert list(reference_problems([], [*past, undone])) == []
    assert len(list(reference_problems([], [*past, touch_undone]))) == 1


@pytest.mark.parametrize("who", ["stages.yaml", "contacts/ada.yaml", "~k3j2h1g0"])
def test_events_of_files_and_forgotten_people_are_no_orphans(who: str) -> None:
    assert list(reference_problems([contact()], [event("edited", "2026-11-01", who=who)])) == []


def test_an_event_from_a_clock_that_is_ahead_is_told() -> None:
    ahead = event("noted", "2026-11-20", at="2027-01-01T10:00:00+00:00")
    further_east = event("noted", "2026-11-20", at="2026-11-23T01:00:00+13:00")
    (problem,) = future_problems([ahead, further_east], TODAY)

    assert problem.message == (
        "this event was written down in the future: 2027-01-01T10:00:00+00:00"
    )
    assert (problem.check, problem.is_warning) == ("journal", True)


def test_events_of_one_person_out_of_order_are_one_finding() -> None:
    first, second, third = (touched("2026-11-01") for _ in range(3))
    (problem,) = order_problems([third, first, second])

    assert problem.message.startswith("2 events stand, from here, behind younger ones")
    assert (problem.check, problem.is_warning) == ("journal", True)


def test_the_lines_of_two_people_joined_by_git_are_in_order() -> None:
    first, second = touched("2026-11-01"), replace(touched("2026-11-02"), by="jo")

    assert list(order_problems([second, first])) == []
