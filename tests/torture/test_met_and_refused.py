"""An editor saves in the very moment, and then the disk refuses to take the change back."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from leadctl.errors import FileError
from leadctl.store.disk import Disk
from leadctl.store.recovery import promised, recover
from leadctl.store.steps import Place
from leadctl.store.transaction import Replacement, Work, commit

OLD, NEW, THEIRS = b"name: Ada\n", b"name: Ada L.\n", b"name: Ada King\n"
LINES = b'{"id": "2", "op": "8f3k"}\n'


@dataclass
class MeanDisk(Disk):
    """Lets an editor save right before the exchange, and cuts no file down."""

    def exchange(self, one: Path, other: Path) -> None:
        if other.read_bytes() == OLD:
            other.write_bytes(THEIRS)
        super().exchange(one, other)

    def truncate(self, path: Path, size: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / ".leadctl" / "quarantine").mkdir(parents=True)
    (tmp_path / "contacts.yaml").write_bytes(OLD)
    (tmp_path / "journal.jsonl").write_bytes(b"")
    return Place(tmp_path)


def test_what_will_be_taken_back_is_never_said_to_be_saved(place: Place) -> None:
    work = Work("8f3k", (Replacement("contacts.yaml", OLD, NEW),), LINES)
    with pytest.raises(FileError) as caught:
        commit(MeanDisk(), place, work, host="here")
    seen = {path.name: text for path, text in promised(Disk(), place).items()}
    recover(Disk(), place, [], host="here")

    assert "was saved by another program" in caught.value.message
    assert "takes it back" in caught.value.hint
    assert seen["journal.jsonl"] == b""
    assert (place.root / "contacts.yaml").read_bytes() == THEIRS
    assert (place.root / "journal.jsonl").read_bytes() == b""
    assert not place.intent.exists()
