"""Changes that an index which is brought up to date must not overlook, each met once."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from leadctl.cli import building, indexing
from leadctl.cli.indexing import current_index
from leadctl.index import cache
from leadctl.index.cache import cache_path
from leadctl.index.index import Index
from leadctl.query.sql import EVERYTHING
from leadctl.stages import Stages
from leadctl.store.book import Book
from leadctl.store.finding import open_book
from tests.commands import NewBook, Run

THREE = "".join(f"- id: {name}\n  name: {name}\n  status: New\n" for name in ("ada", "bo", "cy"))
RULES = """\
default: New
statuses:
  New: {touch_every: 2 days, first_touch: 0 days, limit: 7 days, aliases: [Fresh]}
  Done: {touch_every: never}
fields: {size: number}
"""


def said(book: Book, environment: dict[str, str]) -> tuple[object, ...]:
    index, _ = current_index(book, environment)
    with closing(index):
        problems = sorted(map(repr, index.problems()))
        return index.entries(EVERYTHING), index.events(), problems


@pytest.fixture
def environment(private: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(private / "known")}


def require_same(book: Book, environment: dict[str, str]) -> None:
    assert said(book, environment) == said(book, {})


@pytest.mark.parametrize(
    "head", ["# caf\xe9\n", "\t# x\n", "# x\x07\n", "# x\r- {id: zed, name: Zed}\n", "# \x85\n"]
)
def test_what_stands_above_the_first_contact(
    head: str, new_book: NewBook, environment: dict[str, str]
) -> None:
    book = open_book(new_book(THREE))
    said(book, environment)
    path = book.contacts.path
    path.write_bytes(head.encode("latin-1") + path.read_bytes())

    require_same(book, environment)


def test_an_event_of_any_kind_that_undoes_something(
    run: Run, new_book: NewBook, environment: dict[str, str]
) -> None:
    book = open_book(new_book(THREE))
    run("touch", "ada")
    said(book, environment)
    last = json.loads(book.journal_path.read_text().splitlines()[-1])
    odd = {**last, "id": "zz1", "op": "zzzzzz", "kind": "edited", "undoes": last["op"]}
    with book.journal_path.open("a") as file:
        file.write(json.dumps(odd) + "\n")
    require_same(book, environment)
    run("touch", "ada")

    require_same(book, environment)


def test_a_file_that_was_not_read_and_is_now(
    run: Run, tmp_path: Path, environment: dict[str, str]
) -> None:
    run("init", tmp_path / "dir", "--format", "dir")
    book = open_book(tmp_path / "dir")
    other = book.root / "contacts" / "zed.yml"
    other.write_text("id: zed\nname: Zed\nstatus: New\n")
    said(book, environment)
    other.rename(other.with_suffix(".yaml"))

    require_same(book, environment)


def test_two_rows_that_change_places(run: Run, tmp_path: Path, environment: dict[str, str]) -> None:
    run("init", tmp_path / "csv", "--format", "csv")
    book = open_book(tmp_path / "csv")
    rows = ["ada,Ada,New,x\x1a\n", "bo,Bo,New,y\n"]
    path = book.contacts.path
    path.write_text("id,name,status,note\n" + "".join(rows))
    said(book, environment)
    path.write_text("id,name,status,note\n" + "".join(reversed(rows)))

    require_same(book, environment)


def test_a_journal_that_was_given_up(new_book: NewBook, environment: dict[str, str]) -> None:
    book = open_book(new_book(THREE))
    line = {"id": "1", "op": "abcdef", "at": "2026-11-20T09:00:00+00:00", "kind": "touched"}
    book.journal_path.write_text("x\n" * 5_100)
    said(book, environment)
    with book.journal_path.open("a") as file:
        file.write(json.dumps({**line, "contact": "ada", "on": "2026-11-20"}) + "\n")

    require_same(book, environment)


def test_contacts_that_become_a_folder(new_book: NewBook, environment: dict[str, str]) -> None:
    root = new_book(THREE)
    said(open_book(root), environment)
    (root / "contacts.yaml").unlink()
    (root / "contacts").mkdir()
    (root / "contacts" / "ada.yaml").write_text("name: Ada\nstatus: New\n")
    changed = open_book(root)

    require_same(changed, environment)
    assert len(said(changed, environment)[0]) == 1  # type: ignore[arg-type]


def test_another_program_at_the_journal_just_after_a_write(
    run: Run, new_book: NewBook, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = new_book(THREE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(private / "known"))
    run("touch", "ada", "-m", "first")
    run("list")
    journal = root / "journal.jsonl"

    def save(_: float) -> None:
        # In place and of the same size: nothing but the time tells.
        with journal.open("r+b") as file:
            content = file.read().replace(b"first", b"FIRST")
            file.seek(0)
            file.write(content)

    with monkeypatch.context() as patch:
        patch.setattr("leadctl.cli.indexing.time.sleep", save)
        run("touch", "bo")

    assert "FIRST" in run("history", "ada").out


def killed_change(path: Path, command: str) -> dict[Path, bytes]:
    """What the index in *path* and the file beside it hold if *command* is killed on its way."""
    file = path.resolve()
    journal = file.with_name(f"{file.name}-journal")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma cache_size = 1")
        connection.execute("begin immediate")
        connection.execute(command)
        left = {each: each.read_bytes() for each in (file, journal)}
        connection.rollback()
    return left


def test_what_a_killed_change_left_is_not_played_into_a_new_index(
    new_book: NewBook, environment: dict[str, str]
) -> None:
    book = open_book(new_book(THREE))
    said(book, environment)
    path = cache_path(book.root, environment)
    assert path
    left = killed_change(path, "update contact set data = hex(zeroblob(9000))")
    for each, content in left.items():
        each.write_bytes(content)
    path.unlink()
    book.contacts.path.write_text(THREE.replace("name: ", "name: C "))

    require_same(book, environment)
    require_same(book, environment)


def test_undo_with_a_damaged_index_is_told_of_once(
    run: Run, new_book: NewBook, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = new_book(THREE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(private / "damaged"))
    run("touch", "ada")
    run("list")
    path = cache_path(root.resolve(), {"XDG_CACHE_HOME": str(private / "damaged")})
    assert path
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("pragma page_size").fetchone()
        where = "select rootpage from sqlite_master where name = 'event'"
        (page,) = connection.execute(where).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    path.write_bytes(content)
    codes = [run("undo").code, run("undo").code]

    assert codes[1] == 0 or codes[0] == 0
    assert 70 not in codes


def test_a_change_of_the_index_that_was_killed_in_the_middle_is_taken_back(
    new_book: NewBook, environment: dict[str, str]
) -> None:
    book = open_book(new_book(THREE))
    said(book, environment)
    path = cache_path(book.root, environment)
    assert path
    command = "update contact set id = id || 'x', data = hex(zeroblob(9000))"
    left = killed_change(path, command)
    for each, content in left.items():
        each.write_bytes(content)

    assert all(left.values())
    require_same(book, environment)
    require_same(book, environment)


def test_an_index_that_somebody_holds_on_to_keeps_nobody_waiting_for_long(
    new_book: NewBook, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book = open_book(new_book(THREE))
    said(book, environment)
    path = cache_path(book.root, environment)
    assert path
    monkeypatch.setattr(cache, "_PATIENCE", 0.1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("begin exclusive")
        book.contacts.path.write_text(THREE.replace("name: bo", "name: Bo Ek"))

        require_same(book, environment)


def test_a_command_brings_the_index_up_to_date_for_the_next_one(
    run: Run, new_book: NewBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_book(THREE)
    run("list")
    run("touch", "ada")
    run("set", "ada", "hobby=chess")

    def fail(*_: object, **__: object) -> None:
        raise AssertionError("it had to be looked at again")

    monkeypatch.setattr(indexing, "_settled", fail)

    assert "chess" in run("show", "ada").out


def counted(monkeypatch: pytest.MonkeyPatch) -> list[Book]:
    """A list that grows by a book each time that one is read as a whole."""
    readings: list[Book] = []
    real = building.build_index

    def build(book: Book, path: Path | None, looks: bytes) -> tuple[Index, Stages]:
        readings.append(book)
        return real(book, path, looks)

    monkeypatch.setattr(building, "build_index", build)
    return readings


@pytest.mark.parametrize(
    ("old", "new", "is_read"),
    [
        ("touch_every: 2 days", "touch_every: 3 days", False),
        ("limit: 7 days", "limit: 1 day", False),
        ("statuses:", "# a remark\nstatuses:", False),
        ("aliases: [Fresh]", "aliases: [Fresh, Raw]", True),
        ("  Done:", "  Finished:", True),
        ("fields: {size: number}", "fields: {size: text}", True),
    ],
)
def test_only_what_depends_on_a_rule_is_worked_out_anew(  # noqa: PLR0917
    run: Run,
    new_book: NewBook,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    old: str,
    new: str,
    is_read: bool,
) -> None:
    book = open_book(
        new_book(THREE.replace("cy\n  status: New", "cy\n  status: Raw"), stages=RULES)
    )
    run("set", "ada", "created=2026-11-01", "size=1,500")
    run("touch", "bo", "--status", "Done")
    said(book, environment)
    readings = counted(monkeypatch)
    book.stages_path.write_text(RULES.replace(old, new))

    assert said(book, environment) == said(book, {})
    assert len(readings) == 1 + is_read
