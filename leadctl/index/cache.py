"""Where the index of a book lives: one SQLite file in the user's cache folder, or the memory."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

from leadctl.errors import FileError
from leadctl.index import schema as tables
from leadctl.index.index import Filling, Index


def cache_path(root: Path, environment: Mapping[str, str]) -> Path | None:
    """The file for the index of the book in *root*; None where there is no cache folder."""
    base = environment.get("XDG_CACHE_HOME", "")
    if not base.startswith("/"):
        home = environment.get("HOME", "")
        if not home:
            return None
        base = f"{home}/.cache"
    # Two books with the same key would only take turns: the stamps name the folder as well.
    return Path(base) / "leadctl" / f"{root.name}-{crc32(os.fsencode(root)):08x}.sqlite"


def load(path: Path | None) -> Index | None:
    """The index in *path*; None if there is none, or none that this version can read."""
    if path is None or not path.is_file():
        return None
    with contextlib.suppress(sqlite3.Error):
        # Read only: another process may be putting a new one in its place.
        index = Index(sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True))
        with contextlib.suppress(sqlite3.Error):
            if index.meta("version") == tables.VERSION:
                return index
        index.close()
    return None


def build(path: Path | None, filling: Filling) -> Index:
    """A new index of *filling*, kept in *path* for the next command if that can be written.

    It holds personal data: the file is 0600 and its folder 0700.
    """
    if path is not None:
        with contextlib.suppress(OSError, sqlite3.Error):
            return _build_file(path, filling)
    connection = sqlite3.connect(":memory:")
    _fill(connection, filling)
    return Index(connection)


def remove(path: Path | None) -> None:
    """Remove the index in *path* with everything beside it that SQLite or a killed build left.

    Raises:
        FileError: it is there and cannot be removed.
    """
    if path is None:
        return
    try:
        for each in [path, *path.parent.glob(f"{_literal(path.name)}[.-]*")]:
            each.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(f"{error.filename or path}: {error.strerror or error}") from error


def _build_file(path: Path, filling: Filling) -> Index:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = path.parent.stat().st_mode
    if mode & 0o077:
        # It was there before, and open to others.
        path.parent.chmod(mode & 0o700)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        connection = sqlite3.connect(new)
        # A half-built index is thrown away, so nothing has to be flushed on the way.
        connection.executescript("pragma journal_mode = off; pragma synchronous = off;")
        _fill(connection, filling)
        connection.close()
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    return Index(sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True))


def _fill(connection: sqlite3.Connection, filling: Filling) -> None:
    connection.executescript(tables.TABLES)
    numbered = list(enumerate(filling.entries, start=1))
    marks = ", ".join("?" for _ in range(len(tables.CONTACT_COLUMNS) + 1))
    connection.executemany(
        f"insert into contact (n, {', '.join(tables.CONTACT_COLUMNS)}) values ({marks})",
        ((number, *tables.contact_row(entry)) for number, entry in numbered),
    )
    connection.executemany(
        "insert into value values (?, ?, ?, ?, ?, ?, ?)",
        (
            row
            for number, entry in numbered
            for row in tables.value_rows(number, entry.contact, filling.schema)
        ),
    )
    connection.executemany(
        "insert into event (id, op, contact, at, day, kind, data) values (?, ?, ?, ?, ?, ?, ?)",
        (tables.event_row(event) for event in filling.events),
    )
    connection.executemany(
        "insert into problem (data) values (?)",
        ((tables.problem_text(problem),) for problem in filling.problems),
    )
    meta = {**filling.meta, "version": tables.VERSION}
    connection.executemany("insert into meta values (?, ?)", meta.items())
    connection.executescript(tables.KEYS)
    connection.commit()


def _literal(name: str) -> str:
    from glob import escape

    return escape(name)


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path))
