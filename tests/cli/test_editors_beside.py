"""An editor saves the contacts in the very moment in which a command changes them."""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from leadctl.store import guards
from leadctl.store.disk import Disk
from tests.commands import NewBook, Run

CONTACTS = """\
- id: ada
  name: Ada
  status: New
  phone: "1"
  company: Engines
"""
Meanwhile = Callable[[Callable[[Path], None]], None]


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Lets somebody act on a file right before leadctl takes its name, once."""
    exchange = Disk.exchange

    def arrange(act: Callable[[Path], None]) -> None:
        waiting = [act]

        def disturbed(disk: Disk, one: Path, other: Path) -> None:
            if waiting:
                waiting.pop()(other)
            exchange(disk, one, other)

        monkeypatch.setattr(Disk, "exchange", disturbed)

    return arrange


def typing(old: str, new: str) -> Callable[[Path], None]:
    def save(path: Path) -> None:
        path.write_text(path.read_text().replace(old, new))

    return save


def test_a_book_without_its_contacts_for_a_moment_is_waited_for(run: Run, book: Path) -> None:
    run("touch", "ada")
    path, aside = book / "contacts.yaml", book / "contacts.yaml~"
    path.rename(aside)
    editor = threading.Timer(0.06, lambda: aside.rename(path))
    editor.start()
    done = run("set", "ada", "phone=2")
    editor.join()

    assert (done.code, done.err) == (0, "")
    assert 'phone: "2"' in path.read_text()


def test_contacts_that_are_away_while_the_new_ones_are_written_are_waited_for(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, aside = book / "contacts.yaml", book / "contacts.yaml~"
    create, tries = Disk.create, []

    def disturbed(disk: Disk, new: Path, content: bytes, *, like: Path | None = None) -> None:
        if like == path:
            tries.append(new)
        if len(tries) == 1 and like == path:
            path.rename(aside)
            try:
                create(disk, new, content, like=like)
            finally:
                aside.rename(path)
            raise AssertionError("it was made like a file that is not there")
        create(disk, new, content, like=like)

    monkeypatch.setattr(Disk, "create", disturbed)
    done = run("set", "ada", "phone=2")

    assert (done.code, done.err) == (0, "")
    assert len(tries) == 2


def test_contacts_that_are_away_at_the_question_of_rights_are_waited_for(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, aside = book / "contacts.yaml", book / "contacts.yaml~"
    require = guards.require_writable
    tries: list[Path] = []

    def disturbed(asked: Path, old: bytes | None) -> None:
        tries.append(asked)
        if len(tries) == 1:
            asked.rename(aside)
        require(asked, old)
        if len(tries) == 1:
            aside.rename(path)

    monkeypatch.setattr(guards, "require_writable", disturbed)
    done = run("set", "ada", "phone=2")

    assert (done.code, done.err) == (0, "")
    assert tries == [path]


def test_another_field_is_merged(run: Run, book: Path, meanwhile: Meanwhile) -> None:
    meanwhile(typing("Engines", "Engines Ltd"))
    done = run("set", "ada", "phone=2")

    assert done.code == 0
    assert (book / "contacts.yaml").read_text() == CONTACTS.replace('"1"', '"2"').replace(
        "Engines", "Engines Ltd"
    )
    assert len((book / "journal.jsonl").read_text().splitlines()) == 1


def test_the_same_field_is_a_conflict_and_both_texts_are_kept(
    run: Run, book: Path, meanwhile: Meanwhile
) -> None:
    meanwhile(typing('"1"', '"3"'))
    done = run("set", "ada", "phone=2")

    assert done.code == 4
    assert 'phone of "ada" was changed by another program' in done.err
    assert 'it is "3" now, and was to become "2"' in done.err
    assert (book / "contacts.yaml").read_text() == CONTACTS.replace('"1"', '"3"')
    assert (book / "journal.jsonl").read_text() == ""


def test_a_file_that_is_broken_at_that_moment_stays_as_it_was_typed(
    run: Run, book: Path, meanwhile: Meanwhile
) -> None:
    meanwhile(typing("  name: Ada", "  name: [Ada"))
    done = run("set", "ada", "phone=2")

    assert done.code in (1, 3)
    assert (book / "contacts.yaml").read_text() == CONTACTS.replace("name: Ada", "name: [Ada")
    assert (book / "journal.jsonl").read_text() == ""


def test_a_contact_that_was_taken_out_stays_out(run: Run, book: Path, meanwhile: Meanwhile) -> None:
    meanwhile(typing(CONTACTS, "- {id: bo, name: Bo, status: New}\n"))
    done = run("set", "ada", "phone=2")

    assert done.code == 1
    assert (book / "contacts.yaml").read_text() == "- {id: bo, name: Bo, status: New}\n"
    assert (book / "journal.jsonl").read_text() == ""


def test_who_saves_at_every_moment_wins_and_nothing_is_lost(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = Disk.exchange
    saves: list[str] = []

    def disturbed(disk: Disk, one: Path, other: Path) -> None:
        if one.name.startswith(".") and b"phone: '2'" not in other.read_bytes():
            saves.append(f"# save {len(saves)}\n{CONTACTS}")
            other.write_text(saves[-1])
        exchange(disk, one, other)

    monkeypatch.setattr(Disk, "exchange", disturbed)
    done = run("set", "ada", "phone=2")

    assert done.code == 4
    assert "was saved by another program" in done.err
    assert (book / "contacts.yaml").read_text() in saves
    assert (book / "journal.jsonl").read_text() == ""


def test_what_the_disk_refuses_after_the_promise_is_said_to_be_saved(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(disk: Disk, one: Path, other: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(other))

    with monkeypatch.context() as patch:
        patch.setattr(Disk, "exchange", refuse)
        done = run("set", "ada", "phone=2")
    shown = json.loads(run("show", "ada", "--json").out)
    later = run("set", "ada", "company=Mills")

    assert done.code == 0
    assert "leadctl: warning: saved; finishing is pending: " in done.err
    assert "do not repeat this one" in done.err
    assert shown["phone"] == ["2"]
    assert later.err.splitlines()[0].startswith("leadctl: operation ")
    assert later.err.splitlines()[0].endswith(" had been interrupted; it is finished now")
    assert (book / "contacts.yaml").read_text() == CONTACTS.replace('"1"', '"2"').replace(
        "Engines", "Mills"
    )
