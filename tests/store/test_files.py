from __future__ import annotations

import os
from pathlib import Path

import pytest

from leadctl.errors import FileError
from leadctl.store import files


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_a_file_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert files.read_bytes(tmp_path / "nothing") == b""


def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        files.read_bytes(tmp_path)

    assert caught.value.message == f"{tmp_path}: it is a folder and not a file"


def test_a_new_file_is_for_its_owner_only_whatever_the_umask_says(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "new.yaml"
    before = os.umask(0)
    try:
        files.create(path, b"name: Ada\n")
    finally:
        os.umask(before)

    assert path.read_bytes() == b"name: Ada\n"
    assert mode(path) == 0o600
    assert mode(path.parent) == 0o700


def test_a_new_file_does_not_take_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "contacts.yaml"
    path.write_bytes(b"mine")

    with pytest.raises(FileError, match="File exists"):
        files.create(path, b"theirs")

    assert path.read_bytes() == b"mine"


def test_lines_are_added_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    files.append(path, b"one\n")
    files.append(path, b"")
    files.append(path, b"two\n")

    assert path.read_bytes() == b"one\ntwo\n"
    assert mode(path) == 0o600


def test_a_full_disk_is_named_when_lines_cannot_be_added() -> None:
    with pytest.raises(FileError) as caught:
        files.append(Path("/dev/full"), b"one\n")

    assert caught.value.message == "/dev/full: No space left on device"
    assert caught.value.hint == "nothing was changed"
