"""A book goes from one format to another: what the files of its tables become, all at once."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from leadctl.contacts import read_contacts
from leadctl.converting import Losses, columns, list_fields, unheld, written_as
from leadctl.errors import DataError, FileError, RefusedError
from leadctl.planning.follow_ups import read_follow_ups
from leadctl.records import Event, Record, Value
from leadctl.store import files, guards
from leadctl.store.book import FOLLOW_UPS, FORMATS, Book
from leadctl.store.disk import Disk
from leadctl.store.edit_error import EditError
from leadctl.store.journal import lines_of
from leadctl.store.journal_end import size_and_gap
from leadctl.store.kept_files import FOLDER, kept_files, kept_name, pack
from leadctl.store.locking import undisturbed
from leadctl.store.steps import Place
from leadctl.store.tables import OneFile
from leadctl.store.transaction import Replacement, Work, commit

#: The columns of a table of follow-ups that holds none.
_PLANNED = ("id", "contact", "due", "what")
_Records = tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What the files of a book become."""

    old: str
    new: str
    #: By path in the book: the files as they are, and those that take their place.
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    contacts: int
    follow_ups: int
    losses: Losses = field(default_factory=Losses)

    @property
    def single(self) -> str:
        """The one file of contacts that comes, or goes for a folder."""
        return FORMATS[self.old if self.new == "dir" else self.new]

    @property
    def marks(self) -> dict[str, tuple[Value, Value]]:
        """What tells the formats and all files before from those after."""
        prints = fingerprint(self.before), fingerprint(self.after)
        return {"format": (self.old, self.new), "files": prints}


def work_out(book: Book, wanted: str) -> Conversion:
    """What keeping *book* in the format *wanted* makes of its files.

    Raises:
        DataError: a record cannot be read, or the format cannot hold what is in it.
        RefusedError: contacts have gone past leadctl, or a file is a link.
    """
    load = cache(files.read_bytes)
    before = current_files(book, load)
    records, planned = _read(book, load)
    guards.require_whole(book, len(records))
    guards.require_plans(book, len(planned))
    wrong = tuple(unheld((*records, *planned))) if wanted == "csv" else ()
    if wrong:
        message = "a CSV file cannot hold some of the values; nothing was changed"
        raise DataError(message, problems=book.with_excerpts(wrong))
    try:
        after = {**_contacts(records, wanted), **_follow_ups(before, planned, wanted)}
    except EditError as error:
        message = f"the files cannot be written as {wanted}: {error}"
        raise DataError(message, hint="nothing was changed; change that value first") from error
    _require_same(_then(book, before, after, wanted), records, planned)
    losses = _losses(before, after, (records, planned), wanted)
    return Conversion(book.format, wanted, before, after, len(records), len(planned), losses)


def way_back(book: Book, op: str, form: str) -> Conversion:
    """What takes the change of format *op* back to *form*, to the byte.

    Raises:
        RefusedError: the files as they were are no longer kept, or one is a link.
    """
    before = current_files(book, files.read_bytes)
    after = kept_files(book, op, otherwise=f"leadctl convert {form}")
    then = _then(book, before, after, form)
    contacts, planned = then.contacts.read().records, then.follow_ups.read().records
    return Conversion(book.format, form, before, after, len(contacts), len(planned))


def carry_out(book: Book, found: Conversion, event: Event, *, disk: Disk | None = None) -> str:
    """Let the files of *book*, which is locked, become what was *found*: all of them or none.

    The result is empty, or says why what is saved could not be finished yet.

    Raises:
        ConflictError: another program saved one of the files meanwhile.
        FileError: the operating system refused.
    """
    disk = disk or Disk()
    guards.require_journal(book)
    work = _work(book, found, event, *size_and_gap(disk, book))
    for step in work.replacements:
        guards.require_writable(book.root / step.path, step.old)
    folder = book.root / FORMATS["dir"]
    _make_folders(book.state / FOLDER, *([folder] if found.new == "dir" else []))
    with undisturbed():
        pending = commit(disk, Place(book.root), work, host=os.uname().nodename)
    if not pending and found.new != "dir":
        _remove_folder(folder)
    return pending


def replacements(found: Conversion, op: str) -> tuple[Replacement, ...]:
    """The steps that make *found*: what was is kept first, then all else."""
    names = [*found.after, *(name for name in found.before if name not in found.after)]
    steps = (Replacement(name, found.before.get(name), found.after.get(name)) for name in names)
    archive = Replacement(kept_name(op), None, pack(found.before))
    return (archive, *(step for step in steps if step.old != step.new))


def current_files(book: Book, load: Callable[[Path], bytes]) -> dict[str, bytes]:
    """Every file of the tables of *book* that is there, by its path in the book.

    Raises:
        RefusedError: one of them is a link, which would lead nowhere afterwards.
    """
    paths = [*book.contacts.paths(), *book.follow_ups.paths()]
    for path in (*paths, book.contacts.path):
        if path.is_symlink():
            message = f"{path} is a link, and would lead nowhere once the file has another name"
            raise RefusedError(message, hint="nothing was changed; put the file in its place first")
    return {str(path.relative_to(book.root)): load(path) for path in paths if path.is_file()}


