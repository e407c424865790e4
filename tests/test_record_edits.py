"""A record as somebody has typed it, against what it was."""

from __future__ import annotations

import pytest

from leadctl.contacts import read_contact
from leadctl.errors import RequestError
from leadctl.moves import Move
from leadctl.plans import Plan
from leadctl.record_edits import Rulebook, canonical_status, changed, edit_plan, mistakes
from leadctl.records import Contact, Value
from tests.people import NO_OWN_FIELDS, STAGES, TODAY, stamp, unplaced

RULES = Rulebook(NO_OWN_FIELDS, STAGES, TODAY)
ADA: dict[str, Value] = {"id": "ada", "name": "Ada Lovelace", "status": "New", "phone": "0101"}


def ada(**values: Value) -> Contact:
    contact, problems = read_contact(unplaced({**ADA, **values}))
    assert contact is not None
    assert not problems
    return contact


def complaints(*, note: str = "", reason: str = "", **values: Value) -> list[str]:
    typed = unplaced({name: value for name, value in {**ADA, **values}.items() if value})
    found = mistakes(typed, unplaced(ADA), Move("", note, reason), RULES)
    return [problem.message for problem in found]


def planned(*texts: str, note: str = "", **values: Value) -> Plan:
    return edit_plan(ada(), ada(**values), texts, Move("", note), RULES, stamp=stamp())


def test_what_is_as_it_was_is_no_mistake() -> None:
    assert complaints() == []
    assert complaints(phone=("0101",), company="Analytical Engines") == []


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"id": "bo"}, "the id of a contact never changes"),
        ({"status": "Nwe"}, 'no status named "Nwe"'),
        ({"status": "Closed"}, "note"),
        ({"created": "31.2.2026"}, "created"),
        ({"due": "2026-12-01"}, "due"),
        ({"nmae": "Ada"}, 'no field named "nmae"'),
    ],
)
def test_what_other_commands_refuse_is_a_mistake(values: dict[str, str], complaint: str) -> None:
    (told,) = complaints(**values)

    assert complaint in told


def test_a_status_that_asks_for_a_note_takes_the_one_from_above() -> None:
    assert complaints(status="Closed", note="sold") == []


def test_a_list_of_one_text_is_that_text() -> None:
    assert changed(ada(), ada(phone=("0101",))) == {}
    assert changed(ada(), ada(phone=("0101", "0102"))) == {"phone": (("0101",), ("0101", "0102"))}


def test_a_status_is_spelt_as_the_stages_have_it() -> None:
    assert canonical_status(ada(status="contacted"), STAGES) == "Engage"
    assert canonical_status(ada(status="Elsewhere"), STAGES) == "Elsewhere"


def test_a_field_becomes_one_event() -> None:
    (event,) = planned(company="Mills", note="met her").change.events

    assert (event.kind, event.note) == ("edited", "met her")
    assert event.changes == {"company": ("", "Mills")}


def test_a_status_is_changed_as_set_status_does_it_and_the_rest_beside() -> None:
    events = planned(status="Engage", company="Mills", note="called").change.events

    assert [(event.kind, event.note) for event in events] == [("status", "called"), ("edited", "")]
    assert "status" not in events[1].changes


def test_a_comment_alone_is_kept_with_the_text_before_and_after() -> None:
    plan = planned("name: Ada\n", "name: Ada # my aunt\n")
    (event,) = plan.change.events

    assert event.record == ("name: Ada\n", "name: Ada # my aunt\n")
    assert plan.change.records == {"ada": event.record}
    assert plan.change.edits == ()


def test_nothing_changed_is_no_event() -> None:
    assert planned("name: Ada\n", "name: Ada\n").change.is_empty


def test_a_status_without_its_note_is_refused() -> None:
    with pytest.raises(RequestError, match="note"):
        planned(status="Closed")
