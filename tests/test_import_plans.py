"""Verdicts of an import become one change, and a table that says what becomes of each row."""

from __future__ import annotations

from leadctl.importing.plans import contact_plan, summary_line, touch_plan, verdict_table
from leadctl.importing.verdicts import ForeignTouch, Outcome, TouchVerdict, Verdict
from leadctl.plans import Plan
from leadctl.records import FieldEdit, Value
from tests.people import STAGES, stamp

BO: dict[str, Value] = {"id": "bo", "name": "Bo", "status": "New", "created": "2025-03-01"}
NEW = Verdict(2, Outcome.NEW, "bo", fields=BO)
CLOSED = FieldEdit("ada", "status", "New", "Closed")
COMPANY = FieldEdit("ada", "company", "", "ACME")
UPDATE = Verdict(3, Outcome.UPDATE, "ada", edits=(CLOSED, COMPANY), reason="sold")
SAME = Verdict(4, Outcome.SAME, "cy")
SKIP = Verdict(5, Outcome.SKIP, "di", message="known already")
ERROR = Verdict(6, Outcome.ERROR, message='no status named "Nw"', hint='did you mean "New"?')
CALL = TouchVerdict(
    2, Outcome.NEW, ForeignTouch("ada", "2026-01-02T10:00", "call", "reached", "hello", "m1")
)


def plan(*verdicts: Verdict, note: str = "import x.csv", is_own_note: bool = False) -> Plan:
    return contact_plan(verdicts, STAGES, stamp(), note=note, is_own_note=is_own_note)


def test_new_contacts_updates_and_what_is_known_are_one_change() -> None:
    made = plan(NEW, UPDATE, SAME, SAME, SKIP, ERROR)

    assert made.change.additions == (BO,)
    assert made.change.edits == (CLOSED, COMPANY)
    assert (made.changed, made.unchanged) == (("bo", "ada"), ("cy",))


def test_a_new_contact_is_in_the_journal_from_its_day_of_creation() -> None:
    (event,) = plan(NEW).change.events

    assert (event.kind, event.contact, event.on) == ("added", "bo", "2025-03-01")
    assert event.changes == {name: ("", value) for name, value in BO.items()}


def test_an_update_of_status_and_fields_is_two_events() -> None:
    moved, edited = plan(UPDATE).change.events

    assert (moved.kind, moved.changes) == ("status", {"status": ("New", "Closed")})
    assert moved.reason == "sold"
    assert (edited.kind, edited.changes) == ("edited", {"company": ("", "ACME")})


def test_an_update_of_one_kind_is_one_event() -> None:
    only_fields = plan(Verdict(3, Outcome.UPDATE, "ada", edits=(COMPANY,)))
    only_status = plan(Verdict(3, Outcome.UPDATE, "ada", edits=(CLOSED,)))

    assert [event.kind for event in only_fields.change.events] == ["edited"]
    assert [event.kind for event in only_status.change.events] == ["status"]


def test_a_note_made_up_by_the_program_stands_only_where_a_status_asks_for_one() -> None:
    added, moved, edited = plan(NEW, UPDATE).change.events

    assert (added.note, moved.note, edited.note) == ("", "import x.csv", "")


def test_a_note_of_the_user_stands_everywhere() -> None:
    events = plan(NEW, UPDATE, note="from the fair", is_own_note=True).change.events

    assert {event.note for event in events} == {"from the fair"}


def test_touches_become_events_that_change_no_field() -> None:
    made = touch_plan([CALL, TouchVerdict(3, Outcome.SKIP, message="nobody")], stamp())

    (event,) = made.change.events
    assert (event.kind, event.contact, event.on) == ("touched", "ada", "2026-01-02T10:00")
    assert (event.via, event.outcome, event.note, event.ref) == ("call", "reached", "hello", "m1")
    assert made.change.edits == ()


def test_the_table_has_a_row_for_each_row_of_the_file() -> None:
    rows = verdict_table([NEW, UPDATE, SAME, SKIP, ERROR]).rows

    assert [(row["line"], row["verdict"], row["contact"]) for row in rows] == [
        (2, "new", "bo"),
        (3, "update", "ada"),
        (4, "same", "cy"),
        (5, "skip", "di"),
        (6, "error", None),
    ]


def test_the_table_says_what_there_is_to_say() -> None:
    what = [row["what"] for row in verdict_table([NEW, UPDATE, SAME, SKIP, ERROR]).rows]

    assert what[0] == "Bo, New"
    assert what[1] == "status: New → Closed; company: — → ACME"
    assert what[2:] == [None, "known already", 'no status named "Nw" (did you mean "New"?)']


def test_the_table_of_touches_says_which_touch() -> None:
    rows = verdict_table([CALL, TouchVerdict(3, Outcome.SAME)]).rows

    assert [(row["contact"], row["what"]) for row in rows] == [
        ("ada", "call, reached, 2026-01-02T10:00"),
        (None, None),
    ]


def test_an_update_of_several_values_reads_like_a_text() -> None:
    edit = FieldEdit("ada", "tags", "", ("vip", "new"))

    (row,) = verdict_table([Verdict(3, Outcome.UPDATE, "ada", edits=(edit,))]).rows

    assert row["what"] == "tags: — → vip, new"


def test_the_summary_counts_rows_by_verdict() -> None:
    assert summary_line([NEW, NEW, SAME]) == "3 rows: 2 new, 1 same"
    assert summary_line([CALL]) == "1 row: 1 new"
    assert summary_line([]) == "0 rows"
