"""The operations on a disk that a change of the book is made of; each is atomic or repeatable.

Everything that reaches the disk while a change is carried out goes through a `Disk`, so that
tests can put one in its place that loses power after any step.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import NamedTuple

_HERE = -100  # AT_FDCWD: a relative path starts at the current folder
_NO_REPLACE, _EXCHANGE = 1, 2
#: What a file system says that does not know one of the flags of renameat2.
_UNKNOWN = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}
#: The name that `exchange` uses in between where it cannot be done in one step.
SPARE = ".spare"


class Appended(NamedTuple):
    """What the operating system said of a file at once before and after something was added."""

    before: os.stat_result
    after: os.stat_result


class Disk:
    """The disk of this machine; every method raises `OSError`."""

    def read(self, path: Path, start: int = 0) -> bytes | None:
        """The content of *path* from byte *start* on, None if there is no such file."""
        try:
            with path.open("rb") as file:
                file.seek(start)
                return file.read()
        except FileNotFoundError:
            return None

    def is_there(self, path: Path) -> bool:
        """True if there is a file *path*."""
        return path.is_file()

    def size(self, path: Path) -> int:
        """The size of *path* in bytes, 0 if there is no such file."""
        try:
            return path.stat().st_size
        except FileNotFoundError:
            return 0

    def names(self, folder: Path) -> list[str]:
        """The names in *folder*, none if there is no such folder."""
        try:
            with os.scandir(folder) as entries:
                return sorted(entry.name for entry in entries)
        except (FileNotFoundError, NotADirectoryError):
            return []

    def create(self, path: Path, content: bytes, *, like: Path | None = None) -> None:
        """Write a file that must not be there, for its owner only or with the rights of *like*."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        # Before anything is made: an editor may have taken that file away for a moment.
        model = (like, like.stat()) if like else None
        handle = os.open(path, flags, 0o600)
        try:
            _write_all(handle, content)
            # Whatever the umask says: for its owner, or as the file that it is to replace.
            _dress(handle, *model) if model else os.fchmod(handle, 0o600)
        except OSError as error:
            raise _about(error, path) from error
        finally:
            os.close(handle)

    def append(self, path: Path, content: bytes) -> Appended | None:
        """Add *content* at the end of *path*, which is made if it is not there."""
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        handle = os.open(path, flags, 0o600)
        try:
            before = os.fstat(handle)
            _write_all(handle, content)
            return Appended(before, os.fstat(handle))
        except OSError as error:
            raise _about(error, path) from error
        finally:
            os.close(handle)

    def truncate(self, path: Path, size: int) -> None:
        """Cut *path* down to *size* bytes."""
        os.truncate(path, size)

    def exchange(self, one: Path, other: Path) -> None:
        """Let two files of one folder swap their names."""
        try:
            _renameat2(one, other, _EXCHANGE)
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise
            self._exchange_in_steps(one, other)

    def _exchange_in_steps(self, one: Path, other: Path) -> None:
        """Killed in between, `other` is there under its own name or as the spare of *one*."""
        spare = one.with_name(one.name + SPARE)
        spare.unlink(missing_ok=True)
        try:
            os.link(other, spare)
        except OSError as error:
            if error.errno not in {errno.EPERM, errno.ENOTSUP, errno.EMLINK}:
                raise
            self.create(spare, other.read_bytes(), like=other)
        if not (spare.samefile(other) or spare.stat().st_nlink == 1):
            # Saved by rename just now: what is linked is no longer what is there.
            spare.unlink()
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(other))
        one.replace(other)
        spare.rename(one)

    def move(self, source: Path, target: Path) -> None:
        """Rename *source*; fails if *target* is there."""
        try:
            _renameat2(source, target, _NO_REPLACE)
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise
            os.link(source, target)
            source.unlink()

    def replace(self, source: Path, target: Path) -> None:
        """Rename *source* in the place of *target*."""
        source.replace(target)

    def remove(self, path: Path) -> None:
        """Remove *path*, if it is there."""
        path.unlink(missing_ok=True)

    def flush(self, path: Path) -> None:
        """Make the content of *path* durable."""
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def flush_folder(self, folder: Path) -> None:
        """Make the names in *folder* durable."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno != errno.EINVAL:  # some file systems cannot flush a folder
                raise
        finally:
            os.close(handle)


class Witness(Disk):
    """A disk that remembers how the file looked that was added to last."""

    appended: Appended | None = None

    def append(self, path: Path, content: bytes) -> Appended | None:
        """As any disk does it."""
        self.appended = super().append(path, content)
        return self.appended


def _about(error: OSError, path: Path) -> OSError:
    """*error* of an open file, which does not say by itself which one it is about."""
    return OSError(error.errno, error.strerror, str(path))


def _write_all(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]


def _dress(handle: int, like: Path, there: os.stat_result) -> None:
    """Give the file *handle* owner, attributes and mode of *like*, as far as they differ."""
    new = os.fstat(handle)
    if (there.st_uid, there.st_gid) != (new.st_uid, new.st_gid):
        os.fchown(handle, there.st_uid, there.st_gid)
    # Access lists are attributes too; a file system without any has none to lose.
    with contextlib.suppress(OSError, AttributeError):
        for name in os.listxattr(like):
            os.setxattr(handle, name, os.getxattr(like, name))
    os.fchmod(handle, stat.S_IMODE(there.st_mode))


def _renameat2(source: Path, target: Path, flags: int) -> None:
    import ctypes  # only who writes needs it

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renameat2"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    paths = os.fsencode(source), os.fsencode(target)
    if library.renameat2(_HERE, paths[0], _HERE, paths[1], flags) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(source))
