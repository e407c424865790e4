"""Reads the ```console blocks of a page and runs them, as somebody would who follows the page.

    python tests/doc_blocks.py docs/tutorial.md

writes what the commands print now into the page, except where `…` stands for some of it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from leadctl.cli.main import main
from leadctl.stamps import encode

ROOT = Path(__file__).parent.parent
#: The day of the example books.
TODAY = "2026-11-22"
#: Stands for any lines of output, also none.
ANY_LINES = "…"
#: What new ids of operations and follow-ups, and times, read as; columns stay as wide.
_OP, _TODO, _TIME = "\0" * 6, "\2" * 4, "\1"
_WORD = re.compile(
    r"(?<![0-9a-z])(?:[0-9a-hjkmnp-tv-z]{6}|[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{3})(?![0-9a-z])"
)
_TIME_TODAY = re.compile(rf"(?<={TODAY}T)\d\d:\d\d:\d\d\+00:00")
_NEW_OP = re.compile(r'"op": "([0-9a-z]{6})", "at": "[^"]*\+00:00"')
_NEW_TODO = re.compile(
    r'"at": "[^"]*\+00:00".*"follow_ups": \{"([a-z][0-9a-z]{3})": \{"id": \["", '
)
_FENCE = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def surroundings(home: Path) -> dict[str, str]:
    """The variables that leadctl sees when somebody with *home* follows a page."""
    return {
        "HOME": str(home),
        # Whoever reads a page has one; it leaves every text as it is.
        "EDITOR": "true",
        "XDG_CACHE_HOME": str(home / ".cache"),
        "XDG_CONFIG_HOME": str(home / ".config"),
        "XDG_STATE_HOME": str(home / ".local" / "state"),
        "LEADCTL_TODAY": TODAY,
        "LEADCTL_BOOK": "",
        "TZ": "UTC",
        "LOGNAME": "marta",
    }


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a page and the lines that it is said to print."""

    command: str
    expected: tuple[str, ...]
    line: int


@dataclass(slots=True)
class Reader:
    """Somebody who follows a page in a home of their own, in the shoes of Marta."""

    home: Path
    here: Path = field(init=False)

    def __post_init__(self) -> None:
        shutil.copytree(ROOT / "examples" / "moving", self.home / "examples" / "moving")
        self.here = self.home

    def output_of(self, command: str) -> str:
        """What *command* prints, on stdout and stderr together."""
        words = _plain_words(command)
        if words[:1] == ["cd"]:
            self.here = (self.here / words[1]).resolve()
            return ""
        return run(command, self.here)[1]

    def masked(self, text: str) -> str:
        """*text* without what differs at every run: new operation ids, times, the folder."""
        for op in self._new_ops():
            text = text.replace(op, _OP)
        for id_ in self._new_todos():
            text = re.sub(rf"\b{id_}\b", _TODO, text)
        return _TIME_TODAY.sub(_TIME, text).replace(str(self.home), "/home/marta")

    def readable(self, text: str) -> str:
        """*text* with ids and times that are the same at every run."""
        for number, op in enumerate(self._new_ops()):
            text = text.replace(op, encode(700_000_001 + number * 123_456_789, width=6))
        for number, id_ in enumerate(self._new_todos()):
            text = re.sub(rf"\b{id_}\b", f"h{encode(21_012 + number * 2_718, width=3)}", text)
        return self.masked(text).replace(_TIME, "10:15:00+00:00")

    def _new_ops(self) -> list[str]:
        """The operations of this page, as the journals have them, in their order."""
        return self._in_journals(_NEW_OP)

    def _new_todos(self) -> list[str]:
        """The follow-ups that were planned on this page."""
        return self._in_journals(_NEW_TODO)

    def _in_journals(self, pattern: re.Pattern[str]) -> list[str]:
        journals = sorted(self.home.glob("**/journal.jsonl"))
        texts = (journal.read_text(encoding="utf-8") for journal in journals)
        return list(dict.fromkeys(found for text in texts for found in pattern.findall(text)))


def steps(page: str) -> Iterator[Step]:
    """The commands of all console blocks of *page*; a line after `> ` continues a command."""
    for block in _FENCE.finditer(page):
        line = page.count("\n", 0, block.start()) + 2
        for part in re.split(r"^(?=\$ )", block[1], flags=re.MULTILINE):
            lines = part.splitlines()
            if not lines:
                continue
            more = sum(1 for _ in _continued(lines))
            command = "\n".join([lines[0][2:], *(text[2:] for text in lines[1 : 1 + more])])
            yield Step(command, tuple(lines[1 + more :]), line)
            line += len(lines)


def run(command: str, folder: Path) -> tuple[int, str]:
    """Run *command* in *folder*: its exit code, and what it prints on stdout and stderr together.

    leadctl runs in this process, which takes a tenth of the time, unless the line needs a shell.
    """
    words = _plain_words(command)
    if words[:1] == ["leadctl"]:
        return _run_here(folder, words[1:])
    done = subprocess.run(
        ["sh", "-c", command],
        check=False,
        cwd=folder,
        env={**os.environ, "PATH": _path(), "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
    )
    return done.returncode, done.stdout.decode()


def agrees(expected: tuple[str, ...], masked: str) -> bool:
    """True if *masked* is what the page says; trailing blanks do not matter."""
    printed = "".join(f"{line.rstrip()}\n" for line in masked.splitlines())
    pattern = "".join(
        r"(?:.*\n)*" if line == ANY_LINES else f"{_line_pattern(line.rstrip())}\n"
        for line in expected
    )
    return re.fullmatch(pattern, printed) is not None


def _plain_words(command: str) -> list[str]:
    """The words of *command*; none if it needs a shell."""
    command = command.replace("\\\n", " ")
    if "\n" in command or "$" in command:
        return []
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    words = list(lexer)
    return [] if any(set(word) <= set("();<>|&") for word in words) else words


def _run_here(folder: Path, words: list[str]) -> tuple[int, str]:
    before, printed = Path.cwd(), io.StringIO()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            code = main(words)
    finally:
        os.chdir(before)
    return code, printed.getvalue()


def _line_pattern(line: str) -> str:
    line = _TIME_TODAY.sub(_TIME, line)
    parts, start = [], 0
    for word in _WORD.finditer(line):
        masked = _OP if len(word[0]) == len(_OP) else _TODO
        parts += [re.escape(line[start : word.start()]), f"(?:{word[0]}|{masked})"]
        start = word.end()
    return "".join([*parts, re.escape(line[start:])])


def _continued(lines: list[str]) -> Iterator[str]:
    for line in lines[1:]:
        if not line.startswith("> "):
            return
        yield line


def _path() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def _rewritten(page: str, reader: Reader) -> str:
    def block(match: re.Match[str]) -> str:
        shown = []
        for step in steps(match[0]):
            printed = reader.readable(reader.output_of(step.command)).splitlines()
            kept = step.expected if ANY_LINES in step.expected else tuple(printed)
            command = "\n> ".join(step.command.split("\n"))
            shown += [f"$ {command}", *(line.rstrip() for line in kept)]
        return "\n".join(["```console", *shown, "```"])

    return _FENCE.sub(block, page)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            os.environ.update(surroundings(Path(folder)))
            page = Path(name)
            text = _rewritten(page.read_text(encoding="utf-8"), Reader(Path(folder)))
            page.write_text(text, encoding="utf-8")
