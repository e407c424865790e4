"""Forgetting a person in the files of a book: what they become, and which go.

Nothing is worked out from names here: who the person is, and what a text says about them, is
told by `leadctl.forgetting`.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from leadctl.contacts import read_contacts
from leadctl.errors import ConflictError, DataError
from leadctl.forgetting import Person
from leadctl.planning.follow_ups import read_follow_ups
from leadctl.problems import Problem, Where
from leadctl.records import Event
from leadctl.store import files, guards
from leadctl.store.book import Book
from leadctl.store.disk import Disk
from leadctl.store.encoding import likely_encoding
from leadctl.store.journal import lines_of, read_journal
from leadctl.store.locking import undisturbed
from leadctl.store.steps import Place
from leadctl.store.suppressed import require_list
from leadctl.store.transaction import Replacement, Work, commit
from leadctl.suppression import NAME, Address, with_addresses

#: Files of `.leadctl` that hold nothing about anybody.
_OURS = frozenset({"lock", ".gitignore", "stages.schema.json", "manifest.json"})
#: A larger file beside the book is no text that somebody keeps notes in.
_LARGEST = 20_000_000

#: True if a text is about the person.
Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Oblivion:
    """What has to happen to the files of a book for one person to be forgotten."""

    person: Person
    #: Old id of an event → what stays of it.
    stubs: Mapping[str, Event]
    #: What says that somebody was forgotten.
    event: Event
    #: Those that go on the suppression list.
    addresses: tuple[Address, ...]
    #: For a list that is not there yet.
    salt: bytes
    is_traced: Test


def replacements(book: Book, oblivion: Oblivion) -> tuple[Replacement, ...]:
    """Every file that changes or goes.

    Raises:
        DataError: the file of the contact or the suppression list is not sound, or a line of the
            journal that mentions the person cannot be read.
    """
    found = [*_list(book, oblivion), *_purged(book, oblivion.is_traced)]
    found += [*_journal(book, oblivion), *_follow_ups(book, oblivion.person)]
    found += _contacts(book, oblivion.person)
    return tuple(each for each in found if each.old != each.new)


def carry_out(book: Book, oblivion: Oblivion, steps: Sequence[Replacement]) -> str:
    """Make the files of *book*, which is locked, what *steps* say: all of them or none.

    The result is empty, or says why what is saved could not be finished yet.

    Raises:
        ConflictError: another program saved one of them meanwhile.
        FileError: the operating system refused.
        RefusedError: contacts have gone past leadctl, or the journal is a link to something else.
    """
    left = _left(book, oblivion.person)
    if left >= 0:
        guards.require_whole(book, left + 1)
    guards.require_plans(book, len(book.follow_ups.read().records))
    guards.require_journal(book)
    guards.require_own_journal(book)
    for step in steps:
        guards.require_writable(book.root / step.path, step.old)
    plans = len(once_done(book, steps).follow_ups.read().records)
    work = Work(oblivion.event.op, tuple(steps), contacts=left, follow_ups=plans)
    with undisturbed():
        return commit(Disk(), Place(book.root), work, host=os.uname().nodename)


def rewritten(
    content: bytes, person: str, stubs: Mapping[str, Event], *, is_traced: Test
) -> tuple[bytes, tuple[Problem, ...]]:
    """The journal *content* with each line of *person* as its stub, and lines in the way.

    A line that cannot be read stays as it is; if it is about the person, it is in the way. The
    same event twice becomes the same stub twice. Whole texts of files that an event holds go, if
    they are about the person. A torn end that is about the person goes.
    """
    lines: list[bytes] = []
    problems: list[Problem] = []
    old = content.split(b"\n")
    for number, line in enumerate(old, start=1):
        event = _event_of(line)
        if event and event.contact == person and event.id in stubs:
            lines.append(lines_of([stubs[event.id]]).rstrip(b"\n"))
        elif event and event.contact == person:
            # The id is that of an earlier event, so that this one never counted.
            lines.append(b"")
        elif event and _holds_file_about(event, is_traced):
            # The old text of a file that was mended as a whole: it can no longer be undone.
            lines.append(lines_of([replace(event, changes={})]).rstrip(b"\n"))
        elif event or not line.strip() or not is_traced(_text(line)):
            lines.append(line)
        elif number == len(old):
            lines.append(b"")
        else:
            problems.append(_in_the_way(number))
            lines.append(line)
    return b"\n".join(lines), tuple(problems)


def traced(book: Book, is_traced: Test) -> Iterator[Path]:
    """Files that leadctl has put aside and that are about the person."""
    for path in sorted(book.state.rglob("*")):
        if path.is_symlink() or not path.is_file() or path.name in _OURS:
            continue
        shown = str(path.relative_to(book.state))
        texts = _readings(files.read_bytes(path))
        if any(is_traced(f"{shown}\n{text}") for text in texts):
            yield path


def traced_lines(book: Book, is_traced: Test) -> Iterator[tuple[Where, str]]:
    """The lines of such files that are about the person; the file itself if no single one is."""
    for path in traced(book, is_traced):
        shown = str(path.relative_to(book.root))
        lines = enumerate(_text(files.read_bytes(path)).split("\n"), start=1)
        found = [(Where(shown, number), line.strip()) for number, line in lines if is_traced(line)]
        yield from found or [(Where(shown), "")]


def lines_about(
    book: Book, is_about: Test, steps: Iterable[Replacement]
) -> Iterator[tuple[Where, str]]:
    """Lines of all files in the folder of *book* that are about somebody, once *steps* are done.

    The journal is left out: its lines are events, which say more than a text does. So is what is
    no text, and what lies deeper than the contacts.
    """
    after = {each.path: each.new for each in steps}
    for path in _texts_beside(book):
        name = str(path.relative_to(book.root))
        content = after.get(name, b"") if name in after else files.read_bytes(path)
        if not content or b"\0" in content or not is_about(_text(content)):
            continue
        for number, line in enumerate(_text(content).split("\n"), start=1):
            if is_about(line):
                yield Where(name, number), line.strip()


def once_done(book: Book, steps: Iterable[Replacement]) -> Book:
    """*book* as it reads once *steps* are done."""
    return replace(book, promised={book.root / each.path: each.new for each in steps})


def git_folder(root: Path) -> Path | None:
    """The working tree of git that *root* lies in, None if there is none."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return folder
    return None


