"""Rows of one file about one person: what is put together, and what is left out and told."""

from __future__ import annotations

import pytest

from leadctl.importing.contacts import Outcome
from leadctl.importing.rules import rules_from_options
from tests.import_verdicts import contact, imported, only, run


def test_the_notes_of_all_rows_are_kept() -> None:
    text = "Name|Phone|Notes\nMia|0171555|first\nMia|0171555|second\nMia|0171555|first"

    found = run(text, on_duplicate="update")

    assert found[0].fields["note"] == "first\nsecond"
    assert [each.warnings for each in found] == [(), (), ()]


@pytest.mark.parametrize("days", [("2026-11-20", "2026-03-01"), ("2026-03-01", "2026-11-20")])
def test_the_latest_touch_is_the_last_one(days: tuple[str, str]) -> None:
    text = f"Name|Phone|Last contacted\nMia|0171555|{days[0]}\nMia|0171555|{days[1]}"

    found = run(text, on_duplicate="update")

    assert found[0].fields["last_touch"] == "2026-11-20"


def test_the_first_row_stands_and_the_later_one_says_what_is_left_out() -> None:
    text = "Name|Phone|Status|Company\nMia|0171555|New|\nMia Keller|0171555|Engage|Acme"

    found = run(text, on_duplicate="update")

    assert (found[0].fields["status"], found[0].fields["company"]) == ("New", "Acme")
    assert found[1].warnings == (
        'left out name "Mia Keller" (stays "Mia"), status "Engage" (stays "New")',
    )


def test_rows_of_a_known_contact_follow_the_same_rule() -> None:
    mia = contact("mia", "Mia", phone="0171555")
    text = "Name|Phone|Company\nMia|0171555|Acme\nMia|0171555|Widgets"

    found = run(text, [mia], on_duplicate="update")

    assert imported(found, [mia])[0].get("company") == "Acme"
    assert found[1].warnings == ('left out company "Widgets" (stays "Acme")',)


def test_the_reason_is_that_of_the_row_whose_status_stands() -> None:
    rules = rules_from_options(columns=["Why=reason"], on_duplicate="update")
    text = "Name|Phone|Status|Why\nMia|0171555|Lost|moved\nMia|0171555|Lost|too dear"

    found = run(text, rules=rules)

    assert found[0].reason == "moved"
    assert found[1].warnings == ('left out reason "too dear" (stays "moved")',)


def test_merged_rows_imported_again_change_nothing() -> None:
    text = (
        "Name|Phone|Status|Last contacted|Notes\n"
        "Mia|0171555|New|2026-03-01|first\nMia|0171555|Engage|2026-11-20|second"
    )
    book = imported(run(text, on_duplicate="update"))

    again = run(text, book, on_duplicate="update")

    assert [each.outcome for each in again] == [Outcome.SAME, Outcome.SAME]


def test_a_phone_without_a_digit_is_pointed_out() -> None:
    found = run("Name|Phone\nMia|k.A.;0171555")

    assert only(found).warnings == (
        "phone \"k.A.\" has no digit (--map-value 'phone:k.A.=' leaves it out)",
    )


def test_a_phone_that_the_book_has_is_pointed_out_no_more() -> None:
    mia = contact("mia", "Mia", email="m@b.c", phone="k.A.")

    found = run("Name|Email|Phone\nMia|m@b.c|k.A.;0171555", [mia], on_duplicate="update")

    assert only(found).warnings == ()
