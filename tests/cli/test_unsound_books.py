"""Books with mistakes in them: what is sound is still shown, and nothing is made worse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadctl.cli import changing
from tests.commands import NewBook, Outcome, Run, tree

CONTACTS = """\
- id: ada
  name: Ada
  status: New
- name: Nobody
  status: New
- id: bela
  name: Béla
  status: New
"""
WARNING = "leadctl: warning: contacts.yaml:4:3: this contact has no id\n"
EVENT = (
    '{"id": "1m0000000000000a", "op": "aaaaaa", "at": "2026-11-01T10:00:00+00:00", '
    '"kind": "touched", "contact": "ada", "on": "2026-11-01"}'
)


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


def test_a_bad_record_never_hides_the_good_ones(run: Run, book: Path) -> None:
    assert run("list", "-f", "ids") == Outcome(0, "ada\nbela\n", WARNING)
    assert run("pipeline", "New", "-f", "ids") == Outcome(0, "ada\nbela\n", WARNING)
    assert run("show", "ada", "-f", "ids") == Outcome(0, "ada\n", WARNING)


def test_who_is_strict_is_told_by_the_exit_code(run: Run, book: Path) -> None:
    assert run("list", "-f", "ids", "--strict") == Outcome(
        3,
        "ada\nbela\n",
        "leadctl: error: some records cannot be read\n"
        "contacts.yaml:4:3: error: this contact has no id\n"
        "    4 | - name: Nobody\n"
        "      |   ^\n"
        "    hint: every contact needs one, such as `id: ada-lovelace`\n",
    )


def test_who_is_missed_may_stand_in_what_cannot_be_read(run: Run, book: Path) -> None:
    done = run("show", "nobody")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(WARNING + 'leadctl: error: no contact "nobody"\n')


def test_no_more_than_three_are_named_on_the_way(run: Run, new_book: NewBook) -> None:
    new_book("- {id: ada, name: Ada, status: New}\n" + "- {name: Nobody}\n" * 5)
    done = run("list", "-f", "ids")

    assert (done.code, done.out) == (0, "ada\n")
    assert done.err.count("this contact has no id") == 3
    assert done.err.endswith("leadctl: warning: 2 more; `leadctl check` lists them all\n")


def test_a_file_with_a_bad_record_is_not_written(run: Run, book: Path) -> None:
    before = tree(book)
    done = run("set", "ada", "company=Analytical")

    assert done == Outcome(
        3,
        "",
        "leadctl: error: nothing was written: contacts.yaml has to be mended first\n"
        "contacts.yaml:4:3: error: this contact has no id\n"
        "    4 | - name: Nobody\n"
        "      |   ^\n"
        "    hint: every contact needs one, such as `id: ada-lovelace`\n"
        "hint: `leadctl check` lists every problem\n",
    )
    assert {name: text for name, text in tree(book).items() if name in before} == before


@pytest.mark.parametrize(
    "words", [("add", "Cleo"), ("set-status", "Engage", "ada"), ("pin", "ada")]
)
def test_no_command_writes_to_a_file_with_a_bad_record(
    run: Run, book: Path, words: tuple[str, ...]
) -> None:
    assert run(*words).code == 3
    assert (book / "contacts.yaml").read_text() == CONTACTS
    assert (book / "journal.jsonl").read_bytes() == b""


def test_a_touch_writes_to_the_journal_only_and_goes_on(run: Run, book: Path) -> None:
    assert run("touch", "ada") == Outcome(0, "ada: touched. Undo: leadctl undo OP\n", WARNING)
    assert (book / "contacts.yaml").read_text() == CONTACTS


def test_in_a_folder_of_files_only_the_bad_one_is_blocked(run: Run, calls: Path) -> None:
    bad = calls / "contacts" / "veit-lorenz.yaml"
    bad.write_bytes(b"name: [Veit\n")

    assert run("set", "sven-akerman", "company=Fjord").code == 0
    assert "veit-lorenz" not in run("list", "-f", "ids").out
    assert bad.read_bytes() == b"name: [Veit\n"


@pytest.mark.parametrize("is_noted", [True, False])
def test_what_a_command_has_written_is_not_named_as_unread(
    run: Run, calls: Path, monkeypatch: pytest.MonkeyPatch, is_noted: bool
) -> None:
    if not is_noted:
        # Another process looks at the index for longer than a command waits for it.
        monkeypatch.setattr(changing, "note_own_writing", lambda *_: None)
    (calls / "contacts" / "dora-kim.yaml").write_text("# Dora\n")
    (calls / "contacts" / "eve.yaml").write_text("# Eve\n")

    assert run("add", "Dora Kim", "-q").err == (
        "leadctl: warning: contacts/eve.yaml:1: this file holds no contact\n"
    )


def test_a_field_that_cannot_be_read_counts_as_not_set_and_blocks_nothing(
    run: Run, new_book: NewBook
) -> None:
    new_book("- {id: ada, name: Ada, status: New, created: 2026-02-30}\n")

    assert run("set", "ada", "company=Analytical").code == 0
    assert run("list", "--columns", "id,created,due", "-f", "csv") == Outcome(
        0,
        "id,created,due\nada,2026-02-30,\n",
        "leadctl: warning: contacts.yaml:1:46: created: February 2026 has 28 days\n",
    )


def test_a_file_that_makes_no_sense_is_named_not_guessed(run: Run, new_book: NewBook) -> None:
    new_book("- id: ada\n\tname: Ada\n")

    assert run("list") == Outcome(
        0, "", "leadctl: warning: contacts.yaml:2:1: tab used for indentation\n"
    )
    assert run("list", "--strict").code == 3
    assert run("add", "Béla").code == 3


@pytest.mark.parametrize("command", ["list", "prospects", "pipeline", "stages", "history"])
def test_statuses_that_make_no_sense_stop_every_command(
    run: Run, new_book: NewBook, command: str
) -> None:
    new_book(
        CONTACTS, stages="default: Nwe\nstatuses:\n  New: {limit: often, touch_every: never}\n"
    )

    assert run(command) == Outcome(
        3,
        "",
        "leadctl: error: stages.yaml cannot be used\n"
        'stages.yaml:1:10: error: no status named "Nwe"\n'
        "    1 | default: Nwe\n"
        "      |          ^\n"
        '    hint: did you mean "New"?\n'
        'stages.yaml:3:16: error: limit: "often" is no interval\n'
        "    3 |   New: {limit: often, touch_every: never}\n"
        "      |                ^\n"
        "    hint: such as `limit: 14 days`, `limit: 1 month` or `limit: never`\n",
    )


def test_statuses_that_are_empty_stop_every_command_with_the_reason(run: Run, book: Path) -> None:
    (book / "stages.yaml").write_bytes(b"")

    assert run("list") == Outcome(
        3,
        "",
        "leadctl: error: stages.yaml cannot be used\n"
        "stages.yaml: error: there is nothing in it\n"
        "    hint: copy it from a new book: leadctl init DIR\n",
    )


def test_an_unknown_status_is_shown_as_it_is_and_can_be_left(run: Run, new_book: NewBook) -> None:
    new_book("- {id: ada, name: Ada, status: Prospecting}\n")

    assert run("list", "--columns", "id,status,stage", "-f", "csv").out == (
        "id,status,stage\nada,Prospecting,\n"
    )
    assert run("set-status", "New", "ada").out == "ada: Prospecting → New. Undo: leadctl undo OP\n"


def test_a_line_of_the_journal_that_makes_no_sense_is_stepped_over(
    run: Run, new_book: NewBook
) -> None:
    book = new_book("- {id: ada, name: Ada, status: New}\n", f"nonsense\n{EVENT}\n")

    assert json.loads(run("show", "ada", "--json").out)["touches"] == 1
    assert run("touch", "ada").code == 0
    assert (book / "journal.jsonl").read_text().startswith(f"nonsense\n{EVENT}\n{{")


def test_a_last_line_without_its_end_is_given_one(run: Run, new_book: NewBook) -> None:
    book = new_book("- {id: ada, name: Ada, status: New}\n", EVENT)

    assert run("touch", "ada") == Outcome(0, "ada: touched. Undo: leadctl undo OP\n")
    first, second = (book / "journal.jsonl").read_text().splitlines()
    assert first == EVENT
    assert json.loads(second)["kind"] == "touched"


def test_a_torn_last_line_is_put_aside_by_the_next_change(run: Run, new_book: NewBook) -> None:
    book = new_book("- {id: ada, name: Ada, status: New}\n", f"{EVENT}\n{EVENT[:40]}")

    assert run("list", "-f", "ids") == Outcome(0, "ada\n")
    assert run("touch", "ada").code == 0
    assert len((book / "journal.jsonl").read_text().splitlines()) == 2
    (aside,) = (book / ".leadctl" / "quarantine").iterdir()
    assert aside.read_text() == EVENT[:40]
    assert aside.stat().st_mode & 0o777 == 0o600
