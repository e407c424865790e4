"""A change reaches the files: checked against what they hold now, spliced, verified, swapped in.

Everything is worked out and written beside its target before the first file is replaced. What
is still missing for a crash between two replacements is the intent file of a later version.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from leadctl.contacts import read_contacts
from leadctl.errors import ConflictError, DataError, LeadctlError
from leadctl.problems import Problem
from leadctl.records import Change, Contact, FieldEdit, Value
from leadctl.store import files
from leadctl.store.book import Book
from leadctl.store.journal import lines_of, read_journal
from leadctl.store.tables import Rewrite


@contextlib.contextmanager
def locked(book: Book) -> Iterator[None]:
    """Nobody else's leadctl writes to *book* while the body runs.

    Raises:
        BusyError: another one has been writing for a long time.
        FileError: the folder of the book cannot be written.
    """
    from leadctl.store.creation import ensure_state

    ensure_state(book)
    with files.exclusive(book.state / "lock"):
        for folder in {path.parent for path in book.contacts.paths()} | {book.root}:
            files.sweep(folder)
        yield


def write(book: Book, change: Change) -> None:
    """Carry out *change* on the files of *book*, which is locked.

    Everything is worked out, checked and written beside its target before the journal grows and
    the first file is replaced; from then on nothing but a crash, or another program that saves
    a file in this very moment, can come between.

    Raises:
        ConflictError: a field is no longer what the change was worked out from, an id is taken,
            or another program saved a file meanwhile.
        DataError: a file that has to be written is not sound.
        FileError: the operating system refused.
    """
    prepared: list[files.Prepared] = []
    try:
        for rewrite in _rewrites(book, change):
            if rewrite.new != rewrite.old:
                prepared.append(files.prepare(rewrite.path, rewrite.new, expected=rewrite.old))
        _require_unchanged(prepared)
        with files.undisturbed():
            _swap_in(book, change, prepared)
    finally:
        for each in prepared:
            files.discard(each.temporary)


def _swap_in(book: Book, change: Change, prepared: Sequence[files.Prepared]) -> None:
    """Journal, then files; if the first file cannot be replaced, the journal is as before."""
    before = _append_events(book, change)
    for number, each in enumerate(prepared):
        try:
            files.take_place(each)
        except LeadctlError:
            if number == 0 and change.events:
                files.truncate(book.journal_path, before)
            raise
    for folder in {each.target.parent for each in prepared}:
        files.flush_folder(folder)


def _rewrites(book: Book, change: Change) -> list[Rewrite]:
    return [*_text_rewrites(book, change), *_contact_rewrites(book, change)]


def _text_rewrites(book: Book, change: Change) -> Iterator[Rewrite]:
    for name, (old, new) in change.texts.items():
        if files.read_bytes(book.root / name) != old.encode():
            message = f"{name} was changed meanwhile; nothing was changed"
            raise ConflictError(message, hint="look at it and run the command again")
        yield Rewrite(book.root / name, old.encode(), new.encode())


def _contact_rewrites(book: Book, change: Change) -> list[Rewrite]:
    if not (change.edits or change.additions):
        return []
    concerned = {edit.contact for edit in change.edits}
    concerned.update(str(fields["id"]) for fields in change.additions)
    # What is checked and what is changed are the same bytes, whatever an editor does meanwhile.
    table = replace(book.contacts, load=cache(files.read_bytes))
    rows = table.read(concerned)
    held = read_contacts(rows.records)
    _require_sound(book, (*rows.problems, *held.problems))
    contacts = {contact.id: contact for contact in held.contacts}
    _require_expected(contacts, change.edits)
    _require_free(contacts, change.additions)
    return table.rewrites(_grouped(change.edits), change.additions)


def _require_sound(book: Book, problems: Sequence[Problem]) -> None:
    blocking = tuple(problem for problem in problems if problem.blocks_writing)
    if blocking:
        message = f"nothing was written: {blocking[0].where.path} has to be mended first"
        raise DataError(
            message,
            problems=book.with_excerpts(blocking),
            hint="`leadctl check` lists every problem",
        )


def _require_expected(contacts: Mapping[str, Contact], edits: Sequence[FieldEdit]) -> None:
    for edit in edits:
        contact = contacts.get(edit.contact)
        if contact is None:
            raise ConflictError(f'"{edit.contact}" is no longer in the book; nothing was changed')
        if contact.get(edit.field) != edit.old:
            message = f'{edit.field} of "{edit.contact}" was changed meanwhile; nothing was changed'
            raise ConflictError(message, hint="look at it and run the command again")


def _require_free(
    contacts: Mapping[str, Contact], additions: Sequence[Mapping[str, Value]]
) -> None:
    for fields in additions:
        if str(fields["id"]) in contacts:
            message = f'the id "{fields["id"]}" was taken meanwhile; nothing was changed'
            raise ConflictError(message, hint="run the command again")


def _grouped(edits: Sequence[FieldEdit]) -> dict[str, dict[str, Value]]:
    grouped: dict[str, dict[str, Value]] = {}
    for edit in edits:
        grouped.setdefault(edit.contact, {})[edit.field] = edit.new
    return grouped


def _require_unchanged(prepared: Sequence[files.Prepared]) -> None:
    for each in prepared:
        if not files.is_as_expected(each):
            message = f"{each.target} was changed by another program; nothing was changed"
            raise ConflictError(message, hint="look at it and run the command again")


def _append_events(book: Book, change: Change) -> int:
    """Add the events of *change* to the journal; how long it was without them, in bytes."""
    if not change.events:
        return 0
    content = files.read_bytes(book.journal_path)
    journal = read_journal(content, book.journal_path.name)
    sound = content[: journal.sound_bytes]
    if len(sound) < len(content):
        _put_aside(book, content[len(sound) :])
        files.truncate(book.journal_path, len(sound))
    # An editor may have left the last line without its end.
    gap = b"\n" if sound and not sound.endswith(b"\n") else b""
    files.append(book.journal_path, gap + lines_of(change.events))
    return len(sound)


def _put_aside(book: Book, torn: bytes) -> None:
    name = f"journal-{time.time_ns()}.txt"
    files.create(book.state / "quarantine" / name, torn)
