"""What all commands share that write: the lock, what it finds, other attempts, the last words."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import TypeVar

from leadctl.cli import terminal
from leadctl.store.book import Book

T = TypeVar("T")

#: How often a change is tried anew while an editor saves at every one of its moments.
ATTEMPTS = 5


@contextlib.contextmanager
def held(book: Book, *, command: str) -> Iterator[None]:
    """Let nobody else write to *book* while the body runs; say what was found there.

    Raises:
        BusyError: another one has been writing for a long time.
        FileError: the folder of the book cannot be written, or a change not be finished.
    """
    from leadctl.store.writing import locked

    with locked(book, command=command) as notices:
        for notice in notices:
            terminal.talk(f"leadctl: {notice}")
        yield


def persistently(attempt: Callable[[int], T]) -> T:
    """What *attempt* gives, told how many failed before it as other programs saved a file.

    Raises:
        DisturbedError: the last one failed as well.
    """
    from leadctl.store.transaction import DisturbedError

    for number in range(ATTEMPTS - 1):
        with contextlib.suppress(DisturbedError):
            return attempt(number)
    return attempt(ATTEMPTS - 1)


def tell_pending(why: str) -> None:
    """Say that what is saved could not be finished yet, if *why* says so."""
    if why:
        terminal.talk(f"leadctl: warning: saved; finishing is pending: {why}")
        terminal.talk("hint: the next command that writes finishes it; do not repeat this one")
