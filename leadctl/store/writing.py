"""A change reaches the files: checked against what they hold now, spliced, verified, committed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from leadctl.contacts import read_contacts
from leadctl.errors import ConflictError, FileError
from leadctl.planning.follow_ups import read_follow_ups
from leadctl.records import Change, Contact, FieldEdit, Value
from leadctl.store import files, guards
from leadctl.store.book import FOLLOW_UPS, FORMATS, Book
from leadctl.store.disk import Appended, Disk, Witness
from leadctl.store.excerpts import Known, excerpt
from leadctl.store.folders import YamlFolder
from leadctl.store.intents import digest
from leadctl.store.journal import lines_of
from leadctl.store.journal_end import put_torn_end_aside, size_and_gap
from leadctl.store.kept_files import FOLDER as KEPT
from leadctl.store.locking import exclusive, undisturbed
from leadctl.store.manifest import Manifest, read_manifest, write_manifest
from leadctl.store.recovery import recover
from leadctl.store.steps import Place
from leadctl.store.tables import OneFile, Rewrite, Rows
from leadctl.store.transaction import Replacement, Work, commit
from leadctl.suppression import NAME as SUPPRESSED

_DISK = Disk()


@contextlib.contextmanager
def locked(book: Book, *, command: str = "leadctl") -> Iterator[list[str]]:
    """Nobody else's leadctl writes to *book* while the body runs; what was killed is finished.

    What was finished or put aside is yielded, a sentence each; *command* is what others are told
    who wait.

    Raises:
        BusyError: another one has been writing for a long time.
        FileError: the folder of the book cannot be written, or a change not be finished.
        ConflictError: the book has been converted since it was opened.
    """
    from leadctl.store.creation import ensure_state, furnish_state

    ensure_state(book)
    with exclusive(book.state / "lock", command=command):
        furnish_state(book)
        folders = _folders(book)
        with undisturbed():
            notices = recover(_DISK, Place(book.root), folders, host=_host())
            torn = put_torn_end_aside(_DISK, book)
            if torn:
                name = book.journal_path.name
                notices.append(f"the last line of {name} had been cut off; it was put in {torn}")
            guards.require_own_form(book)
            if read_manifest(_DISK, book.state) is None:
                accept(book)
        yield notices


class Parts(NamedTuple):
    """What has changed in a file."""

    #: The fingerprint of all of it.
    digest: str
    #: Id → how the record is written now.
    parts: Mapping[str, bytes]
    gone: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A change that is saved."""

    #: Why it could not be finished yet; empty if it is.
    pending: str
    #: The paths in the book of all files that it may have changed, but for the journal.
    names: frozenset[str] = frozenset()
    #: How the journal looked when its lines were added; None if nobody knows.
    journal: Appended | None = None
    #: Name of each file of which no more was read than what has changed → what that is.
    excerpts: Mapping[str, Parts] = field(default_factory=dict)


#: Table of the records of a file → what is known of that file.
Knowing = Callable[[str], Known]


def write(
    book: Book, change: Change, *, known: Knowing | None = None, disk: Disk | None = None
) -> Written:
    """Carry out *change* on the files of *book*, which is locked: all of it or nothing.

    Of files that are *known* no more is read than what changes.

    Raises:
        ConflictError: a field is no longer what the change was worked out from, an id is taken,
            or another program saved a file meanwhile (`DisturbedError`: worth another attempt).
        DataError: a file that has to be written is not sound.
        FileError: the operating system refused; nothing was changed.
        RefusedError: contacts have gone since leadctl last wrote, more than anyone takes out by
            hand.
    """
    disk = disk or Witness()
    # Whoever holds the lock has finished what was pending: the files are what counts.
    book = replace(book, promised={})
    rewrites, (contacts, follow_ups), excerpts = _rewrites(book, change, disk, known)
    for rewrite in rewrites:
        guards.require_writable(rewrite.path, rewrite.old)
    size, gap = size_and_gap(disk, book)
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
        follow_ups=follow_ups,
    )
    with undisturbed():
        pending = commit(disk, Place(book.root), work, host=_host())
    names = frozenset({*(each.path for each in work.replacements), f"{book.state.name}/txn"})
    journal = disk.appended if isinstance(disk, Witness) else None
    return Written(pending, names, journal, excerpts)


def accept(book: Book) -> int:
    """Take what *book* has now for all that it should have; how many contacts these are.

    Raises:
        FileError: the operating system refused.
    """
    count, planned = _count(book), len(book.follow_ups.read().records)
    try:
        size = _DISK.size(book.journal_path)
        write_manifest(_DISK, book.state, Manifest(count, "", size, planned))
    except OSError as error:
        raise FileError(f"{book.state}: {files.reason(error)}") from error
    return count


def _count(book: Book) -> int:
    if book.format == "dir":
        return len(book.contacts.paths())
    return len(book.contacts.read().records)


def _folders(book: Book) -> set[Path]:
    """Where writers leave files while they work."""
    # Forgetting somebody rewrites these as well, and their links may lead elsewhere.
    others = [book.stages_path, book.journal_path, book.root / SUPPRESSED]
    # There may be two tables of follow-ups, in the middle of a change of format.
    others += [book.root / name for name in FOLLOW_UPS]
    folders = book.contacts.folders()
    folders |= {book.root / FORMATS["dir"], book.state / KEPT}
    return folders | {path.resolve().parent for path in others}


def _host() -> str:
    return os.uname().nodename


#: The files that change, and what of them was read if that was not all.
_Found = tuple[list[Rewrite], int, Mapping[str, Parts]]


