"""Work for the second core: done by a process of its own while this one does something else."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")

#: How often the other process looks whether anybody still waits for it, in seconds.
_LOOK = 0.5


class AloneError(Exception):
    """There is no other process, or it has failed: who asked has to do the work."""


@contextlib.contextmanager
def beside(work: Callable[[], T]) -> Iterator[Callable[[], T]]:
    """Do *work* beside the body, which gets a function that waits for what it comes to.

    That has to be something that can be pickled. The other process ends when this one does.

    Raises:
        AloneError: from here or from that function.
    """
    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError as error:
        os.close(reader)
        os.close(writer)
        raise AloneError from error
    if not child:
        _work(work, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        try:
            yield lambda: _received(pipe.read())
        except BaseException:
            os.kill(child, signal.SIGKILL)
            raise
        finally:
            # Where nobody wants to hear of children, the system has forgotten it already.
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, 0)


def _received(content: bytes) -> Any:
    if not content:
        raise AloneError
    return pickle.loads(content)  # this very program has written it


def _work(work: Callable[[], object], writer: int) -> NoReturn:
    """Do *work*, write what it comes to, and end without a word, whatever happens."""
    try:
        _end_with(os.getppid())
        _close_all_but(writer)
        content = pickle.dumps(work())
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(content)
    finally:
        os._exit(0)


def _end_with(parent: int) -> None:
    def look(*_: object) -> None:
        if os.getppid() != parent:
            os._exit(1)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, _LOOK, _LOOK)


def _close_all_but(writer: int) -> None:
    """Close what would stay locked if the process that started this one were killed."""
    for number in [int(path.name) for path in Path("/dev/fd").iterdir()]:
        if number > 2 and number != writer:
            with contextlib.suppress(OSError):
                os.close(number)
