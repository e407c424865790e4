"""Small files made to cost time or memory: no megabyte of CSV or journal takes much of either."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.commands import PROGRAM, surroundings
from tests.corpus.sound import STAGES
from tests.costs import cost

MEGABYTE = 1_000_000
#: A second is aimed at; the rest is for a machine that is busy with other things.
SECONDS = 3.0
MEGABYTES = 200


def _filled(header: str, rows: str) -> str:
    return header + rows * ((MEGABYTE - len(header)) // len(rows))


HOSTILE = {
    "rows of two bytes": _filled("", "a\n"),
    "short rows": _filled("id,name\n", "x\n"),
    "one row again and again": _filled("id,name,status\n", "a,b,New\n"),
    "forgotten quotes": _filled("name,note\n", 'a,"b\n'),
    "quotes that close in the next row": _filled("id,name\n", '"a\n"b,c\n'),
    "three quotes": _filled("id,name\n", 'a,"""\n'),
    "stray quotes": _filled("name,note\n", 'a,b"c\n'),
    "quotes only": '"' * MEGABYTE,
    "commas only": "," * MEGABYTE,
    "blank lines": "\n" * MEGABYTE,
    "lines of blanks": _filled("id,name\n", " \n"),
    "carriage returns": _filled("id,name\r", "a,b\r"),
    "NUL characters": _filled("id,name\n", "\0"),
    "one cell": f"id,name\na,{'x' * MEGABYTE}\n",
    "columns without end": ",".join(f"c{n}" for n in range(140_000)) + "\n",
}


@pytest.fixture(params=HOSTILE, ids=lambda name: name.replace(" ", "-"))
def hostile(request: pytest.FixtureRequest) -> str:
    return HOSTILE[request.param]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    root.mkdir(mode=0o700)
    (root / "stages.yaml").write_text(STAGES, encoding="utf-8")
    (root / "contacts.csv").write_text("id,name,status\n", encoding="utf-8")
    (root / "journal.jsonl").write_text("", encoding="utf-8")
    return root


def _cost(book: Path, *words: str) -> tuple[float, float, int, str]:
    """CPU seconds, megabytes, exit code and stderr of the installed program."""
    used = cost(book, *words)
    return used.seconds, used.megabytes, used.code, used.err


def test_a_hostile_table_of_contacts_is_read_at_little_cost(book: Path, hostile: str) -> None:
    (book / "contacts.csv").write_text(hostile, encoding="utf-8", newline="")

    seconds, megabytes, code, said = _cost(book, "list")

    assert code == 0
    assert "Traceback" not in said
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_a_hostile_import_is_refused_at_little_cost(book: Path, hostile: str) -> None:
    (book / "leads.csv").write_text(hostile, encoding="utf-8", newline="")

    seconds, megabytes, code, said = _cost(book, "import", "leads.csv", "-n")

    assert code in {0, 1, 3}
    assert "Traceback" not in said
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


@pytest.mark.parametrize("line", ["x\n", "{}\n", "[\n", '{"id":\n', "\0\n"])
def test_a_hostile_journal_is_read_at_little_cost(book: Path, line: str) -> None:
    (book / "journal.jsonl").write_text(_filled("", line), encoding="utf-8")

    seconds, megabytes, code, said = _cost(book, "list")

    assert code == 0
    assert "leadctl: warning: journal.jsonl:1: " in said
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


def test_a_file_that_would_fill_the_memory_is_not_read(book: Path) -> None:
    # It has holes and takes no place on the disk.
    os.truncate(book / "journal.jsonl", 1 << 40)

    _, _, code, said = _cost(book, "list")

    assert code == 6
    assert "1,099,511,627,776 bytes; the limit is" in said


def test_a_pipe_into_the_import_is_read_no_further_than_a_book_is_long(book: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"yes | {PROGRAM} import -"],
        cwd=book,
        env={"PATH": os.defpath, **surroundings(book.parent)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 6
    assert "stdin: more than" in done.stderr
