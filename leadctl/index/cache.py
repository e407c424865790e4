"""Where the index of a book lives: one SQLite file in the user's cache folder, or the memory.

The file has a name of its own, and a link with the name of the book leads to it: SQLite finds the
journal of a change by the name of the file, and would take it for a part of any other file that
gets that name.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from leadctl.errors import FileError
from leadctl.event_lines import line_of
from leadctl.index import schema as tables
from leadctl.index.index import Index

if TYPE_CHECKING:
    from leadctl.index.material import Filling

#: A loss of power must not leave a part of a change, nor what was removed stay in the file.
_CAREFUL = "pragma synchronous = normal; pragma secure_delete = on; pragma cache_size = -65536;"
#: So long one waits for another process that changes the same index, in seconds.
_PATIENCE = 10.0
#: And so long, in milliseconds, for those who only look at it.
_INSTANT_MS = 300


def cache_path(root: Path, environment: Mapping[str, str]) -> Path | None:
    """The file for the index of the book in *root*; None where there is no cache folder."""
    base = environment.get("XDG_CACHE_HOME", "")
    if not base.startswith("/"):
        home = environment.get("HOME", "")
        if not home:
            return None
        base = f"{home}/.cache"
    # Two books with the same key would only take turns: the looks name the folder as well.
    return Path(base) / "leadctl" / f"{root.name}-{crc32(os.fsencode(root)):08x}.sqlite"


def load(path: Path | None) -> Index | None:
    """The index in *path*; None if there is none, or none that this version can read."""
    if path is None or not path.is_file():
        return None
    with contextlib.suppress(sqlite3.Error):
        # Read only: another process may be putting a new one in its place.
        connection = sqlite3.connect(_address(path, "ro"), uri=True, timeout=_PATIENCE)
        return _of_this_version(Index(connection))
    return None


def _of_this_version(index: Index) -> Index | None:
    with contextlib.suppress(sqlite3.Error):
        if index.meta("version") == tables.VERSION:
            return index
    index.close()
    return None


def load_to_change(path: Path | None) -> Index | None:
    """The index in *path*, that nobody else changes until this one is saved or closed.

    Where the file cannot be written, or others have used it for long, it is a copy in memory;
    None as for `load`.
    """
    index = load_alone(path, patience=_PATIENCE)
    if index is not None:
        return index
    index = load(path)
    if index is None:
        return None
    with contextlib.suppress(sqlite3.Error), contextlib.closing(index):
        return index.copy()
    return None


def load_alone(path: Path | None, *, patience: float) -> Index | None:
    """The index in *path*, that nobody else changes until this one is saved or closed.

    None as for `load`, and if others have used it for *patience* seconds.
    """
    if path is None or not path.is_file():
        return None
    with contextlib.suppress(sqlite3.Error):
        connection = sqlite3.connect(_address(path, "rw"), uri=True, timeout=patience)
        try:
            connection.executescript(_CAREFUL)
            connection.execute("begin immediate")
            # Somebody who only looks is done in an instant, or not to be waited for.
            connection.execute(f"pragma busy_timeout = {_INSTANT_MS}")
            return _of_this_version(Index(connection))
        except sqlite3.OperationalError:
            connection.close()
    return None


@dataclass(frozen=True, slots=True)
class Draft:
    """An index that is being made: a file that will take the place of the old one, or memory."""

    target: Path | sqlite3.Connection

    @contextlib.contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """The connection to write to; one process at a time has one."""
        if isinstance(self.target, sqlite3.Connection):
            yield self.target
            self.target.commit()
            return
        with contextlib.closing(sqlite3.connect(self.target)) as connection:
            # A half-built index is thrown away, so nothing has to be flushed on the way.
            connection.executescript("pragma journal_mode = off; pragma synchronous = off;")
            yield connection
            connection.commit()


def make(path: Path | None, fill: Callable[[Draft], None]) -> Index:
    """The index that *fill* makes, kept in *path* for the next command if that can be written.

    If it cannot, *fill* is called once more, for one in memory. It holds personal data: the file
    is 0600 and its folder 0700.
    """
    if path is not None:
        with contextlib.suppress(OSError, sqlite3.Error):
            return _make_file(path, fill)
    memory = sqlite3.connect(":memory:")
    fill(Draft(memory))
    return Index(memory)


def build(path: Path | None, filling: Filling) -> Index:
    """A new index of *filling*, kept as `make` does."""
    from leadctl.index.filling import put_book, put_history, put_values

    def fill(draft: Draft) -> None:
        contacts = (entry.contact for entry in filling.entries)
        with draft.open() as connection:
            put_history(connection, ((event, line_of(event)) for event in filling.events))
            put_values(connection, contacts, filling.schema)
            put_book(connection, filling)

    return make(path, fill)


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


def _make_file(path: Path, fill: Callable[[Draft], None]) -> Index:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = path.parent.stat().st_mode
    if mode & 0o077:
        # It was there before, and open to others.
        path.parent.chmod(mode & 0o700)
    _sweep(path)
    with new_file(path.with_name(f"{path.name}.{os.getpid()}.new")) as new:
        fill(Draft(new))
        made = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(8).hex()}")
        new.replace(made)
    index = Index(sqlite3.connect(_address(made, "ro"), uri=True, timeout=_PATIENCE))
    _lead(path, made)
    return index


def _lead(path: Path, made: Path) -> None:
    """Let *path* lead to the file *made*, and remove the one that it led to."""
    before = _led_to(path)
    link = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        link.symlink_to(made.name)
        link.replace(path)
    except OSError:
        # Some file systems know no links.
        made.replace(path)
        return
    if before:
        path.with_name(before).unlink(missing_ok=True)


def _led_to(path: Path) -> str:
    """The name of the file that *path* leads to; empty if it is no link to one beside it."""
    with contextlib.suppress(OSError):
        target = str(path.readlink())
        return target if target.startswith(f"{path.name}.") else ""
    return ""


def _sweep(path: Path) -> None:
    """Remove what processes have left that were killed while they made or used the index."""
    current = _led_to(path) or f"{path.name}-"
    for left in path.parent.glob(f"{_literal(path.name)}[.-]*"):
        number = left.name.removeprefix(path.name)[1:].split(".")[0]
        if not left.name.startswith(current) and not (number.isdigit() and _runs(int(number))):
            left.unlink(missing_ok=True)


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """*path* as a new file that only its owner can read; it goes afterwards, if still there.

    Raises:
        OSError: it could not be made.
    """
    # A crash may have left one behind, of a process whose number is ours now.
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _address(path: Path, mode: str) -> str:
    return f"file:{_quoted(path)}?mode={mode}"


def _literal(name: str) -> str:
    from glob import escape

    return escape(name)


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(os.fsencode(path))
