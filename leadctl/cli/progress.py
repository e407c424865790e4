"""How far something has come that takes long, for somebody who sits at a terminal and waits."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

T = TypeVar("T")

#: Whoever waits for less, in seconds, need not be told.
PATIENCE = 1.0
_PAUSE = 0.1
_WIDTH = 24
_AT_ONCE = 1_000


class Progress:
    """One line on a terminal that grows, and is gone at the end; nothing anywhere else."""

    def __init__(
        self, text: str, stream: TextIO, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._text = text
        self._stream = stream
        self._clock = clock
        self._next = clock() + PATIENCE
        self._is_drawn = False
        self._is_wanted = stream.isatty() and os.environ.get("TERM") != "dumb"

    def reach(self, part: float) -> None:
        """*part* of all is done, 0 to 1."""
        now = self._clock()
        if not self._is_wanted or now < self._next:
            return
        self._next, self._is_drawn = now + _PAUSE, True
        done = "#" * round(part * _WIDTH)
        drawn = f"{self._text} [{done:.<{_WIDTH}}] {part:4.0%}"
        # A line that is too long would stay on the screen, once for each time that it was drawn.
        self._draw(f"\r{drawn[: shutil.get_terminal_size().columns - 1]}")

    def along(self, items: Iterable[T], *, count: int, parts: tuple[float, float]) -> Iterator[T]:
        """*items*, of which there are *count*; with them it goes from the one part to the other."""
        first, last = parts
        for number, item in enumerate(items):
            if not number % _AT_ONCE:
                self.reach(first + (last - first) * number / count)
            yield item

    def clear(self) -> None:
        """Leave nothing of the line behind."""
        if self._is_drawn:
            self._draw("\r\x1b[K")

    def _draw(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:
            # Nobody is looking any more, and what is done does not depend on it.
            self._is_wanted = self._is_drawn = False


@contextlib.contextmanager
def progress(text: str) -> Iterator[Progress]:
    """A line on stderr that tells how far the body is, if it takes long."""
    line = Progress(text, sys.stderr)
    try:
        yield line
    finally:
        line.clear()
