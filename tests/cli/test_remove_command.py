"""`remove`: who goes, what goes with them, and what an undo brings back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run, tree

ADA = """\
- id: ada   # the countess
  name: Ada
  # rings only
  # on Sundays
  phone: '604 555 0101'
  status: Engage
"""
BOB = """\
# Their neighbours.
- id: bob
  name: Bob
  status: New
  # always late
"""
STAGES = """\
default: New
statuses:
  New: {touch_every: 2 days}
  Engage: {}
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(BOB + ADA, stages=STAGES)


def contacts(book: Path) -> str:
    return (book / "contacts.yaml").read_text(encoding="utf-8")


def test_who_is_removed_is_no_longer_listed_and_keeps_a_history(run: Run, book: Path) -> None:
    assert run("remove", "ada", "-m", "entered twice") == Outcome(
        0, "ada: removed. Undo: leadctl undo OP\n"
    )
    assert run("list", "-f", "ids").out == "bob\n"
    assert contacts(book) == BOB
    assert "removed  entered twice  tester" in run("history", "ada", "--no-header").out
    assert run("check").code == 0


def test_undo_brings_the_record_back_with_its_comments(run: Run, book: Path) -> None:
    run("remove", "ada")
    run("undo")

    assert contacts(book) == BOB + ADA
    assert run("check").code == 0


def test_a_comment_below_the_last_field_goes_and_comes_back_with_it(run: Run, book: Path) -> None:
    run("remove", "bob")
    alone = contacts(book)
    run("undo")

    assert alone == "# Their neighbours.\n" + ADA
    assert contacts(book) == "# Their neighbours.\n" + ADA + BOB.partition("\n")[2]


def test_follow_ups_go_with_their_contact_and_come_back(run: Run, book: Path) -> None:
    run("todo", "add", "ada", "call", "--due", "fri")
    planned = (book / "followups.yaml").read_bytes()
    done = run("remove", "ada")
    left = run("todo", "list").out
    run("undo")

    assert done.out == "ada: removed, and 1 follow-up. Undo: leadctl undo OP\n"
    assert left == ""
    assert (book / "followups.yaml").read_bytes() == planned


def test_a_removed_id_is_not_given_to_somebody_else(run: Run, book: Path) -> None:
    run("remove", "ada")

    assert run("add", "Ada").out.startswith("added ada-2\n")


def test_undo_gives_way_if_somebody_took_the_id_by_hand(run: Run, book: Path) -> None:
    run("remove", "ada")
    (book / "contacts.yaml").write_text(BOB + "- id: ada\n  name: Another\n", encoding="utf-8")
    refused = run("undo")

    assert refused.code == 4
    assert "ada is in the book already" in refused.err


def test_the_undo_is_undone_only_if_the_text_is_still_the_same(run: Run, book: Path) -> None:
    run("remove", "ada")
    run("undo")
    again = run("history", "--limit", "1", "--no-header").out.split()[-1]
    (book / "contacts.yaml").write_text(BOB + ADA + "  # moved away\n", encoding="utf-8")
    refused = run("undo", again)

    assert refused.code == 4
    assert contacts(book) == BOB + ADA + "  # moved away\n"


def test_a_query_asks_and_writes_nothing_where_nobody_answers(run: Run, book: Path) -> None:
    before = tree(book)
    refused = run("remove", "--where", "status:New")

    assert refused.code == 7
    assert "say --yes, or --expect 1" in refused.err
    assert tree(book) == before


def test_many_are_removed_at_once_and_brought_back_at_once(run: Run, book: Path) -> None:
    done = run("remove", "-", stdin=b"ada\nbob\n")
    empty = run("list", "-f", "ids").out
    run("undo")

    assert done.out == "2 contacts removed. Undo: leadctl undo OP\n"
    assert empty == ""
    assert sorted(run("list", "-f", "ids").out.split()) == ["ada", "bob"]


@pytest.mark.parametrize("words", [("nobody",), (), ("ada", "--where", "status:New")])
def test_who_is_not_clear_is_not_removed(run: Run, book: Path, words: tuple[str, ...]) -> None:
    before = tree(book)

    assert run("remove", *words).code in {1, 2}
    assert tree(book) == before


def test_no_input_removes_nobody(run: Run, book: Path) -> None:
    before = tree(book)

    assert run("remove", "-", stdin=b"") == Outcome(0, "nothing to change\n")
    assert tree(book) == before


def test_a_dry_run_says_what_would_go(run: Run, book: Path) -> None:
    before = tree(book)
    shown = run("remove", "ada", "-n")

    assert "ada  removed" in shown.out
    assert tree(book) == before


@pytest.mark.parametrize("form", ["csv", "dir"])
def test_it_is_the_same_in_every_form_of_a_book(run: Run, tmp_path: Path, form: str) -> None:
    preset = {"csv": "sales-stages", "dir": "calling"}[form]
    book = tmp_path / form
    run("init", book, "--example", "--preset", preset)
    ids = run("-b", book, "list", "-f", "ids").out.split()
    before = run("-b", book, "list", "--json").out
    run("-b", book, "remove", *ids[:2])
    left = run("-b", book, "list", "-f", "ids").out.split()
    run("-b", book, "undo")

    assert left == ids[2:]
    assert run("-b", book, "list", "--json").out == before
    assert run("-b", book, "check").code == 0


def test_a_file_of_its_own_comes_back_to_the_byte(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "dir"
    run("init", book, "--example", "--preset", "calling")
    path = sorted((book / "contacts").glob("*.yaml"))[0]
    path.write_bytes(b"# Mind the dog.\r\n" + path.read_bytes())
    before = path.read_bytes()
    run("-b", book, "remove", path.stem)
    is_gone = not path.exists()
    run("-b", book, "undo")

    assert is_gone
    assert path.read_bytes() == before


def test_what_was_removed_can_still_be_forgotten(run: Run, book: Path) -> None:
    run("remove", "ada")

    assert run("forget", "ada", "--yes").code == 0
    assert b"604 555 0101" not in b"".join(tree(book).values())
