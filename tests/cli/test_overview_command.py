"""`leadctl` alone and `leadctl overview`: a book at a glance, or how to start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Program, Run

PEOPLE = """\
- {id: ada, name: Ada Lovelace, status: New, created: 2026-11-20, phone: 604-555-0102}
- {id: bela, name: Béla Bartók, status: Engage, created: 2026-11-22, phone: 604-555-0103}
- {id: grace, name: Grace Hopper, status: Inactive, created: 2026-01-01}
"""


def test_a_book_is_seen_at_a_glance(run: Run, new_book: NewBook) -> None:
    root = new_book(PEOPLE)
    (root / "followups.yaml").write_text(
        "- {id: k7m2, contact: bela, due: 2026-11-20, what: send the offer}\n"
        "- {id: c40x, contact: ada, due: 2026-12-20, what: call}\n",
        encoding="utf-8",
    )

    assert run() == Outcome(
        0,
        """\
Sunday, 22 November 2026 · 3 contacts
  to contact  2
  follow-ups  1 due, 1 of them late
  pipeline    New 1 · Engage 1 · Future 0 · Active 0 · Closed 0
  next        leadctl show bela

Most urgent
id    name          status  why
----  ------------  ------  ------------------------------
bela  Béla Bartók   Engage  send the offer, 2 days overdue
ada   Ada Lovelace  New     no touch yet, 2 days overdue

Follow-ups due
due         name         what
----------  -----------  --------------
2026-11-20  Béla Bartók  send the offer
""",
    )


def test_no_word_is_the_word_overview(agent: Path, run: Run) -> None:
    assert run() == run("overview")


@pytest.mark.parametrize("example", ["agent", "brokerage", "calls"])
def test_it_counts_whom_the_lists_have(
    example: str, run: Run, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(example)
    seen = json.loads(run("overview", "--json").out)
    listed = json.loads(run("prospects", "--json").out)
    planned = json.loads(run("todo", "list", "--until", "today", "--json").out)

    assert seen["to_contact"] == len(listed)
    assert [row["id"] for row in seen["prospects"]] == [row["id"] for row in listed[:5]]
    assert seen["follow_ups_due"] == len(planned)
    assert seen["next"] == f"leadctl show {listed[0]['id']}"


def test_an_empty_book_is_told_how_to_get_its_first_contact(run: Run, new_book: NewBook) -> None:
    new_book("[]\n")

    assert 'next        leadctl add "Ada Lovelace"' in run().out


def test_what_is_wrong_in_the_files_is_counted(run: Run, new_book: NewBook) -> None:
    new_book(PEOPLE + "- {id: odd, status: New}\n")

    assert "  problems    1: leadctl check\n" in run().out


def test_without_a_book_it_says_how_to_start(run: Run) -> None:
    done = run()

    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[2:] == [
        "  leadctl init demo --example   an example book to try everything on",
        "  leadctl init mybook           a book of your own",
        "  leadctl -h                    all commands",
    ]


def test_the_command_itself_needs_a_book(run: Run) -> None:
    refused = run("overview")

    assert (refused.code, refused.out) == (2, "")
    assert "leadctl init" in refused.err


def test_a_book_that_is_named_and_not_there_is_an_error(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEADCTL_BOOK", str(tmp_path / "nowhere"))

    assert run().code == 2


def test_where_it_says_to_start_one_can_start(program: Program, tmp_path: Path) -> None:
    said = program(cwd=tmp_path).out
    words = next(line for line in said.splitlines() if "--example" in line).split()[1:4]
    made = program(*words, cwd=tmp_path)

    assert made.code == 0
    assert program(cwd=tmp_path / "demo").code == 0
