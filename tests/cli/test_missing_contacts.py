"""Contacts that went away past leadctl: noticed before anything is written over what is left."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from tests.commands import NewBook, Run, tree

NAMES = [f"c{number:02}" for number in range(20)]
YAML = "".join(f"- {{id: {name}, name: {name.upper()}, status: New}}\n" for name in NAMES)
CSV = "id,name,status\n" + "".join(f"{name},{name.upper()},New\n" for name in NAMES)


@pytest.fixture(params=["yaml", "csv", "dir"])
def book(request: pytest.FixtureRequest, new_book: NewBook, run: Run) -> Path:
    """Twenty contacts, and leadctl has written to them once."""
    root = new_book(CSV if request.param == "csv" else YAML)
    if request.param == "dir":
        (root / "contacts.yaml").unlink()
        (root / "contacts").mkdir()
        for name in NAMES:
            (root / "contacts" / f"{name}.yaml").write_text(f"name: {name}\nstatus: New\n")
    assert run("set", "c00", "company=Mills").code == 0
    return root


def files(book: Path) -> dict[str, bytes]:
    """Every file but the lock, in which who had it last has signed."""
    return {name: text for name, text in tree(book).items() if not name.endswith("lock")}


def keep(book: Path, count: int) -> None:
    """Leave the first *count* contacts in the files, as if the rest had been cut off."""
    if (book / "contacts").is_dir():
        for name in NAMES[count:]:
            (book / "contacts" / f"{name}.yaml").unlink()
        return
    (path,) = book.glob("contacts.*")
    lines = path.read_text().splitlines(keepends=True)
    has_header = path.suffix == ".csv"
    path.write_text("".join(lines[: count + has_header]))


def test_nothing_is_written_over_what_was_cut_off(run: Run, book: Path) -> None:
    keep(book, 9)
    before = files(book)
    done = run("set", "c01", "company=Mills")

    assert done.code == 7
    assert "the book had 20 contacts when leadctl last wrote to it, only 9 are there" in done.err
    assert "leadctl check --fix shrunk" in done.err
    assert files(book) == before


def test_an_emptied_book_takes_no_new_contact(run: Run, book: Path) -> None:
    keep(book, 0)
    done = run("add", "Zoe")

    assert done.code == 7
    assert "none is there now" in done.err


def test_who_reads_is_warned_once(run: Run, book: Path) -> None:
    keep(book, 9)
    done = run("list", "-f", "ids")

    assert done.code == 0
    assert done.out.split() == NAMES[:9]
    assert done.err.count("the book had 20 contacts") == 1


def test_a_few_taken_out_by_hand_are_no_matter(run: Run, book: Path) -> None:
    keep(book, 17)
    done = run("set", "c01", "company=Mills")

    assert (done.code, done.err) == (0, "")


def test_who_says_so_goes_on_with_what_is_left(run: Run, book: Path) -> None:
    keep(book, 9)
    fixed = run("check", "--fix", "shrunk")
    done = run("set", "c01", "company=Mills")

    assert fixed.code in (0, 1)
    assert (done.code, done.err) == (0, "")


def test_what_leadctl_itself_takes_away_is_not_missed(run: Run, book: Path) -> None:
    for number in range(12):
        run("add", f"New {number}")
    run("undo")
    run("undo")

    assert run("list", "-f", "ids").err == ""


def test_contacts_that_are_gone_altogether_are_not_taken_for_another_book(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = book / "inner"
    inner.mkdir()
    for name in ("stages.yaml", "journal.jsonl"):
        shutil.copy(book / name, inner / name)
    monkeypatch.chdir(inner)
    done = run("list")

    assert done.code == 6
    assert "has a journal, but its contacts are gone" in done.err


def test_a_journal_that_is_gone_is_not_begun_anew(run: Run, book: Path) -> None:
    (book / "journal.jsonl").unlink()
    before = files(book)
    done = run("touch", "c01")

    assert done.code == 6
    assert "the journal is gone" in done.err
    assert files(book) == before


def test_an_editor_that_empties_a_file_before_it_fills_it_is_waited_for(
    run: Run, new_book: NewBook
) -> None:
    book = new_book(YAML)
    run("set", "c00", "company=Mills")
    path = book / "contacts.yaml"
    text = path.read_text()
    handle = os.open(path, os.O_WRONLY | os.O_TRUNC)

    def fill() -> None:
        time.sleep(0.06)
        os.write(handle, text.encode())
        os.close(handle)

    editor = threading.Thread(target=fill)
    editor.start()
    done = run("list", "-f", "ids")
    editor.join()

    assert done.out.split() == NAMES
    assert done.err == ""


def test_a_link_out_of_the_book_is_followed_only_to_a_journal(
    run: Run, new_book: NewBook, tmp_path: Path
) -> None:
    book = new_book(YAML)
    victim = tmp_path / "bashrc"
    victim.write_text("alias ll='ls -l'\n")
    (book / "journal.jsonl").unlink()
    (book / "journal.jsonl").symlink_to(victim)
    done = run("touch", "c01", "-m", "$(touch x)")

    assert done.code == 7
    assert "which is no journal" in done.err
    assert victim.read_text() == "alias ll='ls -l'\n"


def test_a_journal_that_lies_elsewhere_is_used(run: Run, new_book: NewBook, tmp_path: Path) -> None:
    book = new_book(YAML)
    run("touch", "c01")
    (book / "journal.jsonl").rename(tmp_path / "synced.jsonl")
    (book / "journal.jsonl").symlink_to(tmp_path / "synced.jsonl")
    done = run("touch", "c01")

    assert done.code == 0
    assert len((tmp_path / "synced.jsonl").read_text().splitlines()) == 2


def test_a_state_folder_that_is_a_link_is_refused(
    run: Run, new_book: NewBook, tmp_path: Path
) -> None:
    book = new_book(YAML)
    (tmp_path / "elsewhere").mkdir()
    (book / ".leadctl").symlink_to(tmp_path / "elsewhere")
    done = run("touch", "c01")

    assert done.code == 7
    assert list((tmp_path / "elsewhere").iterdir()) == []
