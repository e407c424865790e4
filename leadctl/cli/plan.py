"""The commands for action plans: plan list, show, apply, stop, status."""

from __future__ import annotations

from typing import Annotated

import typer

from leadctl.cli.changing import chosen
from leadctl.cli.options import (
    AllOption,
    ExactOption,
    NoteOption,
    WhereOption,
    chooses,
    shows,
    writes,
)
from leadctl.cli.session import Session

app = typer.Typer()
_HELP = """Begin or stop a plan: steps for weeks to come.

\b
Examples:
  leadctl plan list
  leadctl plan show past-client
  leadctl plan apply new-lead chloe-bergeron --dry-run
"""
plan = typer.Typer(rich_markup_mode=None, help=_HELP)
app.add_typer(plan, name="plan")

NameArgument = Annotated[str, typer.Argument(metavar="PLAN", help="Its file without the ending.")]


@shows(plan, "list")
def list_plans(session: Session) -> None:
    """List the action plans of the book.

    \b
    Examples:
      leadctl plan list
      leadctl plan list --json
    """
    from leadctl.cli.plan_doing import list_all

    list_all(session)


@shows(plan, "show")
def show_plan(session: Session, name: NameArgument) -> None:
    """Show the steps of an action plan, and what ends it.

    \b
    Examples:
      leadctl plan show new-lead
    """
    from leadctl.cli.plan_doing import show

    show(session, name)


@chooses(plan, "apply")
def apply_plan(
    session: Session,
    name: NameArgument,
    who: Annotated[
        list[str] | None,
        typer.Argument(metavar="WHO...", help="Id, e-mail, phone or name; - reads ids."),
    ] = None,
    where: WhereOption = None,
    everybody: AllOption = False,
    start: Annotated[
        str, typer.Option("--start", metavar="DATE", help="The day that steps count from: today.")
    ] = "",
    exact: ExactOption = False,
) -> None:
    """Begin an action plan for contacts.

    Each of its steps becomes a follow-up.

    Nobody has the same plan twice at a time, and nobody who is not to be contacted has one: who is
    named is refused then, and who was chosen by a query is left out.

    \b
    Examples:
      leadctl plan apply new-lead chloe-bergeron
      leadctl plan apply past-client ana-ferreira --start mon --dry-run
      leadctl plan apply new-lead --where 'status:New is:never-touched' --yes
    """
    from leadctl.cli.plan_doing import apply

    apply(session, name, chosen(who, where=where, everybody=everybody, exact=exact), start)


@writes(plan, "stop")
def stop_plan(
    session: Session,
    who: Annotated[
        list[str],
        typer.Argument(metavar="WHO... [PLAN]", help="For whom, and which; else all they have."),
    ],
    note: NoteOption = "",
    exact: ExactOption = False,
) -> None:
    """Stop action plans: the steps that are left go.

    \b
    Examples:
      leadctl plan stop lucia-romano past-client -m "moves abroad" --dry-run
      leadctl plan stop lucia-romano
    """
    from leadctl.cli.plan_doing import stop

    stop(session, who, note=note, is_exact=exact)


@shows(plan, "status")
def plan_status(
    session: Session,
    who: Annotated[
        list[str] | None,
        typer.Argument(metavar="[WHO]...", help="Only these contacts.", show_default=False),
    ] = None,
) -> None:
    """Show which plans run for whom, and what is next.

    It tells as well how far each is.

    \b
    Examples:
      leadctl plan status
      leadctl plan status lucia-romano
      leadctl plan status --json
    """
    from leadctl.cli.plan_doing import show_progress

    show_progress(session, who or ())
