"""What a careless hand, a hurried script or an unlucky moment does must not cost any data."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from leadctl.store.disk import Disk
from tests.commands import NewBook, Outcome, Run, tree

CONTACTS = """\
- {id: ada, name: Ada, status: New}
- {id: mary-jo, name: Mary-Jo, status: New}
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


@pytest.mark.parametrize(
    "words",
    [
        ("set-status", "Engage", "ada", "-"),
        ("set-status", "Engage", "-", "--all", "--yes"),
        ("touch", "-", "-"),
        ("set-status", "--from", "moves.csv", "ada"),
        ("set-status", "--from", "moves.csv", "--all"),
        ("touch", "ada", "--reason", "none"),
        ("pin", "ada", "--remove", "--until", "fri"),
        ("prospects", "status:New", "--explain", "ada"),
    ],
)
def test_words_that_contradict_each_other_are_refused(
    run: Run, book: Path, words: tuple[str, ...]
) -> None:
    (book / "moves.csv").write_text("id,status\nada,Engage\n", encoding="utf-8")
    before = tree(book)

    done = run(*words, stdin=b"ada\n")

    assert (done.code, done.out) == (2, "")
    assert tree(book) == before


@pytest.mark.parametrize("word", ["-", "&", "'", "--"])
def test_a_word_without_a_letter_is_no_name(run: Run, book: Path, word: str) -> None:
    assert run("show", "--", word).code == 1


def test_a_name_that_is_no_utf_8_is_refused(run: Run, book: Path) -> None:
    assert run("show", "\udcff").code == 2
    assert run("touch", "-", stdin=b"\xff\n").code == 2


def test_ids_on_stdin_may_begin_with_a_byte_order_mark(run: Run, book: Path) -> None:
    done = run("set-status", "Engage", "-", stdin=b"\xef\xbb\xbfada\n")

    assert done == Outcome(0, "ada: New → Engage. Undo: leadctl undo OP\n")


def test_a_limit_beyond_all_numbers_shows_everybody(run: Run, book: Path) -> None:
    assert run("list", "-f", "ids", "--limit", str(2**63)) == Outcome(0, "ada\nmary-jo\n")


def test_a_file_name_that_is_no_utf_8_does_not_spoil_the_journal(run: Run, book: Path) -> None:
    name = "K\udce4ufer.csv"
    (book / name).write_text("Name\nZed\n", encoding="utf-8")

    assert run("import", name).code == 0
    assert run("check") == Outcome(0, "")
    assert "import K?ufer.csv" in run("history", "zed").out


def test_a_folder_that_git_knows_already_can_become_a_book(run: Run, private: Path) -> None:
    new = private / "repository"
    new.mkdir()
    (new / ".gitattributes").write_bytes(b"*.png binary")

    assert run("init", new).code == 0
    assert (new / ".gitattributes").read_text("utf-8").startswith("*.png binary\n#")
    assert "journal.jsonl merge=union\n" in (new / ".gitattributes").read_text("utf-8")


def test_options_may_stand_before_the_name_of_a_report(run: Run, book: Path) -> None:
    assert json.loads(run("report", "--json", "status").out)[0]["status"] == "New"
    assert run("report", "-b", book, "status").code == 0


def test_two_options_in_one_take_the_next_word_as_it_is(run: Run, book: Path) -> None:
    run("touch", "ada", "-qm", "-re:offer sent")

    assert "-re:offer sent" in run("history", "ada").out


def test_a_journal_that_is_gone_is_told(run: Run, book: Path) -> None:
    (book / "journal.jsonl").unlink()
    done = run("check")

    assert done.code == 1
    assert done.out.startswith("journal.jsonl: error: the journal is missing\n")


def test_a_status_that_was_changed_past_the_journal_is_told(run: Run, book: Path) -> None:
    run("set-status", "Engage", "ada")
    text = (book / "contacts.yaml").read_text("utf-8")
    (book / "contacts.yaml").write_text(text.replace("Engage", "Future"), "utf-8")
    done = run("check")

    assert done.code == 0
    assert 'warning: the journal has ada in "Engage", the file in "Future"' in done.out


def test_a_change_that_cannot_be_made_leaves_nothing_in_the_journal(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    run("check")
    before = tree(book)
    monkeypatch.setattr(Disk, "create", refuse)
    done = run("set-status", "Engage", "ada")

    assert done.code == 6
    assert {name: text for name, text in tree(book).items() if name in before} == before


def test_what_a_killed_writer_left_is_swept_away_by_the_next(run: Run, book: Path) -> None:
    left = book / ".contacts.yaml.leadctl-999999999-00000000.tmp"
    left.write_text("half", encoding="utf-8")
    run("touch", "ada")

    assert not left.exists()
