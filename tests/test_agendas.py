from __future__ import annotations

from datetime import UTC, date, datetime

from leadctl.agendas import prospect_agenda
from leadctl.prospects import prospects
from leadctl.records import Event, Value
from leadctl.views import Appointment
from tests.people import STAGES, TODAY, contact, entry, touched

MADE = datetime(2026, 11, 22, 12, tzinfo=UTC)


def appointments(
    *events: Event, ahead_days: int = 0, today: date = TODAY, **fields: Value
) -> tuple[Appointment, ...]:
    who = entry(contact("ada", **fields), events)
    found = prospects([who], STAGES, today, ahead_days=ahead_days)
    return prospect_agenda(found, today, MADE).appointments


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
