"""Commands for what comes by itself: remind, schedule."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from leadctl.cli.options import QueryArgument, plans, sends
from leadctl.cli.session import Session, Visit

app = typer.Typer()


@sends(app, "remind")
def remind(
    session: Session,
    query: QueryArgument = None,
    once_per_day: Annotated[
        bool, typer.Option("--once-per-day", help="Nothing if it was sent today; mark who is new.")
    ] = False,
    ahead: Annotated[
        str, typer.Option("--ahead", metavar="DAYS", help="Also who is due within, such as 3d.")
    ] = "",
    to: Annotated[
        list[str] | None,
        typer.Option("--to", metavar="ADDRESS", help="Whom to send it to; repeatable."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the mail into a new file.")
    ] = None,
    send: Annotated[bool, typer.Option("--send", help="Send it by a mail server.")] = False,
    sendmail: Annotated[
        bool, typer.Option("--sendmail", help="Send it by a program of this machine.")
    ] = False,
) -> None:
    """Print or mail whom to contact today, promises first.

    After the follow-ups come new leads, then who is due. Nothing is printed or sent if nobody
    is due. Each section shows 10 contacts, --limit N more or fewer; follow-ups are never left out.

    Mail goes as `mail:` in ~/.config/leadctl/config.yaml says, or LEADCTL_SMTP_URL. With
    --once-per-day the next run tries again what could not be sent.

    \b
    Examples:
      leadctl remind
      leadctl remind owner:marta --ahead 3d
      leadctl remind --to marta@example.com --out digest.eml
      leadctl remind --once-per-day --json
    """
    from leadctl.cli import reminding

    by = reminding.way(session, to or (), out=out, by_server=send, by_program=sendmail)
    asked = reminding.Asked(tuple(query or ()), ahead, by, session.options.limit)
    (reminding.remind_once if once_per_day else reminding.remind)(session, asked)


class Scheduler(StrEnum):
    """What runs something at an hour."""

    CRON = "cron"
    SYSTEMD = "systemd"
    LAUNCHD = "launchd"


@plans(app, "schedule")
def schedule(
    visit: Visit,
    scheduler: Annotated[
        Scheduler | None,
        typer.Argument(
            metavar="[cron|systemd|launchd]",
            help="What is to run it; else what this machine has.",
            show_default=False,
        ),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[-- REMIND...]", help="The words after remind.", show_default=False
        ),
    ] = None,
    at: Annotated[str, typer.Option("--at", metavar="HH:MM", help="When, each day.")] = "07:30",
) -> None:
    """Print what makes this machine remind you each day.

    It is for cron, systemd or launchd. Nothing is installed: the first lines say where the rest
    belongs. Without words after -- it is `remind --once-per-day`, whose output cron mails, and with
    --send where nobody mails output.

    \b
    Examples:
      leadctl schedule cron
      leadctl schedule cron --at 6:45 -- owner:marta --once-per-day
      leadctl schedule systemd -- --once-per-day --send --to marta@example.com
      leadctl schedule launchd
    """
    from leadctl.cli.scheduling import print_schedule

    print_schedule(visit, scheduler.value if scheduler else "", words or (), at=at)
