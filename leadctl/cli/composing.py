"""Commands that make texts out of a book: draft."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadctl.cli.options import composes
from leadctl.cli.session import Session

app = typer.Typer()


@composes(app, "draft")
def draft(
    session: Session,
    who: Annotated[
        str, typer.Argument(metavar="[WHO]", help="Id, e-mail, phone or name.", show_default=False)
    ] = "",
    template: Annotated[
        str,
        typer.Argument(metavar="[TEMPLATE]", help="A file of templates/.", show_default=False),
    ] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="EMAIL", help="Which of their addresses; else the first.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write a mail that a mail program can open."),
    ] = None,
    edit: Annotated[
        bool, typer.Option("--edit", help="Edit it first, with $VISUAL or $EDITOR.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="Only list the templates.")] = False,
) -> None:
    """Draft a message from a template; it is never sent.

    Without WHO the templates are listed.
    Whoever is marked do-not-contact gets no draft.

    \b
    Examples:
      leadctl draft
      leadctl draft chloe-bergeron viewing
      leadctl draft chloe-bergeron viewing --out chloe.eml
    """
    from leadctl.cli.drafting import Wishes, hand_out, list_templates

    wishes = Wishes(template, to, out, is_edited=edit)
    if list_ or not who:
        list_templates(session, who, wishes)
    else:
        hand_out(session, who, wishes)
