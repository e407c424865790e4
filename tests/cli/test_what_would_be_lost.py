"""What would be lost if nobody looked: people, comments, somebody's past, lines of the journal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Run

CONTACTS = "- {id: ada, name: Ada Lovelace, status: New}\n- {id: bob, name: Bob, status: New}\n"


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


def test_an_operation_about_the_forgotten_alone_cannot_be_undone(run: Run, book: Path) -> None:
    done = run("set", "ada", "company=Mills", "--json")
    op = json.loads((book / "journal.jsonl").read_text())["op"]
    run("forget", "ada", "--yes")
    undone = run("undo", op)

    assert done.code == 0
    assert undone.code == 7
    assert "forgotten" in undone.err


def test_after_somebody_was_forgotten_undo_does_not_take_back_something_else(
    run: Run, book: Path
) -> None:
    run("set", "bob", "company=Mills")
    run("forget", "ada", "--yes")
    done = run("undo")

    assert done.code == 7
    assert "leadctl history" in done.err
    assert "Mills" in (book / "contacts.yaml").read_text()


def test_a_comment_in_the_record_of_a_new_contact_is_not_lost_with_it(run: Run, book: Path) -> None:
    run("add", "Zoe Zimmer", "--company", "Mills")
    path = book / "contacts.yaml"
    path.write_text(path.read_text().replace("Mills", "Mills  # phones only after 6"))
    done = run("undo")

    assert done.code == 4
    assert "holds a comment" in done.err
    assert "# phones only after 6" in path.read_text()


def test_a_sign_in_a_value_is_no_comment(run: Run, book: Path) -> None:
    run("add", "Zoe Zimmer", "--company", "Mills #2", "--tag", "#1")

    assert run("undo").code == 0


def test_who_gets_the_name_of_somebody_who_went_does_not_get_their_past(
    run: Run, book: Path
) -> None:
    run("touch", "ada", "-m", "a secret")
    (book / "contacts.yaml").write_text("- {id: bob, name: Bob, status: New}\n")
    done = run("add", "Ada")
    named = run("add", "Ada Lovelace")

    assert done.out.startswith("added ada-2\n")
    assert named.out.startswith("added ada-lovelace\n")
    assert "a secret" not in run("history", "ada-2").out


def test_an_empty_operation_is_not_taken_for_the_last(run: Run, book: Path) -> None:
    run("set", "ada", "company=Mills")
    done = run("undo", "")

    assert done.code == 2
    assert "Mills" in (book / "contacts.yaml").read_text()


def test_nobody_is_half_forgotten(run: Run, book: Path) -> None:
    run("touch", "ada", "-m", "hi")
    path = book / "contacts.yaml"
    path.write_text("- id: ada\n\tname: Ada Lovelace\n  status: New\n")
    before = path.read_text(), (book / "journal.jsonl").read_text()
    done = run("forget", "ada", "--yes")

    assert done.code == 3
    assert "may stand in a record that cannot be read" in done.err
    assert (path.read_text(), (book / "journal.jsonl").read_text()) == before


def test_contacts_in_a_status_that_is_none_are_told(run: Run, book: Path) -> None:
    path = book / "contacts.yaml"
    path.write_text(path.read_text().replace("status: New}", "status: Gone}", 1))
    done, strict = run("prospects"), run("prospects", "--strict")

    assert (done.code, strict.code) == (0, 3)
    assert 'does not have the status of some contacts: "Gone" (1)' in done.err


def test_a_journal_that_lost_lines_is_told(run: Run, book: Path) -> None:
    for number in range(3):
        run("set", "ada", f"company=Mills {number}")
    path = book / "journal.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:2]))
    checked = run("check", "journal")
    path.write_text("")
    emptied = run("touch", "ada")

    assert checked.code == 1
    assert "the journal had" in checked.out
    assert emptied.code == 6
    assert "the journal is gone" in emptied.err


def test_a_comment_in_the_file_of_a_new_contact_is_not_lost_with_it(run: Run, calls: Path) -> None:
    run("add", "Zoe Zimmer")
    path = calls / "contacts" / "zoe-zimmer.yaml"
    with path.open("a") as file:
        file.write("# my private remark\n")
    done = run("undo")

    assert done.code == 4
    assert "holds a comment" in done.err
    assert "# my private remark" in path.read_text()
