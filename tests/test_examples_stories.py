"""The example books show what they are there to show: every case of the prospect list and more."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta

import pytest

from tests.example_books import EXAMPLES, contacts, histories, journal, load, statuses

TODAY = date(2026, 11, 22)


def test_a_result_of_a_call_is_never_without_a_note_nor_a_disqualification_without_reason() -> None:
    declared = load(EXAMPLES / "calls" / "stages.yaml")
    reasons = declared["statuses"]["Disqualified"]["reasons"]
    used = set()
    for event in journal("calls"):
        status = event.changes.get("status", ("", ""))[1]
        if event["kind"] not in ("added", "status") or status == declared["default"]:
            continue
        assert event["note"], event["id"]
        assert bool(event["reason"]) == (status == "Disqualified")
        used.add(event["reason"])

    assert len(used - {""}) >= 2
    assert used - {""} <= set(reasons)


def test_the_agents_journal_is_lively() -> None:
    events = journal("agent")
    touches = [event for event in events if event["kind"] == "touched"]
    notes = [event["note"] for event in touches]
    kinds = {
        *("added", "status", "touched", "edited", "noted"),
        *("snoozed", "unsnoozed", "pinned", "unpinned"),
    }

    assert 350 <= len(events) <= 500
    assert {event["kind"] for event in events} == kinds
    assert {event["via"] for event in touches} == {
        *("call", "email", "text"),
        *("meeting", "visit", "letter"),
    }
    assert {event["outcome"] for event in touches} == {"reached", "attempted"}
    assert {event["by"] for event in events} == {"marta", "jonah"}
    assert len(set(notes)) > 0.85 * len(notes)


def last_touch(name: str) -> str:
    days = [event["on"][:10] for event in histories("agent")[name] if event["kind"] == "touched"]
    return max([*days, str(contacts("agent")[name].get("last_touch", ""))])


def touch_due(name: str) -> date:
    """When the next touch of a contact of the agent is due whose interval is in days."""
    every = statuses("agent")[str(contacts("agent")[name]["status"])]["touch_every"]
    start = date.fromisoformat(last_touch(name))
    return start + timedelta(days=int(every.removesuffix(" days")))


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("kelsey-tran", 0),
        ("chloe-bergeron", 0),
        ("oliver-grant", 0),
        ("ingrid-solberg", 0),
        ("gunther-weiss", 1),
        ("liam-obrien", 2),
        ("nathan-cho", 5),
        ("harbour-street-bakery", 12),
        ("wang-meiling", 18),
        ("renee-lacroix", 18),
        ("deepak-chowdhury", 54),
        ("rajan-mehta", -2),
        ("viktor-petrov", -11),
    ],
)
def test_touches_of_the_agent_are_due_as_told_here(name: str, days: int) -> None:
    assert (TODAY - touch_due(name)).days == days


@pytest.mark.parametrize("name", ["priya-raman", "tomas-novak", "danielle-okafor"])
def test_some_new_leads_of_the_agent_were_never_contacted(name: str) -> None:
    assert contacts("agent")[name]["status"] == "New"
    assert last_touch(name) == ""


def test_the_agent_has_one_of_each_special_case() -> None:
    book = contacts("agent")
    pins = {name: fields["pinned"] for name, fields in book.items() if "pinned" in fields}
    snoozes = {
        name: fields["snoozed_until"] for name, fields in book.items() if "snoozed_until" in fields
    }
    birthdays = [str(fields["birthday"])[-5:] for fields in book.values() if "birthday" in fields]

    assert pins == {"ana-ferreira": "yes", "simone-duarte": "2026-11-27"}
    assert snoozes == {"eleanor-vance": "2027-01-05", "wang-meiling": "2026-11-16"}
    assert touch_due("eleanor-vance") < TODAY
    assert {"02-29", "05-17"} <= set(birthdays)
    assert book["peter-june-whitlow"]["touch_every"] == "1 month"
    assert book["henrik-aas"]["touch_every"] == "never"
    assert book["yusuf-demir"]["do_not_contact"] == "yes"
    assert any("\n" in str(fields.get("note", "")) for fields in book.values())
    assert any(" # " in str(fields.get("note", "")) for fields in book.values())


def test_the_leads_and_calls_to_move_in_with_belong_together() -> None:
    with (EXAMPLES / "moving" / "leads.csv").open(encoding="utf-8", newline="") as file:
        leads = list(csv.DictReader(file, strict=True))
    with (EXAMPLES / "moving" / "calls.csv").open(encoding="utf-8", newline="") as file:
        calls = list(csv.DictReader(file, strict=True))
    named = {call["LEADID"] for call in calls}

    assert len({lead["Lead Status"] for lead in leads}) == 7
    assert named - {""} < {lead["LEADID"] for lead in leads}
    assert "" in named
    for lead in leads:
        created = datetime.strptime(lead["Created Time"], "%d %b, %Y %H:%M:%S")  # noqa: DTZ007
        assert (created.year, created.strftime("%B")) == (2026, lead["month_Created Time1"])
    for call in calls:
        assert int(call["Call Duration (in seconds)"]) == 60 * int(
            call["Call Duration (in minutes)"]
        )
