"""The other programs: which, where they come from, and their set-up: `python -m bench.peers`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import layouts, theirs
from bench.people import Person
from bench.theirs import BIN, ENVIRONMENT
from bench.trials import Place, Trial


@dataclass(frozen=True, slots=True)
class Peer:
    """Another program that can do some of the same."""

    name: str
    #: The package that brings it.
    package: str
    program: str
    #: What it is, in a few words.
    note: str
    #: Writes the contacts into a folder.
    lay_out: Callable[[Path, Sequence[Person]], None]
    trials: Callable[[Place], Mapping[str, Trial]]
    #: It is not asked to carry more contacts.
    most: int = 1_000_000

    @property
    def is_from_pypi(self) -> bool:
        """True if pip brings it, false if it takes apt."""
        return self.program.startswith(str(BIN))

    @property
    def is_there(self) -> bool:
        """True if it can be run."""
        return shutil.which(self.program) is not None


PEERS = (
    Peer("miller", "miller", "mlr", "a filter for CSV files", layouts.table, theirs.miller),
    Peer(
        "recutils",
        "recutils",
        "recsel",
        "a database in one text file",
        layouts.records,
        theirs.recutils,
    ),
    Peer(
        "taskwarrior",
        "taskwarrior",
        "task",
        "to-do lists in text files; a task for each contact",
        layouts.tasks,
        theirs.taskwarrior,
    ),
    Peer(
        "duckdb",
        "duckdb-cli",
        f"{BIN}/duckdb",
        "SQL, asked of the CSV file",
        layouts.table,
        theirs.duckdb,
    ),
    Peer(
        "sqlite-utils",
        "sqlite-utils",
        f"{BIN}/sqlite-utils",
        "SQL, asked of the CSV file",
        layouts.table,
        theirs.sqlite_utils,
    ),
    Peer(
        "khard",
        "khard",
        f"{BIN}/khard",
        "an address book of vCards",
        layouts.cards,
        theirs.khard,
    ),
    Peer(
        "hermitcrm",
        "hermitcrm",
        f"{BIN}/hermitcrm",
        "a CRM in Markdown files under git; a company for each contact",
        layouts.companies,
        theirs.hermitcrm,
        most=2_000,
    ),
)


def set_up() -> None:
    """Install what is missing: from PyPI into a folder of our own, by apt if this is root."""
    if not ENVIRONMENT.exists():
        _call([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    for peer in PEERS:
        if peer.is_there:
            continue
        if peer.is_from_pypi:
            _call([f"{BIN}/pip", "install", "--quiet", peer.package])
        elif os.geteuid() == 0:
            _call(["apt-get", "install", "--yes", "--quiet", peer.package])
    if shutil.which("hyperfine") is None and os.geteuid() == 0:
        _call(["apt-get", "install", "--yes", "--quiet", "hyperfine"])


def versions() -> dict[str, str]:
    """Each program that is there and its version, hyperfine included."""
    asked = {peer.name: [peer.program, "--version"] for peer in PEERS if peer.is_there}
    return {name: _version(words) for name, words in {**asked, **_CLOCK}.items()}


def missing() -> dict[str, str]:
    """Each program that is not there, and why."""
    return dict(_missing())


_CLOCK = {"hyperfine": ["hyperfine", "--version"]}


def _missing() -> Iterator[tuple[str, str]]:
    for peer in PEERS:
        if peer.is_there:
            continue
        if peer.is_from_pypi:
            yield peer.name, f"`pip install {peer.package}` did not bring it"
        else:
            yield peer.name, f"`apt-get install {peer.package}` needs root or did not bring it"


def _version(words: Sequence[str]) -> str:
    told = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    numbers = (word.strip(",v") for word in told.split())
    return next((word for word in numbers if word[:1].isdigit()), "unknown")


def _call(words: Sequence[str]) -> None:
    """Run *words* politely; what goes wrong shows in what is missing afterwards."""
    subprocess.run(["nice", *words], check=False)


if __name__ == "__main__":
    set_up()
    for _name, _reason in missing().items():
        sys.stderr.write(f"missing: {_name}: {_reason}\n")
