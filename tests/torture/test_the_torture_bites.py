"""A leadctl that is wrong on purpose is found out by the torture: its silence means something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEEDS = 5

#: What is wrong, as it would be written into leadctl → the torture and the command that find it.
MUTANTS = {
    "nobody knows what was begun": (
        "from leadctl.store import transaction\n"
        "transaction.write_intent = lambda intent: b'nothing'\n",
        ("kills", "--only", "set many"),
    ),
    "done is said before it is": (
        "from leadctl.store import transaction, writing\n"
        "writing.commit = lambda disk, place, work, host: ''\n",
        ("signals", "--only", "pin", "--count", "3"),
    ),
    "nobody looks at what an editor has saved": (
        "from leadctl.store import applying\n"
        "from leadctl.store.steps import State\n"
        "applying.state_of = lambda disk, place, step: State.READY\n"
        "applying._make = lambda disk, place, step: disk.replace(\n"
        "    place.beside(step), place.target(step.path))\n",
        ("meetings", "--only", "set many"),
    ),
}


def tortured(words: tuple[str, ...], change: str = "") -> subprocess.CompletedProcess[str]:
    """A short torture of leadctl as it is, or with a *change*."""
    main = "from tools.torture.running import main"
    script = f"import sys\n{change}{main}\nsys.exit(main(['--short', *{words!r}]))"
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
@pytest.mark.parametrize("wrong", MUTANTS)
def test_a_wrong_leadctl_is_found_out(wrong: str) -> None:
    change, words = MUTANTS[wrong]
    # A short one takes samples, which may miss the few steps that matter.
    runs = (tortured((*words, "--seed", str(seed)), change) for seed in range(1, SEEDS + 1))
    done = next((run for run in runs if run.returncode), None)

    assert done, "nothing was found out"
    assert done.returncode == 1
    assert "went wrong" in done.stdout


@pytest.mark.slow
def test_the_right_one_passes() -> None:
    done = tortured(("kills", "--only", "pin"))

    assert done.returncode == 0, done.stderr
    assert "nothing was lost" in done.stdout
