"""The index of a book as its files are now: what has not changed since is not read again."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Container
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING
from zlib import crc32

from leadctl.cli.news import News, UnclearError, news_of_contacts, news_of_follow_ups
from leadctl.cli.rules import Rules, kept_rules, written_rules
from leadctl.fields import Schema
from leadctl.index.index import Index
from leadctl.index.material import Update
from leadctl.lifecycle import by_contact, entry_after, last_known, past_of, standing_under
from leadctl.planning.follow_ups import agendas
from leadctl.query.sql import EVERYTHING
from leadctl.records import Contact, Entry, Event, FollowUp
from leadctl.stages import Stages
from leadctl.store.book import FOLLOW_UPS, Book
from leadctl.store.disk import Disk
from leadctl.store.journal import JournalEnd, read_journal
from leadctl.store.looks import changed_files
from leadctl.what_counts import voided

if TYPE_CHECKING:
    from leadctl.store.writing import Written


def bring_up_to_date(
    index: Index, book: Book, looks: bytes, *, own: Written | None = None
) -> tuple[Index, Stages]:
    """*index*, answering for *book*, whose files have these *looks* now, and its stages.

    It is a copy in memory if others are at the file for so long that it cannot be changed.

    *own*: what this process, which holds the lock, has written; the index was true before, and
    whatever the journal has got since was added at its end.

    Raises:
        UnclearError: a whole reading is needed; the index is as it was.
        DataError: stages.yaml cannot be used.
    """
    changed = changed_files(index.blob("looks"), looks)
    if changed is None:
        raise UnclearError
    before = rules = kept_rules(index, book)
    if book.stages_path.name in changed:
        rules = written_rules(book)
    update = _update(index, book, changed, (before, rules), own)
    update = replace(update, meta={**update.meta, "looks": looks})
    return _changed(index, update, is_own=own is not None), rules.stages


def _update(
    index: Index,
    book: Book,
    changed: frozenset[str],
    rules: tuple[Rules, Rules],
    own: Written | None,
) -> Update:
    """What is different where the files *changed* are, and the *rules* went from one to another."""
    before, after = rules
    stages = after.stages
    events: tuple[Event, ...] = ()
    news = news_of_contacts(index, book, changed, own)
    end = JournalEnd.read(index.meta("journal"))
    if book.journal_path.name in changed:
        events, end = _news_of_journal(index, book, end, is_own=own is not None)
    plans = news_of_follow_ups(index, book, changed, own)
    entries = _entries(index, news, events, plans, stages)
    fields = set(index.own_fields())
    fields.update(name for entry in entries for name in entry.contact.values)
    schema = Schema(stages.fields).with_seen(sorted(fields))
    moved = _moved(index, before, after, news.gone | {each.contact.id for each in entries})
    known = max(filter(None, (index.meta("last_known"), _iso_last(events))), default="")
    meta: dict[str, str | bytes] = {
        "last_known": known,
        "journal": end.as_text(),
        "stages": after.text,
    }
    meta |= news.meta("contact") | plans.meta("follow_up")
    others = (each for each in news.problems if each.where.path not in FOLLOW_UPS)
    return Update(
        gone=news.gone,
        entries=entries,
        moved=moved,
        events=events,
        problems=[*others, *plans.problems],
        schema=schema,
        meta=meta,
        follow_ups=tuple(plans.items.values()),
        dropped=plans.gone,
        follow_ups_anew=plans.is_all,
        pieces={"contact": news.pieces, "follow_up": plans.pieces},
    )


def _changed(index: Index, update: Update, *, is_own: bool) -> Index:
    """*index* after *update*, or a copy if it cannot be changed."""
    try:
        index.change(update)
    except sqlite3.OperationalError:
        index.release()
        if is_own:
            # Nobody would ask the copy anything.
            raise UnclearError from None
        with contextlib.closing(index):
            memory = index.copy()
        memory.change(update)
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


def _planned_for(
    index: Index, contacts: set[str], plans: News[FollowUp]
) -> dict[str, tuple[FollowUp, ...]]:
    """What is planned for each of *contacts* now."""
    known = {} if plans.is_all else index.planned(contacts)
    kept = (
        each
        for mine in known.values()
        for each in mine
        if each.id not in plans.gone and each.id not in plans.items
    )
    return agendas([*kept, *(each for each in plans.items.values() if each.contact in contacts)])


def _planned_otherwise(index: Index, plans: News[FollowUp]) -> set[str]:
    """The contacts for whom something else is planned than *index* knows."""
    ids = () if plans.is_all else {*plans.gone, *plans.items}
    before = {each.id: each for each in (index.follow_ups(ids) if ids or plans.is_all else ())}
    pairs = ((before.get(id_), plans.items.get(id_)) for id_ in {*before, *plans.items})
    return {each.contact for pair in pairs if pair[0] != pair[1] for each in pair if each}


def _entries(
    index: Index,
    news: News[Contact],
    events: tuple[Event, ...],
    plans: News[FollowUp],
    stages: Stages,
) -> list[Entry]:
    """Everybody who is written in another way, or about whom something else is known."""
    undoings = index.undoings()
    before = voided(undoings)
    void = voided([*undoings, *events])
    others = index.contacts_of(before.keys() ^ void.keys())
    added = by_contact(events)
    affected = {*news.items, *added, *others, *_planned_otherwise(index, plans)} - news.gone
    held = index.by_ids(affected - news.items.keys())
    pasts = index.pasts(sorted(affected))
    planned = _planned_for(index, affected, plans)
    found = []
    for id_ in sorted(affected):
        contact = news.items.get(id_) or (held[id_].contact if id_ in held else None)
        if contact is None:
            continue
        past = sorted([*pasts[id_], *added.get(id_, ())], key=attrgetter("id"))
        counts = (each for each in past if each.kind != "undone" and each.op not in void)
        past_now = past_of(counts, stages)
        found.append(entry_after(past_now, contact, stages, planned.get(id_, ())))
    return found


def _moved(index: Index, before: Rules, rules: Rules, seen: Container[str]) -> list[Entry]:
    """Everybody but those *seen* who stands in another way by these *rules* than *before*."""
    if before.text == rules.text:
        return []
    stages = rules.stages
    if _meaning(before.stages) != _meaning(stages):
        # What somebody went through, or wrote into a field, may mean another thing by now.
        raise UnclearError
    found = []
    for entry in index.entries(EVERYTHING):
        place = standing_under(entry.standing, entry.contact, stages)
        if place != entry.standing and entry.contact.id not in seen:
            found.append(replace(entry, standing=place))
    return found


def _meaning(stages: Stages) -> tuple[object, ...]:
    """What the past of a contact is told by."""
    return stages.names, stages.fields, stages.won
