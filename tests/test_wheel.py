"""What is installed: the program, its manual, and what shells need to complete it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from leadctl.cli.commands import TOPICS
from tests.test_man_pages import require
from tools.man_pages import pages

ROOT = Path(__file__).parent.parent
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
#: Where shells look below the folder of an installation.
SCRIPTS = {
    "share/bash-completion/completions/leadctl": "leadctl.bash",
    "share/zsh/site-functions/_leadctl": "leadctl.zsh",
    "share/fish/vendor_completions.d/leadctl.fish": "leadctl.fish",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([*PIP, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with leadctl in it and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    subprocess.run([*PIP, "--python", python, "install", "--no-deps", wheel], check=True)
    return folder


def test_every_page_of_the_manual_is_installed(installed: Path) -> None:
    found = {
        str(path.relative_to(installed / "share" / "man")): path.read_text(encoding="ascii")
        for path in (installed / "share" / "man").rglob("*.?")
    }

    assert found == pages()


@pytest.mark.parametrize("words", [["leadctl-touch"], ["leadctl"], ["7", "leadctl-query"]])
def test_man_finds_the_page(installed: Path, words: list[str]) -> None:
    require("man")
    done = subprocess.run(
        ["man", *words],
        env={**os.environ, "MANPATH": str(installed / "share" / "man"), "MANPAGER": "cat"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith(words[-1].upper())


@pytest.mark.parametrize("place", SCRIPTS)
def test_the_completion_scripts_are_where_shells_look(installed: Path, place: str) -> None:
    script = ROOT / "leadctl" / "completions" / SCRIPTS[place]

    assert (installed / place).read_bytes() == script.read_bytes()


def test_the_topics_come_with_the_package(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert {f"leadctl/help/{name}.md" for name in TOPICS} <= names
    assert [name for name in names if name.startswith(("tests/", "tools/", "docs/"))] == []


def test_a_wheel_is_the_same_at_every_build(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([*PIP, "wheel", "--no-deps", "--wheel-dir", tmp_path, ROOT], check=True)

    assert next(tmp_path.glob("*.whl")).read_bytes() == wheel.read_bytes()


def test_what_is_built_from_has_what_the_build_needs() -> None:
    listed = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    spelt = [line.strip(' ",') for line in listed.splitlines() if '"typer' in line]

    assert listed.count('"typer>=0.28,<0.29"') == len(spelt) == 2
