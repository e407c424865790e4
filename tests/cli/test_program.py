"""The installed program, where it matters that it is one: streams, environment, terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import PROGRAM, Outcome, Program, surroundings, tree

CONTACTS = """\
- {id: ada, name: Ada Lovelace, status: New, company: Analytical Engines of Marylebone}
- {id: bela, name: Béla Bartók, status: New}
- {id: cleo, name: 王小明, status: New}
"""


@pytest.fixture
def book(private: Path) -> Path:
    root = private / "book"
    root.mkdir()
    (root / "contacts.yaml").write_text(CONTACTS, encoding="utf-8")
    (root / "stages.yaml").write_text(
        "default: New\nstages: {Hot: {statuses: [New], colour: red}}\n"
        "statuses: {New: {touch_every: 2 days}, Later: {touch_every: never}}\n"
    )
    return root


def test_an_empty_environment_is_enough(book: Path) -> None:
    done = subprocess.run(
        ["env", "-i", PROGRAM, "list", "--book", book, "-f", "ids"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "ada\nbela\ncleo\n", "")


def test_a_name_that_the_locale_cannot_show_does_not_end_the_program(
    program: Program, book: Path
) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = program("list", "--columns", "name", "-f", "csv", cwd=book, env=ascii_only)

    assert done == Outcome(0, "name\nAda Lovelace\nB\\xe9la Bart\\xf3k\n\\u738b\\u5c0f\\u660e\n")


def test_in_the_plainest_locale_a_name_is_stored_as_typed(program: Program, book: Path) -> None:
    assert program("add", "Zoë", cwd=book, env={"LC_ALL": "C"}) == Outcome(
        0, "added zoe\nUndo: leadctl undo OP\n"
    )
    assert "name: Zoë\n" in (book / "contacts.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("count", [1, 3000])
@pytest.mark.parametrize("form", ["table", "csv", "ids"])
def test_a_reader_that_has_seen_enough_is_no_error(
    book: Path, private: Path, count: int, form: str
) -> None:
    many = (f"- {{id: c{number}, name: Name, status: New}}\n" for number in range(count))
    (book / "contacts.yaml").write_text("".join(many))
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [PROGRAM, "list", "-f", form, "--book", book],
        env=surroundings(private),
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("words", [("list",), ("list", "--json"), ("--version",), ("-h",)])
def test_a_full_disk_is_an_error_of_the_disk(
    program: Program, book: Path, words: tuple[str, ...]
) -> None:
    assert program(*words, cwd=book, shell=">/dev/full") == Outcome(
        6, "", "leadctl: error: the output cannot be written: No space left on device\n"
    )


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_streams_that_the_caller_closed_do_no_harm(
    program: Program, book: Path, closed: str
) -> None:
    before = tree(book)
    done = program("list", "-f", "ids", cwd=book, shell=closed)

    # A read that cannot show what it found has failed.
    assert done.code == (6 if ">&-" in closed.split() else 0)
    assert done.out in {"ada\nbela\ncleo\n", ""}
    assert tree(book) == before


def test_nobody_is_asked_where_stdin_is_closed(program: Program, book: Path) -> None:
    done = program("set-status", "Later", "--all", cwd=book, shell="<&-")

    assert done.code == 7
    assert "nobody can be asked" in done.err


def test_a_module_is_a_program_too(book: Path, private: Path) -> None:
    done = subprocess.run(
        [PROGRAM.with_name("python"), "-m", "leadctl", "list", "-f", "ids", "--book", book],
        env=surroundings(private),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "ada\nbela\ncleo\n", "")


@pytest.fixture
def sealed(book: Path) -> Iterator[Path]:
    """The book in a folder in which nobody may write."""
    for path in book.iterdir():
        path.chmod(0o444)
    book.chmod(0o555)
    yield book
    book.chmod(0o755)


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may all")
def test_a_book_in_a_sealed_folder_can_be_read_and_not_written(sealed: Path, private: Path) -> None:
    # Permissions bind the superuser only without these capabilities.
    humbly = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    front = humbly if os.geteuid() == 0 else []

    def run(*words: str) -> Outcome:
        done = subprocess.run(
            [*front, PROGRAM, *words],
            cwd=sealed,
            env={"PATH": os.environ["PATH"], **surroundings(private)},
            capture_output=True,
            text=True,
            check=False,
        )
        return Outcome.of(done.returncode, done.stdout, done.stderr)

    assert run("list", "-f", "ids") == Outcome(0, "ada\nbela\ncleo\n")
    assert run("touch", "ada") == Outcome(
        6,
        "",
        f"leadctl: error: {sealed / '.leadctl'}: Permission denied\nhint: nothing was changed\n",
    )


class Terminal:
    """The program on a pseudo-terminal of so many columns."""

    def __init__(self, book: Path, private: Path, *words: str, columns: int, **env: str) -> None:
        self.screen = ""
        self._main, worker = pty.openpty()
        fcntl.ioctl(worker, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self._program = subprocess.Popen(
            [PROGRAM, *words],
            cwd=book,
            env={**surroundings(private), "TERM": "xterm", **env},
            stdin=worker,
            stdout=worker,
            stderr=worker,
            start_new_session=True,
            # Only a terminal of its own sends it an interrupt for Ctrl-C.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )
        os.close(worker)

    def wait_for(self, text: str) -> None:
        deadline = time.monotonic() + 30
        while text not in self.screen and time.monotonic() < deadline:
            self._read()
        assert text in self.screen

    def type(self, text: str) -> None:
        os.write(self._main, text.encode())

    def end(self) -> int:
        deadline = time.monotonic() + 30
        while (self._program.poll() is None or self._has_more()) and time.monotonic() < deadline:
            self._read()
        self._program.kill()
        os.close(self._main)
        return self._program.wait(30)

    def _has_more(self) -> bool:
        return bool(select.select([self._main], [], [], 0)[0]) and self._read()

    def _read(self) -> bool:
        if not select.select([self._main], [], [], 0.1)[0]:
            return False
        try:
            read = os.read(self._main, 4096)
        except OSError:  # the other end is closed
            return False
        self.screen += read.decode().replace("\r\n", "\n")
        return bool(read)


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ("y\n", 0, "3 contacts changed. Undo: leadctl undo "),
        ("YES\n", 0, "3 contacts changed. Undo: leadctl undo "),
        ("n\n", 1, "leadctl: error: nothing was changed\n"),
        ("\n", 1, "leadctl: error: nothing was changed\n"),
        ("yellow\n", 1, "leadctl: error: nothing was changed\n"),
        ("\x04", 1, "leadctl: error: nothing was changed\n"),
        ("\x03", 130, ""),
    ],
)
def test_on_a_terminal_the_question_is_asked(
    book: Path, private: Path, answer: str, code: int, said: str
) -> None:
    terminal = Terminal(book, private, "set-status", "Later", "--all", columns=80)
    terminal.wait_for("Change 3 contacts? [y/N] ")
    terminal.type(answer)

    assert terminal.end() == code
    assert "3 match · 3 will change\n  ada   New → Later   never touched\n" in terminal.screen
    assert said in terminal.screen
    assert ("status: Later" in (book / "contacts.yaml").read_text(encoding="utf-8")) == (code == 0)


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_on_a_terminal_a_table_fits_its_width(book: Path, private: Path, columns: int) -> None:
    terminal = Terminal(book, private, "list", "--color", "never", columns=columns)

    assert terminal.end() == 0
    lines = terminal.screen.splitlines()
    assert [each for each in ("ada", "bela", "cleo") if each not in terminal.screen] == []
    assert max(len(line.replace("王小明", "......")) for line in lines) <= columns


def test_on_a_terminal_there_is_colour_unless_it_is_unwanted(book: Path, private: Path) -> None:
    colourful = Terminal(book, private, "list", columns=200)
    plain = Terminal(book, private, "list", columns=200, NO_COLOR="1")
    dumb = Terminal(book, private, "list", columns=200, TERM="dumb")

    assert [each.end() for each in (colourful, plain, dumb)] == [0, 0, 0]
    assert "\x1b[31mNew\x1b[0m" in colourful.screen
    assert "\x1b" not in plain.screen + dumb.screen


def test_what_would_steer_the_terminal_is_made_visible(book: Path, private: Path) -> None:
    (book / "contacts.yaml").write_text(
        '- {id: eve, name: "Eve\\e[2J\\u202Egnp", status: New}\n', encoding="utf-8"
    )
    terminal = Terminal(book, private, "list", "--color", "never", columns=200)

    assert terminal.end() == 0
    assert "Eve" in terminal.screen
    assert not {"\x1b", "\u202e"} & set(terminal.screen)
