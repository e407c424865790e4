"""The reports: what happened and where things stand, in figures."""

from __future__ import annotations

from typing import Annotated

import typer

from leadctl.cli.options import QueryArgument, shows
from leadctl.cli.session import Session

app = typer.Typer()
_HELP = """Count and measure what happened.

\b
Examples:
  leadctl report status
  leadctl report funnel --period 2026Q4
"""
reports = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help=_HELP)
app.add_typer(reports, name="report")

_NOTHING = "nothing to count; leave out the query or the period, or see `leadctl report status`"

_ARRIVED = "Only those who came in then: 2026, 2026Q4, 2026-11, last month, 2026-01..2026-06."
_HAPPENED = "Only what happened then: 2026, 2026Q4, 2026-11, last month, 2026-01..2026-06."
ArrivedOption = Annotated[str, typer.Option("--period", metavar="WHEN", help=_ARRIVED)]
HappenedOption = Annotated[str, typer.Option("--period", metavar="WHEN", help=_HAPPENED)]


@shows(reports, "status")
def report_status(session: Session, query: QueryArgument = None) -> None:
    """Count contacts by status, and how many of them are due.

    \b
    Examples:
      leadctl report status
      leadctl report status source:Referral
      leadctl report status --json
    """
    from leadctl.reports.status import FLAGS, status_report

    flags = {name: session.where(text) for name, text in FLAGS.items()}
    session.show(
        status_report(session.index.journeys(), session.query(query), session.stages, flags)
    )


@shows(reports, "funnel")
def report_funnel(
    session: Session,
    query: QueryArgument = None,
    period: ArrivedOption = "",
    by: Annotated[
        str, typer.Option("--by", metavar="WORD", help="status, or move: from one to another.")
    ] = "status",
) -> None:
    """Show how many got into each status, and what became of them.

    \b
    Examples:
      leadctl report funnel
      leadctl report funnel --period 2026
      leadctl report funnel --by move source:Website
    """
    from leadctl.cli.questions import asked
    from leadctl.reports.funnel import funnel_report

    session.show(funnel_report(asked(session, query, period, by)), if_empty=_NOTHING)


@shows(reports, "ageing")
def report_ageing(
    session: Session,
    query: QueryArgument = None,
    period: Annotated[
        str, typer.Option("--period", metavar="WHEN", help="Count stays that ended then.")
    ] = "",
    by: Annotated[
        str, typer.Option("--by", metavar="FIELD", help="status, stage, or a field such as owner.")
    ] = "status",
) -> None:
    """Show how long contacts stay in a status.

    Those who left it are counted apart from those who are in it.

    \b
    Examples:
      leadctl report ageing
      leadctl report ageing --period 2026Q4
      leadctl report ageing --by owner status:Active
    """
    from leadctl.cli.questions import asked
    from leadctl.reports.ageing import ageing_report

    session.show(ageing_report(asked(session, query, period, by)), if_empty=_NOTHING)


@shows(reports, "touches")
def report_touches(
    session: Session,
    query: QueryArgument = None,
    period: ArrivedOption = "",
    by: Annotated[
        str,
        typer.Option("--by", metavar="FIELD", help="status, stage, month, or a field: owner."),
    ] = "status",
) -> None:
    """Show whether contacts are touched often enough.

    How often that is, their status says.

    \b
    Examples:
      leadctl report touches
      leadctl report touches --by owner
      leadctl report touches tag:investor --as-of 2026-11-01
    """
    from leadctl.cli.questions import asked
    from leadctl.reports.touches import touches_report

    session.show(touches_report(asked(session, query, period, by)), if_empty=_NOTHING)


@shows(reports, "activity")
def report_activity(
    session: Session,
    query: QueryArgument = None,
    period: HappenedOption = "",
    by: Annotated[
        str,
        typer.Option("--by", metavar="UNIT", help="day, week, month, quarter, year, who, via."),
    ] = "week",
) -> None:
    """Count touches by week and channel.

    It is the last twelve weeks unless told otherwise.

    \b
    Examples:
      leadctl report activity
      leadctl report activity --by month --period 2026
      leadctl report activity --by who --period "this week"
    """
    from leadctl.cli.questions import asked, undone
    from leadctl.reports.activity import activity_report

    question = asked(session, query, period, by)
    session.show(activity_report(question, void=undone(session)), if_empty=_NOTHING)


@shows(reports, "sources")
def report_sources(
    session: Session,
    query: QueryArgument = None,
    period: ArrivedOption = "",
    by: Annotated[
        str,
        typer.Option("--by", metavar="FIELD", help="source, month, or a field such as owner."),
    ] = "source",
) -> None:
    """Show where contacts come from, and how many of them are won.

    \b
    Examples:
      leadctl report sources
      leadctl report sources --period 2026
      leadctl report sources --by owner
    """
    from leadctl.cli.questions import asked
    from leadctl.reports.sources import sources_report

    session.show(sources_report(asked(session, query, period, by)), if_empty=_NOTHING)


@shows(reports, "speed")
def report_speed(
    session: Session,
    query: QueryArgument = None,
    period: ArrivedOption = "",
    by: Annotated[
        str, typer.Option("--by", metavar="FIELD", help="all, month, or a field such as owner.")
    ] = "all",
) -> None:
    """Show how soon new contacts were called and won.

    Between the two it is told how soon they were reached and qualified.

    \b
    Examples:
      leadctl report speed
      leadctl report speed --period "last quarter"
      leadctl report speed --by owner
    """
    from leadctl.cli.questions import asked
    from leadctl.reports.speed import speed_report

    session.show(speed_report(asked(session, query, period, by)), if_empty=_NOTHING)


@shows(reports, "lost")
def report_lost(
    session: Session,
    query: QueryArgument = None,
    period: HappenedOption = "",
    by: Annotated[
        str,
        typer.Option("--by", metavar="WORD", help="reason, from, into, month, or a field."),
    ] = "reason",
) -> None:
    """Show who was lost, and why.

    \b
    Examples:
      leadctl report lost
      leadctl report lost --by from --period 2026
      leadctl report lost --by month
    """
    from leadctl.cli.questions import asked
    from leadctl.reports.lost import lost_report

    session.show(lost_report(asked(session, query, period, by)), if_empty=_NOTHING)
