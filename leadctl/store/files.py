"""Every operation on the files of a book: read, lock, write whole, append.

The one module to look at for what reaches the disk and in what order.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leadctl.errors import BusyError, ConflictError, FileError

#: How long a writer waits for another one before it gives up, in seconds.
LOCK_TIMEOUT = 10.0


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells cheaply whether a file was changed: size, time, and which file it is."""

    size: int
    changed_ns: int
    inode: int
    #: When anything about the file changed, which no program can set back.
    noted_ns: int


def read_bytes(path: Path) -> bytes:
    """The content of *path*; empty if there is no such file.

    Raises:
        FileError: it is there but cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise FileError(f"{path}: {reason(error)}") from error


def stamp(path: Path) -> Stamp | None:
    """The stamp of *path*, None if it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino, found.st_ctime_ns)


def reason(error: OSError) -> str:
    """What the operating system says, as the user reads it."""
    return error.strerror or str(error)


@contextlib.contextmanager
def exclusive(lock: Path) -> Iterator[None]:
    """Hold the lock file *lock*, which is never replaced, while the body runs.

    Raises:
        BusyError: another process has held it for `LOCK_TIMEOUT` seconds.
        FileError: the lock file cannot be opened.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        handle = os.open(lock, flags, 0o600)
    except OSError as error:
        raise FileError(f"{lock}: {reason(error)}", hint="nothing was changed") from error
    try:
        _wait_for(handle)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int) -> None:
    deadline = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise FileError(f"cannot lock the book: {reason(error)}") from error
        else:
            return
        if time.monotonic() > deadline:
            holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
            message = f"the book is busy: process {holder or 'unknown'} has been writing to it"
            raise BusyError(message, hint="nothing was changed; try again when it is done")
        time.sleep(0.02)


@dataclass(frozen=True, slots=True)
class Prepared:
    """New content that is safely on the disk beside its target, ready to take its place."""

    target: Path
    temporary: Path
    #: Of the content that the target had when the new one was made; empty for a new file.
    expected: str


def prepare(path: Path, content: bytes, *, expected: bytes | None) -> Prepared:
    """Write *content* beside *path* and flush it; `expected` is what *path* holds now, if it is.

    The new file has the mode of the old one, or 0600. A link is followed, so that it stays one.

    Raises:
        FileError: it cannot be written; nothing is left behind.
    """
    target = path.resolve()
    if expected is not None and not os.access(target, os.W_OK):
        # A rename would replace it all the same.
        raise FileError(f"{path}: it may not be written", hint="nothing was changed")
    mode = target.stat().st_mode & 0o7777 if expected is not None else 0o600
    name = f".{target.name}.leadctl-{os.getpid()}-{os.urandom(4).hex()}.tmp"
    temporary = target.with_name(name)
    try:
        _write_new(temporary, content, mode)
    except OSError as error:
        discard(temporary)
        raise FileError(f"{path}: {reason(error)}", hint="nothing was changed") from error
    return Prepared(target, temporary, digest(expected) if expected is not None else "")


def digest(content: bytes) -> str:
    """A fingerprint of *content*."""
    import hashlib  # only who writes needs it

    return hashlib.sha256(content).hexdigest()


def take_place(prepared: Prepared) -> None:
    """Put prepared content in the place of its target, unless that was changed in between.

    Durable once the folder is flushed, which is done once for many files.

    Raises:
        ConflictError: an editor or another program saved the file meanwhile; its text stays.
        FileError: the rename failed.
    """
    if not is_as_expected(prepared):
        discard(prepared.temporary)
        message = f"{prepared.target} was changed by another program at this very moment"
        raise ConflictError(message, hint="look at it and run the command again")
    try:
        prepared.temporary.replace(prepared.target)
    except OSError as error:
        raise FileError(f"{prepared.target}: {reason(error)}") from error


def is_as_expected(prepared: Prepared) -> bool:
    """True if the target still holds what the new content was made from."""
    if not prepared.target.exists():
        return not prepared.expected
    return digest(read_bytes(prepared.target)) == prepared.expected


def append(path: Path, content: bytes) -> None:
    """Add *content* at the end of *path* and flush it.

    Raises:
        FileError: it could not be added; a part of it is taken back.
    """
    if not content:
        return
    before = path.stat().st_size if path.exists() else 0
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _write_all(handle, content)
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.truncate(path, before)
        raise FileError(f"{path}: {reason(error)}", hint="nothing was changed") from error


def create(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a file that must not be there yet.

    Raises:
        FileError: it is there, or cannot be written.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(path, content, mode)
    except OSError as error:
        raise FileError(f"{path}: {reason(error)}") from error


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Put off Ctrl-C and the signals that end a process until the body is done."""
    waiting = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, waiting)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def sweep(folder: Path) -> None:
    """Remove what a writer that was killed has left in *folder*; the lock must be held."""
    for left in folder.glob(".*.leadctl-*.tmp"):
        discard(left)


def discard(path: Path) -> None:
    """Remove a file of ours that is no longer needed, if it is there."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def truncate(path: Path, size: int) -> None:
    """Cut *path* down to *size* bytes.

    Raises:
        FileError: it cannot be written.
    """
    try:
        os.truncate(path, size)
    except OSError as error:
        raise FileError(f"{path}: {reason(error)}", hint="nothing was changed") from error


def flush_folder(folder: Path) -> None:
    """Make the names in *folder* durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # some file systems cannot flush a folder
            raise
    finally:
        os.close(handle)


def _write_new(path: Path, content: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(path, flags, 0o600)
    try:
        _write_all(handle, content)
        os.fchmod(handle, mode)
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_all(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]
