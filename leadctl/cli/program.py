"""The typer application: its own options, its commands in the order of the help, its errors."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer
from typer.exceptions import Abort, Exit, TyperException

from leadctl import __version__
from leadctl.cli.commands import COMMANDS
from leadctl.errors import ExitCode, RequestError

_HELP_OPTIONS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def run(arguments: Sequence[str], *, modules: Sequence[str]) -> int:
    """Run *arguments* with the commands that *modules* declare.

    Raises:
        RequestError: the words do not fit any command.
        BrokenPipeError: nobody reads the output any more.
    """
    program = application(modules)
    try:
        # Typer returns the code of its own ends: 0 after the help, 130 after an interrupt.
        code = program(list(arguments), prog_name="leadctl", standalone_mode=False)
    except Abort:
        return ExitCode.INTERRUPTED
    except TyperException as error:
        raise _request_error(error, arguments) from error
    except SystemExit as error:
        # This is how typer takes a broken pipe.
        raise BrokenPipeError from error
    return code if isinstance(code, int) else ExitCode.DONE


def application(modules: Sequence[str]) -> typer.Typer:
    """The application with the commands that *modules* of this room declare."""
    program = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=_HELP_OPTIONS,
    )
    program.callback()(_root)
    for module in modules:
        part = import_module(f"leadctl.cli.{module}").app
        program.registered_commands += part.registered_commands
        program.registered_groups += part.registered_groups
    return program


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


def _request_error(error: TyperException, arguments: Sequence[str]) -> RequestError:
    command = arguments[0] if arguments and arguments[0] in COMMANDS else ""
    message = " ".join(error.format_message().split()).rstrip(".")
    return RequestError(
        message[:1].lower() + message[1:], hint=f"leadctl {command} -h".replace("  ", " ")
    )
