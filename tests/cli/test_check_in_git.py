"""`check` before each commit and in CI, as the how-to has it, in a real git repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands import PROGRAM, surroundings
from tests.doc_blocks import ROOT

HOW_TO = (ROOT / "docs" / "howto" / "check.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def environment(private: Path) -> dict[str, str]:
    who = {
        f"GIT_{role}_{what}": "marta@example.com"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    path = f"{PROGRAM.parent}{os.pathsep}{os.defpath}"
    return {**surroundings(private), **who, "PATH": path}


@pytest.fixture
def repository(agent: Path, environment: dict[str, str]) -> Path:
    """The example book in a repository with the hook of the how-to, nothing committed."""
    subprocess.run(["git", "init", "--quiet"], cwd=agent, env=environment, check=True)
    hook = agent / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(block("sh", "#!/bin/sh"))
    hook.chmod(0o755)
    return agent


def block(language: str, starts: str) -> str:
    """The text of the fenced block of the how-to that *starts* so."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", HOW_TO, re.DOTALL | re.MULTILINE)
    (text,) = [each for each in found if each.startswith(starts)]
    return str(text)


def commit(repository: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    subprocess.run(["git", "add", "."], cwd=repository, env=environment, check=True)
    return subprocess.run(
        ["git", "commit", "--quiet", "-m", "a change"],
        cwd=repository,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_sound_book_is_committed_in_silence(
    repository: Path, environment: dict[str, str]
) -> None:
    done = commit(repository, environment)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_book_with_a_mistake_is_not_committed(
    repository: Path, environment: dict[str, str]
) -> None:
    contacts = repository / "contacts.yaml"
    contacts.write_text(contacts.read_text().replace("status: Engage", "status: Engagd", 1))
    done = commit(repository, environment)

    assert done.returncode == 1
    assert 'error: no status named "Engagd"' in done.stdout + done.stderr


def test_the_line_for_ci_passes_on_a_fresh_clone_and_fails_on_a_warning(
    repository: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    commit(repository, environment)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", repository, clone], env=environment, check=True)
    line = block("yaml", "- run: leadctl").removeprefix("- run: ")
    codes = []
    for status in ("Engage", "ENGAGE"):
        contacts = clone / "contacts.yaml"
        contacts.write_text(contacts.read_text().replace("status: Engage", f"status: {status}", 1))
        done = subprocess.run(["sh", "-c", line], cwd=clone, env=environment, check=False)
        codes.append(done.returncode)

    assert codes == [0, 1]


def test_the_snippet_for_pre_commit_runs_what_the_hook_runs() -> None:
    from leadctl.store.yaml_reader import read_tree

    tree, problems = read_tree(block("yaml", "repos:"), ".pre-commit-config.yaml")

    assert tree is not None
    assert problems == []
    assert "entry: leadctl check" in block("yaml", "repos:")
    assert "leadctl check" in block("sh", "#!/bin/sh")
