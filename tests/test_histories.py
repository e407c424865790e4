"""Events as sentences and rows."""

from __future__ import annotations

import pytest

from leadctl.histories import event_row, history_table, sentence
from leadctl.records import Event
from tests.people import event, moved, touched


@pytest.mark.parametrize(
    ("happened", "said"),
    [
        (moved("New", "Engage", "2026-11-01"), "New → Engage"),
        (moved("", "Engage", "2026-11-01"), "— → Engage"),
        (
            event(
                "status",
                "2026-11-01",
                reason="Wrong contact",
                changes={"status": ("New", "Disqualified")},
            ),
            "New → Disqualified (Wrong contact)",
        ),
        (event("added", "2026-11-01", changes={"status": ("", "New")}), "added as New"),
        (event("added", "2026-11-01", origin="import leads.csv"), "added, import leads.csv"),
        (event("added", "2026-11-01"), "added"),
        (touched("2026-11-01", outcome="attempted"), "call, attempted"),
        (event("touched", "2026-11-01", outcome="reached"), "touch, reached"),
        (event("touched", "2026-11-01", via="letter"), "letter"),
        (event("touched", "2026-11-01"), "touch"),
        (
            event("edited", "2026-11-01", changes={"title": ("", "CEO"), "tags": (("a", "b"), "")}),
            "title: — → CEO; tags: a, b → —",
        ),
        (
            event("snoozed", "2026-11-01", changes={"snoozed_until": ("", "2026-12-24")}),
            "snoozed until 2026-12-24",
        ),
        (event("snoozed", "2026-11-01"), "snoozed"),
        (event("pinned", "2026-11-01", changes={"pinned": ("", "yes")}), "pinned"),
        (
            event("pinned", "2026-11-01", changes={"pinned": ("yes", "2026-12-01")}),
            "pinned until 2026-12-01",
        ),
        (event("unsnoozed", "2026-11-01"), "no longer snoozed"),
        (event("unpinned", "2026-11-01"), "no longer pinned"),
        (event("noted", "2026-11-01"), "noted"),
    ],
)
def test_an_event_is_a_short_sentence(happened: Event, said: str) -> None:
    assert sentence(happened) == said


def test_a_row_has_every_field_and_none_for_what_is_not_there() -> None:
    row = event_row(moved("", "New", "2026-11-01"))

    assert (row["on"], row["by"], row["op"], row["kind"]) == (
        "2026-11-01",
        "marta",
        "op1",
        "status",
    )
    assert (row["note"], row["via"], row["ref"]) == (None, None, None)
    assert row["changes"] == ("status: — → New",)
    assert row["what"] == "— → New"


def test_a_history_keeps_its_order_and_shows_whom_only_if_asked() -> None:
    events = [touched("2026-11-02", who="bo"), touched("2026-11-01", who="al")]

    all_of_them = history_table(events, with_contact=True)
    of_one = history_table(events, with_contact=False)

    assert [row["contact"] for row in all_of_them.rows] == ["bo", "al"]
    assert [column.heading for column in all_of_them.columns] == [
        "when", "contact", "what", "note", "by", "op",
    ]  # fmt: skip
    assert "contact" not in [column.name for column in of_one.columns]
    assert all_of_them.machine_fields == of_one.machine_fields
    assert all_of_them.key == "contact"


def test_what_a_rule_did_says_so() -> None:
    moved = event("status", "2026-11-20", origin="rule Fair", changes={"status": ("New", "Engage")})

    assert sentence(moved) == "New → Engage, rule Fair"
