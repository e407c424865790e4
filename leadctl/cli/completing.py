"""What a shell is told on TAB: the words so far → candidates, from the commands and the book.

It is asked by the scripts that `leadctl completion` prints, reads only, and never complains.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from leadctl.candidates import (
    Vocabulary,
    assignments,
    beginning_with,
    is_safe,
    listed,
    query_terms,
)
from leadctl.cli.commands import COMMANDS
from leadctl.errors import ExitCode
from leadctl.fields import Schema
from leadctl.ids import is_valid_id

#: What the scripts do themselves: the shell knows best how to offer files.
FILES, FOLDERS = ":files", ":folders"
#: Words of which more than this begin alike are not worth reading.
_MOST = 5000
_OPERATIONS = 50
#: What stands in the help for a word that the book tells.
_OF_DATA = frozenset(
    ("WHO", "QUERY", "STATUS", "ST", "FIELD", "FIELDS", "A", "ID", "OP", "STAGE", "TODO", "PLAN")
) | {"REASON"}
#: Seconds after which a TAB without an answer is answered with nothing.
_PATIENCE = 5.0
#: What a half-typed word may hold; one with a quote, a `$` or the like is left to its writer.
_PLAIN = re.compile(r"[A-Za-z0-9 ._:=,@+-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where the cursor is: what is asked for there, and what of the word is not part of it."""

    #: An option or argument as typer has it; None: options of `command` are asked for.
    parameter: Any
    command: Any
    partial: str
    prefix: str = ""
    folder: Path | None = None


def answer(words: Sequence[str]) -> int:
    """Print what may stand in place of the last of *words*, one a line; nothing if in doubt.

    The first word is the shell: bash, zsh or fish.
    """
    # Whatever is wrong, the line that is being typed is no place to say so.
    with contextlib.suppress(Exception), _patience():
        shell, *typed = words
        for each in _found(typed[:-1], typed[-1] if typed else ""):
            sys.stdout.write(_spelt(each, shell) + "\n")
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


def _spelt(candidate: str, shell: str) -> str:
    # zsh and fish quote what they insert, bash inserts it as it is.
    return candidate.replace(" ", "\\ ") if shell == "bash" else candidate


def _found(before: Sequence[str], typed: str) -> list[str]:
    partial = typed.replace("\\ ", " ")
    if not _PLAIN.fullmatch(partial):
        return []
    words = [_unquoted(word) for word in before]
    slot = _slot(words, partial)
    if slot is None:
        return beginning_with(partial, COMMANDS)
    found = list(_candidates(slot))
    if found in ([FILES], [FOLDERS]):
        return found
    fitting = (each for each in beginning_with(slot.partial, found) if _PLAIN.fullmatch(each))
    return [slot.prefix + each for each in fitting][:_MOST]


def _unquoted(word: str) -> str:
    """*word* without quotes; nothing in it is expanded, but for the home folder in front."""
    try:
        parts = shlex.split(word)
    except ValueError:
        return word
    plain = parts[0] if len(parts) == 1 else word
    return str(Path(plain).expanduser()) if plain.startswith("~/") else plain


def _slot(words: Sequence[str], partial: str) -> _Slot | None:
    """Where in which command the cursor is; None: the name of the command itself is missing."""
    from leadctl.cli.main import leading_options

    rest = list(words)
    front = leading_options(rest)
    if not words and not partial.startswith("-"):
        return None
    if not rest:
        # What stands in front of a command are options that all of them have.
        slot = _in_command(_command("list"), front, partial)
        is_option = slot.parameter is None or slot.parameter.param_type_name == "option"
        return slot if is_option else None
    command = _command(rest.pop(0))
    if hasattr(command, "commands"):
        front += leading_options(rest)
        if not rest:
            return _Slot(None, command, partial)
        command = command.commands.get(rest.pop(0))
    return (
        _Slot(None, None, partial)
        if command is None
        else _in_command(command, [*front, *rest], partial)
    )


def _command(name: str) -> Any:
    """The command *name* as typer has it, None if there is none."""
    import typer.main

    from leadctl.cli.program import application

    if name not in COMMANDS:
        return None
    group: Any = typer.main.get_command(application([COMMANDS[name]], only=name))
    return group.commands.get(name)


def _in_command(command: Any, words: Sequence[str], partial: str) -> _Slot:
    options = {
        spelling: each
        for each in command.params
        if each.param_type_name == "option"
        for spelling in (*each.opts, *each.secondary_opts)
    }
    waiting, count, is_plain, folder = None, 0, False, None
    for word in words:
        name, equals, value = word.partition("=")
        option = options.get(name)
        if waiting is not None:
            folder = Path(word) if waiting.name == "book" else folder
            waiting = None
        elif word == "--":
            is_plain = True
        elif is_plain or not word.startswith("-") or word == "-":
            count += 1
        elif option is not None and equals:
            folder = Path(value) if option.name == "book" else folder
        elif option is not None and not option.is_flag:
            waiting = option
    if waiting is not None:
        return _Slot(waiting, command, partial, folder=folder)
    name, equals, value = partial.partition("=")
    if partial.startswith("--") and equals and not is_plain:
        option = options.get(name)
        return _Slot(option, command if option else None, value, f"{name}=", folder)
    if partial.startswith("-") and not is_plain and ":" not in partial:
        return _Slot(None, command, partial)
    argument = _argument(command, count)
    return _Slot(argument, command if argument else None, partial, folder=folder)


