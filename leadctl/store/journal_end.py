"""The end of the journal, where the next line goes: whole, without its line end, or torn."""

from __future__ import annotations

import time
from pathlib import Path

from leadctl.errors import FileError
from leadctl.store import files, guards
from leadctl.store.applying import keep_aside
from leadctl.store.book import Book
from leadctl.store.disk import Disk
from leadctl.store.journal import holds_event
from leadctl.store.manifest import note_shorter_journal
from leadctl.store.steps import Place

#: So much of the end is read at first to find the last line, in bytes.
_TAIL = 65_536


def torn_end(disk: Disk, book: Book) -> bytes:
    """What stands behind the last line end and is no event: it was cut off; mostly nothing.

    Raises:
        FileError: the journal cannot be read.
        RefusedError: the journal is a link to something else.
    """
    guards.require_own_journal(book)
    path = book.journal_path
    try:
        last = _last_line(disk, path)
    except OSError as error:
        raise FileError(f"{path}: {files.reason(error)}") from error
    return b"" if not last.strip(b"\r") or holds_event(last) else last


def put_torn_end_aside(disk: Disk, book: Book) -> str:
    """Move a last line that was cut off into a file of its own; where that is, empty if none was.

    The book must be locked: a line that is just being written looks the same.

    Raises:
        FileError: the operating system refused.
        RefusedError: the journal is a link to something else.
    """
    path, torn = book.journal_path, torn_end(disk, book)
    if not torn:
        return ""
    try:
        kept = keep_aside(disk, Place(book.root), f"journal-{time.time_ns()}.txt", torn)
        size = disk.size(path) - len(torn)
        disk.truncate(path, size)
        note_shorter_journal(disk, book.state, size)
    except OSError as error:
        raise FileError(f"{path}: {files.reason(error)}", hint="nothing was changed") from error
    return str(kept.relative_to(book.root))


def size_and_gap(disk: Disk, book: Book) -> tuple[int, bytes]:
    """The size of the journal in bytes, and what has to stand between it and another line.

    An editor may have left the last line without its end.

    Raises:
        FileError: it is gone although leadctl has written one, or it cannot be used.
        RefusedError: the journal is a link to something else.
    """
    path = book.journal_path
    try:
        size = disk.size(path)
        if size == 0:
            guards.require_journal(book)
            return 0, b""
        guards.require_own_journal(book)
        return size, b"\n" if _last_line(disk, path).strip(b"\r") else b""
    except OSError as error:
        raise FileError(f"{path}: {files.reason(error)}", hint="nothing was changed") from error


def _last_line(disk: Disk, path: Path) -> bytes:
    size = disk.size(path)
    start = size
    while start:
        start = max(0, start - max(_TAIL, size - start))
        tail = disk.read(path, start) or b""
        if b"\n" in tail or start == 0:
            return tail.rpartition(b"\n")[2]
    return b""
