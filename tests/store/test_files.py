from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from leadctl.errors import BusyError, ConflictError, FileError
from leadctl.store import files


def save(path: Path, new: bytes) -> None:
    files.take_place(files.prepare(path, new, expected=path.read_bytes()))


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def test_a_file_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert files.read_bytes(tmp_path / "nothing") == b""
    assert files.stamp(tmp_path / "nothing") is None


def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(FileError) as caught:
        files.read_bytes(tmp_path)

    assert caught.value.message == f"{tmp_path}: Is a directory"


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


@pytest.mark.parametrize("bits", [0o600, 0o640, 0o664, 0o400])
def test_a_saved_file_keeps_its_mode(tmp_path: Path, bits: int) -> None:
    path = tmp_path / "contacts.yaml"
    path.write_bytes(b"old")
    path.chmod(bits)
    save(path, b"new")

    assert path.read_bytes() == b"new"
    assert mode(path) == bits


def test_a_link_stays_one_and_its_target_is_saved(tmp_path: Path) -> None:
    target = tmp_path / "cloud" / "contacts.yaml"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link = tmp_path / "contacts.yaml"
    link.symlink_to(target)
    save(link, b"new")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir()] == ["contacts.yaml"]


def test_the_old_text_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "contacts.yaml"
    path.write_bytes(b"old")
    prepared = files.prepare(path, b"new", expected=b"old")

    assert path.read_bytes() == b"old"
    assert prepared.temporary.read_bytes() == b"new"
    assert prepared.temporary.parent == tmp_path


def test_what_an_editor_saved_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "contacts.yaml"
    path.write_bytes(b"old")
    prepared = files.prepare(path, b"new", expected=b"old")
    path.write_bytes(b"typed by hand")

    with pytest.raises(ConflictError, match="changed by another program"):
        files.take_place(prepared)

    assert path.read_bytes() == b"typed by hand"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_appeared_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "ada.yaml"
    prepared = files.prepare(path, b"new", expected=None)
    path.write_bytes(b"synced from elsewhere")

    with pytest.raises(ConflictError):
        files.take_place(prepared)

    assert path.read_bytes() == b"synced from elsewhere"


def test_a_file_that_went_away_meanwhile_does_not_come_back(tmp_path: Path) -> None:
    path = tmp_path / "ada.yaml"
    path.write_bytes(b"old")
    prepared = files.prepare(path, b"new", expected=b"old")
    path.unlink()

    with pytest.raises(ConflictError):
        files.take_place(prepared)

    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_behind_where_the_disk_takes_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="No such file or directory"):
        files.prepare(tmp_path / "gone" / "ada.yaml", b"new", expected=None)

    assert list(tmp_path.iterdir()) == []


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


def test_a_stamp_tells_a_rewritten_file_of_the_same_size(tmp_path: Path) -> None:
    path = tmp_path / "contacts.yaml"
    path.write_bytes(b"old")
    before = files.stamp(path)
    save(path, b"new")

    assert before is not None
    assert files.stamp(path) != before


def test_a_held_lock_makes_the_next_one_give_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LOCK_TIMEOUT", 0.05)
    lock = tmp_path / "lock"
    with files.exclusive(lock), pytest.raises(BusyError) as caught, files.exclusive(lock):
        pass

    assert str(os.getpid()) in caught.value.message
    assert lock.exists()


def test_a_lock_is_free_again_when_its_holder_dies(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    script = (
        "import os, pathlib, sys\n"
        "from leadctl.store.files import exclusive\n"
        "with exclusive(pathlib.Path(sys.argv[1])):\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    died = subprocess.run([sys.executable, "-c", script, lock], check=False, timeout=30)
    with files.exclusive(lock):
        holder = lock.read_text()

    assert died.returncode == -9
    assert holder == f"{os.getpid()}\n"


def test_a_lock_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"do not truncate")
    lock = tmp_path / "lock"
    lock.symlink_to(precious)

    with pytest.raises(FileError), files.exclusive(lock):
        pass

    assert precious.read_bytes() == b"do not truncate"


def test_ctrl_c_waits_until_a_change_is_done() -> None:
    words = (
        "import os, signal\n"
        "from leadctl.store.files import undisturbed\n"
        "try:\n"
        "    with undisturbed():\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "        print('done')\n"
        "    print('not interrupted')\n"
        "except KeyboardInterrupt:\n"
        "    print('then interrupted')\n"
    )

    # A process of its own: the test runner has threads, to which a signal may go as well.
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)

    assert done.stdout.split("\n")[:2] == ["done", "then interrupted"]
