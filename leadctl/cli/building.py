"""The index of a book made from nothing: all of its files are read.

Contacts and journal have nothing to do with each other until the end, so that large ones are read
by two processes.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache as remembered
from functools import partial
from io import BytesIO
from pathlib import Path

from leadctl.cli.beside import AloneError, beside
from leadctl.cli.news import Layout, layout_of
from leadctl.cli.progress import Progress, progress
from leadctl.cli.rules import written_rules
from leadctl.contacts import read_contacts
from leadctl.fields import Schema
from leadctl.index import cache
from leadctl.index.cache import Draft
from leadctl.index.filling import put_book, put_history, put_values, take_history
from leadctl.index.index import Index
from leadctl.index.material import Filling
from leadctl.lifecycle import Past, entries, pasts
from leadctl.planning.follow_ups import agendas, read_follow_ups
from leadctl.problems import Problem
from leadctl.records import Contact, Event
from leadctl.stages import Stages
from leadctl.store.book import Book
from leadctl.store.journal import JournalEnd, JournalReading, read_journal
from leadctl.store.tables import OneFile
from leadctl.what_counts import effective, voided

#: A journal of more bytes is worth a process of its own.
_LONG = 5_000_000


@dataclass(frozen=True, slots=True)
class _History:
    """What a journal comes to, once its events are in the index."""

    pasts: dict[str, Past]
    problems: tuple[Problem, ...]
    last_known: str
    end: str
    #: Of the file that the events were put into, if it is another one.
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One pass over the files of a book."""

    book: Book
    load: Callable[[Path], bytes]
    line: Progress
    #: By this process alone.
    is_alone: bool


def build_index(book: Book, path: Path | None, looks: bytes) -> tuple[Index, Stages]:
    """The index of *book*, whose files have these *looks*, kept in *path* if that can be done.

    Raises:
        DataError: stages.yaml cannot be used.
    """
    rules = written_rules(book)
    # What is read and what is taken for read are the same bytes, whatever an editor does.
    load = remembered(book.load)
    meta: dict[str, str | bytes] = {"looks": looks, "stages": rules.text}
    with _collector_paused(), progress("reading the book") as line:
        reading = _Reading(book, load, line, is_alone=not hasattr(os, "fork"))
        try:
            index = cache.make(path, partial(_fill, reading, rules.stages, meta))
        except AloneError:
            reading = replace(reading, is_alone=True)
            index = cache.make(path, partial(_fill, reading, rules.stages, meta))
    return index, rules.stages


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


def _fill(reading: _Reading, stages: Stages, meta: dict[str, str | bytes], draft: Draft) -> None:
    line = reading.line
    with _history_beside(reading, stages, draft) as told:
        table = reading.book.contacts_from(reading.load)
        rows = table.read()
        line.reach(0.15)
        held = read_contacts(rows.records)
        own = sorted({name for contact in held.contacts for name in contact.values})
        schema = Schema(stages.fields).with_seen(own)
        _put_values(line, draft, held.contacts, schema)
        layout = Layout()
        if isinstance(table, OneFile):
            layout = layout_of(table, rows.records, held.contacts, held.problems)
        history = told()
        passing = line.along(held.contacts, count=len(held.contacts), parts=(0.6, 0.7))
        planned = replace(reading.book.follow_ups, load=reading.load).read()
        plans = read_follow_ups(planned.records)
        notes = layout_of(
            replace(reading.book.follow_ups, load=reading.load),
            planned.records,
            plans.follow_ups,
            (*planned.problems, *plans.problems),
        )
        agenda = agendas(plans.follow_ups)
        filling = entries(passing, history.pasts, stages, planned=agenda)
        problems = (*rows.problems, *history.problems, *held.problems)
        problems = (*problems, *planned.problems, *plans.problems)
        meta |= {"own_fields": json.dumps(own), "last_known": history.last_known}
        meta |= {"journal": history.end, **layout.meta("contact"), **notes.meta("follow_up")}
        with draft.open() as connection:
            pieces = {"contact": layout.pieces, "follow_up": notes.pieces}
            material = Filling(filling, (), problems, schema, meta, plans.follow_ups, pieces)
            put_book(connection, material)
            line.reach(0.9)
            if history.path:
                take_history(connection, history.path)


def _put_values(line: Progress, draft: Draft, contacts: Sequence[Contact], schema: Schema) -> None:
    passing = line.along(contacts, count=len(contacts), parts=(0.2, 0.6))
    with draft.open() as connection:
        put_values(connection, passing, schema)


@contextlib.contextmanager
def _history_beside(
    reading: _Reading, stages: Stages, draft: Draft
) -> Iterator[Callable[[], _History]]:
    """What waits for the history of the book, while the body does something else."""
    path, new = reading.book.journal_path, draft.target
    content, name = reading.load(path), path.name
    if not isinstance(new, Path) or len(content) <= _LONG or reading.is_alone:
        history = _history(content, name, stages, draft)
        yield lambda: history
        return
    part = new.with_name(f"{new.name}.part")
    tell = partial(_history, content, name, stages, Draft(part))
    with cache.new_file(part), beside(tell) as told:
        yield lambda: replace(told(), path=part)


def _history(content: bytes, name: str, stages: Stages, draft: Draft) -> _History:
    reading = JournalReading(content, name)
    walk = _Walk(voided(_undoings(content)), stages)
    with draft.open() as connection:
        put_history(connection, walk.along(reading))
    # Two journals that were merged may be out of order, or say a thing twice.
    is_usual = walk.is_in_order and not reading.problems
    counted = walk.pasts if is_usual else _sorted_pasts(content, stages)
    end = JournalEnd.of(content).as_text()
    return _History(counted, tuple(reading.problems), walk.last_known, end)


def _undoings(content: bytes) -> list[Event]:
    # Who writes a name with escapes is looked at as well.
    lines = (line for line in BytesIO(content) if b'"undoes"' in line or rb"\u" in line)
    return [event for event in read_journal(b"".join(lines), "").events if event.undoes]


def _sorted_pasts(content: bytes, stages: Stages) -> dict[str, Past]:
    return pasts(effective(read_journal(content, "").events), stages)


class _Walk:
    """What is gathered from the events of a journal while they pass by on their way."""

    def __init__(self, void: Container[str], stages: Stages) -> None:
        self.pasts: dict[str, Past] = defaultdict(Past)
        self.is_in_order = True
        self.last_known = ""
        self._void = void
        self._stages = stages

    def along(self, events: Iterable[tuple[Event, bytes]]) -> Iterator[tuple[Event, bytes]]:
        """The same *events*."""
        last = known = ""
        void, counted, stages = self._void, self.pasts, self._stages
        for pair in events:
            event = pair[0]
            if event.id <= last:
                self.is_in_order = False
            last = event.id
            day = event.known_on if event.origin else event.at
            known = max(known, day)
            if event.kind != "undone" and event.op not in void:
                counted[event.contact].take(event, stages)
            yield pair
        self.last_known = known[:10]
