"""Who else can get at the files of a book, and closing it to them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leadctl.errors import FileError
from leadctl.problems import Problem, Where
from leadctl.store.book import Book
from leadctl.store.files import read_bytes, reason

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_SECRET = re.compile(rb"^\s*\w*(?:password|passwd|secret|token|api_key)\w*\s*:\s*\S", re.M | re.I)
#: So many files are named in one warning.
_NAMED = 4
_FIX = "`leadctl check --fix permissions` closes it to others"


@dataclass(frozen=True, slots=True)
class Opening:
    """A file or folder that others can get at, and the mode that it ought to have."""

    path: Path
    mode: int
    closed: int


def permission_problems(book: Book) -> list[Problem]:
    """What is unsafe about the folders and files of *book*, each folder of contacts told once."""
    return [
        *_folder_problems(book),
        *_opening_problems(book),
        *_link_problems(book),
        *_secret_problems(book),
    ]


def open_to_others(book: Book) -> Iterator[Opening]:
    """The folders and files of *book* that group or others can read or write.

    What lies in a folder that others cannot enter is out of their reach, whatever its own mode.
    """
    for folder in _folders(book):
        mode = _mode(folder)
        if mode & _OTHERS:
            yield Opening(folder, mode, 0o700)
    if not _mode(book.root) & _OTHERS:
        return
    for path in _files(book):
        mode = _mode(path)
        inside = path.parent == book.root or _mode(path.parent) & _OTHERS
        if mode & _OTHERS and inside and not path.is_symlink():
            yield Opening(path, mode, mode & 0o700)


def close_to_others(opening: Opening) -> None:
    """Take away what group and others may do with a file or folder.

    Raises:
        FileError: it is somebody else's.
    """
    try:
        opening.path.chmod(opening.closed)
    except OSError as error:
        raise FileError(f"{opening.path}: {reason(error)}") from error


def _folders(book: Book) -> Iterator[Path]:
    contacts = (book.contacts.path,) if book.format == "dir" else ()
    for folder in (book.root, book.state, *contacts):
        if folder.is_dir() and not folder.is_symlink():
            yield folder


def _files(book: Book) -> Iterator[Path]:
    for path in (book.journal_path, *book.edited):
        if path.is_file():
            yield path


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _folder_problems(book: Book) -> Iterable[Problem]:
    where = Where(".")
    found = book.root.stat()
    if found.st_mode & stat.S_IWOTH:
        hint = f"chmod 700 {book.root}, then look who has changed what"
        message = "everybody on this computer can write into the folder of the book"
        yield Problem(where, message, hint, "permissions")
    if found.st_uid != os.getuid():
        hint = "keep books in a folder of your own"
        message = "the folder of the book belongs to somebody else, who can change it"
        yield Problem(where, message, hint, "permissions")


def _opening_problems(book: Book) -> Iterator[Problem]:
    """One warning for all that others can read, and one for all that they can change."""
    grouped: dict[str, list[str]] = {}
    for opening in open_to_others(book):
        kind = "changed" if opening.mode & 0o022 else "read"
        grouped.setdefault(kind, []).append(str(opening.path.relative_to(book.root)))
    for kind, paths in grouped.items():
        # A file says more than the folder that it is in.
        *others, last = sorted(paths, key=lambda path: path == ".")
        last = "the folder of the book" if last == "." else last
        left = len(others) - _NAMED
        named = [*others[:_NAMED], *([f"{left} more"] if left > 0 else []), last]
        message = f"{_listed(named)} can be {kind} by others"
        where = Where(others[0] if others else paths[0])
        yield Problem(where, message, _FIX, "permissions", is_warning=True)


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _link_problems(book: Book) -> Iterator[Problem]:
    folder = book.contacts.path
    if book.format == "dir" and folder.is_symlink():
        yield from _links_of(book, folder)
    for path in _files(book):
        if not path.parent.is_symlink():
            yield from _links_of(book, path)


def _links_of(book: Book, path: Path) -> Iterator[Problem]:
    shown = str(path.relative_to(book.root))
    target = path.resolve()
    if not target.is_relative_to(book.root):
        message = f"{shown} is a link out of the book, to {target}"
        hint = "if that is meant, mind that a copy of the folder does not hold it"
        yield Problem(Where(shown), message, hint, "permissions", is_warning=True)
    elif path.is_file() and path.stat().st_nlink > 1:
        message = f"{shown} has another name elsewhere, a hard link"
        hint = "the other name keeps the old text after the next change; remove one of the two"
        yield Problem(Where(shown), message, hint, "permissions", is_warning=True)


def _secret_problems(book: Book) -> Iterable[Problem]:
    path = book.root / "config.yaml"
    found = _SECRET.search(read_bytes(path)) if path.is_file() else None
    if found and _mode(path) & _OTHERS:
        line = read_bytes(path).count(b"\n", 0, found.end()) + 1
        hint = "chmod 600 config.yaml; a password is safer outside the book"
        message = "there is a password in config.yaml, which others can read"
        yield Problem(Where("config.yaml", line), message, hint, "permissions")
