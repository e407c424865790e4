"""The index that a command works on: as it lies in the cache, brought up to date, or made anew."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from leadctl import __version__
from leadctl.cli.rules import kept_rules, written_rules
from leadctl.errors import DataError, FileError, LeadctlError
from leadctl.index import cache
from leadctl.index.index import Index
from leadctl.lifecycle import by_contact, standing
from leadctl.query.sql import EVERYTHING
from leadctl.records import Contact, Entry, Event
from leadctl.stages import Stages
from leadctl.store.book import Book
from leadctl.store.files import Stamp
from leadctl.store.manifest import missing_contacts
from leadctl.what_counts import effective

if TYPE_CHECKING:
    from leadctl.store.writing import Written

#: A file changed so shortly before it was read may change again without its time changing: two
#: ticks of the slowest clock of a kernel, and two seconds where times have no fractions.
_RACY_NS = 20_000_000
_COARSE_RACY_NS = 2_000_000_000
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
    path = cache.cache_path(book.root, environment)
    index = cache.load(path)
    if index is not None:
        # One that cannot be read, or is in use for too long, is as good as none.
        with contextlib.suppress(sqlite3.Error, ValueError):
            index.hold()
            stages = kept_rules(index, book).stages
            if index.blob("stamps") == _stamps_text(book.stamps(), book):
                return index, stages
        index.close()
    return _settled(book, path)


class Own(NamedTuple):
    """What this process has written since the files had the stamps *seen*."""

    seen: bytes
    written: Written


def note_own_writing(index: Index, book: Book, environment: Mapping[str, str], own: Own) -> None:
    """Let the index in the cache know of what this process has just written to *book*.

    The lock must be held since *index* was true. Whatever goes wrong with the cache, the book is
    written: the next command finds out by itself.
    """
    from leadctl.store.locking import undisturbed

    index.release()
    path = cache.cache_path(book.root, environment)
    if path is None or not path.is_file():
        return
    with contextlib.suppress(LeadctlError, OSError, sqlite3.Error), undisturbed():
        # Once they are a little older, the times of the files can be relied on.
        time.sleep(_RACY_NS / 1e9)
        if book.as_promised().promised:
            return
        text = _stamps_text(book.stamps(), book)
        found = _brought_up_to_date(book, path, text, own)
        if found:
            found[0].close()


def entries_of(contacts: Iterable[Contact], events: Iterable[Event], stages: Stages) -> list[Entry]:
    """*contacts* with where they stand once all *events* have happened."""
    past = by_contact(effective(events))
    return [Entry(each, standing(each, past.get(each.id, ()), stages)) for each in contacts]


def _settled(book: Book, path: Path | None) -> tuple[Index, Stages]:
    """An index of files that held still while they were read, if they do at all.

    A writer changes one file after the other, and an editor empties a file before it fills it.
    """
    for look in range(_LOOKS):
        if look:
            time.sleep(_PAUSE)
        before = book.stamps()
        index, stages = _of_now(book, path, before)
        is_still = book.stamps() == before
        if is_still and not (_is_being_saved(before) and _is_short(book, index)):
            break
        if look < _LOOKS - 1:
            index.close()
    index.hold()
    return index, stages


def _is_short(book: Book, index: Index) -> bool:
    return bool(missing_contacts(book.state, index.count(EVERYTHING)))


def _is_being_saved(stamps: Mapping[str, Stamp]) -> bool:
    return any(time.time_ns() - each.changed_ns < _SAVING_NS for each in stamps.values())


def _of_now(book: Book, path: Path | None, stamps: Mapping[str, Stamp]) -> tuple[Index, Stages]:
    promised = book.as_promised()
    text = _stamps_text(stamps, promised)
    found = _brought_up_to_date(promised, path, text)
    if found:
        return found
    from leadctl.cli.building import build_index

    return build_index(promised, path, text)


def _brought_up_to_date(
    book: Book, path: Path | None, stamps: bytes, own: Own | None = None
) -> tuple[Index, Stages] | None:
    """The index in *path* once it answers for *book*; None if it has to be made anew."""
    from leadctl.cli.freshness import bring_up_to_date, changed_files
    from leadctl.cli.news import UnclearError

    # Nobody has to wait, nor copy anything, for the sake of the next command.
    alone = cache.load_alone(path, patience=_INSTANT) if own else None
    index = alone if own else cache.load_to_change(path)
    if index is None:
        return None
    try:
        known = index.blob("stamps")
        changed = changed_files(known, stamps)
        if changed is None:
            raise UnclearError
        rules = kept_rules(index, book)
        if book.stages_path.name in changed:
            rules = written_rules(book)
        # Somebody who looked later may have put another index there.
        written = own.written if own and known == own.seen else None
        index = bring_up_to_date(index, book, rules, changed, stamps, own=written)
    except (UnclearError, DataError, FileError, sqlite3.Error, ValueError):
        index.close()
        return None
    return index, rules.stages


def _stamps_text(stamps: Mapping[str, Stamp], book: Book) -> bytes:
    """*stamps* of all files of *book*; never the same twice where one of them may not be true."""
    now = time.time_ns()
    # Few are so young, of which there may be a hundred thousand.
    young = ((name, each) for name, each in stamps.items() if now - each[1] < _COARSE_RACY_NS)
    unsure = {name for name, each in young if now - each.changed_ns < _racy_ns(each)}
    unsure.update(str(path.relative_to(book.root)) for path in book.promised)
    lines = {
        name: f"{size} {changed} {inode} {noted}\t{_in_a_line(name)}"
        for name, (size, changed, inode, noted) in stamps.items()
    }
    for name in unsure:
        # One that is promised may not be there yet.
        known = lines.get(name, "").partition("\t")[0]
        lines[name] = f"{known} {now}\t{_in_a_line(name)}"
    head = f"{__version__} {_in_a_line(str(book.root))}"
    text = "\n".join([head, *(lines[name] for name in sorted(lines))])
    return text.encode("utf-8", "surrogateescape")


def _in_a_line(name: str) -> str:
    return name.replace("\n", "\0")


def _racy_ns(stamp: Stamp) -> int:
    return _RACY_NS if stamp.changed_ns % 1_000_000_000 else _COARSE_RACY_NS
