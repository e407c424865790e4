"""Nobody who was forgotten, or is not to be contacted, comes back by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.privacy import CONTACTS, JOURNAL, files
from tests.commands import NewBook, Run


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, JOURNAL)


@pytest.fixture
def without_ada(run: Run, book: Path) -> Path:
    assert run("forget", "ada", "--yes").code == 0
    return book


@pytest.mark.parametrize(
    "option", [("--email", "ADA@Example.com"), ("--phone", "0044 (20) 7946 0000")]
)
def test_a_forgotten_address_is_not_added(
    run: Run, without_ada: Path, option: tuple[str, str]
) -> None:
    done = run("add", "Ada", *option)

    assert done.code == 7
    assert f"{option[1]} is of somebody who asked to be forgotten" in done.err
    assert "--allow-suppressed -m WHY" in done.err


def test_who_wants_to_be_back_is_added_with_a_note(run: Run, without_ada: Path) -> None:
    words = ("add", "Ada", "--email", "ada@example.com", "--allow-suppressed")

    assert run(*words).code == 2
    assert run(*words, "-m", "signed up again").code == 0
    assert "signed up again" in run("history", "ada").out


def test_an_import_leaves_forgotten_people_out(run: Run, without_ada: Path) -> None:
    table = b"Name,Email,Phone\nAda,,+44 20 79460000\nDora,dora@example.com,\n"
    done = run("import", "-", stdin=table)

    assert done.code == 0
    assert done.out == "2 rows: 1 new, 1 suppressed. Undo: leadctl undo OP\n"
    assert done.err.endswith("note: 1 row is about people who asked to be forgotten; left out\n")
    assert "Ada\n" not in (without_ada / "contacts.yaml").read_text()


def test_an_import_of_nobody_else_is_refused(run: Run, without_ada: Path) -> None:
    before = files(without_ada)
    done = run("import", "-", stdin=b"Name,Email\nAda,ada@example.com\n")

    assert done.code == 7
    assert "nothing was imported" in done.err
    assert files(without_ada) == before


def test_forgotten_people_are_in_no_file_of_rejects(run: Run, without_ada: Path) -> None:
    table = b"Name,Email,Status\nAda,ada@example.com,New\nDora,d@example.com,Nwe\nEve,e@e.ex,New\n"
    done = run("import", "-", "--rejects", "rejects.csv", stdin=table)

    assert done.code == 0
    assert "ada@example.com" not in (without_ada / "rejects.csv").read_text()


def test_who_is_back_is_imported_like_anybody(run: Run, without_ada: Path) -> None:
    run("add", "Ada", "--email", "ada@example.com", "--allow-suppressed", "-m", "signed up")
    done = run(
        "import", "-", "--on-duplicate", "update", stdin=b"Email,Title\nada@example.com,Dr\n"
    )

    assert done.out == "1 row: 1 update. Undo: leadctl undo OP\n"


def test_a_damaged_list_stops_an_import(run: Run, without_ada: Path) -> None:
    with (without_ada / "suppressed.txt").open("a") as file:
        file.write("<<<<<<< ours\n")
    before = files(without_ada)
    done = run("import", "-", stdin=b"Name,Email\nDora,dora@example.com\n")

    assert done.code == 3
    assert "suppressed.txt:9" in done.err
    assert run("check", "files").code == 1
    assert files(without_ada) == before


def test_an_import_never_lets_anybody_be_contacted_again(run: Run, book: Path) -> None:
    table = b"id,name,do_not_contact,title\ncleo,Cleo Marsh,no,Dr\n"
    done = run("import", "-", "--key", "id", "--on-duplicate", "update", "-v", stdin=table)

    assert done.code == 0
    assert "do_not_contact stays yes" in done.out
    assert "do_not_contact: yes\n" in (book / "contacts.yaml").read_text()


@pytest.mark.parametrize("word", ["do_not_contact=", "dnc=no"])
def test_to_contact_somebody_again_takes_a_note(run: Run, book: Path, word: str) -> None:
    refused = run("set", "cleo", word)
    done = run("set", "cleo", word, "-m", "wrote that mails are fine")

    assert refused.code == 2
    assert "to contact cleo again needs a note that says why" in refused.err
    assert done.code == 0
    assert "wrote that mails are fine" in run("history", "cleo").out


def test_other_fields_are_set_without_a_note(run: Run, book: Path) -> None:
    assert run("set", "cleo", "title=Dr").code == 0
    assert run("set", "cleo", "do_not_contact=yes").code == 0
    assert run("set", "bob", "do_not_contact=no").code == 0


def test_who_is_not_to_be_contacted_is_seen_everywhere_and_on_no_list(run: Run, book: Path) -> None:
    assert "cleo" not in run("prospects", "--ahead", "1y").out
    assert "do_not_contact  yes" in run("show", "cleo").out
    assert "do_not_contact" in run("list").out
    assert "do_not_contact" not in run("list", "bob").out
