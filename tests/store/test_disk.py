from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from leadctl.store import disk as disks
from leadctl.store.disk import Disk

DISK = Disk()


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def unknown(source: Path, target: Path, flags: int) -> None:
    """What a file system says that knows no flags of renameat2."""
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


@pytest.fixture(params=["in one step", "in steps"])
def disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk as it is, and as one where names cannot be exchanged in one step."""
    if request.param == "in steps":
        monkeypatch.setattr(disks, "_renameat2", unknown)
    return DISK


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o664, 0o400])
def test_a_new_text_has_the_rights_of_the_old_one(tmp_path: Path, bits: int) -> None:
    old, new = tmp_path / "contacts.yaml", tmp_path / "new"
    old.write_bytes(b"old")
    old.chmod(bits)
    DISK.create(new, b"new", like=old)

    assert mode(new) == bits


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_new_text_has_the_owner_and_the_attributes_of_the_old_one(tmp_path: Path) -> None:
    old, new = tmp_path / "contacts.yaml", tmp_path / "new"
    old.write_bytes(b"old")
    os.chown(old, 12345, 23456)
    os.setxattr(old, "user.note", b"mine")
    DISK.create(new, b"new", like=old)

    assert (new.stat().st_uid, new.stat().st_gid) == (12345, 23456)
    assert os.getxattr(new, "user.note") == b"mine"


def test_a_planted_link_is_not_written_through(tmp_path: Path) -> None:
    precious, planted = tmp_path / "precious", tmp_path / "planted"
    precious.write_bytes(b"mine")
    planted.symlink_to(precious)

    with pytest.raises(FileExistsError):
        DISK.create(planted, b"theirs")

    assert precious.read_bytes() == b"mine"


def test_two_files_swap_their_names(tmp_path: Path, disk: Disk) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    disk.exchange(one, other)

    assert (one.read_bytes(), other.read_bytes()) == (b"2", b"1")
    assert disk.names(tmp_path) == ["one", "other"]


def test_a_file_moves_where_nothing_is(tmp_path: Path, disk: Disk) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    disk.move(one, other)

    assert disk.names(tmp_path) == ["other"]


def test_a_file_does_not_move_over_another(tmp_path: Path, disk: Disk) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"2")

    with pytest.raises(FileExistsError):
        disk.move(one, other)

    assert (one.read_bytes(), other.read_bytes()) == (b"1", b"2")


def test_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    DISK.remove(missing)

    assert DISK.read(missing) is None
    assert DISK.size(missing) == 0
    assert DISK.names(missing) == []


def test_a_file_is_read_from_a_place_on(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    DISK.append(path, b"one\n")
    DISK.append(path, b"two\n")
    DISK.truncate(path, 7)

    assert DISK.read(path, 4) == b"two"
    assert mode(path) == 0o600
