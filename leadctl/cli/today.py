"""Commands for the working day: prospects, pipeline, board."""

from __future__ import annotations

from typing import Annotated

import typer

from leadctl.cli.options import QueryArgument, reads
from leadctl.cli.session import Session
from leadctl.render.formats import Foreign

app = typer.Typer()

#: How many contacts people see under each tab unless they ask for more.
_TAB_ROWS = 5
#: And how many cards in each column of the board: what a terminal of 24 lines has room for.
_CARDS = 10


@reads(app, "prospects", Foreign.ICS, Foreign.VCF)
def prospects(
    session: Session,
    query: QueryArgument = None,
    ahead: Annotated[
        str, typer.Option("--ahead", metavar="DAYS", help="Also who is due within, such as 3d.")
    ] = "",
    explain: Annotated[
        str,
        typer.Option("--explain", metavar="WHO", help="Why somebody is on the list, or is not."),
    ] = "",
    new_since: Annotated[
        str,
        typer.Option("--new-since", metavar="DATE", help="Only what was no reason on that day."),
    ] = "",
    fail_empty: Annotated[
        bool, typer.Option("--fail-empty", help="Exit 1 if nobody is to be contacted.")
    ] = False,
) -> None:
    """List whom to contact today, most urgent first, and why.

    \b
    Examples:
      leadctl prospects
      leadctl prospects --limit 5 owner:marta
      leadctl prospects --ahead 3d
      leadctl prospects --as-of 2026-12-01
      leadctl prospects --new-since yesterday
      leadctl prospects --explain chloe-bergeron
      leadctl prospects --ahead 7d --format ics
    """
    from leadctl.cli.prospecting import explain_one, show_list

    if explain:
        explain_one(session, explain, query, new_since)
    else:
        show_list(session, query, ahead, new_since=new_since, fail_empty=fail_empty)


@reads(app, "pipeline")
def pipeline(session: Session, query: QueryArgument = None) -> None:
    """Show the pipeline: a tab for each status, with counts.

    Words that are statuses choose tabs; the rest is a query.
    On a table each tab shows 5 contacts, the most overdue ones; --limit shows more or fewer.

    \b
    Examples:
      leadctl pipeline
      leadctl pipeline New Engage
      leadctl pipeline Active owner:marta --limit 0
      leadctl pipeline --format csv
    """
    from leadctl.cli.tabs import show_tabs

    show_tabs(session, query or (), rows=_TAB_ROWS)


@reads(app, "board")
def board(session: Session, query: QueryArgument = None) -> None:
    """Show the pipeline as a board: statuses side by side.

    A card is a contact: the name, and when the next touch is due; --columns shows something else.
    Words that are statuses choose columns; the rest is a query. Each column holds 10 cards, the
    most overdue ones; --limit shows more or fewer. Where a terminal has no room for that, and off
    a terminal, one status stands below another.

    \b
    Examples:
      leadctl board
      leadctl board New Engage
      leadctl board owner:marta --limit 20
      leadctl board --columns name,phone
    """
    from leadctl.cli.tabs import show_tabs

    show_tabs(session, query or (), rows=_CARDS, is_side_by_side=True)
