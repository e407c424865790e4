"""`edit` where somebody sits: a mistake opens the text again, until it is right or given up."""

from __future__ import annotations

import os
import pty
from pathlib import Path

import pytest

from tests.commands import PROGRAM, NewBook, surroundings

ADA = "- id: ada\n  name: Ada\n  status: New\n"
STAGES = "default: New\nstatuses:\n  New: {}\n  Engage: {note: required}\n"
#: Writes a status that there is not, and makes of that what the second line says.
EDITOR = """\
if grep -q 'status: New' "$1"; then sed -i 's/status: New/status: Nwe/' "$1"; exit; fi
cp "$1" again.txt
{then}
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(ADA, stages=STAGES)


def edited_on_a_terminal(book: Path, private: Path, *, then: str) -> tuple[int, str]:
    """The exit code of `edit` and all that the terminal showed; *then* is done the second time."""
    (book / "editor.sh").write_text(EDITOR.format(then=then), encoding="utf-8")
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(book)
        env = {"PATH": os.defpath, **surroundings(private), "EDITOR": "sh editor.sh"}
        os.execve(PROGRAM, ["leadctl", "edit", "ada"], env)
    seen = b""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), seen.decode()


def test_a_mistake_is_mended_in_the_text_that_opens_again(book: Path, private: Path) -> None:
    then = "sed -i 's/status: Nwe/status: Engage/; s/^#: note:.*/#: note: she rang/' \"$1\""
    code, seen = edited_on_a_terminal(book, private, then=then)

    assert code == 0
    assert "ada: New → Engage" in seen
    assert (book / "contacts.yaml").read_text(encoding="utf-8") == ADA.replace("New", "Engage")
    assert 'no status named "Nwe"' in (book / "again.txt").read_text(encoding="utf-8")


def test_who_leaves_the_mistake_as_it_is_gives_up(book: Path, private: Path) -> None:
    code, seen = edited_on_a_terminal(book, private, then="true")

    assert code == 3
    assert "what you have typed lies in" in seen
    assert (book / "contacts.yaml").read_text(encoding="utf-8") == ADA
    assert len([*(book / ".leadctl" / "edits").glob("ada.*.yaml")]) == 1


def test_who_leaves_no_text_keeps_none(book: Path, private: Path) -> None:
    code, seen = edited_on_a_terminal(book, private, then=': > "$1"')

    assert code == 1
    assert "there is no text left" in seen
    assert [*(book / ".leadctl" / "edits").iterdir()] == []
