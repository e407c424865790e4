"""What a plan looks like before it is carried out, in one line after, and for machines."""

from __future__ import annotations

from leadctl.choosing import as_data, preview, summary, usual_next
from leadctl.editing import add_contact, read_assignments, set_fields
from leadctl.moves import Move, change_status
from leadctl.plans import Plan
from leadctl.records import Contact, Entry
from leadctl.touching import Touch, touch
from tests.people import NO_OWN_FIELDS, STAGES, TODAY, contact, entry, stamp, touched

PEOPLE = [contact(name) for name in ("al", "bo", "cyril", "di", "ed")]
ENGAGED = contact("fay", status="Engage")


def moves_to(status: str, people: list[Contact]) -> Plan:
    return change_status([(who, Move(status)) for who in people], STAGES, TODAY, stamp())


def edits(who: Contact, *words: str) -> Plan:
    assignments = read_assignments(words, NO_OWN_FIELDS, TODAY)
    return set_fields([who], assignments, note="", stamp=stamp())


def addition() -> Plan:
    return add_contact(
        {"name": "Bo", "tags": ("vip",)},
        Move(""),
        taken=(),
        stages=STAGES,
        today=TODAY,
        stamp=stamp(),
    )


def touches(people: list[Contact]) -> Plan:
    return touch(people, Touch(), stages=STAGES, today=TODAY, stamp=stamp())


def test_a_preview_counts_and_shows_some_contacts_before_and_after() -> None:
    plan = moves_to("Engage", [*PEOPLE, ENGAGED])
    entries = {
        "al": entry(PEOPLE[0], [touched("2026-11-01", who="al")]),
        "bo": entry(PEOPLE[1]),
    }

    assert preview(plan, entries, TODAY, show_all=False) == [
        "6 match · 5 will change · 1 is so already",
        "  al     New → Engage   last touch 2026-11-01 (21 days)",
        "  bo     New → Engage   never touched",
        "  cyril  New → Engage",
        "  … 2 more (-v lists all)",
    ]


def test_a_preview_lists_all_if_that_is_asked_for() -> None:
    lines = preview(moves_to("Engage", PEOPLE), {}, TODAY, show_all=True)

    assert lines[0] == "5 match · 5 will change"
    assert lines[-1] == "  ed     New → Engage"


def test_a_preview_of_a_plan_that_changes_nothing_is_its_counts() -> None:
    plan = moves_to("Engage", [ENGAGED, contact("gus", status="Contacted")])

    lines = preview(plan, {}, TODAY, show_all=False)

    assert lines == ["2 match · 0 will change · 2 are so already"]


def test_a_preview_names_the_fields_and_shows_what_is_not_set_as_a_dash() -> None:
    plan = edits(contact(company="ACME"), "company=", "tag=vip;new")

    assert preview(plan, {}, TODAY, show_all=False)[1] == (
        "  ada  company: ACME → —, tags: — → vip, new"
    )


def test_a_preview_of_touches_says_so() -> None:
    assert preview(touches([contact()]), {}, TODAY, show_all=False)[1] == "  ada  touched"


def test_the_summary_of_several_changes_counts_them_and_says_how_to_take_them_back() -> None:
    assert summary(moves_to("Engage", PEOPLE)) == "5 contacts changed. Undo: leadctl undo op1"
    assert summary(moves_to("Engage", [*PEOPLE, ENGAGED])) == (
        "5 contacts changed, 1 already so. Undo: leadctl undo op1"
    )


def test_the_summary_of_one_change_says_what_it_was() -> None:
    assert summary(moves_to("Engage", [contact()])) == "ada: New → Engage. Undo: leadctl undo op1"


def test_the_summary_of_nothing_says_why() -> None:
    assert summary(moves_to("Engage", [ENGAGED])) == "nothing to change: 1 contact already so"
    assert summary(moves_to("Engage", [])) == "nothing to change"


def test_the_summary_of_an_addition_has_the_id_alone_at_the_end_of_its_line() -> None:
    assert summary(addition()) == "added bo\nUndo: leadctl undo op1"


def test_the_usual_next_statuses_are_told_after_a_change() -> None:
    two_statuses = change_status(
        [(PEOPLE[0], Move("Engage")), (PEOPLE[1], Move("Active"))], STAGES, TODAY, stamp()
    )

    assert usual_next(moves_to("Engage", PEOPLE), STAGES) == "usual next: Active or Inactive"
    assert usual_next(moves_to("Active", PEOPLE), STAGES) == ""
    assert usual_next(two_statuses, STAGES) == ""
    assert usual_next(touches(PEOPLE), STAGES) == ""


def test_machines_get_every_field_with_old_and_new() -> None:
    data = as_data(edits(contact(company="ACME"), "company=", "tag=vip"), is_dry_run=False)

    assert data["changed"] == [
        {"id": "ada", "field": "company", "old": "ACME", "new": None},
        {"id": "ada", "field": "tags", "old": None, "new": ["vip"]},
    ]
    assert (data["op"], data["dry_run"], data["unchanged"]) == ("op1", False, 0)


def test_machines_get_the_fields_of_a_new_contact_as_changes() -> None:
    data = as_data(addition(), is_dry_run=False)

    assert data["changed"] == [
        {"id": "bo", "field": "id", "old": None, "new": "bo"},
        {"id": "bo", "field": "name", "old": None, "new": "Bo"},
        {"id": "bo", "field": "status", "old": None, "new": "New"},
        {"id": "bo", "field": "tags", "old": None, "new": ["vip"]},
        {"id": "bo", "field": "created", "old": None, "new": "2026-11-22"},
    ]


def test_machines_get_events_that_change_no_field() -> None:
    data = as_data(touches([contact()]), is_dry_run=False)

    assert data["changed"] == []
    assert data["events"] == [{"id": "ada", "kind": "touched", "on": "2026-11-22", "note": None}]


def test_a_dry_run_and_a_change_of_nothing_have_no_operation() -> None:
    assert as_data(moves_to("Engage", PEOPLE), is_dry_run=True)["op"] is None
    idle = as_data(moves_to("Engage", [ENGAGED]), is_dry_run=False)

    assert (idle["op"], idle["unchanged"]) == (None, 1)


def test_a_preview_takes_entries_of_people_that_are_not_shown() -> None:
    entries: dict[str, Entry] = {"zoe": entry(contact("zoe"))}

    assert len(preview(moves_to("Engage", PEOPLE[:1]), entries, TODAY, show_all=False)) == 2
