"""A real shell behind a pseudo-terminal: what a user types, key by key, and what comes of it."""

from __future__ import annotations

import os
import pty
import select
import shutil
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pytest

#: How each shell is started without the settings of whoever runs the tests.
COMMANDS: Mapping[str, Sequence[str]] = {
    "bash": ("bash", "--norc", "--noprofile", "-i"),
    "zsh": ("zsh", "-f", "-i"),
    "fish": ("fish", "--no-config", "-i"),
}
#: Reads a completion script, and lets the prompt be a word that the command line does not hold.
_SETTING_UP: Mapping[str, str] = {
    "bash": "source {script}; PS1='READ''Y> '",
    "zsh": "autoload -Uz compinit; compinit -u -D; source {script}; PS1='READ''Y> '",
    "fish": "source {script}; function fish_prompt; echo -n 'READ''Y> '; end",
}
_PROMPT = b"READY> "
_PATIENCE = 20.0


def require(shell: str) -> None:
    """Skip the test on a machine without *shell*; where CI runs, it has to be there."""
    if shutil.which(shell):
        return
    reason = f"{shell} is not on this machine; `apt-get install {shell}` lets this test run"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


class Shell:
    """An interactive shell with the completion of leadctl loaded."""

    def __init__(
        self, name: str, *, script: Path, folder: Path, environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self.seen = b""
        command = COMMANDS[name]
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            os.chdir(folder)
            os.execvpe(command[0], list(command), {"TERM": "dumb", **environment})
        self.press(_SETTING_UP[name].format(script=script) + "\r")
        self.wait_for(_PROMPT)

    def __enter__(self) -> Shell:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.close(self._terminal)
        os.waitpid(self._process, 0)

    def press(self, keys: str) -> None:
        """Type *keys*."""
        os.write(self._terminal, keys.encode())

    def wait_for(self, text: bytes) -> None:
        """Read what the shell writes until *text* was among it."""
        end = time.monotonic() + _PATIENCE
        while text not in self.seen:
            if time.monotonic() > end:
                raise AssertionError(f"{self.name} wrote no {text!r}: {self.seen[-2000:]!r}")
            self._read(0.2)
        self.seen = self.seen.split(text, 1)[1]

    def settle(self, *, pause: float = 0.3) -> None:
        """Read until the shell has written nothing for *pause* seconds."""
        while self._read(pause):
            pass

    def _read(self, timeout: float) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], timeout)
        if ready:
            self.seen += os.read(self._terminal, 65536)
        return bool(ready)
