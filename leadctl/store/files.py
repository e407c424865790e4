"""Single files: read whole, made new, added to.

What a command changes in a book goes through `leadctl.store.transaction` instead.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from leadctl.errors import FileError, RefusedError
from leadctl.store.disk import Disk

#: A file of more bytes than this is not read: it would fill the memory.
LARGEST = 2 * 1024 * 1024 * 1024


def read_bytes(path: Path, *, most: int = LARGEST) -> bytes:
    """The content of *path*; empty if there is no such file.

    Raises:
        FileError: it cannot be read, is no file but a folder, pipe or device, or holds more than
            *most* bytes.
    """
    try:
        # A pipe must not keep us waiting for somebody who writes to it.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            _require_readable(path, os.fstat(handle), most)
            with os.fdopen(handle, "rb", closefd=False) as file:
                return file.read()
        finally:
            os.close(handle)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise FileError(f"{path}: {reason(error)}") from error


def _require_readable(path: Path, found: os.stat_result, most: int) -> None:
    if not stat.S_ISREG(found.st_mode):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe or device"
        raise FileError(f"{path}: it is {what} and not a file", hint="put a file in its place")
    if found.st_size > most:
        message = f"{path}: {found.st_size:,} bytes; the limit is {most:,}"
        raise FileError(message, hint="is this the right file? split it, if it is")


def is_there(path: Path) -> os.stat_result | None:
    """What the operating system says about *path*, None if it is not there."""
    try:
        return path.stat()
    except OSError:
        return None


def reason(error: OSError) -> str:
    """What the operating system says, as the user reads it."""
    return error.strerror or str(error)


def append(path: Path, content: bytes) -> None:
    """Add *content* at the end of *path* and flush it.

    Raises:
        FileError: it could not be added; a part of it is taken back.
    """
    if not content:
        return
    disk, before = Disk(), path.stat().st_size if path.exists() else 0
    try:
        disk.append(path, content)
        disk.flush(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            disk.truncate(path, before)
        raise FileError(f"{path}: {reason(error)}", hint="nothing was changed") from error


def create(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet, for its owner only.

    Raises:
        FileError: it is there, or cannot be written.
    """
    disk = Disk()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        disk.create(path, content)
        disk.flush(path)
    except OSError as error:
        raise FileError(f"{path}: {reason(error)}") from error


def create_whole(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet, for its owner only: all of it or nothing.

    Raises:
        RefusedError: it is there.
        FileError: it cannot be written.
    """
    disk, staged = Disk(), path.with_name(f".leadctl-{os.getpid()}.new")
    try:
        disk.remove(staged)
        disk.create(staged, content)
        disk.flush(staged)
        disk.move(staged, path)
        disk.flush_folder(path.parent)
    except FileExistsError as error:
        raise already_there(path) from error
    except OSError as error:
        raise FileError(f"{path}: {reason(error)}", hint="nothing was written") from error
    finally:
        discard(staged)


def replace_whole(path: Path, content: bytes) -> None:
    """Write a file for its owner only, in the place of whatever file is there: all or nothing.

    Raises:
        FileError: it cannot be written, or a folder is there.
    """
    disk, staged = Disk(), path.with_name(f".leadctl-{os.getpid()}.new")
    try:
        disk.remove(staged)
        disk.create(staged, content)
        disk.flush(staged)
        disk.replace(staged, path)
        disk.flush_folder(path.parent)
    except OSError as error:
        raise FileError(f"{path}: {reason(error)}", hint="nothing was written") from error
    finally:
        discard(staged)


def already_there(path: Path) -> RefusedError:
    """The refusal to write *path*, which holds something."""
    message = f"{path} is there already; it was not changed"
    return RefusedError(message, hint="look at it, then move it away or name another file")


def discard(path: Path) -> None:
    """Remove a file of ours that is no longer needed, if it is there."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