def _argument(command: Any, count: int) -> Any:
    """The argument that comes behind *count* others, None if there is none."""
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    if count < len(arguments):
        return arguments[count]
    return arguments[-1] if arguments and arguments[-1].nargs == -1 else None


def _candidates(slot: _Slot) -> Iterable[str]:
    if slot.command is None:
        return ()
    if slot.parameter is None:
        return _of_command(slot.command)
    choices = getattr(slot.parameter.type, "choices", None)
    if choices:
        return [str(getattr(each, "value", each)) for each in choices]
    metavar = slot.parameter.metavar or ""
    if type(slot.parameter.type).__name__ in {"TyperPath", "Path"}:
        return (FOLDERS if "DIR" in metavar else FILES,)
    return _of_data(slot, metavar)


def _of_command(command: Any) -> list[str]:
    """The commands of a group, or the options of a command."""
    known = [
        spelling
        for each in command.params
        if each.param_type_name == "option" and not getattr(each, "hidden", False)
        for spelling in (*each.opts, *each.secondary_opts)
        if spelling.startswith("-")
    ]
    return [*getattr(command, "commands", {}), *known, "--help"]


def _of_data(slot: _Slot, metavar: str) -> Iterable[str]:
    fixed = _fixed(slot.parameter.name, metavar)
    if fixed:
        return fixed
    from leadctl.cli.indexing import current_index
    from leadctl.cli.opening import locate

    words = set(re.findall(r"[A-Z]+", metavar))
    if "TEMPLATE" in words:
        from leadctl.store.templates import template_names

        return tuple(filter(is_safe, template_names(locate(slot.folder, os.environ).root)))
    if not words & _OF_DATA:
        return ()
    index, stages = current_index(locate(slot.folder, os.environ), os.environ)
    if slot.parameter.name in {"todo", "todos"}:
        return [each.id for each in index.follow_ups()[:_OPERATIONS] if is_valid_id(each.id)]
    if slot.parameter.name in {"op", "operation"}:
        return [each for each in index.operations(limit=_OPERATIONS) if is_valid_id(each)]
    vocabulary = Vocabulary(stages, Schema(stages.fields).with_seen(index.own_fields()))
    found: list[str] = []
    if "PLAN" in words:
        found += _plans(slot.folder)
    if "WHO" in words:
        ids = index.ids(slot.partial.lower(), limit=_MOST)
        found += [each for each in ids if is_valid_id(each)]
    if "QUERY" in words:
        found += query_terms(vocabulary, slot.partial)
    if words & {"STATUS", "ST"} or slot.command.name == "pipeline":
        found += vocabulary.statuses
    if "REASON" in words:
        from leadctl.prospecting.criteria import KEPT

        found += [code for code in stages.criteria.codes if code not in KEPT]
    if "FIELD=VALUE" in metavar and "HEADER" not in words:
        found += assignments(vocabulary, slot.partial)
    elif words & {"FIELD", "FIELDS", "A"} and "VALUE" not in words and "HEADER" not in words:
        signs = "-" if slot.parameter.name == "sort" else ""
        found += listed(slot.partial, vocabulary.fields, signs=signs)
    return found


def _plans(folder: Path | None) -> Iterable[str]:
    from leadctl.cli.opening import locate
    from leadctl.store.plan_files import read_plan_files

    return [each.name for each in read_plan_files(locate(folder, os.environ)) if is_safe(each.name)]


def _fixed(name: str, metavar: str) -> tuple[str, ...]:
    """The words that *name* may be in every book."""
    from leadctl import records
    from leadctl.importing import rules
    from leadctl.planning import follow_ups

    if (name, metavar) == ("names", "[NAME]..."):
        from leadctl.checking import CHECKS  # loads much, for one command

        return tuple(filter(is_safe, CHECKS))
    known: Mapping[tuple[str, str], tuple[str, ...]] = {
        ("via", "WAY"): records.VIAS,
        ("how", "WAY"): follow_ups.VIAS,
        ("outcome", "O"): records.OUTCOMES,
        ("into", "WHAT"): rules.INTO,
        ("on_duplicate", "WHAT"): rules.ON_DUPLICATE,
        ("date_order", "ORDER"): rules.DATE_ORDERS,
    }
    return tuple(filter(is_safe, known.get((name, metavar), ())))
