"""Runs a command at a terminal and types an answer once it asks: `answer KEYS COMMAND`."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time

_QUESTION = re.compile(rb"\?\s|\[y/n\]|\(yes/no\)|yes/\[no\]", re.IGNORECASE)
_SECONDS = 20


def main(keys: str, command: str) -> int:
    """Print what *command* prints, and exit as it does; *keys* may be `^C`."""
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        ["bash", "-c", command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=_take,  # noqa: PLW1509
    )
    os.close(theirs)
    told = _conversation(ours, b"\x03" if keys == "^C" else f"{keys}\n".encode())
    with contextlib.suppress(ProcessLookupError):
        # Also what it has started and left: a program without its terminal may ask for ever.
        os.killpg(child.pid, signal.SIGKILL)
    sys.stdout.buffer.write(told.replace(b"\r\n", b"\n"))
    return child.wait()


def _take() -> None:
    os.setsid()
    os.close(os.open(os.ttyname(0), os.O_RDWR))


def _conversation(terminal: int, keys: bytes) -> bytes:
    """Everything that is printed until the program ends; *keys* are typed once, when it asks."""
    told, asked, end = b"", False, time.monotonic() + _SECONDS
    while time.monotonic() < end:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the terminal is closed: the program has ended
            break
        if not piece:
            break
        told += piece
        if not asked and _QUESTION.search(told):
            os.write(terminal, keys)
            asked = True
    return told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
