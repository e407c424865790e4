"""Books to try commands on, and two ways to run them: in this process, and as installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from leadctl.store.creation import EXAMPLE_DAY, EXAMPLES, create_example, preset_text
from tests.commands import PROGRAM, NewBook, Outcome, Program, Run, call, surround, surroundings

# How long a try takes is no property of the program, and says more about the machine.
settings.register_profile("leadctl", deadline=None)
settings.load_profile("leadctl")


@pytest.fixture
def private(tmp_path: Path) -> Path:
    folder = tmp_path / "private"
    folder.mkdir()
    return folder


@pytest.fixture
def run(private: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `leadctl WORDS…` in this process; `stdin=` is what it reads."""
    surround(monkeypatch, private)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return call


@pytest.fixture
def new_book(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> NewBook:
    """Makes a book out of the texts of its files and goes there."""

    def make(
        contacts: str, journal: str = "", *, preset: str = "classic", stages: str = ""
    ) -> Path:
        root = tmp_path / "book"
        root.mkdir(mode=0o700)
        name = "contacts.csv" if contacts.startswith("id,") else "contacts.yaml"
        (root / name).write_text(contacts, encoding="utf-8")
        (root / "journal.jsonl").write_text(journal, encoding="utf-8")
        (root / "stages.yaml").write_bytes(stages.encode() or preset_text(preset))
        monkeypatch.chdir(root)
        return root

    return make


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    for preset, (name, _) in EXAMPLES.items():
        create_example(folder / name, preset=preset, today=EXAMPLE_DAY)
    return folder


def _copy(examples: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = shutil.copytree(examples / name, tmp_path / name)
    monkeypatch.chdir(copy)
    return copy


@pytest.fixture
def agent(examples: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The classic example book, one YAML file; the test stands in it."""
    return _copy(examples, "agent", tmp_path, monkeypatch)


@pytest.fixture
def brokerage(examples: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sales-stages example book, one CSV file; the test stands in it."""
    return _copy(examples, "brokerage", tmp_path, monkeypatch)


@pytest.fixture
def calls(examples: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The calling example book, a folder of YAML files; the test stands in it."""
    return _copy(examples, "calls", tmp_path, monkeypatch)


@pytest.fixture
def program(private: Path) -> Program:
    """Runs the installed program; `env=` is added to the private surroundings, `cwd=` is where."""

    def start(
        *words: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: bytes = b"",
        shell: str = "",
    ) -> Outcome:
        command = (
            ["sh", "-c", f'"$0" "$@" {shell}', PROGRAM, *words] if shell else [PROGRAM, *words]
        )
        done = subprocess.run(
            command,
            cwd=cwd,
            env={"PATH": os.defpath, **surroundings(private), **(env or {})},
            input=stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Outcome.of(done.returncode, done.stdout.decode(), done.stderr.decode())

    return start
