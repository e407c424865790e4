"""Tries one case of the corpus on a fresh copy of the sound book."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.commands import PROGRAM, Outcome, call, surroundings, tree
from tests.corpus.case import Case
from tests.corpus.sound import lay, sound_files


@dataclass(frozen=True, slots=True)
class Tried:
    """What a command printed, and the files of the book before and after it."""

    outcome: Outcome
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]

    @property
    def printed(self) -> str:
        return self.outcome.out + self.outcome.err

    def changed(self) -> set[str]:
        """The paths of the files that came, went or are different."""
        everything = {*self.before, *self.after}
        return {name for name in everything if self.before.get(name) != self.after.get(name)}


def try_case(case: Case, folder: Path) -> Tried:
    """What comes of *case*; its book is made in the empty *folder*."""
    root, private = folder / "book", folder / "private"
    root.mkdir(mode=0o700)
    private.mkdir()
    lay(sound_files(case.form), root)
    lay(case.files, root)
    if case.prepare:
        case.prepare(root)
    before = tree(root)
    variables = {"PATH": os.defpath, **surroundings(private), **case.environment}
    outcome = (
        _installed(case, root, variables) if case.is_installed else _here(case, root, variables)
    )
    return Tried(outcome, before, tree(root))


def _here(case: Case, root: Path, variables: Mapping[str, str]) -> Outcome:
    with _standing_in(root, variables):
        return call(*case.command, stdin=case.stdin)


def _installed(case: Case, root: Path, variables: Mapping[str, str]) -> Outcome:
    done = subprocess.run(
        [PROGRAM, *case.command],
        cwd=root,
        env=variables,
        input=case.stdin,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Outcome.of(done.returncode, done.stdout.decode(), done.stderr.decode())


@contextlib.contextmanager
def _standing_in(folder: Path, variables: Mapping[str, str]) -> Iterator[None]:
    """This process is in *folder* and sees nothing but *variables*, for as long as it lasts."""
    here, kept = Path.cwd(), dict(os.environ)
    _surround(folder, variables)
    try:
        yield
    finally:
        _surround(here, kept)


def _surround(folder: Path, variables: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(variables)
    time.tzset()
    os.chdir(folder)
