"""Patterns of the user's own in a query, with a time limit: a careless one must not hang cron."""

from __future__ import annotations

import contextlib
import re
import signal
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import FrameType

#: Seconds that all patterns of one query may take together.
PATTERN_SECONDS = 1.0


class PatternTooSlowError(Exception):
    """The time for patterns is used up."""


def pattern_function() -> Callable[[str, str | None], int]:
    """The SQL function matches(pattern, text): 1 if the pattern occurs in the text, else 0."""
    compiled = lru_cache(maxsize=64)(lambda pattern: re.compile(pattern, re.IGNORECASE))

    def matches(pattern: str, text: str | None) -> int:
        return int(text is not None and compiled(pattern).search(text) is not None)

    return matches


@contextlib.contextmanager
def time_limit() -> Iterator[None]:
    """Stop the body, which runs a statement of SQLite, once the time for patterns is used up.

    Raises:
        PatternTooSlowError: it is. The `re` engine can be interrupted by a signal, so this holds
            within one search too; signals reach the main thread only, elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    is_late = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal is_late
        is_late = True
        raise PatternTooSlowError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATTERN_SECONDS)
    try:
        yield
    except Exception as error:
        # SQLite reports what a function raised as an error of its own.
        if is_late:
            raise PatternTooSlowError from error
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
