"""What a shell is told on TAB: the words so far → candidates, from the commands and the book.

It is asked by the scripts that `leadctl completion` prints, reads only, and never complains.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from leadctl.candidates import beginning_with
from leadctl.cli.commands import COMMANDS
from leadctl.cli.offers import FILES, FOLDERS, MOST, offers
from leadctl.cli.slots import slot_at
from leadctl.errors import ExitCode

#: Seconds after which a TAB without an answer is answered with nothing.
_PATIENCE = 5.0
#: What a half-typed word may hold; one with a quote, a `$` or the like is left to its writer.
_PLAIN = re.compile(r"[A-Za-z0-9 ._:=,@+-]*", re.ASCII)


def answer(words: Sequence[str]) -> int:
    """Print what may stand in place of the last of *words*, one a line; nothing if in doubt.

    The first word is the shell: bash, zsh or fish.
    """
    # Whatever is wrong, the line that is being typed is no place to say so.
    with contextlib.suppress(Exception), _patience():
        shell, *typed = words
        last, is_quoted = _opened(typed[-1] if typed else "")
        for each in _found(typed[:-1], last):
            sys.stdout.write((each if is_quoted else _spelt(each, shell)) + "\n")
        sys.stdout.flush()
    return ExitCode.DONE


@contextlib.contextmanager
def _patience() -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _opened(typed: str) -> tuple[str, bool]:
    """*typed* without the one quote that is open in it, if there is one."""
    quotes = [char for char in typed if char in "'\""]
    return (typed.replace(quotes[0], ""), True) if len(quotes) == 1 else (typed, False)


def _spelt(candidate: str, shell: str) -> str:
    # zsh and fish quote what they insert, bash inserts it as it is.
    return candidate.replace(" ", "\\ ") if shell == "bash" else candidate


def _found(before: Sequence[str], typed: str) -> list[str]:
    partial = typed.replace("\\ ", " ")
    if not _PLAIN.fullmatch(partial):
        return []
    words = [_unquoted(word) for word in before]
    slot = slot_at(words, partial)
    if slot is None:
        return beginning_with(partial, COMMANDS)
    found = list(offers(slot))
    if found in ([FILES], [FOLDERS]):
        return found
    fitting = (each for each in beginning_with(slot.partial, found) if _PLAIN.fullmatch(each))
    return [slot.prefix + each for each in fitting][:MOST]


def _unquoted(word: str) -> str:
    """*word* without quotes; nothing in it is expanded, but for the home folder in front."""
    try:
        parts = shlex.split(word)
    except ValueError:
        return word
    plain = parts[0] if len(parts) == 1 else word
    return str(Path(plain).expanduser()) if plain.startswith("~/") else plain
