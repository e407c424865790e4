"""The typer application: its own options, its commands in the order of the help, its errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Annotated, TypeVar

import typer
from typer.exceptions import Abort, Exit, TyperException
from typer.models import CommandInfo, TyperInfo

from leadctl import __version__
from leadctl.cli.commands import COMMANDS
from leadctl.cli.group import Group, Root
from leadctl.errors import ExitCode

_Declared = TypeVar("_Declared", CommandInfo, TyperInfo)
_HELP_OPTIONS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def run(arguments: Sequence[str], *, modules: Sequence[str]) -> int:
    """Run *arguments* with the commands that *modules* declare; if they name one, it is enough.

    Raises:
        RequestError: the words do not fit any command.
        BrokenPipeError: nobody reads the output any more.
    """
    named = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    program = application(modules, only=named)
    try:
        # Typer returns the code of its own ends: 0 after the help, 130 after an interrupt.
        code = program(list(arguments), prog_name="leadctl", standalone_mode=False)
    except Abort:
        return ExitCode.INTERRUPTED
    except TyperException as error:
        from leadctl.cli.wrong_words import request_error

        raise request_error(error, arguments) from error
    except SystemExit as error:
        # This is how typer takes a broken pipe.
        raise BrokenPipeError from error
    return code if isinstance(code, int) else ExitCode.DONE


def require_parsable(arguments: Sequence[str], *, module: str) -> None:
    """Parse *arguments*, whose first names a command that *module* declares, and do no more.

    Raises:
        RequestError: the command does not take them.
    """
    name = arguments[0]
    command = typer.main.get_command(application([module], only=name))
    try:
        found = command.get_command(typer.Context(command), name)  # type: ignore[attr-defined]
        found.make_context(name, list(arguments[1:]))
    except TyperException as error:
        from leadctl.cli.wrong_words import request_error

        raise request_error(error, arguments) from error


def application(modules: Sequence[str], *, only: str = "") -> typer.Typer:
    """The application with the commands that *modules* of this room declare, or one of them.

    Typer looks at the parameters of all that it is given, 2 ms for each command.
    """
    program = typer.Typer(
        cls=Root,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=_HELP_OPTIONS,
    )
    program.callback()(_root)
    for module in modules:
        part = import_module(f"leadctl.cli.{module}").app
        program.registered_commands += _those(part.registered_commands, only)
        program.registered_groups += _those(part.registered_groups, only)
    for group in program.registered_groups:
        group.cls = Group
    return program


def _those(declared: Iterable[_Declared], only: str) -> Iterator[_Declared]:
    return (each for each in declared if only in ("", each.name))


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"leadctl {__version__}")
        raise Exit(ExitCode.DONE)


def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """A command-line CRM over flat files: whom to contact today, and why."""
