"""The contacts of a book where another program wants them, by its own import if it insists."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench import exports
from bench.people import Person
from bench.theirs import BIN


def table(folder: Path, contacts: Sequence[Person]) -> None:
    """One CSV file."""
    exports.write_csv(folder / "contacts.csv", contacts)


def records(folder: Path, contacts: Sequence[Person]) -> None:
    """One file of recutils."""
    exports.write_recfile(folder / "contacts.rec", contacts)


def cards(folder: Path, contacts: Sequence[Person]) -> None:
    """A folder of vCards, and the settings that name it."""
    exports.write_cards(folder / "cards", contacts)
    settings = f"[addressbooks]\n[[all]]\npath = {folder}/cards\n[general]\ndefault_action = list\n"
    (folder / "khard.conf").write_text(settings, encoding="utf-8")


def tasks(folder: Path, contacts: Sequence[Person]) -> None:
    """Taskwarrior keeps fields that it does not know as they are, once they are declared."""
    exports.write_tasks(folder / "tasks.json", contacts)
    own = "".join(f"uda.{name}.type=string\n" for name in ("crm", "source", "email", "phone"))
    quiet = "confirmation=off\nverbose=nothing\nnews.version=2.6.0\nbulk=0\nrecurrence=off\n"
    (folder / "taskrc").write_text(f"data.location={folder}/task\n{own}{quiet}", encoding="utf-8")
    (folder / "task").mkdir()
    _call(["task", f"rc:{folder}/taskrc", "import", str(folder / "tasks.json")], seconds=600)


def companies(folder: Path, contacts: Sequence[Person]) -> None:
    """hermitcrm knows contacts of companies only: each contact becomes a company."""
    table, crm = folder / "companies.csv", [str(BIN / "hermitcrm"), "--data", f"{folder}/data"]
    exports.write_hermit_table(table, contacts)
    _call([str(BIN / "hermitcrm"), "init", "--no-setup", f"{folder}/data"])
    _call([*crm, "import", "--mode", "companies", "--apply", str(table)], seconds=300)
    for stage in dict.fromkeys(exports.HERMIT_STAGES.values()):
        words = ["set", "companies", "--where", f"tags={stage}", "--stage", stage, "--apply"]
        _call([*crm, *words], seconds=300, may_fail=True)


def _call(words: Sequence[str], *, seconds: int = 120, may_fail: bool = False) -> None:
    subprocess.run(words, capture_output=True, timeout=seconds, check=not may_fail)
