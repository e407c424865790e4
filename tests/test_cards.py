"""One contact in full."""

from __future__ import annotations

from collections.abc import Sequence

from leadctl.cards import contact_card
from leadctl.fields import Field, Kind, Schema
from leadctl.records import Contact, Event
from leadctl.views import Card
from tests.people import STAGES, TODAY, contact, entry, moved, touched

SCHEMA = Schema({"budget": Field("budget", Kind.MONEY, "")})


def card(who: Contact, events: Sequence[Event] = ()) -> Card:
    return contact_card(entry(who, events), events, STAGES, TODAY, schema=SCHEMA)


def line(who: Contact, label: str, *events: Event) -> str:
    return dict(card(who, events).lines)[label]


def test_a_card_shows_what_is_set_and_nothing_else_the_note_after_the_users_own_fields() -> None:
    who = contact(note="likes cats", budget="850k", email=("a@x.ca", "b@x.ca"), status="Engage")

    found = card(who)

    assert found.title == "Ada Lovelace (ada)"
    assert found.lines[:4] == (
        ("status", "Engage (Warm)"),
        ("email", "a@x.ca, b@x.ca"),
        ("budget", "850k"),
        ("note", "likes cats"),
    )
    assert [label for label, _ in found.lines[4:]] == ["touched", "due", "not today"]


def test_the_status_is_told_with_its_stage_and_since_when() -> None:
    since = moved("New", "Engage", "2026-11-20")

    assert line(contact(status="Engage"), "status", since) == "Engage (Warm), since 2026-11-20"
    assert line(contact(status="Friend"), "status") == "Friend"


def test_an_unknown_status_or_none_is_told_as_such() -> None:
    assert line(contact(status="Gone"), "status") == "Gone (not in stages.yaml)"
    assert line(contact(status=""), "status") == "none (not in stages.yaml)"


def test_the_last_touch_is_told_with_how_long_ago_and_whether_it_reached_anybody() -> None:
    attempt, call = touched("2026-11-20", outcome="attempted"), touched("2026-11-01")

    assert line(contact(), "touched") == "never"
    assert line(contact(), "touched", attempt) == "2026-11-20 (2 days ago), never reached"
    assert line(contact(), "touched", call, attempt) == (
        "2026-11-20 (2 days ago), 2 touches, last reached 2026-11-01"
    )


def test_the_due_day_is_told_with_the_interval_behind_it() -> None:
    assert line(contact(status="Engage"), "due", touched("2026-11-20")) == (
        "2026-11-27 (every 7 days)"
    )
    assert line(contact(status="Inactive"), "due") == "no touch is due"


def test_a_card_says_why_the_contact_is_due_or_what_keeps_it_off_the_list() -> None:
    assert line(contact(pinned="yes", created="2026-11-22"), "why today") == (
        "pinned; no touch yet, due today"
    )
    assert line(contact(do_not_contact="yes"), "not today") == (
        "marked do-not-contact, which is stronger than every reason"
    )


def test_a_card_shows_its_events_latest_first() -> None:
    events = [touched("2026-11-01"), touched("2026-11-02")]

    (section,) = card(contact(), events).sections

    assert section.title == "history"
    assert [row["on"] for row in section.table.rows] == ["2026-11-02", "2026-11-01"]
    assert "contact" not in [column.name for column in section.table.columns]


def test_of_many_events_the_last_ten_are_shown() -> None:
    events = [touched(f"2026-11-{day:02}") for day in range(1, 13)]

    (section,) = card(contact(), events).sections

    assert section.title == "last 10 of 12 events"
    assert [section.table.rows[0]["on"], section.table.rows[-1]["on"]] == [
        "2026-11-12",
        "2026-11-03",
    ]


def test_without_events_there_is_no_history() -> None:
    assert card(contact()).sections == ()


def test_machines_get_the_row_of_the_contact() -> None:
    assert card(contact(company="ACME")).data["company"] == "ACME"
