"""How tests run leadctl, and what they hold against what it did."""

from __future__ import annotations

import contextlib
import io
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from leadctl.cli.main import main
from leadctl.store.creation import preset_text

#: The program as it is installed beside the Python that runs the tests.
PROGRAM = Path(sys.executable).with_name("leadctl")
#: Sunday; the day on which the example books are lively.
TODAY = date(2026, 11, 22)
#: What makes an operation known is made by chance.
_OPERATION = re.compile(r'(\boperation |\bundo |\bundid |^{"op": ")[0-9a-z]{6}\b')


@dataclass(frozen=True)
class Outcome:
    """What a command did: its exit code and all that it printed, operation ids as `OP`."""

    code: int
    out: str
    err: str = ""

    @classmethod
    def of(cls, code: int, out: str, err: str) -> Outcome:
        return cls(code, _OPERATION.sub(r"\1OP", out), _OPERATION.sub(r"\1OP", err))


#: Variables of whoever runs the tests that tell how an output is to look.
LOOKS = ("NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM")

Run = Callable[..., Outcome]
NewBook = Callable[..., Path]
Program = Callable[..., Outcome]


def call(*words: str | Path, stdin: bytes = b"") -> Outcome:
    """Run leadctl in this process, as if it stood in a pipe."""
    out, err = io.StringIO(), io.StringIO()
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([str(word) for word in words])
    finally:
        sys.stdin = before
    return Outcome.of(int(code), out.getvalue(), err.getvalue())


def surround(patch: pytest.MonkeyPatch, private: Path) -> None:
    """Let leadctl see nothing of whoever runs the tests: only *private* and a fixed day."""
    for name, value in surroundings(private).items():
        patch.setenv(name, value)
    for name in ("LEADCTL_BOOK", "LEADCTL_SMTP_URL", *LOOKS):
        patch.delenv(name, raising=False)


def surroundings(private: Path) -> dict[str, str]:
    return {
        "HOME": str(private / "home"),
        "XDG_CACHE_HOME": str(private / "cache"),
        "XDG_CONFIG_HOME": str(private / "config"),
        "XDG_STATE_HOME": str(private / "state"),
        "LEADCTL_TODAY": TODAY.isoformat(),
        "LOGNAME": "tester",
    }


def clock_only() -> str:
    """The classic stages.yaml without the reasons that a touch interval already tells of."""
    text = preset_text("classic").decode()
    text = re.sub(r"gone_quiet: {.*}", "gone_quiet: no", text)
    return text.replace("unreachable: yes", "unreachable: no")


def tree(root: Path) -> dict[str, bytes]:
    """Every file under *root* by its path within, with its content."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
