"""`forget`: nothing that stays, and reports that add up as before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.privacy import CONTACTS, GONE, JOURNAL, data_of, files
from tests.commands import NewBook, Run, tree


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, JOURNAL)


def test_a_forgotten_person_is_gone(run: Run, book: Path) -> None:
    done = run("forget", "ada", "--yes", "--reason", "asked by letter")
    text = b"\n".join(files(book).values()).decode()

    assert done.code == 0
    assert [word for word in GONE[1:] if word in text.replace("(020) 7946 0000", "")] == []
    assert text.count("Ada Lovelace") == 2, "what is said about others is left alone"
    assert run("show", "ada").code == 1


def test_reports_add_up_as_before(run: Run, book: Path) -> None:
    run("forget", "ada", "--yes")
    events = [json.loads(line) for line in (book / "journal.jsonl").read_text().splitlines()]

    assert [(event["kind"], event["on"]) for event in events] == [
        ("added", "2026-11-10"),
        ("touched", "2026-11-11"),
        ("touched", "2026-11-12"),
        ("undone", "2026-11-13"),
        ("forgotten", "2026-11-22"),
    ]
    assert events[0]["changes"] == {"status": ["", "New"]}
    assert events[3]["undoes"] == events[1]["op"]
    assert len({event["contact"] for event in events} - {"bob"}) == 1


def test_a_book_with_forgotten_people_is_sound(run: Run, book: Path) -> None:
    run("forget", "ada", "--yes")

    assert run("check", "files", "ids", "journal", "references", "statuses").code == 0
    assert run("history").code == 0


def test_what_is_left_to_the_user_is_named_with_its_places(run: Run, book: Path) -> None:
    out = run("forget", "ada", "--yes").out

    assert "contacts.yaml:5:9: bob note: Ada Lovelace sent him" in out
    assert "journal.jsonl:3: bob note: asked for (020) 7946 0000" in out
    assert "backups, exports" in out
    assert "git" not in out


def test_the_history_of_git_is_named_with_the_command(run: Run, book: Path) -> None:
    (book.parent / ".git").mkdir()
    out = run("forget", "ada", "--yes").out

    assert "git filter-repo --replace-text <(printf '%s\\n' " in out
    assert "'literal:Ada Lovelace==>~'" in out


def test_the_index_is_removed(run: Run, book: Path, private: Path) -> None:
    run("list")
    (cached,) = private.rglob("*.sqlite")
    (cached.parent / f"{cached.name}.77.new").write_bytes(b"Ada Lovelace")
    run("forget", "ada", "--yes")

    assert [path for path in private.rglob("*") if path.is_file()] == []


def test_an_address_that_others_have_is_not_suppressed(run: Run, book: Path) -> None:
    out = run("forget", "ada", "--yes").out

    assert "not suppressed, as others have them: office@example.com" in out
    assert run("add", "Dora", "--email", "office@example.com", "--allow-duplicate").code == 0


def test_off_a_terminal_nothing_happens_without_yes(run: Run, book: Path) -> None:
    before = files(book)
    done = run("forget", "ada")

    assert done.code == 7
    assert "This cannot be undone." in done.err
    assert "hint: nothing was changed; say --yes if it is meant" in done.err
    assert files(book) == before


def test_a_dry_run_shows_the_plan_and_changes_nothing(run: Run, book: Path) -> None:
    before = tree(book)
    done = run("forget", "ada", "-n")

    assert done.code == 0
    assert "contacts.yaml: the contact goes" in done.out
    assert tree(book) == before


def test_a_program_is_told_the_same(run: Run, book: Path) -> None:
    told = data_of(run("forget", "ada", "--yes", "--json"))

    assert (told["contacts"], told["events"], told["addresses"]) == (1, 3, 2)
    assert str(told["forgotten_as"]).startswith("~")
    assert [row["contact"] for row in told["mentions"]] == ["bob", "bob", "bob"]


def test_a_reason_with_the_name_is_refused(run: Run, book: Path) -> None:
    before = files(book)
    done = run("forget", "ada", "--yes", "--reason", "Ada Lovelace asked")

    assert done.code == 2
    assert files(book) == before


def test_who_was_taken_out_by_hand_is_forgotten_by_the_id(run: Run, book: Path) -> None:
    (book / "contacts.yaml").write_text(CONTACTS[CONTACTS.index("- id: bob") :])
    done = run("forget", "ada", "--yes")

    assert done.code == 0
    assert "engines" not in (book / "journal.jsonl").read_text()
    assert run("add", "Ada", "--email", "ada@example.com").code == 7


def test_forgotten_is_forgotten(run: Run, book: Path) -> None:
    run("forget", "ada", "--yes")
    before = files(book)

    assert run("forget", "ada", "--yes").code == 1
    assert files(book) == before
