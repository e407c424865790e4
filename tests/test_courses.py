"""What a contact went through, and how long it took."""

from __future__ import annotations

import pytest

from leadctl.courses import days_between, earlier, minutes_between, moment_of
from leadctl.records import Course, Stay
from tests.people import contact, entry, event, moved, touched

MORNING = "2026-11-02T09:00:00+00:00"


def course(*events: object, **fields: str) -> Course:
    found = entry(contact(**fields), events).course  # type: ignore[arg-type]
    assert found
    return found


@pytest.mark.parametrize(
    ("at", "origin", "moment"),
    [
        (MORNING, "", MORNING),
        (MORNING, "rule hot", MORNING),
        # Typed in a day later, or brought in by an import: only the day is known.
        ("2026-11-03T09:00:00+00:00", "", "2026-11-02"),
        (MORNING, "import calls.csv", "2026-11-02"),
    ],
)
def test_the_time_is_known_of_what_was_written_down_at_once(
    at: str, origin: str, moment: str
) -> None:
    assert moment_of(event("touched", "2026-11-02", at=at, origin=origin)) == moment


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-02T09:00", "2026-11-02T09:04", 4),
        ("2026-11-02T09:00", "2026-11-02T08:00", 0),
        ("2026-11-02T09:00:00+01:00", "2026-11-02T09:00:00+00:00", 60),
        # One of them does not say where it is: both count as the same place.
        ("2026-11-02T09:00", "2026-11-02T09:30:00-08:00", 30),
        # The night in which clocks go back has an hour more.
        ("2026-11-01T00:30:00-07:00", "2026-11-01T02:30:00-08:00", 180),
        ("2026-11-02T09:00", "2026-11-03T08:59", 1439),
        ("2026-11-02T09:00", "2026-11-04T23:00", 2 * 1440),
        ("2026-11-02", "2026-11-02T09:30", None),
        ("2026-11-02T09:00", "", None),
        ("2026-11-02T99:00", "2026-11-02T09:30", None),
    ],
)
def test_minutes_between_two_moments(start: str, end: str, minutes: int | None) -> None:
    assert minutes_between(start, end) == minutes


def test_days_between_two_moments() -> None:
    assert days_between("2026-11-02T23:59", "2026-11-03") == 1
    assert days_between("2026-11-03", "2026-11-02") == 0
    assert days_between("", "2026-11-02") is None


def test_a_contact_stays_in_one_status_after_the_other() -> None:
    events = [
        event("added", "2026-11-01", changes={"status": ("", "New")}),
        moved("New", "Contacted", "2026-11-03"),
        event("status", "2026-11-09", reason="price", changes={"status": ("Engage", "Inactive")}),
    ]

    assert course(*events, status="Inactive").stays == (
        Stay("New", "2026-11-01", "2026-11-03"),
        Stay("Engage", "2026-11-03", "2026-11-09"),
        Stay("Inactive", "2026-11-09", "", "price"),
    )


def test_what_was_only_written_into_the_file_is_a_stay_as_well() -> None:
    assert course(created="2026-11-01").stays == (Stay("New", "2026-11-01"),)
    changed = course(moved("New", "Engage", "2026-11-03"), status="Active").stays
    assert changed == (
        Stay("New", "", "2026-11-03"),
        Stay("Engage", "2026-11-03"),
        Stay("Active"),
    )


def test_where_somebody_was_before_the_journal_knew_of_it_is_a_stay_from_the_beginning() -> None:
    found = course(moved("New", "Engage", "2026-11-03"), status="Engage", created="2026-11-01")

    assert found.stays[0] == Stay("New", "2026-11-01", "2026-11-03")


def test_the_arrival_is_as_exact_as_it_is_known() -> None:
    added = event("added", "2026-11-02", at=MORNING)

    assert course(added, created="2026-11-02").arrived == MORNING
    assert course(added, created="2026-10-01").arrived == "2026-10-01"
    assert course(added, created="2026-11-02T08:30").arrived == "2026-11-02T08:30"
    assert course(added).arrived == ""


def test_the_first_touch_is_the_earliest_not_the_one_typed_first() -> None:
    events = [
        touched("2026-11-05"),
        touched("2026-11-04", outcome="attempted"),
        touched("2026-11-09"),
    ]
    found = course(*events)

    assert found.attempted == "2026-11-04T12:00:00+00:00"
    assert found.reached == "2026-11-05T12:00:00+00:00"


def test_a_status_that_was_typed_in_between_is_a_stay_of_unknown_length() -> None:
    moves = [moved("New", "Engage", "2026-11-03"), moved("Active", "Closed", "2026-11-09")]

    assert course(*moves, status="Closed", created="2026-11-01").stays == (
        Stay("New", "2026-11-01", "2026-11-03"),
        Stay("Engage", "2026-11-03"),
        Stay("Active", "", "2026-11-09"),
        Stay("Closed", "2026-11-09"),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026-11-02", "2026-11-03T09:00"),
        ("2026-11-02", "2026-11-02T09:00"),
        ("2026-11-02T08:00", "2026-11-02T09:00"),
        # Nine o'clock further east is before half past eight.
        ("2026-11-02T09:00:00+02:00", "2026-11-02T08:30:00+01:00"),
    ],
)
def test_the_earlier_of_two_moments(one: str, other: str) -> None:
    assert earlier(one, other) == earlier(other, one) == one
