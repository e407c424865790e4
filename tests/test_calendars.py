from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from leadctl.messages.calendars import follow_up_calendar, prospect_calendar
from leadctl.planning.follow_ups import read_follow_up
from leadctl.prospecting.prospects import prospects
from leadctl.records import Event, FollowUp, Value
from leadctl.views import Appointment
from tests.people import STAGES, TODAY, contact, entry, touched, unplaced

MADE = datetime(2026, 11, 22, 12, tzinfo=UTC)


def appointments(
    *events: Event, ahead_days: int = 0, today: date = TODAY, **fields: Value
) -> tuple[Appointment, ...]:
    who = entry(contact("ada", **fields), events)
    found = prospects([who], STAGES, today, ahead_days=ahead_days)
    return prospect_calendar(found, today, MADE).appointments


def test_an_entry_says_who_why_and_how_to_reach_them() -> None:
    (made,) = appointments(
        touched("2026-11-15"), status="Engage", phone=("604 555 0129", "604 555 0130")
    )

    assert made == Appointment(
        uid="prospect-ada@leadctl",
        day=TODAY,
        time="",
        title="Ada Lovelace: due today",
        lines=(
            "due today",
            "next: call 604 555 0129",
            "phone: 604 555 0129",
            "phone: 604 555 0130",
        ),
        codes=("touch_due",),
    )


def test_what_is_overdue_is_to_be_done_today() -> None:
    (made,) = appointments(touched("2026-10-01"), status="Engage")

    assert made.day == TODAY


def test_what_is_due_later_stands_on_that_day() -> None:
    (made,) = appointments(touched("2026-11-18"), status="Engage", ahead_days=5)

    assert made.day == date(2026, 11, 25)


def test_whoever_is_pinned_is_for_today_though_a_touch_is_due_later() -> None:
    (made,) = appointments(touched("2026-11-18"), status="Engage", pinned="yes", ahead_days=5)

    assert (made.day, made.codes) == (TODAY, ("pinned", "touch_due"))


def test_the_same_contact_has_the_same_uid_on_every_day() -> None:
    (before,) = appointments(touched("2026-11-01"), status="Engage", today=date(2026, 11, 20))
    (after,) = appointments(touched("2026-11-01"), status="Engage", today=date(2026, 11, 21))

    assert before.uid == after.uid


def planned(**fields: Value) -> FollowUp:
    values = {"id": "k7m2", "contact": "ada", "due": "2026-11-25", "what": "send it", **fields}
    found, problems = read_follow_up(unplaced(values))
    assert found is not None, problems
    return found


def follow_up_entries(follow_up: FollowUp, **fields: Value) -> tuple[Appointment, ...]:
    ada = contact("ada", **fields)
    return follow_up_calendar([follow_up], {"ada": ada}, TODAY, MADE).appointments


def test_a_follow_up_is_an_entry_at_its_time() -> None:
    (made,) = follow_up_entries(planned(time="14:30", via="call"), phone="604 555 0129")

    assert made == Appointment(
        uid="follow-up-k7m2@leadctl",
        day=date(2026, 11, 25),
        time="14:30",
        title="Ada Lovelace: send it",
        lines=("for: Ada Lovelace", "phone: 604 555 0129", "via: call"),
        codes=("follow_up_due",),
    )


def test_whoever_is_listed_for_a_follow_up_to_come_stands_on_its_day() -> None:
    ada = replace(entry(contact()), follow_ups=(planned(),))
    found = prospects([ada], STAGES, TODAY, ahead_days=5)

    (made,) = prospect_calendar(found, TODAY, MADE).appointments

    assert made.day == date(2026, 11, 25)


def test_a_late_follow_up_is_for_today_at_any_time() -> None:
    (made,) = follow_up_entries(planned(due="2026-11-20", time="14:30"))

    assert (made.day, made.time) == (TODAY, "")
    assert made.lines[-1] == "was due on 2026-11-20 14:30"


def test_nobody_is_reminded_to_reach_who_is_not_to_be_contacted() -> None:
    assert follow_up_entries(planned(via="call"), do_not_contact="yes") == ()


def test_what_reaches_nobody_stays_to_be_done() -> None:
    assert len(follow_up_entries(planned(via="task"), do_not_contact="yes")) == 1


def test_a_follow_up_of_nobody_names_the_id() -> None:
    (made,) = follow_up_calendar([planned(contact="bob")], {}, TODAY, MADE).appointments

    assert made.title == "bob: send it"