def _list(book: Book, oblivion: Oblivion) -> Iterator[Replacement]:
    require_list(book)
    old = _there(book.root / NAME)
    text = with_addresses(_text(old or b""), oblivion.addresses, salt=oblivion.salt)
    if oblivion.addresses:
        yield Replacement(NAME, old, text.encode("utf-8", "surrogateescape"))


def _purged(book: Book, is_traced: Test) -> Iterator[Replacement]:
    for path in traced(book, is_traced):
        yield Replacement(str(path.relative_to(book.root)), files.read_bytes(path), None)


def _journal(book: Book, oblivion: Oblivion) -> Iterator[Replacement]:
    old = files.read_bytes(book.journal_path)
    person = oblivion.person.id
    new, problems = rewritten(old, person, oblivion.stubs, is_traced=oblivion.is_traced)
    if problems:
        message = f"{book.journal_path.name} cannot be rewritten; nothing was changed"
        raise DataError(message, problems=book.with_excerpts(problems))
    gap = b"\n" if new and not new.endswith(b"\n") else b""
    yield Replacement(book.journal_path.name, old, new + gap + lines_of([oblivion.event]))


def _contacts(book: Book, person: Person) -> Iterator[Replacement]:
    if person.contact is None:
        _require_nowhere(book, person)
        return
    # What is checked and what is changed are the same bytes, whatever an editor does meanwhile.
    table = replace(book.contacts, load=cache(files.read_bytes))
    rows = table.read({person.id})
    held = read_contacts(rows.records)
    guards.require_sound(book, (*rows.problems, *held.problems))
    if person.contact not in held.contacts:
        message = f'"{person.id}" was changed meanwhile; nothing was changed'
        raise ConflictError(message, hint="look at it and run the command again")
    for each in table.rewrites({}, (), (person.id,)):
        yield Replacement(str(each.path.relative_to(book.root)), each.old, each.new)


def _follow_ups(book: Book, person: Person) -> Iterator[Replacement]:
    table = replace(book.follow_ups, load=cache(files.read_bytes))
    rows = table.read()
    held = read_follow_ups(rows.records)
    # A record that cannot be read may be theirs.
    guards.require_sound(book, (*rows.problems, *held.problems))
    gone = [each.id for each in held.follow_ups if each.contact == person.id]
    for each in table.rewrites({}, (), gone) if gone else ():
        yield Replacement(str(each.path.relative_to(book.root)), each.old, each.new)


def _require_nowhere(book: Book, person: Person) -> None:
    """Nobody is half forgotten: a record that cannot be read may be theirs.

    Raises:
        DataError: there is one.
    """
    blocking = [each for each in book.contacts.read().problems if not each.is_warning]
    if blocking:
        message = f'"{person.id}" may stand in a record that cannot be read; nothing was changed'
        raise DataError(message, problems=book.with_excerpts(blocking), hint="mend it first")


def _left(book: Book, person: Person) -> int:
    """How many contacts there are afterwards; -1: as many as before."""
    if person.contact is None:
        return -1
    if book.format == "dir":
        return len(book.contacts.paths()) - 1
    return len(book.contacts.read().records) - 1


def _event_of(line: bytes) -> Event | None:
    found = read_journal(line + b"\n", "").events if line.strip() else ()
    return found[0] if found else None


def _holds_file_about(event: Event, is_traced: Test) -> bool:
    texts = (str(text) for pair in event.changes.values() for text in pair)
    return not event.is_about_contact and any(is_traced(text) for text in texts)


def _in_the_way(number: int) -> Problem:
    message = "this line mentions the person and cannot be read"
    hint = "mend or remove it by hand, then forget them"
    return Problem(Where("journal.jsonl", number), message, hint, "journal")


def _texts_beside(book: Book) -> Iterator[Path]:
    folders: Collection[Path] = {book.root, *(path.parent for path in book.contacts.paths())}
    skipped = {book.journal_path, book.root / NAME}
    for path in sorted(each for folder in folders for each in folder.iterdir()):
        with contextlib.suppress(OSError):
            if path.is_file() and path not in skipped and path.stat().st_size <= _LARGEST:
                yield path


def _readings(content: bytes) -> Iterator[str]:
    """*content* as text, also in the encoding that it was in before it was mended."""
    yield _text(content)
    with contextlib.suppress(UnicodeError, LookupError):
        if encoding := likely_encoding(content):
            yield content.decode(encoding)


def _there(path: Path) -> bytes | None:
    return files.read_bytes(path) if path.exists() else None


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
