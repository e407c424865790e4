"""The program: words → command → exit code. The only place that turns an error into one."""

from __future__ import annotations

import gc
import os
import re
import sys
import warnings
from collections.abc import Sequence
from io import TextIOWrapper

from leadctl.cli.commands import COMMANDS, FIRST
from leadctl.errors import ExitCode, FileError, LeadctlError

#: Commands that have commands of their own, with the word that is meant if none is given.
GROUPS = {"stages": "list", "report": "--help", "todo": "list", "plan": "list"}

#: What the completion scripts ask with; no command for people.
CANDIDATES = "__complete"

#: Options that may stand before the command although they belong to it, with the word that
#: follows them, and those that are a word alone.
SHARED_WITH_VALUE = frozenset(
    {"-b", "--book", "-f", "--format", "--columns", "--sort", "--limit"}
    | {"--color", "--as-of", "--expect", "-m", "--note", "--on"}
    | {"--template", "--where", "--reason"}
)
_SHARED_FLAGS = frozenset(
    {"--json", "--no-header", "--raw", "--strict", "-n", "--dry-run", "-y", "--yes"}
    | {"-q", "--quiet", "-v", "--verbose"}
)
#: Several letters in one word, such as -qb: what follows is for the last of them.
_CLUSTER_WITH_VALUE = re.compile(r"-[nyqv]+[bfm]")
_CLUSTER = re.compile(r"-[nyqv]+([bfm].*)?|-[bfm].+")


def run() -> None:
    """Run the command that the shell has passed and exit."""
    # A process this short makes no garbage worth looking for: a tenth of the start goes into it.
    gc.disable()
    # A stream that the caller has closed is None, and its number would go to the next open file.
    sys.stdin = sys.stdin or _closed("r")
    sys.stdout = sys.stdout or _closed("w")
    sys.stderr = sys.stderr or _closed("w")
    for stream in (sys.stdout, sys.stderr):
        # A name that the locale cannot show must not end the program.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if not sys.warnoptions:
        # They speak to programmers, and quote what the user has typed as it is.
        warnings.simplefilter("ignore")
    sys.exit(main(sys.argv[1:]))


def _closed(mode: str) -> TextIOWrapper:
    """A stream that has nothing to read and, like a closed one, refuses what is written."""
    nowhere = os.open(os.devnull, os.O_RDONLY)
    return TextIOWrapper(os.fdopen(nowhere, f"{mode}b"), encoding="utf-8")


def main(words: Sequence[str]) -> int:
    """Run the command that *words* name; the exit code as documented."""
    try:
        code = _outcome(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough.
        _give_up_output()
        return ExitCode.DONE
    except OSError as error:
        return _complained(FileError(_give_up_output(error)))
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
        return confess()


def _complained(error: LeadctlError) -> int:
    from leadctl.cli.terminal import complain

    complain(error)
    return error.exit_code


def confess() -> int:
    """Tell of a mistake of leadctl where it happened, without the values it happened with."""
    import traceback

    from leadctl.cli.terminal import talk, talk_lines

    talk_lines(traceback.format_exc().rstrip("\n"))
    talk("leadctl: error: this is a mistake in leadctl itself, not in your book")
    talk("hint: please report the lines above; the last may quote your data, so look at it first")
    return ExitCode.BUG


def _give_up_output(error: OSError | None = None) -> str:
    from leadctl.cli.terminal import give_up, unwritable

    give_up(sys.stdout)
    return unwritable(error) if error else ""


def _dispatch(words: list[str]) -> int:
    if words[:1] == [CANDIDATES]:
        from leadctl.cli.completing import answer

        return answer(words[1:])
    from leadctl.cli import program

    if not words:
        from leadctl.cli.glance import words_of_nothing

        words = words_of_nothing()
        if not words:
            return ExitCode.DONE
    arguments = reordered(words)
    return program.run(arguments, modules=_modules(arguments))


def reordered(words: list[str]) -> list[str]:
    """*words* with the shared options that stand before the command moved behind it."""
    rest = list(words)
    front = leading_options(rest)
    if not rest or rest[0].startswith("-"):
        # Whoever asks for help gets it, whatever else was said.
        return rest or front or ["--help"]
    name = [rest.pop(0)]
    if name[0] in GROUPS:
        front += leading_options(rest)
        has_word = bool(rest) and (not rest[0].startswith("-") or rest[0] in {"-h", "--help"})
        name.append(rest.pop(0) if has_word else GROUPS[name[0]])
        if name[1] in {"-h", "--help"}:
            return name
    return [*name, *front, *rest]


def leading_options(rest: list[str]) -> list[str]:
    """Take the shared options that *rest* begins with out of it, and return them."""
    taken: list[str] = []
    while rest and rest[0].startswith("-") and rest[0] not in {"-h", "--help", "--version", "--"}:
        taken.append(rest.pop(0))
        if _takes_value(taken[-1]) and rest:
            taken.append(rest.pop(0))
    return taken


def _takes_value(option: str) -> bool:
    return option in SHARED_WITH_VALUE or bool(_CLUSTER_WITH_VALUE.fullmatch(option))


def is_shared(option: str) -> bool:
    """True if *option* is one that commands share, and that may stand before them."""
    name, has_value, _ = option.partition("=")
    with_value = name in SHARED_WITH_VALUE and (not has_value or name.startswith("--"))
    return with_value or option in _SHARED_FLAGS or bool(_CLUSTER.fullmatch(option))


def _modules(arguments: Sequence[str]) -> list[str]:
    """The modules to load: the one of the command, or what the short help tells of."""
    known = COMMANDS.get(arguments[0]) if arguments else None
    if known:
        return [known]
    if arguments == ["--version"] or (arguments and not arguments[0].startswith("-")):
        return []
    return list(dict.fromkeys(FIRST.values()))
