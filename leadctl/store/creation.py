"""A new book: stages.yaml and plans from a preset, empty contacts, an empty journal."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date, timedelta
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from pathlib import Path

from leadctl.errors import FileError, RefusedError
from leadctl.store.book import FORMATS, Book
from leadctl.store.disk import Disk
from leadctl.store.files import append, create, discard, read_bytes, reason
from leadctl.store.finding import open_book
from leadctl.store.manifest import Manifest, write_manifest
from leadctl.store.plan_files import FOLDER

PRESETS = ("classic", "sales-stages", "calling")
#: Preset → the example book that uses it, and the format in which that is kept.
EXAMPLES = {
    "classic": ("agent", "yaml"),
    "sales-stages": ("brokerage", "csv"),
    "calling": ("calls", "dir"),
}
#: The day on which the example books are at their liveliest.
EXAMPLE_DAY = date(2026, 11, 22)

_SCHEMA = "stages.schema.json"
# Also in front of a time, as in 2026-11-22T08:12.
_ISO_DATE = re.compile(rb"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
_ATTRIBUTES = """\
# Two branches that both added events: keep the lines of both.
journal.jsonl merge=union
"""


def create_book(root: Path, *, preset: str, format_name: str) -> Book:
    """Make an empty book in the folder *root*, which may be there already.

    Raises:
        RefusedError: there is a book, or a part of one, in that folder.
        FileError: a file cannot be written.
    """
    _require_vacant(root)
    book = Book(root.resolve(), format_name)
    create(book.stages_path, preset_text(preset))
    for path, content in book.contacts.empty():
        create(path, content)
    create(book.journal_path, b"")
    _add_plans(root / FOLDER, preset)
    _add_attributes(root / ".gitattributes")
    ensure_state(book)
    furnish_state(book)
    _note(book)
    return book


def create_example(root: Path, *, preset: str, today: date) -> Book:
    """Copy the example book of *preset* to *root*, its dates moved so that it is lively *today*.

    Raises:
        RefusedError: there is a book, or a part of one, in that folder.
        FileError: a file cannot be written.
    """
    _require_vacant(root)
    name, _ = EXAMPLES[preset]
    _copy(package_files("leadctl") / "examples" / name, root, _shift(today - EXAMPLE_DAY))
    _add_attributes(root / ".gitattributes")
    book = open_book(root)
    ensure_state(book)
    furnish_state(book)
    _note(book)
    return book


def preset_text(preset: str) -> bytes:
    """The stages.yaml of *preset*."""
    return (package_files("leadctl") / "presets" / f"{preset}.yaml").read_bytes()


def _add_plans(folder: Path, preset: str) -> None:
    """Put the action plans of *preset* into *folder*, unless somebody has one already."""
    if os.path.lexists(folder):
        return
    for each in (package_files("leadctl") / "presets" / "plans" / preset).iterdir():
        if each.name.endswith(".yaml"):
            create(folder / each.name, each.read_bytes())


def ensure_state(book: Book) -> None:
    """Make the folders for the lock and for what is put aside.

    Raises:
        FileError: the folder of the book cannot be written.
        RefusedError: it is a link.
    """
    if book.state.is_symlink():
        message = f"{book.state} is a link; leadctl keeps its lock in a folder of the book"
        raise RefusedError(message, hint="nothing was changed; remove the link")
    try:
        book.state.mkdir(mode=0o700, exist_ok=True)
        (book.state / "quarantine").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise FileError(f"{book.state}: {reason(error)}", hint="nothing was changed") from error


def furnish_state(book: Book) -> None:
    """Put the schema of stages.yaml beside the lock, and let git ignore both.

    Raises:
        FileError: the folder of the book cannot be written.
    """
    _put(book.state / ".gitignore", b"*\n")
    _put(book.state / _SCHEMA, (package_files("leadctl") / "schema" / _SCHEMA).read_bytes())


def _put(path: Path, content: bytes) -> None:
    """Write *path* if it is not there, as a whole or not at all: nobody would mend a half."""
    if os.path.lexists(path):
        return
    disk, staged = Disk(), path.with_name(f"{path.name}.new")
    try:
        disk.remove(staged)
        disk.create(staged, content)
        disk.replace(staged, path)
    except OSError as error:
        discard(staged)
        raise FileError(f"{path}: {reason(error)}", hint="nothing was changed") from error


def _note(book: Book) -> None:
    """What is there from the start can be missed later."""
    count, size = len(book.contacts.read().records), Disk().size(book.journal_path)
    planned = len(book.follow_ups.read().records)
    try:
        write_manifest(Disk(), book.state, Manifest(count, "", size, planned))
    except OSError as error:
        raise FileError(f"{book.state}: {reason(error)}") from error


def _add_attributes(path: Path) -> None:
    """Tell git how to merge journals, also where it has been told other things before."""
    there = read_bytes(path)
    if b"journal.jsonl" not in there:
        gap = b"\n" if there and not there.endswith(b"\n") else b""
        append(path, gap + _ATTRIBUTES.encode())


def _require_vacant(root: Path) -> None:
    for name in ("stages.yaml", "journal.jsonl", *FORMATS.values()):
        if (root / name).exists():
            message = f'"{root}" already has a {name}; nothing was changed'
            hint = "name another folder: `leadctl init DIR`"
            raise RefusedError(message, hint=hint)


def _copy(source: Traversable, target: Path, changed: Callable[[bytes], bytes]) -> None:
    _make_folder(target)
    for each in source.iterdir():
        if each.name in {"README.md", "__pycache__", ".leadctl", ".gitattributes"}:
            continue
        if each.is_dir():
            _copy(each, target / each.name, changed)
        elif each.name == "stages.yaml":
            create(target / each.name, each.read_bytes())
        else:
            create(target / each.name, changed(each.read_bytes()))


def _make_folder(folder: Path) -> None:
    """Make *folder* for its owner only; one that comes about as a parent is open to others."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{folder}: {reason(error)}") from error


def _shift(by: timedelta) -> Callable[[bytes], bytes]:
    """Move every ISO date of a text; the examples hold no other numbers of that shape."""

    def moved(match: re.Match[bytes]) -> bytes:
        return (date.fromisoformat(match[0].decode()) + by).isoformat().encode()

    return lambda content: _ISO_DATE.sub(moved, content) if by else content
