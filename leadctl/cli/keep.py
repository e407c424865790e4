"""Commands that keep the book in order: init, check, doctor, convert."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from leadctl.cli.group import Command
from leadctl.cli.options import Options, asks, examines, mends
from leadctl.cli.session import Session, Visit

app = typer.Typer()


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
        BookFormat | None,
        typer.Option("--format", help="One YAML file (if not said), one CSV file, or a file each."),
    ] = None,
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

    said = format_name.value if format_name else ""
    create(folder, preset.value, said, is_example=example)


class DateOrder(StrEnum):
    """What comes first in 01/02/2024."""

    DMY = "dmy"
    MDY = "mdy"


@mends(app, "check")
def check(
    visit: Visit,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Which checks; all if none is named."),
    ] = None,
    fix: Annotated[
        list[str] | None,
        typer.Option("--fix", metavar="NAME", help="Mend what is safe to mend; repeatable."),
    ] = None,
    date_order: Annotated[
        DateOrder | None,
        typer.Option("--date-order", help="For --fix dates: what comes first in 01/02/2024."),
    ] = None,
) -> None:
    """Check the book; silent if all is well.

    Every finding is shown with its place. If there is an error among them, the exit code is 1.

    Checks: files ids statuses dates journal references drift duplicates permissions conflicts
    stages templates.

    Fixes: encoding tabs quotes dates statuses journal permissions shrunk. What changes in contacts
    can be taken back with `leadctl undo`; -n only shows it. What is ambiguous stays as it is.

    \b
    Examples:
      leadctl check
      leadctl check statuses dates
      leadctl check duplicates --json
      leadctl check --fix dates --date-order dmy -n
      leadctl check --fix statuses --fix permissions
    """
    from leadctl.cli.verifying import check_and_fix

    check_and_fix(visit, names or (), fixes=fix or (), order=date_order.value if date_order else "")


@asks(app, "convert")
def convert(
    session: Session,
    wanted: Annotated[BookFormat, typer.Argument(metavar="yaml|csv|dir", help="The new format.")],
) -> None:
    """Keep the book in another format: YAML, CSV, or a folder.

    Contacts and follow-ups are the same afterwards; the journal stays, stages.yaml as well.

    What the new format cannot hold is told before: comments, and lists in fields of your own. Then
    leadctl asks, or wants --yes. The old files are kept aside, so that `leadctl undo` brings them
    back to the byte, as long as nothing else has been changed.

    \b
    Examples:
      leadctl convert csv -n
      leadctl convert csv --yes
      leadctl convert dir --yes
    """
    from leadctl.cli.converting import convert as carry_out

    carry_out(session, wanted.value)


@examines(app, "doctor")
def doctor(options: Options) -> None:
    """Look whether book, machine and settings are in order.

    One line for each thing: ok, warn or fail, and what to type next where it is not ok. With -q
    only these. Nothing is written, and it works without a book, and with a broken one.

    What it prints can be shown to others: it has counts and paths, and nothing of any contact. If
    something is wrong, the exit code is 1.

    \b
    Examples:
      leadctl doctor
      leadctl doctor -q
      leadctl doctor --json
    """
    from leadctl.cli.doctor import examine

    examine(options)