def _rewrites(
    book: Book, change: Change, disk: Disk, known: Knowing | None
) -> tuple[list[Rewrite], tuple[int, int], Mapping[str, Parts]]:
    """The files that change, how many contacts and follow-ups there are then, and excerpts.

    -1: as many as before.
    """
    texts = list(_text_rewrites(book, change, disk))
    planned, plans, excerpts = _follow_up_rewrites(book, change, known and known("follow_up"))
    if not (change.edits or change.additions or change.removals or change.records):
        return [*texts, *planned], (-1, plans), excerpts
    contacts, before, more = _contact_rewrites(book, change, known and known("contact"))
    after = before + len(change.additions) - len(change.removals)
    return [*texts, *planned, *contacts], (after, plans), {**excerpts, **more}


def _text_rewrites(book: Book, change: Change, disk: Disk) -> Iterator[Rewrite]:
    for name, (old, new) in change.texts.items():
        before = disk.read(book.root / name)
        # What was no UTF-8 stands in the old text as half characters.
        if before is None or before != old.encode("utf-8", "surrogateescape"):
            message = f"{name} was changed meanwhile; nothing was changed"
            raise ConflictError(message, hint="look at it and run the command again")
        yield Rewrite(book.root / name, before, new.encode())


def _follow_up_rewrites(book: Book, change: Change, known: Known | None) -> _Found:
    net = change.follow_ups
    if not net:
        return [], -1, {}
    table = replace(book.follow_ups, load=cache(files.read_bytes))
    new = {id_: {name: after for name, (_, after) in each.items()} for id_, each in net.items()}
    additions = [each for each in new.values() if each.get("id")]
    removals = [id_ for id_, each in new.items() if each.get("id") == ""]
    edits = {id_: each for id_, each in new.items() if each and "id" not in each}
    part = None
    if known and not known.numbers(str(each["id"]) for each in additions):
        is_longer = bool(additions or removals)
        part = excerpt(table, {*edits, *removals}, known, is_longer=is_longer)
    rows = part.rows() if part else table.read()
    held = read_follow_ups(rows.records)
    guards.require_sound(book, (*rows.problems, *held.problems))
    there = {each.id: each for each in held.follow_ups}
    count = part.count if part else len(rows.records)
    guards.require_plans(book, count)
    guards.require_as_planned(there, net)
    after = count + len(additions) - len(removals)
    made = part.rewrite(edits, additions, removals) if part else None
    if part and made:
        parts = Parts(digest(made.content), made.parts, removals)
        return [Rewrite(table.path, part.content, made.content)], after, {table.path.name: parts}
    if part:
        return _follow_up_rewrites(book, change, None)
    found = table.rewrites(edits, additions, removals)
    for rewrite in found if removals else ():
        guards.require_notes_kept(rewrite, net)
    return found, after, {}


def _contact_rewrites(
    book: Book, change: Change, known: Known | None
) -> tuple[list[Rewrite], int, Mapping[str, Parts]]:
    """The files of contacts that change, how many there were, and excerpts."""
    concerned = {edit.contact for edit in change.edits} | set(change.removals) | {*change.records}
    taken = {str(fields["id"]) for fields in change.additions}
    # What is checked and what is changed are the same bytes, whatever an editor does meanwhile.
    table = replace(book.contacts, load=cache(files.read_bytes))
    if known and isinstance(table, OneFile) and not change.removals:
        found = _excerpt_rewrite(book, table, change, known)
        if found:
            return found
    rows = table.read(concerned | taken)
    count = table.count() if isinstance(table, YamlFolder) else len(rows.records)
    contacts = _checked(book, change, rows, count)
    rewrites = table.rewrites(
        _grouped(change.edits), change.additions, change.removals, change.records
    )
    if change.removals and not change.edits:
        removed = [contacts[name] for name in change.removals]
        guards.require_no_remarks(rewrites, removed, change.records)
    return rewrites, count, {}


def _excerpt_rewrite(
    book: Book, table: OneFile, change: Change, known: Known
) -> tuple[list[Rewrite], int, Mapping[str, Parts]] | None:
    """The file, of which only the contacts that change are read; None if all has to be read."""
    concerned = {edit.contact for edit in change.edits} | change.records.keys()
    taken = [str(fields["id"]) for fields in change.additions]
    if known.numbers(taken):
        return None
    part = excerpt(table, concerned, known, is_longer=bool(taken))
    if part is None:
        return None
    rows = part.rows()
    _checked(book, change, rows, part.count)
    after = part.rewrite(_grouped(change.edits), change.additions, typed=change.records)
    if after is None:
        return None
    parts = {table.path.name: Parts(digest(after.content), after.parts)}
    return [Rewrite(table.path, part.content, after.content)], part.count, parts


def _checked(book: Book, change: Change, rows: Rows, count: int) -> dict[str, Contact]:
    """The contacts of *rows*, if *change* can be made to them."""
    held = read_contacts(rows.records)
    # Whoever is missing from a file that cannot be read may still stand in it.
    guards.require_sound(book, (*rows.problems, *held.problems))
    guards.require_whole(book, count)
    contacts = {contact.id: contact for contact in held.contacts}
    guards.require_expected(contacts, change.edits)
    guards.require_there(contacts, change.removals)
    guards.require_free(contacts, change.additions)
    return contacts


def _grouped(edits: Sequence[FieldEdit]) -> dict[str, dict[str, Value]]:
    grouped: dict[str, dict[str, Value]] = {}
    for edit in edits:
        grouped.setdefault(edit.contact, {})[edit.field] = edit.new
    return grouped
