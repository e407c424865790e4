"""The index of a book as its files are now: what has not changed since is not read again."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Container
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING
from zlib import crc32

from leadctl.cli.news import News, UnclearError, news_of_contacts
from leadctl.cli.rules import Rules, kept_rules
from leadctl.fields import Schema
from leadctl.index.index import Index, Update
from leadctl.lifecycle import by_contact, last_known, standing, standing_under
from leadctl.query.sql import EVERYTHING
from leadctl.records import Entry, Event
from leadctl.stages import Stages
from leadctl.store.book import Book
from leadctl.store.disk import Disk
from leadctl.store.journal import read_journal
from leadctl.what_counts import voided

if TYPE_CHECKING:
    from leadctl.store.writing import Written


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


def bring_up_to_date(
    index: Index,
    book: Book,
    rules: Rules,
    changed: frozenset[str],
    stamps: bytes,
    *,
    own: Written | None = None,
) -> Index:
    """*index*, answering for *book* by *rules*, where only the files *changed* are other ones.

    It is a copy in memory if others are at the file for so long that it cannot be changed.

    *own*: what this process, which holds the lock, has written; the index was true before, and
    whatever the journal has got since was added at its end.

    Raises:
        UnclearError: a whole reading is needed; the index is as it was.
    """
    stages = rules.stages
    news = news_of_contacts(index, book, changed, own)
    events: tuple[Event, ...] = ()
    end = JournalEnd.read(index.meta("journal"))
    if book.journal_path.name in changed:
        events, end = _news_of_journal(index, book, end, is_own=own is not None)
    known = max(filter(None, (index.meta("last_known"), _iso_last(events))), default="")
    meta: dict[str, str | bytes] = {"stamps": stamps, "last_known": known, "journal": end.as_text()}
    meta |= {"stages": rules.text}
    meta |= {"digest": news.digest} if news.digest else {}
    entries = _entries(index, news, events, stages)
    before = json.loads(index.meta("own_fields"))
    fields = {*before, *(name for entry in entries for name in entry.contact.values)}
    schema = Schema(stages.fields).with_seen(sorted(fields))
    seen = news.gone | {each.contact.id for each in entries}
    moved = _moved(index, kept_rules(index, book), rules, seen)
    different = Update(news.gone, entries, moved, events, news.problems, schema, meta, news.pieces)
    try:
        index.change(different)
    except sqlite3.OperationalError:
        index.release()
        if own:
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


def _entries(index: Index, news: News, events: tuple[Event, ...], stages: Stages) -> list[Entry]:
    """Everybody who is written in another way, or about whom something else is known."""
    undoings = index.undoings()
    before = voided(undoings)
    void = voided([*undoings, *events])
    others = index.contacts_of(before.keys() ^ void.keys())
    added = by_contact(events)
    affected = {*news.contacts, *added, *others} - news.gone
    held = index.by_ids(affected - news.contacts.keys())
    pasts = index.pasts(sorted(affected))
    found = []
    for id_ in sorted(affected):
        contact = news.contacts.get(id_) or (held[id_].contact if id_ in held else None)
        if contact is None:
            continue
        past = sorted([*pasts[id_], *added.get(id_, ())], key=attrgetter("id"))
        counts = (each for each in past if each.kind != "undone" and each.op not in void)
        found.append(Entry(contact, standing(contact, counts, stages)))
    return found


def _moved(index: Index, before: Rules, rules: Rules, seen: Container[str]) -> list[Entry]:
    """Everybody but those *seen* who stands in another way by these *rules* than *before*."""
    if before.text == rules.text:
        return []
    stages = rules.stages
    if (before.stages.names, before.stages.fields) != (stages.names, stages.fields):
        # What somebody went through, or wrote into a field, may mean another thing by now.
        raise UnclearError
    found = []
    for entry in index.entries(EVERYTHING):
        place = standing_under(entry.standing, entry.contact, stages)
        if place != entry.standing and entry.contact.id not in seen:
            found.append(Entry(entry.contact, place))
    return found


def changed_files(old: bytes, new: bytes) -> frozenset[str] | None:
    """The paths of the files whose stamps differ; None if the first line does."""
    before, after = (text.decode("utf-8", "surrogateescape").split("\n") for text in (old, new))
    if before[0] != after[0]:
        return None
    with contextlib.suppress(ValueError):
        different = set(before[1:]) ^ set(after[1:])
        return frozenset(line.split("\t", 1)[1].replace("\0", "\n") for line in different)
    return None
