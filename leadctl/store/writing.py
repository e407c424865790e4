"""A change reaches the files: checked against what they hold now, spliced, verified, committed."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from leadctl.contacts import read_contacts
from leadctl.errors import ConflictError, DataError, FileError, RefusedError
from leadctl.problems import Problem
from leadctl.records import Change, Contact, FieldEdit, Value
from leadctl.store import files
from leadctl.store.book import Book
from leadctl.store.disk import Disk
from leadctl.store.journal import holds_event, lines_of
from leadctl.store.locking import exclusive, undisturbed
from leadctl.store.manifest import missing_contacts, read_manifest, write_manifest
from leadctl.store.recovery import recover
from leadctl.store.steps import Place
from leadctl.store.tables import Rewrite
from leadctl.store.transaction import Replacement, Work, commit, keep_aside

#: So much of the end of the journal is read to see whether its last line is whole, in bytes.
_TAIL = 65_536
_DISK = Disk()


@contextlib.contextmanager
def locked(book: Book, *, command: str = "leadctl") -> Iterator[list[str]]:
    """Nobody else's leadctl writes to *book* while the body runs; what was killed is finished.

    What was finished or put aside is yielded, a sentence each; *command* is what others are told
    who wait.

    Raises:
        BusyError: another one has been writing for a long time.
        FileError: the folder of the book cannot be written, or a change not be finished.
    """
    from leadctl.store.creation import ensure_state, furnish_state

    ensure_state(book)
    with exclusive(book.state / "lock", command=command):
        furnish_state(book)
        folders = {path.parent for path in _targets(book)}
        with undisturbed():
            notices = recover(_DISK, Place(book.root), folders, host=_host())
        yield notices


def write(book: Book, change: Change, *, disk: Disk = _DISK) -> str:
    """Carry out *change* on the files of *book*, which is locked: all of it or nothing.

    The result is empty, or says why the change, which is saved, could not be finished yet.

    Raises:
        ConflictError: a field is no longer what the change was worked out from, an id is taken,
            or another program saved a file meanwhile (`DisturbedError`: worth another attempt).
        DataError: a file that has to be written is not sound.
        FileError: the operating system refused; nothing was changed.
        RefusedError: contacts have gone since leadctl last wrote, more than anyone takes out by
            hand.
    """
    rewrites, contacts = _rewrites(book, change, disk)
    for rewrite in rewrites:
        _require_writable(rewrite)
    size, gap = _end_of_journal(book, disk)
    lines = lines_of(change.events)
    work = Work(
        change.op,
        tuple(
            Replacement(str(each.path.relative_to(book.root)), each.old, each.new)
            for each in rewrites
            if each.new != each.old
        ),
        lines=gap + lines if lines else b"",
        size=size,
        journal=book.journal_path.name,
        contacts=contacts,
    )
    with undisturbed():
        return commit(disk, Place(book.root), work, host=_host())


def accept(book: Book) -> int:
    """Take the contacts that *book* has now for all that it should have; how many these are.

    Raises:
        FileError: the operating system refused.
    """
    count = _count(book)
    try:
        write_manifest(_DISK, book.state, contacts=count, op="")
    except OSError as error:
        raise FileError(f"{book.state}: {files.reason(error)}") from error
    return count


def _count(book: Book) -> int:
    if book.format == "dir":
        return len(book.contacts.paths())
    return len(book.contacts.read().records)


def _targets(book: Book) -> Iterator[Path]:
    yield from (path.resolve() for path in book.contacts.paths())
    yield book.stages_path.resolve()


def _host() -> str:
    return os.uname().nodename


def _rewrites(book: Book, change: Change, disk: Disk) -> tuple[list[Rewrite], int]:
    """The files that change, and how many contacts there are afterwards (-1: as many)."""
    texts = list(_text_rewrites(book, change, disk))
    if not (change.edits or change.additions or change.removals):
        return texts, -1
    contacts, before = _contact_rewrites(book, change)
    after = before + len(change.additions) - len(change.removals)
    return [*texts, *contacts], after


def _text_rewrites(book: Book, change: Change, disk: Disk) -> Iterator[Rewrite]:
    for name, (old, new) in change.texts.items():
        before = disk.read(book.root / name)
        # What was no UTF-8 stands in the old text as half characters.
        if before is None or before != old.encode("utf-8", "surrogateescape"):
            message = f"{name} was changed meanwhile; nothing was changed"
            raise ConflictError(message, hint="look at it and run the command again")
        yield Rewrite(book.root / name, before, new.encode())


def _contact_rewrites(book: Book, change: Change) -> tuple[list[Rewrite], int]:
    concerned = {edit.contact for edit in change.edits} | set(change.removals)
    concerned.update(str(fields["id"]) for fields in change.additions)
    # What is checked and what is changed are the same bytes, whatever an editor does meanwhile.
    table = replace(book.contacts, load=cache(files.read_bytes))
    rows = table.read(concerned)
    count = len(table.paths()) if book.format == "dir" else len(rows.records)
    _require_whole(book, count)
    held = read_contacts(rows.records)
    _require_sound(book, (*rows.problems, *held.problems))
    contacts = {contact.id: contact for contact in held.contacts}
    _require_expected(contacts, change.edits)
    _require_there(contacts, change.removals)
    _require_free(contacts, change.additions)
    more = (change.removals,) if change.removals else ()
    return table.rewrites(_grouped(change.edits), change.additions, *more), count


def _require_whole(book: Book, count: int) -> None:
    """Nothing is written over a file that was cut off or emptied: that would seal the loss."""
    missing = missing_contacts(book.state, count)
    if missing:
        hint = "put the file back from a copy; if they are meant to be gone: "
        raise RefusedError(
            f"nothing was written: {missing}", hint=f"{hint}leadctl check --fix shrunk"
        )


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
    _require_there(contacts, [edit.contact for edit in edits])
    for edit in edits:
        if contacts[edit.contact].get(edit.field) != edit.old:
            message = f'{edit.field} of "{edit.contact}" was changed meanwhile; nothing was changed'
            raise ConflictError(message, hint="look at it and run the command again")


def _require_there(contacts: Mapping[str, Contact], ids: Sequence[str]) -> None:
    for each in ids:
        if each not in contacts:
            raise ConflictError(f'"{each}" is no longer in the book; nothing was changed')


def _require_free(
    contacts: Mapping[str, Contact], additions: Sequence[Mapping[str, Value]]
) -> None:
    for fields in additions:
        if str(fields["id"]) in contacts:
            message = f'the id "{fields["id"]}" was taken meanwhile; nothing was changed'
            raise ConflictError(message, hint="run the command again")


def _require_writable(rewrite: Rewrite) -> None:
    # A file beside it would take its place all the same.
    if rewrite.old is not None and not os.access(rewrite.path, os.W_OK):
        raise FileError(f"{rewrite.path}: it may not be written", hint="nothing was changed")


def _grouped(edits: Sequence[FieldEdit]) -> dict[str, dict[str, Value]]:
    grouped: dict[str, dict[str, Value]] = {}
    for edit in edits:
        grouped.setdefault(edit.contact, {})[edit.field] = edit.new
    return grouped


def _end_of_journal(book: Book, disk: Disk) -> tuple[int, bytes]:
    """The size of the journal, and what has to stand between it and another line.

    A last line that was cut off while it was written is put aside. An editor may have left a
    whole one without its end.

    Raises:
        FileError: the journal is gone although leadctl has written one, or it cannot be used.
    """
    path = book.journal_path
    try:
        size = disk.size(path)
        if size == 0:
            _require_journal(book)
            return 0, b""
        last = _last_line(disk, path, size)
        if not last.strip(b"\r"):
            return size, b""
        if holds_event(last):
            return size, b"\n"
        keep_aside(disk, Place(book.root), f"journal-{time.time_ns()}.txt", last)
        disk.truncate(path, size - len(last))
    except OSError as error:
        raise FileError(f"{path}: {files.reason(error)}", hint="nothing was changed") from error
    return size - len(last), b""


def _require_journal(book: Book) -> None:
    if not book.journal_path.exists() and read_manifest(_DISK, book.state) is not None:
        hint = "nothing was changed; put it back from a copy"
        raise FileError(f"{book.journal_path}: the journal is gone", hint=hint)


def _last_line(disk: Disk, path: Path, size: int) -> bytes:
    start = size
    while True:
        start = max(0, start - max(_TAIL, size - start))
        tail = disk.read(path, start) or b""
        if b"\n" in tail or start == 0:
            return tail.rpartition(b"\n")[2]
