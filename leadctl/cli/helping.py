"""The command that tells of commands and topics: help."""

from __future__ import annotations

from typing import Annotated

import typer

from leadctl.cli.group import Command

app = typer.Typer()


@app.command("help", cls=Command)
def show_help(
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC|COMMAND]...",
            help="A command or a topic; all if left out.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Show all commands and topics, or tell more of one.

    Topics are query, stages, formats, exit-codes, environment, cron, files and safety. Of a
    command it is what -h shows.

    \b
    Examples:
      leadctl help
      leadctl help query
      leadctl help set-status
      leadctl help todo add
    """
    from leadctl.cli.telling import tell

    return tell(name or [])
