"""Commands that keep the book in order: init, stages, check."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from leadctl.cli.group import Command
from leadctl.cli.options import shows, visits
from leadctl.cli.session import Session, Visit

app = typer.Typer()
stages = typer.Typer(rich_markup_mode=None, help="Show or check stages.yaml")
app.add_typer(stages, name="stages")


class Preset(StrEnum):
    """The stages.yaml to start from."""

    CLASSIC = "classic"
    SALES_STAGES = "sales-stages"
    CALLING = "calling"


class BookFormat(StrEnum):
    """How a book keeps its contacts."""

    YAML = "yaml"
    CSV = "csv"
    DIR = "dir"


@app.command("init", cls=Command)
def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="The folder of the book.")
    ] = Path(),
    preset: Annotated[Preset, typer.Option(help="The statuses to start from.")] = Preset.CLASSIC,
    format_name: Annotated[
        BookFormat, typer.Option("--format", help="One YAML file, one CSV file, or a file each.")
    ] = BookFormat.YAML,
    example: Annotated[
        bool, typer.Option("--example", help="Copy the example book of the preset.")
    ] = False,
) -> None:
    """Make a new book in a folder.

    It has a stages.yaml to start from, no contacts and an empty journal.

    The example books: classic is an estate agent (yaml), sales-stages a brokerage (csv), calling
    a caller's leads (dir). Their dates are moved so that they are lively today.

    \b
    Examples:
      leadctl init mybook
      leadctl init leads --preset calling --format csv
      leadctl init demo --example
    """
    from leadctl.cli.creating import create

    create(folder, preset.value, format_name.value, is_example=example)


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


@visits(app, "check")
def check(
    visit: Visit,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="files ids statuses dates journal stages."),
    ] = None,
) -> None:
    """Check the book; silent if all is well.

    Every finding is shown with its place, and the exit code is 1.

    \b
    Examples:
      leadctl check
      leadctl check statuses dates
      leadctl check --strict --json
    """
    from leadctl.cli.verifying import all_problems, report, require_checks

    wanted = require_checks(names or ())
    report(visit, [each for each in all_problems(visit) if each.check in wanted])
