"""A text goes through the editor of the user; what they type is never lost."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from leadctl.cli import terminal
from leadctl.errors import DataError, FileError, NoError, RequestError
from leadctl.store.encoding import decode
from leadctl.store.files import discard, read_bytes, reason


@contextlib.contextmanager
def edited(text: str, environment: Mapping[str, str], *, name: str) -> Iterator[str]:
    """What the user makes of *text* in a file that is named like *name*.

    The file is removed once the body is done; if anything fails before, it is said where it lies.

    Raises:
        RequestError: there is no editor, or it cannot be run.
        NoError: it was left with an error, or without any text.
        DataError: what it saved is no text.
        FileError: the file cannot be written or read.
    """
    words = editor_words(environment)
    path = _written(text, name)
    try:
        run_editor(words, path, left="no draft was made")
        saved = _saved(path)
        yield saved
    except BaseException:
        _keep(path, text)
        raise
    discard(path)


def editor_words(environment: Mapping[str, str]) -> list[str]:
    """The command of the user's editor.

    Raises:
        RequestError: none is named.
    """
    for variable in ("VISUAL", "EDITOR"):
        with contextlib.suppress(ValueError):
            words = shlex.split(environment.get(variable, ""))
            if words:
                return words
    raise RequestError("neither VISUAL nor EDITOR names an editor", hint="export EDITOR=nano")


def _written(text: str, name: str) -> Path:
    try:
        handle, path = tempfile.mkstemp(prefix=f"{name}-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text)
    except OSError as error:
        raise FileError(f"{error.filename or tempfile.gettempdir()}: {reason(error)}") from error
    return Path(path)


def run_editor(words: list[str], path: Path, *, left: str) -> None:
    """Let the user edit *path* by the command *words*; *left* is what follows from a failure.

    Raises:
        RequestError: it cannot be run.
        NoError: it ended with an error.
    """
    # Where the output goes into a file or a program, the editor must not draw into it.
    screen = None if sys.stdout.isatty() else 2
    # Ctrl-C is for the editor, as long as it runs.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        code = subprocess.run([*words, str(path)], stdout=screen, check=False).returncode
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        raise RequestError(f'the editor "{words[0]}" cannot be run: {why}') from error
    finally:
        signal.signal(signal.SIGINT, before)
    if code:
        raise NoError(f'the editor "{words[0]}" ended with {code}: {left}')


def _saved(path: Path) -> str:
    decoded = decode(read_bytes(path), str(path))
    if decoded.problems:
        raise DataError("what the editor saved cannot be read", problems=decoded.problems)
    if not decoded.text.strip():
        raise NoError("there is no text left: no draft was made")
    return decoded.text


def _keep(path: Path, text: str) -> None:
    """Say where *path* lies, unless nothing is in it that was not in *text*."""
    with contextlib.suppress(FileError):
        content = read_bytes(path)
        if not content.strip() or content == text.encode("utf-8", "replace"):
            discard(path)
            return
    terminal.talk(f"leadctl: what you have typed lies in {path}")