def fingerprint(contents: Mapping[str, bytes]) -> str:
    """What tells *contents*, by their path in the book, from any others."""
    total = hashlib.sha256()
    for name in sorted(contents):
        total.update(f"{name}\0{hashlib.sha256(contents[name]).hexdigest()}\n".encode())
    return total.hexdigest()


def _work(book: Book, found: Conversion, event: Event, size: int, gap: bytes) -> Work:
    return Work(
        event.op,
        replacements(found, event.op),
        lines=gap + lines_of([event]),
        size=size,
        journal=book.journal_path.name,
        contacts=found.contacts,
        follow_ups=found.follow_ups,
    )


def _read(book: Book, load: Callable[[Path], bytes]) -> tuple[_Records, _Records]:
    """The records of contacts and of follow-ups, all of which can be read."""
    rows, planned = book.contacts_from(load).read(), replace(book.follow_ups, load=load).read()
    held, plans = read_contacts(rows.records), read_follow_ups(planned.records)
    wrong = [each for each in (*rows.problems, *planned.problems) if not each.is_warning]
    wrong += [each for each in (*held.problems, *plans.problems) if each.blocks_writing]
    if wrong:
        message = "a book cannot be converted while a part of it cannot be read"
        hint = "nothing was changed; `leadctl check` lists every problem"
        raise DataError(message, problems=book.with_excerpts(wrong), hint=hint)
    return rows.records, planned.records


def _then(book: Book, before: Mapping[str, bytes], after: Mapping[str, bytes], form: str) -> Book:
    """*book* as it will be read."""
    promised: dict[Path, bytes | None] = {book.root / name: None for name in before}
    promised.update({book.root / name: content for name, content in after.items()})
    return Book(book.root, form, promised)


def _require_same(then: Book, records: _Records, planned: _Records) -> None:
    """Hold that the new files say what the old ones do, before anybody relies on them.

    Raises:
        DataError: they do not.
    """
    expected = [Record(written_as(each.values, then.format), each.where) for each in records]
    plans = [Record(written_as(each.values, then.format, many=()), each.where) for each in planned]
    now = {each.id: each for each in read_contacts(then.contacts.read().records).contacts}
    is_same = now == {each.id: each for each in read_contacts(expected).contacts}
    if not is_same or read_follow_ups(then.follow_ups.read().records) != read_follow_ups(plans):
        message = f"the book would not be the same as {then.format}; nothing was changed"
        raise DataError(message, hint="`leadctl check` may tell what is odd in it")


def _contacts(records: _Records, wanted: str) -> dict[str, bytes]:
    from leadctl.store import csv_editor, yaml_editor

    rows = [written_as(each.values, wanted) for each in records]
    name = FORMATS[wanted]
    if wanted == "dir":
        return {f"{name}/{row['id']}.yaml": yaml_editor.render_one(row).encode() for row in rows}
    ((_, empty),) = OneFile(Path(name)).empty()
    if wanted == "yaml":
        return {name: yaml_editor.edit(empty.decode(), {}, rows).encode()}
    return {name: csv_editor.render(columns(rows), rows).encode() if rows else empty}


def _follow_ups(before: Mapping[str, bytes], records: _Records, wanted: str) -> dict[str, bytes]:
    from leadctl.store import csv_editor, yaml_editor

    held = next((name for name in FOLLOW_UPS if name in before), "")
    name = FOLLOW_UPS[wanted == "csv"]
    if not held or held == name:
        # A folder of contacts and one YAML file keep them in the same way.
        return {held: before[held]} if held else {}
    rows = [written_as(each.values, wanted, many=()) for each in records]
    if wanted == "csv":
        return {name: csv_editor.render(columns(rows) if rows else _PLANNED, rows).encode()}
    return {name: yaml_editor.edit("", {}, rows).encode()}


def _losses(
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    records: tuple[_Records, _Records],
    wanted: str,
) -> Losses:
    from leadctl.store.comments import count_comments

    going = (name for name in before if before[name] != after.get(name) and ".yaml" in name)
    comments = sum(count_comments(_text(before[name])) for name in going)
    lists = Counter[str]()
    if wanted == "csv":
        lists.update(list_fields(records[0]))
        lists.update(list_fields(records[1], many=()))
    names = [f"{each.values['id']}.yaml" for each in records[0]]
    is_reordered = wanted == "dir" and names != sorted(names)
    return Losses(comments, lists.total(), tuple(lists), is_reordered)


def _text(content: bytes) -> str:
    """*content* as text, without the line that leadctl itself writes above a new table."""
    ((_, ours),) = OneFile(Path(FORMATS["yaml"])).empty()
    return content.removeprefix(ours).decode("utf-8-sig")


def _make_folders(*folders: Path) -> None:
    for folder in folders:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise FileError(
                f"{folder}: {files.reason(error)}", hint="nothing was changed"
            ) from error


def _remove_folder(folder: Path) -> None:
    """Remove *folder*, which holds no contact any more, unless the user keeps something there."""
    with contextlib.suppress(OSError):
        if {path.name for path in folder.iterdir()} <= {".gitkeep"}:
            files.discard(folder / ".gitkeep")
            folder.rmdir()
