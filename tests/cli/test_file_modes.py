"""Whatever leadctl writes is for its owner alone, however careless the umask is."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import Program

#: Every command that writes files, in an order in which each has something to do.
WRITES = (
    ("add", "Zoe Quill", "--email", "zoe@example.com"),
    ("set", "zoe-quill", "company=Quill"),
    ("set-status", "Active", "zoe-quill", "-m", "met"),
    ("touch", "zoe-quill", "-m", "called"),
    ("snooze", "zoe-quill", "3d"),
    ("pin", "zoe-quill"),
    ("import", "in.csv", "--rejects", "rejects.csv"),
    ("list",),
)


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("form", ["yaml", "csv", "dir"])
def test_files_are_0600_and_folders_0700(
    program: Program, tmp_path: Path, private: Path, form: str
) -> None:
    root = tmp_path / "book"
    made = program("init", root, "--format", form)
    (root / "in.csv").write_text("name,status\nTom Ash,New\nTim Elm,Nowhere\n", encoding="utf-8")
    (root / "in.csv").chmod(0o600)
    codes = [program(*words, cwd=root).code for words in WRITES]

    assert (made.code, codes) == (0, [0] * len(WRITES))
    assert (root / "rejects.csv").exists()
    assert open_to_others(root) == {}
    assert open_to_others(private / "cache" / "leadctl") == {}


def test_an_example_book_is_closed_too(program: Program, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        program("init", tmp_path / "book", "--example")
    finally:
        os.umask(before)

    assert open_to_others(tmp_path / "book") == {}


def open_to_others(root: Path) -> dict[str, str]:
    """The modes of what others than the owner could use, by path."""
    # A link has no mode of its own.
    found = [root, *(path for path in root.rglob("*") if not path.is_symlink())]
    modes = {path: stat.S_IMODE(path.lstat().st_mode) for path in found}
    return {str(path): oct(mode) for path, mode in modes.items() if mode & 0o077}
