"""Runs leadctl in a fork of this process, which has everything loaded: thousands in minutes."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from leadctl.cli.commands import COMMANDS
from leadctl.cli.main import main

#: What a fork does before it starts; anything that it changes stays in the fork.
Hook = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Done:
    """What one run came to; a negative code is the signal that ended it."""

    code: int
    out: str
    err: str

    @property
    def is_killed(self) -> bool:
        """True if it was killed and said nothing more."""
        return self.code == -signal.SIGKILL

    @property
    def is_acknowledged(self) -> bool:
        """True if whoever ran it had reason to believe that it was done."""
        return self.code == 0 or bool(self.out)


@dataclass(frozen=True, slots=True)
class Running:
    """A fork that is running leadctl."""

    pid: int
    out: int
    err: int

    def wait(self) -> Done:
        """What it came to, once it has ended."""
        out, err = _drained(self.out), _drained(self.err)
        _, status = os.waitpid(self.pid, 0)
        return Done(os.waitstatus_to_exitcode(status), out, err)


def load() -> None:
    """Load what leadctl loads on the way, and keep the garbage collector from touching it."""
    for name in dict.fromkeys(COMMANDS.values()):
        importlib.import_module(f"leadctl.cli.{name}")
    package = Path(sys.modules["leadctl"].__file__ or "").parent
    for path in sorted(package.rglob("*.py")):
        name = ".".join(("leadctl", *path.relative_to(package).with_suffix("").parts))
        if not path.name.startswith("__"):
            importlib.import_module(name)
    for name in ("yaml", "sqlite3", "ctypes", "wcwidth", "dateutil.parser", "pwd", "hashlib"):
        importlib.import_module(name)
    gc.disable()
    gc.freeze()


def start(
    words: Sequence[str],
    root: Path,
    *,
    hook: Hook | None = None,
    stdin: bytes = b"",
    keep: tuple[int, ...] = (),
) -> Running:
    """Start leadctl with *words* on the book *root*; of other open files it has those of *keep*."""
    sys.stdout.flush()
    out, err, given = os.pipe(), os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        _become_leadctl(["--book", str(root), *words], (given[0], out[1], err[1]), keep, hook)
    for end in (out[1], err[1], given[0]):
        os.close(end)
    if stdin:
        os.write(given[1], stdin)
    os.close(given[1])
    return Running(pid, out[0], err[0])


def run(words: Sequence[str], root: Path, *, hook: Hook | None = None, stdin: bytes = b"") -> Done:
    """Run leadctl with *words* on the book *root*."""
    return start(words, root, hook=hook, stdin=stdin).wait()


def _become_leadctl(
    words: list[str], ends: tuple[int, int, int], keep: tuple[int, ...], hook: Hook | None
) -> None:
    """The rest of the life of a fork."""
    code = 70
    try:
        for number, end in enumerate(ends):
            os.dup2(end, number)
        for number in set(range(3, 64)) - set(keep):
            with contextlib.suppress(OSError):
                os.close(number)
        sys.stdin = io.TextIOWrapper(os.fdopen(0, "rb", closefd=False))
        sys.stdout = _writer(1)
        sys.stderr = _writer(2)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if hook:
            hook()
        code = int(main(words))
        sys.stderr.flush()
    except BaseException:  # what gets here is a mistake, and the fork must not go on as its parent
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def _writer(number: int) -> io.TextIOWrapper:
    raw = os.fdopen(number, "wb", closefd=False)
    return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace")


def _drained(end: int) -> str:
    with os.fdopen(end, "rb") as file:
        return file.read().decode("utf-8", "replace")
