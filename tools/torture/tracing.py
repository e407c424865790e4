"""Runs leadctl under strace, which counts system calls and lets one of them fail or kill."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.torture import warm
from tools.torture.warm import Done

STRACE = shutil.which("strace")
#: The program as it is installed beside the Python that runs the torture.
PROGRAM = Path(sys.executable).with_name("leadctl")

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\(")
_TIMEOUT = 60


@dataclass(frozen=True, slots=True)
class Injection:
    """What is to happen to one call of the system."""

    call: str
    #: As strace spells it: error=ENOSPC, or signal=KILL.
    what: str
    #: Which one, from 1; `1+` for all.
    when: str

    def __str__(self) -> str:
        return f"{self.call} number {self.when}: {self.what.partition('=')[2]}"


def called(log: Path) -> Iterator[str]:
    """The name of each system call in the *log* of strace."""
    for line in log.read_text(errors="replace").splitlines():
        found = _CALL.match(line)
        if found:
            yield found[1]


def run_attached(
    words: Sequence[str], root: Path, *, calls: Sequence[str], log: Path, inject: Injection | None
) -> Done:
    """Run leadctl in a fork of this process, with strace attached before its first step."""
    ready, go = os.pipe()

    def wait_for_strace() -> None:
        os.close(go)
        os.read(ready, 1)

    running = warm.start(words, root, hook=wait_for_strace, keep=(ready, go))
    os.close(ready)
    with subprocess.Popen(
        [*_strace(calls, log, inject), "-p", str(running.pid)], stderr=subprocess.PIPE
    ) as tracer:
        assert tracer.stderr
        said = tracer.stderr.readline()
        if b"attached" not in said:
            os.kill(running.pid, signal.SIGKILL)
            raise RuntimeError(said.decode())
        os.close(go)
        done = running.wait()
        tracer.wait(_TIMEOUT)
    return done


def run_installed(
    words: Sequence[str], root: Path, *, calls: Sequence[str], log: Path, inject: Injection | None
) -> Done:
    """Run the installed leadctl under strace from its first breath on."""
    command = [*_strace(calls, log, inject), "-f", "-qq", str(PROGRAM), "--book", str(root), *words]
    done = subprocess.run(command, capture_output=True, timeout=_TIMEOUT, check=False)
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def _strace(calls: Sequence[str], log: Path, inject: Injection | None) -> list[str]:
    command = [str(STRACE), "-y", "-o", str(log), "-e", f"trace={','.join(calls)}"]
    if inject:
        command += ["-e", f"inject={inject.call}:{inject.what}:when={inject.when}"]
    return command
