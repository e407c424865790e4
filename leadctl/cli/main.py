"""The program: words → command → exit code. The only place that turns an error into one."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from leadctl.cli.commands import COMMANDS
from leadctl.errors import ExitCode, FileError, LeadctlError

#: Commands that have commands of their own, with the word that is meant if none is given.
GROUPS = {"stages": "list", "report": "--help"}

#: Options that may stand before the command although they belong to it.
_SHARED_WITH_VALUE = frozenset(
    {"-b", "--book", "-f", "--format", "--columns", "--sort", "--limit"}
    | {"--color", "--as-of", "--expect", "-m", "--note", "--on"}
)


def run() -> None:
    """Run the command that the shell has passed and exit."""
    # A process this short makes no garbage worth looking for: a tenth of the start goes into it.
    gc.disable()
    # A stream that the caller has closed is None, and its number would go to the next open file.
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream in (sys.stdout, sys.stderr):
        # A name that the locale cannot show must not end the program.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))


def _nowhere(mode: str) -> IO[str]:
    return Path(os.devnull).open(mode, encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Run the command that *words* name; the exit code as documented."""
    try:
        code = _outcome(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough.
        _drop_output()
        return ExitCode.DONE
    except OSError as error:
        _drop_output()
        return _complained(FileError(f"the output cannot be written: {error.strerror or error}"))
    return code


def _outcome(words: Sequence[str]) -> int:
    try:
        return _dispatch(list(words))
    except LeadctlError as error:
        return _complained(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except OSError:
        # The rooms name the file that they could not use: what is left is the output.
        raise
    except Exception:
        import traceback

        traceback.print_exc()
        return ExitCode.BUG


def _complained(error: LeadctlError) -> int:
    from leadctl.cli.terminal import complain

    complain(error)
    return error.exit_code


def _drop_output() -> None:
    """Keep Python from trying once more at exit what it could not write, and complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _dispatch(words: list[str]) -> int:
    from leadctl.cli import program

    arguments = reordered(words)
    return program.run(arguments, modules=_modules(arguments))


def reordered(words: list[str]) -> list[str]:
    """*words* with the shared options that stand before the command moved behind it."""
    rest = list(words)
    front = _leading_options(rest)
    if not rest or rest[0].startswith("-"):
        return [*front, *rest] or ["--help"]
    name = [rest.pop(0)]
    if name[0] in GROUPS:
        front += _leading_options(rest)
        has_word = bool(rest) and (not rest[0].startswith("-") or rest[0] in {"-h", "--help"})
        name.append(rest.pop(0) if has_word else GROUPS[name[0]])
    return [*name, *front, *rest]


def _leading_options(rest: list[str]) -> list[str]:
    """Take the options that *rest* begins with out of it."""
    taken: list[str] = []
    while rest and rest[0].startswith("-") and rest[0] not in {"-h", "--help", "--version", "--"}:
        taken.append(rest.pop(0))
        if taken[-1] in _SHARED_WITH_VALUE and rest:
            taken.append(rest.pop(0))
    return taken


def _modules(arguments: Sequence[str]) -> list[str]:
    """The modules to load: the one of the command, or all where none or no known one is named."""
    known = COMMANDS.get(arguments[0]) if arguments else None
    if known:
        return [known]
    return [] if arguments == ["--version"] else list(dict.fromkeys(COMMANDS.values()))
