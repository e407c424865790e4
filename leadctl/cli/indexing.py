"""The index that a command works on: as it lies in the cache, brought up to date, or made anew."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from leadctl import __version__
from leadctl.cli.rules import kept_rules
from leadctl.errors import LeadctlError
from leadctl.index import cache
from leadctl.index.index import Index
from leadctl.query.sql import EVERYTHING
from leadctl.stages import Stages
from leadctl.store.book import Book
from leadctl.store.looks import RACY_NS, Looks, is_as_kept, look_at, retold
from leadctl.store.manifest import missing_contacts

if TYPE_CHECKING:
    from leadctl.store.writing import Written

#: A file that lost its contacts within the last second may be in the middle of a save.
_SAVING_NS = 1_000_000_000
#: How often files are looked at that change while they are read, and the pause between, in s.
_LOOKS = 4
_PAUSE = 0.05
#: So long a command that has written waits to bring the index up to date, in seconds.
_INSTANT = 0.2


def current_index(book: Book, environment: Mapping[str, str]) -> tuple[Index, Stages]:
    """The index of *book* as its files are now, brought up to date if they have changed.

    Raises:
        DataError: stages.yaml cannot be used.
    """
    path, looks = cache.cache_path(book.root, environment), book.looks()
    index = cache.load(path)
    if index is not None:
        # One that cannot be read, or is in use for too long, is as good as none.
        with contextlib.suppress(sqlite3.Error, ValueError):
            index.hold()
            stages = kept_rules(index, book).stages
            if index.blob("looks") == _text(looks, book):
                return index, stages
        index.close()
    return _settled(book, path, looks)


def is_current(book: Book, environment: Mapping[str, str]) -> bool:
    """True if the index in the cache is of the files of *book* as they are now."""
    index = cache.load(cache.cache_path(book.root, environment))
    if index is None:
        return False
    with contextlib.closing(index), contextlib.suppress(sqlite3.Error):
        return index.blob("looks") == _text(book.looks(), book)
    return False


class Own(NamedTuple):
    """What this process has written since the files looked as the index has *seen* them."""

    seen: bytes
    written: Written


def note_own_writing(index: Index, book: Book, environment: Mapping[str, str], own: Own) -> None:
    """Let the index in the cache know of what this process has just written to *book*.

    The lock must be held since *index* was true. Whatever goes wrong with the cache, the book is
    written: the next command finds out by itself.
    """
    from leadctl.cli.freshness import bring_up_to_date
    from leadctl.cli.news import UnclearError
    from leadctl.store.locking import undisturbed

    index.release()
    path = cache.cache_path(book.root, environment)
    if path is None or not path.is_file():
        return
    wrong = (UnclearError, LeadctlError, OSError, sqlite3.Error, ValueError)
    with contextlib.suppress(*wrong), undisturbed():
        # Once they are a little older, the times of the files can be relied on.
        time.sleep(RACY_NS / 1e9)
        if book.as_promised().promised:
            return
        # Nobody has to wait for the sake of the next command.
        alone = cache.load_alone(path, patience=_INSTANT)
        if alone is None:
            return
        with contextlib.closing(alone):
            # Somebody who looked later may have put another index there.
            if alone.blob("looks") == own.seen:
                looks = _looks_after(book, own)
                if looks:
                    bring_up_to_date(alone, book, looks, own=own.written)


def _looks_after(book: Book, own: Own) -> bytes:
    """The looks of all files of *book* now that this process has written to it.

    Empty if somebody else has changed the journal, of which only the new end is read: an editor
    knows nothing of the lock.
    """
    names, journal = own.written.names, own.written.journal
    if journal:
        name = book.journal_path.name
        names |= {name}
        if not is_as_kept(own.seen, name, journal.before):
            return b""
        if look_at([(name, journal.after)]).text != book.looks([name]).text:
            return b""
    return retold(own.seen, names, book.looks(names)) or _text(book.looks(), book)


def _settled(book: Book, path: Path | None, before: Looks) -> tuple[Index, Stages]:
    """An index of files that held still while they were read, if they do at all.

    A writer changes one file after the other, and an editor empties a file before it fills it.
    """
    for look in range(_LOOKS):
        if look:
            time.sleep(_PAUSE)
            before = book.looks()
        index, stages = _of_now(book, path, before)
        is_still = book.looks().text == before.text
        if is_still and not (before.has_younger(_SAVING_NS) and _is_short(book, index)):
            break
        if look < _LOOKS - 1:
            index.close()
    index.hold()
    return index, stages


def _is_short(book: Book, index: Index) -> bool:
    return bool(missing_contacts(book.state, index.count(EVERYTHING)))


def _of_now(book: Book, path: Path | None, looks: Looks) -> tuple[Index, Stages]:
    promised = book.as_promised()
    text = _text(looks, promised)
    found = _brought_up_to_date(promised, path, text)
    if found:
        return found
    from leadctl.cli.building import build_index

    return build_index(promised, path, text)


def _brought_up_to_date(book: Book, path: Path | None, looks: bytes) -> tuple[Index, Stages] | None:
    """The index in *path* once it answers for *book*; None if it has to be made anew."""
    from leadctl.cli.freshness import bring_up_to_date
    from leadctl.cli.news import UnclearError

    index = cache.load_to_change(path)
    if index is None:
        return None
    try:
        return bring_up_to_date(index, book, looks)
    except (UnclearError, LeadctlError, sqlite3.Error, ValueError):
        index.close()
    return None


def _text(looks: Looks, book: Book) -> bytes:
    """*looks* of the files of *book*, as the index keeps them."""
    promised = (str(path.relative_to(book.root)) for path in book.promised)
    return looks.kept(f"{__version__} {book.format} {book.root}", promised)
