"""What must hold before anything is written: refusals that keep data from being lost."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from leadctl.contacts import split_values
from leadctl.errors import ConflictError, DataError, FileError, RefusedError, RequestError
from leadctl.problems import Problem
from leadctl.records import Contact, FieldEdit, FollowUp, Value
from leadctl.store import files
from leadctl.store.book import FORMATS, Book
from leadctl.store.disk import Disk
from leadctl.store.finding import open_book
from leadctl.store.journal import holds_event
from leadctl.store.manifest import missing_contacts, missing_follow_ups, read_manifest
from leadctl.store.tables import Rewrite, Typed


def require_whole(book: Book, count: int) -> None:
    """Write nothing over a file that was cut off or emptied: that would seal the loss.

    Raises:
        RefusedError: only *count* contacts are left of those that leadctl last wrote.
    """
    missing = missing_contacts(book.state, count)
    if missing:
        hint = "put the file back from a copy; if they are meant to be gone: "
        raise RefusedError(
            f"nothing was written: {missing}", hint=f"{hint}leadctl check --fix shrunk"
        )


def require_own_form(book: Book) -> None:
    """Look for the contacts of *book* nowhere but where they are now.

    Raises:
        ConflictError: the book was converted since it was opened.
    """
    if (book.root / FORMATS[book.format]).exists():
        return
    with contextlib.suppress(FileError, RequestError):
        form = open_book(book.root).format
        if form != book.format:
            message = f"the book was converted to {form} meanwhile; nothing was changed"
            raise ConflictError(message, hint="run the command again")


def require_plans(book: Book, count: int) -> None:
    """Write nothing into a file of follow-ups that was emptied: that would seal the loss.

    Raises:
        RefusedError: there are none, and leadctl has left some.
    """
    missing = missing_follow_ups(book.state, count)
    if missing:
        hint = "put the file back from a copy; if they are meant to be gone: "
        message = f"nothing was written: {missing}"
        raise RefusedError(message, hint=f"{hint}leadctl check --fix shrunk")


def require_sound(book: Book, problems: Sequence[Problem]) -> None:
    """Write into no file that is not sound.

    Raises:
        DataError: one of *problems* keeps its file from being written.
    """
    blocking = tuple(problem for problem in problems if problem.blocks_writing)
    if blocking:
        message = f"nothing was written: {blocking[0].where.path} has to be mended first"
        raise DataError(
            message,
            problems=book.with_excerpts(blocking),
            hint="`leadctl check` lists every problem",
        )


def require_expected(contacts: Mapping[str, Contact], edits: Sequence[FieldEdit]) -> None:
    """Change nothing that is no longer as it was when the change was worked out.

    Raises:
        ConflictError: a field is another, or its contact is gone.
    """
    require_there(contacts, [edit.contact for edit in edits])
    for edit in edits:
        if contacts[edit.contact].get(edit.field) != edit.old:
            message = f'{edit.field} of "{edit.contact}" was changed meanwhile; nothing was changed'
            raise ConflictError(message, hint="look at it and run the command again")


def require_there(contacts: Mapping[str, Contact], ids: Sequence[str]) -> None:
    """Change nobody who is gone.

    Raises:
        ConflictError: somebody is.
    """
    for each in ids:
        if each not in contacts:
            raise ConflictError(f'"{each}" is no longer in the book; nothing was changed')


def require_free(contacts: Mapping[str, Contact], additions: Sequence[Mapping[str, Value]]) -> None:
    """Give no id twice.

    Raises:
        ConflictError: an id was taken meanwhile.
    """
    for fields in additions:
        if str(fields["id"]) in contacts:
            message = f'the id "{fields["id"]}" was taken meanwhile; nothing was changed'
            raise ConflictError(message, hint="run the command again")


def require_as_planned(
    there: Mapping[str, FollowUp], net: Mapping[str, Mapping[str, tuple[Value, Value]]]
) -> None:
    """Change no follow-up that is no longer as it was when the change was worked out.

    Raises:
        ConflictError: one is another, is gone, or has got the id of a new one.
    """
    for id_, changes in net.items():
        held = there.get(id_)
        if held is None and changes.get("id", ("?",))[0]:
            raise ConflictError(f'follow-up "{id_}" is no longer there; nothing was changed')
        # What goes is to go as it was known; what somebody has just added would be lost with it.
        is_going = held is not None and not changes.get("id", ("", "?"))[1]
        names = {**changes, **(held.values if held and is_going else {})}
        for name in names:
            if (held.get(name) if held else "") != changes.get(name, ("", ""))[0]:
                message = f'{name} of follow-up "{id_}" was changed meanwhile; nothing was changed'
                raise ConflictError(message, hint="look at it and run the command again")


def require_writable(path: Path, old: bytes | None) -> None:
    """Leave a file alone that may not be written.

    Raises:
        FileError: it is there, *old* is what it holds, and it may not.
    """
    # A file beside it would take its place all the same. One that is away at the moment, as an
    # editor is saving it, is no matter of rights: it may be back between two of the questions.
    if old is not None and all(
        (not os.access(path, os.W_OK), os.access(path, os.F_OK), not os.access(path, os.W_OK))
    ):
        raise FileError(f"{path}: it may not be written", hint="nothing was changed")


def require_no_remarks(
    rewrites: Iterable[Rewrite], removed: Iterable[Contact], known: Typed
) -> None:
    """Take no contact out into whose record somebody has written a comment.

    Those whose whole text is *known* to the journal lose nothing.

    Raises:
        ConflictError: there is one; with the file it would be lost.
    """
    marks = {
        each.id: known[each.id][0].count("#") if each.id in known else _marks(each)
        for each in removed
    }
    for rewrite in rewrites:
        lost = (rewrite.old or b"").count(b"#") - (rewrite.new or b"").count(b"#")
        own = marks.get(rewrite.path.stem, 0) if rewrite.new is None else sum(marks.values())
        if lost > own:
            message = f"{rewrite.path.name} holds a comment, which would be lost with the contact"
            raise ConflictError(message, hint="nothing was changed; move the comment first")


def require_notes_kept(
    rewrite: Rewrite, net: Mapping[str, Mapping[str, tuple[Value, Value]]]
) -> None:
    """Lose no comment that somebody has written beside a follow-up.

    Raises:
        ConflictError: *rewrite* would, besides doing what *net* says.
    """
    pairs = [pair for changes in net.values() for pair in changes.values()]
    said = sum(_count(new) - _count(old) for old, new in pairs)
    if (rewrite.new or b"").count(b"#") - (rewrite.old or b"").count(b"#") < said:
        message = f"{rewrite.path.name} holds a comment, which would be lost with the follow-up"
        raise ConflictError(message, hint="nothing was changed; move the comment first")


def _marks(record: Contact) -> int:
    return sum(map(_count, record.values.values()))


def _count(value: Value) -> int:
    return sum(text.count("#") for text in split_values(value))


def require_journal(book: Book) -> None:
    """Begin no new journal where there was one.

    Raises:
        FileError: it is gone or empty, and was not when leadctl wrote to the book before.
    """
    manifest = read_manifest(Disk(), book.state)
    is_gone = not book.journal_path.exists() or not book.journal_path.stat().st_size
    if is_gone and manifest is not None and manifest.journal:
        hint = "nothing was changed; put it back from a copy"
        raise FileError(f"{book.journal_path}: the journal is gone", hint=hint)


def require_own_journal(book: Book) -> None:
    """Follow a link out of the book only to a file that is a journal.

    Raises:
        RefusedError: it is another file.
    """
    path = book.journal_path
    if not path.is_symlink() or path.resolve().is_relative_to(book.root.resolve()):
        return
    # The last line may be torn.
    last = files.read_bytes(path).rstrip(b"\r\n\0").split(b"\n")[-2:]
    if any(last) and not any(holds_event(line) for line in last):
        message = f"{path} is a link to {path.resolve()}, which is no journal"
        raise RefusedError(message, hint="nothing was changed; put a journal in its place")
