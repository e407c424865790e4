"""The command that takes a command back: undo."""

from __future__ import annotations

from typing import Annotated

import typer

from leadctl.cli.options import writes
from leadctl.cli.session import Session

app = typer.Typer()


@writes(app, "undo")
def undo(
    session: Session,
    op: Annotated[
        str | None,
        typer.Argument(metavar="[OP]", help="The operation, or how its id begins; else the last."),
    ] = None,
    show: Annotated[
        bool, typer.Option("--show", help="Print what would change as a diff; change nothing.")
    ] = False,
) -> None:
    """Take back what one command did, or bring it back.

    Without OP it is the last command that is not undone. Nothing is written if anything that the
    command changed has been changed again since: exit code 4 names it. An undo can be undone too.

    \b
    Examples:
      leadctl undo
      leadctl undo s4rytn --show
      leadctl undo s4ry -n
      leadctl history --op s4rytn
    """
    from leadctl.cli.undoing import take_back

    take_back(session, op, only_show=show)
