"""`convert`: the book in another format, what is said of it, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run, tree

READS = (
    ("list", "--json"),
    ("prospects", "--json"),
    ("pipeline",),
    ("todo", "list", "--json"),
    ("report", "status", "--json"),
    ("show", "ada", "--json"),
)
PLAIN = """\
- id: ada
  name: Ada
  status: New
  tags: [vip, buyer]
  note: |-
    two; "lines",
    and =1+1
- id: bela
  name: Bela
  status: Engage
  phone: "0123"
"""
PLANNED = "- {id: k7m2, contact: ada, due: 2026-11-25, what: 'call: ask, then note'}\n"


@pytest.fixture
def book(new_book: NewBook) -> Path:
    root = new_book(PLAIN)
    (root / "followups.yaml").write_text(PLANNED)
    return root


def answers(run: Run) -> list[Outcome]:
    return [run(*words) for words in READS]


def tables(book: Path) -> dict[str, bytes]:
    names = ("contacts", "followups", "stages")
    return {name: text for name, text in tree(book).items() if name.startswith(names)}


@pytest.mark.parametrize("ways", [("csv", "yaml"), ("dir", "yaml"), ("csv", "dir", "yaml")])
def test_every_read_says_the_same_in_every_format(
    book: Path, run: Run, ways: tuple[str, ...]
) -> None:
    before = answers(run)
    for form in ways:
        assert run("convert", form, "--yes").code == 0
        assert answers(run) == before


def test_it_says_what_it_did_and_how_to_take_it_back(book: Path, run: Run) -> None:
    said = run("convert", "csv")

    assert said.out == (
        "2 contacts and 1 follow-up converted from yaml to csv. Undo: leadctl undo OP\n"
    )
    assert sorted(tables(book)) == ["contacts.csv", "followups.csv", "stages.yaml"]


def test_a_dry_run_names_the_files_and_changes_nothing(book: Path, run: Run) -> None:
    before = tables(book)
    said = run("convert", "csv", "-n")

    assert said.out.splitlines() == [
        "contacts.yaml → contacts.csv   2 contacts",
        "followups.yaml → followups.csv   1 follow-up",
    ]
    assert said.err == "dry run: nothing was changed\n"
    assert tables(book) == before


def test_undo_brings_the_files_back_to_the_byte(new_book: NewBook, run: Run) -> None:
    book = new_book(f"# mine\n{PLAIN}  # his number\n")
    before = tables(book)
    assert run("convert", "csv", "--yes").code == 0
    said = run("undo")

    assert said.out.startswith("2 contacts and 0 follow-ups converted from csv to yaml.")
    assert tables(book) == before


def test_an_undo_of_it_can_be_undone(book: Path, run: Run) -> None:
    run("convert", "csv")
    after = tables(book)
    run("undo")
    redone = json.loads(run("history", "--json").out)[-1]["op"]
    assert run("undo", redone).code == 0

    assert tables(book) == after


def test_it_cannot_be_undone_twice(book: Path, run: Run) -> None:
    run("convert", "csv")
    op = json.loads(run("history", "--json").out)[-1]["op"]
    run("undo", op)
    said = run("undo", op)

    assert said.code == 4
    assert "is undone already" in said.err


def test_it_cannot_be_undone_once_something_else_was_changed(book: Path, run: Run) -> None:
    run("convert", "csv")
    op = json.loads(run("history", "--json").out)[-1]["op"]
    run("set", "ada", "company=Engines")
    before = tables(book)
    said = run("undo", op)

    assert said.code == 4
    assert "contacts or follow-ups have changed since; nothing was changed" in said.err
    assert "leadctl convert yaml" in said.err
    assert tables(book) == before


def test_it_cannot_be_undone_without_the_files_that_were_kept(book: Path, run: Run) -> None:
    run("convert", "csv")
    for path in (book / ".leadctl/converted").iterdir():
        path.unlink()
    said = run("undo")

    assert said.code == 7
    assert "is not there" in said.err


def test_what_was_changed_before_can_be_undone_after_it(book: Path, run: Run) -> None:
    run("set", "ada", "company=Engines")
    op = json.loads(run("history", "--json").out)[-1]["op"]
    run("convert", "csv")

    assert run("undo", op).code == 0
    assert b"Engines" not in (book / "contacts.csv").read_bytes()


def test_comments_do_not_go_without_being_told(new_book: NewBook, run: Run) -> None:
    book = new_book(f"# mine\n{PLAIN}")
    before = tables(book)
    said = run("convert", "csv")

    assert said.code == 7
    assert "1 comment would not be in the new files" in said.err
    assert "say --yes" in said.err
    assert tables(book) == before


def test_a_record_that_cannot_be_read_stops_it(new_book: NewBook, run: Run) -> None:
    new_book(f"{PLAIN}- name: nobody\n")
    said = run("convert", "csv")

    assert said.code == 3
    assert "contacts.yaml:12" in said.err
    assert "`leadctl check` lists every problem" in said.err


def test_the_format_that_it_has_is_nothing_to_do(book: Path, run: Run) -> None:
    before = tree(book)
    said = run("convert", "yaml")

    assert (said.code, said.out) == (0, "the book is kept as yaml already; nothing to change\n")
    assert tables(book) == {name: text for name, text in before.items() if name in tables(book)}


def test_programs_are_told_in_json(book: Path, run: Run) -> None:
    said = json.loads(run("convert", "dir", "--json").out)

    assert said["format"] == {"old": "yaml", "new": "dir"}
    assert (said["contacts"], said["follow_ups"], said["lost"]) == (2, 1, [])
    assert (book / said["kept"]).is_file()


def test_history_tells_of_it_and_check_is_content(book: Path, run: Run) -> None:
    run("convert", "csv")

    assert "converted from yaml to csv" in run("history").out
    assert run("check").code == 0
    assert run("list", "--as-of", "2026-11-01").code == 0


def test_the_files_that_are_kept_go_with_a_person_who_is_forgotten(book: Path, run: Run) -> None:
    run("convert", "csv")
    assert run("forget", "bela", "--yes").code == 0

    assert list((book / ".leadctl/converted").iterdir()) == []


def test_two_formats_side_by_side_are_refused(book: Path, run: Run) -> None:
    (book / "contacts.csv").write_text("id,name\n")
    said = run("list")

    assert said.code == 2
    assert "`leadctl convert` changes the format" in said.err
