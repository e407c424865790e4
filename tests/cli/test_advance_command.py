"""`advance`: moves that stages.yaml asks for, made by hand or by cron."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run, tree

STAGES = """\
default: New
statuses:
  New: {touch_every: 2 days, then: {after: 10 days, to: Old, automatic: yes}}
  Warm: {touch_every: 2 days, then: {after: 10 days, to: Old}}
  Old: {touch_every: never}
"""
CONTACTS = """\
- {id: ada, name: Ada, status: New, created: 2026-11-01, owner: jo}
- {id: bea, name: Bea, status: New, created: 2026-11-01}
- {id: cy, name: Cy, status: New, created: 2026-11-20}
- {id: di, name: Di, status: Warm, created: 2026-11-01}
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, stages=STAGES)


def test_cron_needs_no_yes(run: Run, book: Path) -> None:
    assert run("advance") == Outcome(
        0,
        "2 contacts changed\n"
        "New → Old: ada, bea\n"
        "Warm → Old, only suggested: di\n"
        "Undo: leadctl undo OP\n",
    )


def test_a_second_run_changes_nothing_and_says_nothing(run: Run, book: Path) -> None:
    run("advance")
    before = tree(book)

    assert run("advance") == Outcome(0, "")
    assert tree(book) == before


def test_suggestions_are_told_to_who_wants_to_know(run: Run, book: Path) -> None:
    run("advance")

    assert run("advance", "--verbose").out == "nothing to move\nWarm → Old, only suggested: di\n"


def test_a_query_says_for_whom(run: Run, book: Path) -> None:
    assert "New → Old: ada\n" in run("advance", "owner:jo").out
    assert run("list", "status:Old", "-f", "ids").out == "ada\n"


def test_a_dry_run_shows_the_moves(run: Run, book: Path) -> None:
    before = tree(book)

    done = run("advance", "-n")

    assert "  ada  New → Old   never touched\n" in done.out
    assert tree(book) == before


def test_another_number_than_expected_stops_it(run: Run, book: Path) -> None:
    assert run("advance", "--expect", "3").code == 4
    assert run("advance", "--expect", "2").code == 0


def test_the_journal_says_which_rule_moved_them(run: Run, book: Path) -> None:
    run("advance")

    (event,) = json.loads(run("history", "ada", "--json").out)
    assert (event["origin"], event["note"]) == ("rule then of New", "10 days in New")


def test_a_book_without_such_moves_has_nothing_to_do(run: Run, new_book: NewBook) -> None:
    new_book(CONTACTS, stages="default: New\nstatuses: {New: {touch_every: 1d}, Warm: }\n")

    assert run("advance") == Outcome(0, "")
    assert json.loads(run("advance", "--json").out)["changed"] == []
