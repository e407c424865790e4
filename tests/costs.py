"""What one run of the installed program takes of processor and memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.commands import PROGRAM, surroundings

#: A process of its own measures: the memory of the tests would count as that of their child.
_MEASURING = """\
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss / (2**20 if sys.platform == "darwin" else 1024), code)
"""  # noqa: E501
#: Keeps a mistake in the program from taking the machine along: seconds, bytes.
_LONGEST, _LARGEST = 60, 2**30


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took, and what came of it."""

    code: int
    err: str
    #: Of the processor.
    seconds: float
    megabytes: float


def cost(folder: Path, *words: str) -> Cost:
    """The cost of `leadctl WORDS…` in *folder*; its output goes nowhere."""
    private = folder.parent / "private"
    private.mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", _MEASURING, str(PROGRAM), *words],
        cwd=folder,
        env={"PATH": os.defpath, **surroundings(private)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        preexec_fn=_limited,  # no threads here
    )
    seconds, megabytes, code = done.stdout.split()
    return Cost(int(code), done.stderr, float(seconds), float(megabytes))


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST))
    resource.setrlimit(resource.RLIMIT_AS, (_LARGEST, _LARGEST))
