"""Where the cursor is on a half-typed line: in which command, and at which option or argument."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leadctl.cli.commands import COMMANDS


@dataclass(frozen=True, slots=True)
class Slot:
    """Where the cursor is: what is asked for there, and what of the word is not part of it."""

    #: An option or argument as typer has it; None: options of `command` are asked for.
    parameter: Any
    command: Any
    partial: str
    prefix: str = ""
    folder: Path | None = None
    #: The arguments that stand in front.
    words: tuple[str, ...] = ()


def slot_at(words: Sequence[str], partial: str) -> Slot | None:
    """Where in which command the cursor is; None: the name of the command itself is missing."""
    from leadctl.cli.main import leading_options

    rest = list(words)
    front = leading_options(rest)
    if not words and not partial.startswith("-"):
        return None
    if not rest:
        # What stands in front of a command are options that all of them have.
        slot = _in_command(command_named("list"), front, partial)
        is_option = slot.parameter is None or slot.parameter.param_type_name == "option"
        return slot if is_option else None
    command = command_named(rest.pop(0))
    if hasattr(command, "commands"):
        front += leading_options(rest)
        if not rest:
            return Slot(None, command, partial)
        command = command.commands.get(rest.pop(0))
    return (
        Slot(None, None, partial)
        if command is None
        else _in_command(command, [*front, *rest], partial)
    )


def command_named(name: str) -> Any:
    """The command *name* as typer has it, None if there is none."""
    import typer.main

    from leadctl.cli.program import application

    if name not in COMMANDS:
        return None
    group: Any = typer.main.get_command(application([COMMANDS[name]], only=name))
    return group.commands.get(name)


def _in_command(command: Any, words: Sequence[str], partial: str) -> Slot:
    options = {
        spelling: each
        for each in command.params
        if each.param_type_name == "option"
        for spelling in (*each.opts, *each.secondary_opts)
    }
    waiting, is_plain, folder = None, False, None
    plain: list[str] = []
    for word in words:
        name, equals, value = word.partition("=")
        option = options.get(name)
        if waiting is not None:
            folder = Path(word) if waiting.name == "book" else folder
            waiting = None
        elif word == "--":
            is_plain = True
        elif is_plain or not word.startswith("-") or word == "-":
            plain.append(word)
        elif option is not None and equals:
            folder = Path(value) if option.name == "book" else folder
        elif option is not None and not option.is_flag:
            waiting = option
    if waiting is not None:
        done, blank, last = (
            partial.rpartition(" ") if waiting.name == "where" else ("", "", partial)
        )
        return Slot(waiting, command, last, done + blank, folder)
    name, equals, value = partial.partition("=")
    if partial.startswith("--") and equals and not is_plain:
        option = options.get(name)
        return Slot(option, command if option else None, value, f"{name}=", folder)
    if partial.startswith("-") and not is_plain and ":" not in partial:
        return Slot(None, command, partial)
    argument = _argument(command, len(plain))
    within = command if argument else None
    return Slot(argument, within, partial, folder=folder, words=tuple(plain))


def _argument(command: Any, count: int) -> Any:
    """The argument that comes behind *count* others, None if there is none."""
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    if count < len(arguments):
        return arguments[count]
    return arguments[-1] if arguments and arguments[-1].nargs == -1 else None
