"""Finding a book: in a folder, or above it; and in which form it keeps its contacts."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from leadctl.errors import FileError, RequestError
from leadctl.store.book import FORMATS, LOOKS, PAUSE, Book


def find_book(start: Path) -> Book | None:
    """The book in *start* or the nearest folder above it, None if there is none.

    Raises:
        RequestError, FileError: as for `open_book`.
    """
    for folder in (start, *start.parents):
        parts = ((folder / "stages.yaml").is_file(), bool(_formats(folder)), _has_past(folder))
        # Two of the three are a book that has lost something: nothing above it is meant instead.
        if sum(parts) > 1:
            return open_book(folder)
    return None


def open_book(root: Path) -> Book:
    """The book in the folder *root*.

    Raises:
        RequestError: it is no book, or holds its contacts in two forms.
        FileError: it was a book, and its contacts are gone.
    """
    hint = f"`leadctl init {_quoted(root)}` makes a book there"
    if not root.is_dir():
        raise RequestError(f'there is no folder "{root}"', hint=hint)
    found, has_stages = _parts(root)
    if not found and _has_past(root):
        message = f'"{root}" has a journal, but its contacts are gone'
        names = f"{', '.join(FORMATS.values())}/"
        hint = f"is the disk or the synced folder all there? else put back one of {names}"
        raise FileError(message, hint=hint)
    if not found or not has_stages:
        missing = "stages.yaml" if found else "contacts"
        if found:
            hint = "put it back from a copy, or take one out of a new book: leadctl init DIR"
        raise RequestError(f'"{root}" is not a book: it has no {missing}', hint=hint)
    if len(found) > 1:
        names = " and ".join(FORMATS[each] for each in found)
        hint = "keep the one that is the truth and move the other away; "
        hint += "`leadctl convert` changes the format"
        raise RequestError(f"the book holds its contacts twice: {names}", hint=hint)
    return Book(root.resolve(), found[0])


def _parts(root: Path) -> tuple[list[str], bool]:
    """In which forms the book in *root* keeps its contacts, and whether it has a stages.yaml.

    Some editors rename a file before they write it anew: a book in use is whole in a moment.
    """
    for _ in range(LOOKS):
        found, has_stages = _formats(root), (root / "stages.yaml").is_file()
        if (found and has_stages) or not _has_past(root):
            break
        time.sleep(PAUSE)
    return found, has_stages


def _quoted(path: Path) -> str:
    import shlex  # only who names a wrong folder needs it

    return shlex.quote(str(path))


def _has_past(folder: Path) -> bool:
    """True if *folder* holds a journal in which something stands."""
    path = folder / "journal.jsonl"
    return path.is_file() and path.stat().st_size > 0


def _formats(folder: Path) -> list[str]:
    """The forms in which *folder* holds contacts, also in the middle of a change of form."""
    promised = Book(folder, "yaml").as_promised()
    found = [
        each
        for each, name in FORMATS.items()
        if each != "dir" and _is_kept(folder / name, promised.promised)
    ]
    if (folder / FORMATS["dir"]).is_dir() and (not found or _has_records(promised)):
        found.append("dir")
    return found


def _is_kept(path: Path, promised: Mapping[Path, bytes | None]) -> bool:
    return promised[path] is not None if path in promised else path.is_file()


def _has_records(book: Book) -> bool:
    """True if its folder of contacts is more than what a change of form has left of it."""
    return bool(replace(book, format="dir").contacts.paths())
