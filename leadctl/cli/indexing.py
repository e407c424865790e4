"""The index that a command works on: as it lies in the cache, brought up to date, or made anew."""

from __future__ import annotations

import contextlib
import gc
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cache as remembered
from pathlib import Path

from leadctl import __version__
from leadctl.errors import DataError, FileError, LeadctlError
from leadctl.fields import Schema
from leadctl.index import cache
from leadctl.index.index import Filling, Index
from leadctl.lifecycle import by_contact, last_known, standing
from leadctl.located import from_plain, to_plain
from leadctl.query.sql import EVERYTHING
from leadctl.records import Contact, Entry, Event
from leadctl.stages import Stages
from leadctl.stages_reading import read_stages
from leadctl.store.book import Book
from leadctl.store.files import Stamp
from leadctl.store.manifest import missing_contacts
from leadctl.undoing import effective

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
            stages = _stages_of(index, book)
            if stages and index.blob("stamps") == _stamps_text(book.stamps(), book):
                return index, stages
        index.close()
    return _settled(book, path)


def note_own_writing(index: Index, book: Book, environment: Mapping[str, str], seen: bytes) -> None:
    """Let the index in the cache know of what this process has just written to *book*.

    The lock must be held since *index* was true, of files with the stamps *seen*. Whatever goes
    wrong with the cache, the book is written: the next command finds out by itself.
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
        found = _brought_up_to_date(book, path, text, own_since=seen)
        if found:
            found[0].close()


def entries_of(contacts: Iterable[Contact], events: Iterable[Event], stages: Stages) -> list[Entry]:
    """*contacts* with where they stand once all *events* have happened."""
    past = by_contact(effective(events))
    return [Entry(each, standing(each, past.get(each.id, ()), stages)) for each in contacts]


def _stages_of(index: Index, book: Book) -> Stages | None:
    tree = from_plain(json.loads(index.meta("stages")), book.stages_path.name)
    return read_stages(tree)[0]


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
    return found or _rebuilt(promised, path, text)


def _brought_up_to_date(
    book: Book, path: Path | None, stamps: bytes, *, own_since: bytes = b""
) -> tuple[Index, Stages] | None:
    """The index in *path* once it answers for *book*; None if it has to be made anew."""
    from leadctl.cli.freshness import UnclearError, bring_up_to_date, changed_files

    # Nobody has to wait, nor copy anything, for the sake of the next command.
    alone = cache.load_alone(path, patience=_INSTANT) if own_since else None
    index = alone if own_since else cache.load_to_change(path)
    if index is None:
        return None
    try:
        known = index.blob("stamps")
        changed = changed_files(known, stamps)
        stages = _stages_of(index, book)
        if changed is None or stages is None or book.stages_path.name in changed:
            raise UnclearError
        # Somebody who looked later may have put another index there.
        is_own = bool(own_since) and known == own_since
        index = bring_up_to_date(index, book, stages, changed, stamps, is_own=is_own)
    except (UnclearError, FileError, sqlite3.Error, ValueError):
        index.close()
        return None
    return index, stages


def _rebuilt(book: Book, path: Path | None, stamps: bytes) -> tuple[Index, Stages]:
    tree, _, problems = book.read_stages()
    stages = None
    if tree is not None:
        stages, found = read_stages(tree)
        problems = [*problems, *found]
    if stages is None or tree is None:
        message = "stages.yaml cannot be used"
        errors = [problem for problem in problems if not problem.is_warning]
        raise DataError(message, problems=book.with_excerpts(errors))
    with _collector_paused():
        filling = _fill(book, stages, json.dumps(to_plain(tree), ensure_ascii=False), stamps)
        return cache.build(path, filling), stages


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector still: there is none in what is read, and it looks for long."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _fill(book: Book, stages: Stages, tree: str, stamps: bytes) -> Filling:
    from leadctl.cli.freshness import JournalEnd, pieces_of
    from leadctl.contacts import read_contacts

    # What is read and what is taken for read are the same bytes, whatever an editor does.
    load = remembered(book.load)
    content = book.read(load)
    held = read_contacts(content.records)
    own = sorted({name for contact in held.contacts for name in contact.values})
    known = last_known(content.events)
    head, pieces = pieces_of(book, load, content.records, held)
    return Filling(
        entries=entries_of(held.contacts, content.events, stages),
        events=content.events,
        problems=(*content.problems, *held.problems),
        schema=Schema(stages.fields).with_seen(own),
        meta={
            "stamps": stamps,
            "stages": tree,
            "own_fields": json.dumps(own),
            "last_known": known.isoformat() if known else "",
            "journal": JournalEnd.of(load(book.journal_path)).as_text(),
            "head": head,
        },
        pieces=pieces,
    )


def _stamps_text(stamps: Mapping[str, Stamp], book: Book) -> bytes:
    """*stamps* of all files of *book*; never the same twice where one of them may not be true."""
    now = time.time_ns()
    unsure = {name for name, each in stamps.items() if now - each.changed_ns < _racy_ns(each)}
    unsure.update(str(path.relative_to(book.root)) for path in book.promised)
    lines = [
        f"{size} {changed} {inode} {noted}{f' {now}' if name in unsure else ''}\t{_in_a_line(name)}"
        for name, (size, changed, inode, noted) in sorted(stamps.items())
    ]
    # Files that are promised and not there yet.
    lines += [f"{now}\t{_in_a_line(name)}" for name in sorted(unsure - stamps.keys())]
    head = f"{__version__} {_in_a_line(str(book.root))}"
    return "\n".join([head, *lines]).encode("utf-8", "surrogateescape")


def _in_a_line(name: str) -> str:
    return name.replace("\n", "\0")


def _racy_ns(stamp: Stamp) -> int:
    return _RACY_NS if stamp.changed_ns % 1_000_000_000 else _COARSE_RACY_NS
