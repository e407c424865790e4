"""The index of a book as its files are now: what has not changed since is not read again."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

from leadctl.contacts import Contacts, read_contacts
from leadctl.fields import Schema
from leadctl.index.index import Index, Update
from leadctl.lifecycle import by_contact, last_known, standing
from leadctl.problems import Problem
from leadctl.records import Contact, Entry, Event, Record
from leadctl.stages import Stages
from leadctl.store.book import Book
from leadctl.store.disk import Disk
from leadctl.store.folders import YamlFolder
from leadctl.store.journal import read_journal
from leadctl.store.tables import OneFile
from leadctl.undoing import voided

#: To read so many records takes no time; of more than that, a whole reading may be faster.
_FEW = 100


class UnclearError(Exception):
    """Only a whole reading of the book tells what has become different."""


@dataclass(frozen=True, slots=True)
class JournalEnd:
    """How far the journal was read, and a checksum of it up to there."""

    size: int
    checksum: int
    lines: int
    #: Another line can follow without anything in between.
    is_whole: bool

    @classmethod
    def of(cls, content: bytes) -> JournalEnd:
        """The end of a journal that holds *content*."""
        is_whole = not content or content.endswith(b"\n")
        return cls(len(content), crc32(content), content.count(b"\n"), is_whole)

    @classmethod
    def read(cls, text: str) -> JournalEnd:
        """What `as_text` wrote.

        Raises:
            UnclearError: it is something else.
        """
        try:
            return cls(*json.loads(text))
        except (ValueError, TypeError) as error:
            raise UnclearError from error

    def as_text(self) -> str:
        """All of it, as the index keeps it."""
        return json.dumps([self.size, self.checksum, self.lines, self.is_whole])

    def after(self, tail: bytes) -> JournalEnd:
        """The end once *tail* has been added."""
        lines = self.lines + tail.count(b"\n")
        is_whole = tail.endswith(b"\n") if tail else self.is_whole
        return JournalEnd(self.size + len(tail), crc32(tail, self.checksum), lines, is_whole)


@dataclass(slots=True)
class _News:
    """What is different in the files of contacts."""

    contacts: dict[str, Contact] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    #: Id → the fingerprint of how it is written.
    pieces: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def bring_up_to_date(
    index: Index,
    book: Book,
    stages: Stages,
    changed: frozenset[str],
    stamps: bytes,
    *,
    is_own: bool = False,
) -> Index:
    """*index*, answering for *book*, where only the files *changed* are other ones than before.

    It is a copy in memory if others are at the file for so long that it cannot be changed.

    *is_own*: this process holds the lock, the index was true before it wrote, and whatever the
    journal has got since was added at its end.

    Raises:
        UnclearError: a whole reading is needed; the index is as it was.
    """
    news = _news_of_contacts(index, book, changed)
    events: tuple[Event, ...] = ()
    end = JournalEnd.read(index.meta("journal"))
    if book.journal_path.name in changed:
        events, end = _news_of_journal(index, book, end, is_own=is_own)
    known = max(filter(None, (index.meta("last_known"), _iso_last(events))), default="")
    meta: dict[str, str | bytes] = {"stamps": stamps, "last_known": known, "journal": end.as_text()}
    entries = _entries(index, news, events, stages)
    own = {*json.loads(index.meta("own_fields")), *(n for e in entries for n in e.contact.values)}
    schema = Schema(stages.fields).with_seen(sorted(own))
    different = Update(news.gone, entries, events, news.problems, schema, meta, news.pieces)
    try:
        index.change(different)
    except sqlite3.OperationalError:
        index.release()
        if is_own:
            # Nobody would ask the copy anything.
            raise UnclearError from None
        with contextlib.closing(index):
            memory = index.copy()
        memory.change(different)
        return memory
    return index


def _iso_last(events: tuple[Event, ...]) -> str:
    known = last_known(events)
    return known.isoformat() if known else ""


def _news_of_contacts(index: Index, book: Book, changed: frozenset[str]) -> _News:
    table, old = book.contacts, index.problems()
    if isinstance(table, YamlFolder):
        return _news_of_folder(table, changed, old)
    news = _News(problems=old)
    if table.path.name in changed:
        if any(problem.where.path == table.path.name for problem in old):
            # Their lines may be others by now.
            raise UnclearError
        _compare(index, table, table.load(table.path), news)
    return news


def _compare(index: Index, table: OneFile, content: bytes, news: _News) -> None:
    pieces, known = table.cut(content), index.fingerprints()
    if pieces is None or not known or pieces.head != index.head():
        raise UnclearError
    written = pieces.fingerprints()
    there = set(written)
    fresh = [number for number, piece in enumerate(written) if piece not in known]
    if len(there) < len(written) or len(fresh) > max(_FEW, len(written) // 2):
        raise UnclearError
    news.gone.update(index.ids_of(n for piece, n in known.items() if piece not in there))
    if not fresh:
        return
    few = pieces.only(fresh)
    rows = table.read_as(few.content())
    held = read_contacts(rows.records)
    if rows.problems or held.problems or not few.are(rows.records):
        raise UnclearError
    for number, contact in zip(fresh, held.contacts, strict=True):
        if contact.id not in news.gone and index.has(contact.id):
            # Somebody else has the same id.
            raise UnclearError
        news.contacts[contact.id] = contact
        news.pieces[contact.id] = written[number]
    news.gone -= news.contacts.keys()


def _news_of_folder(table: YamlFolder, changed: frozenset[str], old: list[Problem]) -> _News:
    news, folder = _News(), f"{table.path.name}/"
    mine = {name for name in changed if name.startswith(folder)}
    for name in sorted(mine):
        rows = table.read_file(name.removeprefix(folder))
        held = read_contacts(rows.records)
        news.problems += [*rows.problems, *held.problems]
        news.contacts.update((contact.id, contact) for contact in held.contacts)
        if not held.contacts:
            news.gone.add(name.removeprefix(folder).removesuffix(".yaml"))
    kept = [each for each in old if each.where.path not in mine]
    if mine:
        kept = [each for each in kept if not table.is_stranger(each)]
        news.problems += table.strangers()
    news.problems[:0] = kept
    return news


def _news_of_journal(
    index: Index, book: Book, end: JournalEnd, *, is_own: bool
) -> tuple[tuple[Event, ...], JournalEnd]:
    path = book.journal_path
    wrong = (each for each in index.problems() if each.where.path == path.name)
    if not end.is_whole or any(not each.is_warning for each in wrong):
        raise UnclearError
    if is_own and path not in book.promised:
        tail = Disk().read(path, end.size) or b""
    else:
        content = book.load(path)
        if crc32(memoryview(content)[: end.size]) != end.checksum or len(content) < end.size:
            raise UnclearError
        tail = content[end.size :]
    read = read_journal(tail, path.name, first=end.lines + 1)
    if read.problems or any(index.knows_event(event.id) for event in read.events):
        raise UnclearError
    return read.events, end.after(tail)


def _entries(index: Index, news: _News, events: tuple[Event, ...], stages: Stages) -> list[Entry]:
    """Everybody who is written in another way, or about whom something else is known."""
    undoings = index.undoings()
    before = voided(undoings)
    void = voided([*undoings, *events])
    others = index.contacts_of(before.keys() ^ void.keys())
    added = by_contact(events)
    affected = {*news.contacts, *added, *others} - news.gone
    held = index.by_ids(affected - news.contacts.keys())
    found = []
    for id_ in sorted(affected):
        contact = news.contacts.get(id_) or (held[id_].contact if id_ in held else None)
        if contact is None:
            continue
        past = sorted([*index.events(contact=id_), *added.get(id_, ())], key=lambda each: each.id)
        counts = (each for each in past if each.kind != "undone" and each.op not in void)
        found.append(Entry(contact, standing(contact, counts, stages)))
    return found


def pieces_of(
    book: Book, load: Callable[[Path], bytes], records: Sequence[Record], held: Contacts
) -> tuple[bytes, dict[str, bytes]]:
    """What stands above the records of *book*, and by id the fingerprint of each.

    Nothing where these do not tell for sure what the file says, and for a folder of files.
    """
    table = book.contacts
    if isinstance(table, YamlFolder) or held.problems:
        return b"", {}
    pieces = table.cut(load(table.path))
    if pieces is None or not pieces.are(records):
        return b"", {}
    ids = (contact.id for contact in held.contacts)
    return pieces.head, dict(zip(ids, pieces.fingerprints(), strict=True))


def changed_files(old: bytes, new: bytes) -> frozenset[str] | None:
    """The paths of the files whose stamps differ; None if the first line does."""
    before, after = (text.decode("utf-8", "surrogateescape").split("\n") for text in (old, new))
    if before[0] != after[0]:
        return None
    with contextlib.suppress(ValueError):
        different = set(before[1:]) ^ set(after[1:])
        return frozenset(line.split("\t", 1)[1].replace("\0", "\n") for line in different)
    return None
