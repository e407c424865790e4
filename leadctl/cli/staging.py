"""The commands around stages.yaml: stages list, check, add, rename, remove, move, edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadctl.cli.options import NoteOption, ReasonOption, chooses, shows, visits, writes
from leadctl.cli.session import Session, Visit

app = typer.Typer()
_HELP = """Show, check or change stages.yaml.

Without a command it lists the statuses. `leadctl help stages` tells what stands in the file.

\b
Examples:
  leadctl stages
  leadctl stages check
  leadctl stages rename Engage Contacted --dry-run
"""
stages = typer.Typer(rich_markup_mode=None, help=_HELP)
app.add_typer(stages, name="stages")

AfterOption = Annotated[
    str, typer.Option("--after", metavar="STATUS", help="Directly behind that status.")
]
BeforeOption = Annotated[
    str, typer.Option("--before", metavar="STATUS", help="Directly in front of that status.")
]
FirstOption = Annotated[bool, typer.Option("--first", help="In front of all others.")]
LastOption = Annotated[bool, typer.Option("--last", help="Behind all others.")]


@shows(stages, "list")
def list_stages(session: Session) -> None:
    """List the statuses with their intervals and rules.

    \b
    Examples:
      leadctl stages list
      leadctl stages list --json
    """
    from leadctl.query.sql import EVERYTHING
    from leadctl.stage_tables import stage_table

    session.show(stage_table(session.stages, session.index.counts(EVERYTHING, "status")))


@visits(stages, "check")
def check_stages(visit: Visit) -> None:
    """Check stages.yaml: all mistakes in one run.

    \b
    Examples:
      leadctl stages check
    """
    from leadctl.cli.verifying import report, stages_problems

    report(visit, stages_problems(visit))


@writes(stages, "add")
def add_status(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the new status.")],
    stage: Annotated[
        str, typer.Option("--stage", metavar="STAGE", help="Its stage; in none if left out.")
    ] = "",
    after: AfterOption = "",
    before: BeforeOption = "",
    first: FirstOption = False,
    last: LastOption = False,
    touch_every: Annotated[
        str, typer.Option("--touch-every", metavar="INTERVAL", help="'14 days', '1 month', never.")
    ] = "",
    first_touch: Annotated[
        str, typer.Option("--first-touch", metavar="INTERVAL", help="From created to first touch.")
    ] = "",
    limit: Annotated[
        str, typer.Option("--limit", metavar="INTERVAL", help="Longer than that is stuck.")
    ] = "",
) -> None:
    """Add a status to stages.yaml.

    It comes behind the last one of its stage, or of all, unless you say where. Its other settings
    are for your editor.

    \b
    Examples:
      leadctl stages add Viewing --stage Hot --touch-every "3 days" --limit "30 days"
      leadctl stages add "On hold" --after Future --touch-every never
    """
    from leadctl.cli.restaging import add, interval
    from leadctl.stage_order import Place
    from leadctl.stages import Status

    status = Status(
        name,
        stage=stage,
        touch_every=interval(touch_every, "--touch-every"),
        first_touch=interval(first_touch, "--first-touch"),
        limit=interval(limit, "--limit"),
    )
    add(session, status, Place(after, before, first, last))


@chooses(stages, "rename")
def rename_status(
    session: Session,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The status.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
) -> None:
    """Rename a status, in stages.yaml and in its contacts.

    OLD becomes an alias, so that the journal stays readable. Nobody changes status by it: `since`
    stays. If you have renamed it in stages.yaml already, the contacts and the alias follow.

    \b
    Examples:
      leadctl stages rename Engage Contacted --dry-run
      leadctl stages rename Engage Contacted --yes
    """
    from leadctl.cli.restaging import rename

    rename(session, old, new)


@chooses(stages, "remove")
def remove_status(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="STATUS", help="The status that goes.")],
    into: Annotated[
        str, typer.Option("--into", metavar="STATUS", help="Where its contacts go.")
    ] = "",
    note: NoteOption = "",
    reason: ReasonOption = "",
) -> None:
    """Remove a status; its contacts enter another one.

    The name becomes an alias of that one. A status that nobody has can go without --into; then old
    events keep its name.

    \b
    Examples:
      leadctl stages remove Future --into Inactive -m "nobody came back" --dry-run
      leadctl stages remove Future --into Inactive --yes
    """
    from leadctl.cli.restaging import remove

    remove(session, name, into, note=note, reason=reason)


@writes(stages, "move")
def move_status(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="STATUS", help="The status that moves.")],
    after: AfterOption = "",
    before: BeforeOption = "",
    first: FirstOption = False,
    last: LastOption = False,
    stage: Annotated[
        str | None, typer.Option("--stage", metavar="STAGE", help="Into that stage; '' is none.")
    ] = None,
) -> None:
    """Move a status in the pipeline, or into another stage.

    \b
    Examples:
      leadctl stages move Active --after Engage
      leadctl stages move Future --stage Warm --before Engage
      leadctl stages move Inactive --first
    """
    from leadctl.cli.restaging import move
    from leadctl.stage_order import Place

    move(session, name, Place(after, before, first, last), stage)


@writes(stages, "edit")
def edit_stages(
    session: Session,
    resume: Annotated[
        Path | None,
        typer.Option("--resume", metavar="FILE", help="Go on with an edit that was kept."),
    ] = None,
    note: NoteOption = "",
) -> None:
    """Edit stages.yaml in your editor; a mistake is shown at once.

    VISUAL or EDITOR names the editor. A mistake opens the text again with the message on top.
    To rename or remove a status that contacts are in, use `stages rename` and `stages remove`.

    \b
    Examples:
      leadctl stages edit -m "calls take longer now"
    """
    from leadctl.cli.edit_text import Typed
    from leadctl.cli.stages_editing import edit_stages

    edit_stages(session, Typed("", note=note), resume=resume)
