"""suppressed.txt, the list of those who are not to come back, as it stands in the book."""

from __future__ import annotations

from leadctl.errors import DataError
from leadctl.store.book import Book
from leadctl.store.files import read_bytes
from leadctl.suppression import NAME, Suppressed, read_suppressed


def read_list(book: Book) -> Suppressed:
    """The suppression list of *book*, empty if there is none."""
    text = read_bytes(book.root / NAME).decode("utf-8", "surrogateescape")
    return read_suppressed(text.removeprefix("\ufeff"))


def require_list(book: Book) -> Suppressed:
    """The suppression list of *book*.

    Raises:
        DataError: it is damaged, so that nobody could rely on it.
    """
    found = read_list(book)
    if found.problems:
        message = f"{NAME} cannot be used; nothing was changed"
        raise DataError(message, problems=book.with_excerpts(found.problems))
    return found
