"""An index made from nothing: by one process or by two, it is the same."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from leadctl.cli import building
from leadctl.cli.beside import beside
from leadctl.cli.indexing import current_index
from leadctl.index import filling
from leadctl.index.cache import cache_path
from leadctl.query.sql import EVERYTHING
from leadctl.store.book import Book
from leadctl.store.finding import open_book
from tests.commands import NewBook, Run

FOUR = "".join(
    f"- {{id: {name}, name: {name}, status: New}}\n" for name in ("ada", "bo", "cy", "di")
)


def said(book: Book, environment: dict[str, str]) -> tuple[object, ...]:
    index, _ = current_index(book, environment)
    with closing(index):
        return index.entries(EVERYTHING), index.events(), index.problems(), index.meta("journal")


@pytest.fixture
def environment(private: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(private / "known")}


@pytest.fixture
def book(run: Run, new_book: NewBook) -> Book:
    root = new_book(FOUR)
    for words in (("touch", "ada"), ("set-status", "Engage", "bo"), ("pin", "cy"), ("undo",)):
        run(*words)
    with (root / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"id": "torn')
    return open_book(root)


def test_a_long_journal_is_read_by_a_process_of_its_own(
    book: Book, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_one = said(book, {})
    monkeypatch.setattr(building, "_LONG", 0)

    assert said(book, environment) == by_one
    assert said(book, environment) == by_one


def test_where_the_other_process_fails_one_does_it_all(
    book: Book, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_one, here = said(book, {}), os.getpid()

    def fail(*given: object) -> None:
        if os.getpid() != here:
            raise sqlite3.OperationalError("disk full")
        filling.put_history(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "_LONG", 0)
    monkeypatch.setattr(building, "put_history", fail)

    assert said(book, environment) == by_one
    path = cache_path(book.root, environment)
    assert path is not None
    assert set(path.parent.iterdir()) == {path, path.resolve()}


def test_the_other_process_ends_with_the_one_that_needs_it(tmp_path: Path) -> None:
    fifo = tmp_path / "never"
    os.mkfifo(fifo)

    with pytest.raises(KeyboardInterrupt), beside(fifo.read_bytes):
        raise KeyboardInterrupt

    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_where_children_are_nobodys_business_they_are_waited_for_all_the_same() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        with beside(lambda: "done") as told:
            found = told()
    finally:
        signal.signal(signal.SIGCHLD, before)

    assert found == "done"


def test_the_other_process_ends_when_nobody_waits_for_it_any_more(tmp_path: Path) -> None:
    note = tmp_path / "note"
    script = (
        "import os, sys, time\n"
        "from leadctl.cli.beside import beside\n"
        "def work():\n"
        "    open(sys.argv[1], 'w').write(str(os.getpid()))\n"
        "    while True: time.sleep(0.05)\n"
        "with beside(work):\n"
        "    while not os.path.exists(sys.argv[1]): time.sleep(0.01)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(note)], check=False)
    other = int(note.read_text() or "0")

    assert wait_for_the_end_of(other)


def wait_for_the_end_of(number: int) -> bool:
    for _ in range(200):
        status = Path(f"/proc/{number}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_what_the_other_process_comes_to_may_be_longer_than_a_pipe() -> None:
    with beside(lambda: "x" * 1_000_000) as told:
        found = told()

    assert found == "x" * 1_000_000
