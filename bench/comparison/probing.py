"""One probe: a command in a home of its own, what it printed, and the verdict on that."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.comparison import answer
from bench.comparison.tools import PATH, Tool

YES, PARTLY, NO, NOTHING = "✓", "partly", "✗", "–"
_SECONDS = 30
_ROOT = Path(__file__).parents[2]
_COLOURS = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|[()].|[=>])")


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said for one program instead of what the row says."""

    command: str = ""
    yes: str = ""
    partly: str = ""
    #: A word to the reader: why only partly, or what the program does instead.
    note: str = ""
    #: Why the question makes no sense for this program; then nothing is run.
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One promise, and the command that shows whether a program keeps it.

    The command may hold words of `Tool.words` in braces.
    """

    name: str
    promise: str
    command: str
    #: The promise is kept if this pattern is found in what was printed.
    yes: str
    #: It is kept in part if this one is.
    partly: str = ""
    cells: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """What came out for one program."""

    verdict: str
    command: str = ""
    printed: str = ""
    note: str = ""


class Homes:
    """An empty home with the three people for each program, copied for each probe."""

    def __init__(self, tools: Iterable[Tool]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="comparison-"))
        _install_answer(self._folder / "bin")
        for tool in tools:
            home = self._folder / tool.name
            (home / "work").mkdir(parents=True)
            run(tool.setup, home)

    def __enter__(self) -> Homes:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._folder)

    def probe(self, row: Row, tool: Tool) -> Finding:
        """Run the command of *row* for *tool*, and judge what it prints."""
        cell = row.cells.get(tool.name, Cell())
        if cell.nothing:
            return Finding(NOTHING, note=cell.nothing)
        command = tool.says(cell.command or row.command)
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            home = Path(folder) / "home"
            shutil.copytree(self._folder / tool.name, home, symlinks=True)
            printed = run(command, home)
        verdict = judged(printed, cell.yes or row.yes, cell.partly or row.partly)
        return Finding(verdict, command, printed, cell.note)


def _install_answer(folder: Path) -> None:
    """Put the program `answer` where the probes find it."""
    folder.mkdir()
    script = f'#!/bin/sh\nexec {shlex.quote(sys.executable)} {shlex.quote(answer.__file__)} "$@"\n'
    (folder / "answer").write_text(script, encoding="utf-8")
    (folder / "answer").chmod(0o755)


def judged(printed: str, yes: str, partly: str) -> str:
    """The verdict on what was *printed*, by the two patterns."""
    if re.search(yes, printed):
        return YES
    return PARTLY if partly and re.search(partly, printed) else NO


def run(command: str, home: Path) -> str:
    """What *command* prints on stdout and stderr, and its exit code in a last line."""
    child = subprocess.Popen(
        ["bash", "-c", command],
        cwd=home / "work",
        env=surroundings(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        told, _ = child.communicate(timeout=_SECONDS)
        code = str(child.returncode)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        told, code = child.communicate()[0], "none: it waited for ever"
    text = told.decode("utf-8", "replace").replace("\r", "").replace(str(home), "~")
    text = text.replace(f"{_ROOT}/", "")
    return f"{text.rstrip()}\n[exit {code}]".lstrip("\n")


def surroundings(home: Path) -> dict[str, str]:
    """The variables that a program sees; nothing of the user who runs this."""
    return {
        "HOME": str(home),
        "PATH": f"{PATH}:{home.parent / 'bin'}:{home.parent.parent / 'bin'}",
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "EDITOR": "true",
        "LOGNAME": "marta",
        "HERMITCRM_DATA": str(home / "data"),
        "GIT_PAGER": "cat",
        "CHECKOUT": str(_ROOT),
    }


def plain(text: str) -> str:
    """*text* without what steers a terminal."""
    kept = _COLOURS.sub("", text)
    return "".join(sign for sign in kept if sign == "\n" or sign.isprintable())
