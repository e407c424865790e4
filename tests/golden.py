"""What the reading commands print, on terminals of three widths and off a terminal.

    python tests/golden.py

writes what they print now into tests/golden_outputs; the difference is there to be read.
"""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import sys
import tempfile
import termios
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from leadctl.cli.main import main
from leadctl.store.creation import EXAMPLE_DAY, EXAMPLES, create_book, create_example
from tests.commands import call, surround

FOLDER = Path(__file__).with_name("golden_outputs")
WIDTHS = (60, 80, 160)
_NO_TERMINAL = "no terminal"


@dataclass(frozen=True, slots=True)
class Page:
    """One command, and the book that it is about."""

    book: str
    command: str
    has_colours: bool = False

    @property
    def name(self) -> str:
        """What its file is called."""
        words = f"{self.book} {self.command}{' in colour' if self.has_colours else ''}"
        return "-".join(words.replace("--", "").replace(",", " ").split())

    @property
    def path(self) -> Path:
        """The file that holds what it prints."""
        return FOLDER / f"{self.name}.txt"


PAGES = (
    *(Page("agent", command) for command in (
        "prospects", "prospects --explain nathan-cho", "todo list", "list", "list -v --limit 3",
        "list --columns id,name,note,birthday --limit 4", "show lucia-romano", "show nathan-cho",
        "history --limit 12", "values source", "pipeline --limit 3", "stages", "plan list",
        "plan show past-client", "plan status", "draft", "report status", "report funnel",
        "report ageing", "report touches", "report activity", "report sources", "report speed",
        "report lost", "board",
    )),
    *(Page("brokerage", command) for command in (
        "prospects", "todo list", "pipeline", "board", "stages",
    )),
    *(Page("calls", command) for command in ("prospects", "list", "stages")),
    *(Page("odd", command) for command in (
        "prospects", "list", "list --columns id,name,note", "show ada", "check", "board",
    )),
    *(Page("agent", command, has_colours=True) for command in (
        "prospects --limit 8", "todo list", "pipeline New Closed --limit 2", "board --limit 2",
    )),
)  # fmt: skip

#: Names and notes that few programs lay out well; and ten dates that are none.
_ODD = """\
- {id: ada, name: Ada Maria Theodora Wilhelmina Lovelace-Byron of Ockham Park and Ashley Combe, \
phone: +44 20 7946 0101, status: New, created: 2026-11-20, \
note: "A long note.\\n\\n  - She asks for the papers of the loft before anybody else sees them.\\n\
  - https://example.com/a/very/long/address/that/has/no/blank/in/it/and/does/not/end/soon"}
- {id: yamada-taro, name: 山田 太郎, phone: +81 3 5550 0103, status: New, created: 2026-11-19, \
note: 来週の月曜日に電話してください。その前に資料を送ること。}
- {id: family, name: "👩‍👩‍👧 Lind 🇸🇪", status: Engage, created: 2026-11-01, note: "👍🏽 👍🏽"}
- {id: jose, name: "Jose\\u0301 Nun\\u0303ez", status: Engage, created: 2026-11-01, email: j@x.org}
- {id: maryam, name: مريم حداد, status: Active, created: 2026-11-01}
- {id: evil, name: "Eve\\u202e\\e[31m", status: Active, created: 2026-11-01}
"""


@contextmanager
def surrounded(private: Path, *, has_colours: bool = False) -> Iterator[None]:
    """Let leadctl see nothing of whoever runs it but *private*."""
    with pytest.MonkeyPatch.context() as patch:
        surround(patch, private)
        if not has_colours:
            patch.setenv("NO_COLOR", "1")
        yield


def make_books(folder: Path) -> None:
    """The example books, and one with odd names, in *folder*."""
    for preset, (name, _) in EXAMPLES.items():
        create_example(folder / name, preset=preset, today=EXAMPLE_DAY)
    odd = create_book(folder / "odd", preset="classic", format_name="yaml").root
    wrong = (f"- {{id: w{n}, name: W, status: Active, birthday: {n}.13.}}\n" for n in range(10))
    (odd / "contacts.yaml").write_text(_ODD + "".join(wrong), encoding="utf-8")


def shown(page: Page, books: Path) -> str:
    """What *page* prints, at every width and off a terminal, as one text."""
    words = [*page.command.split(), "--book", str(books / page.book)]
    texts = {f"{width} columns": on_terminal(*words, width=width) for width in WIDTHS}
    done = call(*words)
    texts[_NO_TERMINAL] = done.out + done.err
    return "".join(f"═══ {title} ═══\n{text}" for title, text in texts.items())


def on_terminal(*words: str, width: int) -> str:
    """What leadctl prints, called in this process on a pseudo-terminal with *width* columns."""
    ours, theirs = pty.openpty()
    # Else the terminal would turn every line feed into two characters.
    tty.setraw(theirs)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, width, 0, 0))
    seen: list[bytes] = []
    reader = threading.Thread(target=_drain, args=(ours, seen))
    reader.start()
    with os.fdopen(theirs, "w", encoding="utf-8") as screen, pytest.MonkeyPatch.context() as patch:
        for name in ("stdout", "stderr", "__stdout__"):
            patch.setattr(sys, name, screen)
        main(words)
    reader.join()
    os.close(ours)
    return b"".join(seen).decode()


def _drain(terminal: int, seen: list[bytes]) -> None:
    try:
        while piece := os.read(terminal, 65536):
            seen.append(piece)
    except OSError:
        # That is how a terminal ends whose other side is closed.
        return


def _renew() -> None:
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    with tempfile.TemporaryDirectory() as folder:
        books = Path(folder)
        make_books(books)
        for page in PAGES:
            with surrounded(books / "private", has_colours=page.has_colours):
                page.path.write_text(shown(page, books), encoding="utf-8")


if __name__ == "__main__":
    _renew()
