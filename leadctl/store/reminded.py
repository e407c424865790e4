"""When the digest of a book was last sent: a small file in the user's folder for states.

It is no part of the book. One process at a time looks, sends and notes.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

from leadctl.errors import BusyError, FileError
from leadctl.store.disk import Disk
from leadctl.store.files import reason

#: How long one waits for another that is sending, in seconds: a slow server may take a minute.
PATIENCE = 90.0
_POLL = 0.05


@dataclass(frozen=True, slots=True)
class Reminded:
    """What is known of a digest that is to be sent once a day; None: never."""

    #: The last day on which one was sent.
    sent: date | None = None
    #: The last day on which it was looked whether there is anything to send.
    looked: date | None = None

    def before(self, day: date) -> date | None:
        """The last day before *day* on which the reader has heard all that there was."""
        return self.looked if self.looked and self.looked < day else None


def state_path(folder: Path, root: Path) -> Path:
    """The file in *folder* for the book in *root*."""
    return folder / f"{root.name}-{crc32(os.fsencode(root)):08x}.json"


def last_reminded(path: Path, job: str) -> Reminded:
    """What *path* says of *job*; nothing if it cannot be read: better one mail too many."""
    known = _jobs(path).get(job)
    if not isinstance(known, dict):
        return Reminded()
    return Reminded(_day(known.get("sent")), _day(known.get("looked")))


def note_reminded(path: Path, job: str, reminded: Reminded) -> None:
    """Note in *path* what is known of *job* now; the caller is `alone`.

    Raises:
        FileError: it cannot be written.
    """
    days = {"sent": reminded.sent, "looked": reminded.looked}
    jobs = {**_jobs(path), job: {key: day.isoformat() for key, day in days.items() if day}}
    disk, staged = Disk(), path.with_suffix(".new")
    try:
        disk.remove(staged)
        disk.create(staged, json.dumps(jobs, indent=1, sort_keys=True).encode() + b"\n")
        disk.replace(staged, path)
    except OSError as error:
        hint = "the next run will send it once more"
        raise FileError(f"{path}: {reason(error)}", hint=hint) from error


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep others who would note something in *path* waiting while the body runs.

    Raises:
        BusyError: another process has been at it for `PATIENCE` seconds.
        FileError: the folder or its lock cannot be made.
    """
    lock = path.with_suffix(".lock")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError as error:
        hint = "nothing was sent; $XDG_STATE_HOME names another folder"
        raise FileError(f"{lock}: {reason(error)}", hint=hint) from error
    try:
        _wait_for(handle, lock)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, lock: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                message = f"another process has been sending this digest for {PATIENCE:g} seconds"
                raise BusyError(message, hint="nothing was sent by this one") from None
        except OSError as error:
            raise FileError(f"{lock}: cannot be locked: {reason(error)}") from error
        time.sleep(_POLL)


def _jobs(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(Disk().read(path) or b"{}")
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None
