"""The commands for follow-ups: todo add, list, done, move, remove."""

from __future__ import annotations

from typing import Annotated

import typer

from leadctl.cli.options import (
    ExactOption,
    NoteOption,
    OnOption,
    QueryArgument,
    reads,
    writes,
)
from leadctl.cli.session import Session
from leadctl.render.formats import Foreign

app = typer.Typer()
_HELP = """Plan follow-ups, and do them.

Without a command it lists them.

\b
Examples:
  leadctl todo
  leadctl todo add chloe-bergeron "send the offer" --due fri
  leadctl todo done nathan-cho -m "he has read it already"
"""
todo = typer.Typer(rich_markup_mode=None, help=_HELP)
app.add_typer(todo, name="todo")

TodosArgument = Annotated[
    list[str],
    typer.Argument(metavar="TODO...", help="Id, or a contact with one follow-up; - reads ids."),
]
TimeOption = Annotated[
    str, typer.Option("--time", metavar="HH:MM", help="The time of that day, if it matters.")
]


@writes(todo, "add")
def add_follow_up(
    session: Session,
    who: Annotated[str, typer.Argument(metavar="WHO", help="For whom; - reads ids.")],
    what: Annotated[str, typer.Argument(metavar="WHAT", help="What is to be done.")],
    due: Annotated[str, typer.Option("--due", metavar="DATE", help="The day: fri, +3d, …")],
    time: TimeOption = "",
    how: Annotated[
        str, typer.Option("--via", metavar="WAY", help="call, email, …; task reaches nobody.")
    ] = "",
    owner: Annotated[str, typer.Option("--owner", metavar="NAME", help="Who is to do it.")] = "",
    repeat: Annotated[
        str, typer.Option("--repeat", metavar="EVERY", help="Come again: every 3 months.")
    ] = "",
    exact: ExactOption = False,
) -> None:
    """Plan a follow-up for a contact.

    On its day the contact is on the prospect list, before all others.

    \b
    Examples:
      leadctl todo add chloe-bergeron "send the offer" --due fri
      leadctl todo add chloe-bergeron "viewing" --due +3d --time 14:30 --via visit
      leadctl todo add chloe-bergeron "ask again" --due +3m --repeat quarterly
    """
    from leadctl.cli.planning import plan_for

    plan_for(session, who, (what, due, time, how, owner, repeat), is_exact=exact)


@reads(todo, "list", Foreign.ICS)
def list_follow_ups(
    session: Session,
    query: QueryArgument = None,
    until: Annotated[
        str, typer.Option("--until", metavar="DATE", help="Only what is due by that day.")
    ] = "",
) -> None:
    """List follow-ups, earliest first.

    With a query only those of the contacts that match it.

    \b
    Examples:
      leadctl todo list
      leadctl todo list --until today
      leadctl todo list owner:marta --until fri
      leadctl todo list --json
      leadctl todo list --format ics
    """
    from leadctl.cli.planning import show_agenda

    show_agenda(session, query, until)


@writes(todo, "done")
def finish_follow_ups(
    session: Session,
    todos: TodosArgument,
    via: Annotated[
        str, typer.Option(metavar="WAY", help="How; else as planned, else a call.")
    ] = "",
    outcome: Annotated[
        str, typer.Option(metavar="O", help="reached, or attempted (a voicemail is an attempt).")
    ] = "reached",
    on: OnOption = "",
    note: NoteOption = "",
    no_touch: Annotated[bool, typer.Option("--no-touch", help="Nobody was touched by it.")] = False,
) -> None:
    """Finish follow-ups: each becomes a touch of its contact.

    One that repeats comes again on its next day. A task touches nobody.

    \b
    Examples:
      leadctl todo done c40x
      leadctl todo done nathan-cho -m "he has read it already"
      leadctl todo done w3dn --via email --on yesterday
    """
    from leadctl.cli.planning import finish_all

    finish_all(session, todos, (via, outcome, on, note), is_touch=not no_touch)


@writes(todo, "move")
def move_follow_ups(
    session: Session,
    todos: Annotated[
        list[str], typer.Argument(metavar="TODO... DATE", help="Which, and their new day.")
    ],
    time: TimeOption = "",
    note: NoteOption = "",
) -> None:
    """Put follow-ups off to another day.

    \b
    Examples:
      leadctl todo move k7m2 +3d
      leadctl todo move c40x mon --time 9:00 -m "she is away"
    """
    from leadctl.cli.planning import move_all

    move_all(session, todos, time=time, note=note)


@writes(todo, "remove")
def remove_follow_ups(session: Session, todos: TodosArgument, note: NoteOption = "") -> None:
    """Take follow-ups off the list undone.

    \b
    Examples:
      leadctl todo remove k7m2 -m "no longer needed"
    """
    from leadctl.cli.planning import drop_all

    drop_all(session, todos, note=note)
