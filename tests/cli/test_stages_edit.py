"""`stages edit`: stages.yaml is taken in without a mistake, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run

CONTACTS = "- id: ada\n  name: Ada\n  status: Engage\n"
STAGES = """\
default: New
statuses:
  New: {touch_every: 2 days}  # promise
  Engage: {touch_every: 1 month}
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, stages=STAGES)


def stages(book: Path) -> str:
    return (book / "stages.yaml").read_text(encoding="utf-8")


def test_the_file_is_changed_as_one_operation(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/2 days/3 days/'")
    done = run("stages", "edit", "-m", "more time")
    after = stages(book)
    run("undo")

    assert done == Outcome(0, "stages.yaml: more time. Undo: leadctl undo OP\n")
    assert after == STAGES.replace("2 days", "3 days")
    assert stages(book) == STAGES


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("s/touch_every: 2/touch_evry: 2/", 'unknown key "touch_evry"'),
        ("s/2 days/often/", '"often"'),
        ("/Engage/d", '1 contact is in "Engage", which would be gone'),
        ("s/{touch/[touch/", "error: "),
    ],
)
def test_a_mistake_leaves_the_file_as_it_is(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, script: str, complaint: str
) -> None:
    monkeypatch.setenv("EDITOR", f"sed -i '{script}'")
    refused = run("stages", "edit")

    assert refused.code == 3
    assert complaint in refused.err
    assert "leadctl stages edit --resume " in refused.err
    assert stages(book) == STAGES


def test_nobody_overwrites_what_another_one_wrote_meanwhile(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text("sed -i 's/2 days/3 days/' $1; sed -i 's/1 month/2 months/' stages.yaml\n")
    monkeypatch.setenv("EDITOR", f"sh {script}")
    refused = run("stages", "edit")

    assert refused.code == 4
    assert stages(book) == STAGES.replace("1 month", "2 months")


def test_left_as_it_was_it_is_not_touched(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    before = (book / "journal.jsonl").read_bytes()

    assert run("stages", "edit") == Outcome(0, "nothing to change\n")
    assert (book / "journal.jsonl").read_bytes() == before
