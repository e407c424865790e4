"""Commands for the working day: prospects, pipeline."""

from __future__ import annotations

from typing import Annotated

import typer

from leadctl.cli.options import QueryArgument, reads
from leadctl.cli.session import Session
from leadctl.render.formats import Foreign

app = typer.Typer()

#: How many contacts people see under each tab unless they ask for more.
_TAB_ROWS = 5


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
    from leadctl.cli.tabs import read_tabs
    from leadctl.pipelines import board, off_pipeline

    limit = session.options.limit
    if limit is None and not session.is_machine_read():
        limit = _TAB_ROWS
    tabs, counts = read_tabs(session, query or (), limit=limit or 0)
    session.show(
        board(tabs, session.stages, session.today, schema=session.schema, columns=session.columns),
        if_empty="nobody is here; `leadctl list` shows everybody",
    )
    session.hint(off_pipeline(session.stages, counts))
