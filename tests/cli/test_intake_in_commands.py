"""Rules for new contacts in the commands that make some: `add` and `import`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadctl.store.journal import read_journal
from tests.commands import NewBook, Outcome, Run, tree

STAGES = """\
default: New
statuses:
  New: {touch_every: 2 days}
  Engage: {touch_every: 7 days}
intake:
  - name: Open house
    when: {source: Open house}
    set: {status: Engage, tags: open-house, owner: marta}
    note: talked there
"""
ADA = "- {id: ada, name: Ada, status: New, email: ada@example.com, source: Open house}\n"


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(ADA, stages=STAGES)


def origins(book: Path) -> list[tuple[str, str, str]]:
    journal = read_journal((book / "journal.jsonl").read_bytes(), "journal.jsonl")
    return [(event.contact, event.kind, event.origin) for event in journal.events]


def test_add_says_which_rule_did_what(run: Run, book: Path) -> None:
    assert run("add", "Bea", "--source", "open house") == Outcome(
        0,
        "added bea\n"
        "rule Open house: New → Engage, tags +open-house, owner marta\n"
        "Undo: leadctl undo OP\n",
    )
    assert origins(book) == [
        ("bea", "added", ""),
        ("bea", "status", "rule Open house"),
        ("bea", "edited", "rule Open house"),
    ]


def test_one_undo_takes_back_the_contact_with_all_that_rules_did(run: Run, book: Path) -> None:
    before = (book / "contacts.yaml").read_bytes()
    run("add", "Bea", "--source", "Open house")

    assert run("undo").code == 0
    assert (book / "contacts.yaml").read_bytes() == before


def test_a_dry_run_shows_what_rules_would_do(run: Run, book: Path) -> None:
    before = tree(book)

    done = run("add", "Bea", "--source", "Open house", "--dry-run")

    assert "rule Open house: New → Engage, tags +open-house, owner marta\n" in done.out
    assert tree(book) == before


def test_what_the_command_line_says_goes_before_a_rule(run: Run, book: Path) -> None:
    run("add", "Bea", "--source", "Open house", "--status", "New", "--set", "owner=jo")

    row = json.loads(run("show", "bea", "--json").out)
    assert (row["status"], row["owner"], row["tags"]) == ("New", "jo", ["open-house"])


def test_an_import_counts_what_rules_did_to_new_contacts_only(run: Run, book: Path) -> None:
    Path("leads.csv").write_text(
        "name,email,source,status\n"
        "Ada,ada@example.com,Open house,\n"
        "Bea,bea@example.com,Open house,\n"
        "Cy,cy@example.com,Open house,New\n"
        "Di,di@example.com,Web,\n"
    )

    done = run("import", "leads.csv")

    assert done.out == (
        "4 rows: 3 new, 1 same; rule Open house: 2 contacts. Undo: leadctl undo OP\n"
    )
    assert run("list", "owner:marta", "-f", "csv", "--columns", "id,status", "--sort", "id") == (
        Outcome(0, "id,status\nbea,Engage\ncy,New\n")
    )


def test_the_verdicts_of_an_import_name_the_rules(run: Run, book: Path) -> None:
    Path("leads.csv").write_text("name,source\nBea,Open house\n")

    done = run("import", "leads.csv", "--json", "--dry-run")

    data = json.loads(done.out)
    assert data["rows"][0]["what"] == (
        "Bea, New; rule Open house: New → Engage, tags +open-house, owner marta"
    )
    assert data["notes"] == ["rule Open house: 1 contact"]


def test_an_import_that_is_repeated_changes_nothing(run: Run, book: Path) -> None:
    Path("leads.csv").write_text("name,email,source\nBea,bea@example.com,Open house\n")
    run("import", "leads.csv")
    before = tree(book)

    assert run("import", "leads.csv").out == "1 row: 1 same\n"
    assert tree(book) == before


def test_a_rule_on_a_field_that_nobody_has_is_a_problem(run: Run, new_book: NewBook) -> None:
    new_book(ADA, stages=STAGES.replace("when: {source:", "when: {sorce:"))

    done = run("stages", "check")

    assert done.code == 1
    assert 'stages.yaml:6:11: error: rule "Open house" names the field "sorce"' in done.out


def test_a_status_that_rules_name_can_be_renamed(run: Run, book: Path) -> None:
    assert run("stages", "rename", "Engage", "Talking", "--yes").code == 0

    assert "rule Open house: New → Talking" in run("add", "Bea", "--source", "Open house").out


def test_a_status_that_rules_name_does_not_go_without_an_heir(run: Run, book: Path) -> None:
    done = run("stages", "remove", "Engage")

    assert done == Outcome(
        2,
        "",
        'leadctl: error: rule "Open house" names "Engage": it would have no status\n'
        "hint: change the rule first, in line 6 of stages.yaml\n",
    )
