"""The command that shows a book at a glance, overview; and what `leadctl` alone says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from leadctl.cli.options import shows
from leadctl.cli.session import Session

if TYPE_CHECKING:
    from leadctl.overviews import Sight

app = typer.Typer()

#: So many of each kind are shown.
_MOST = 5
_WELCOME = """\
There is no book here. To start:

  leadctl init demo --example   an example book to try everything on
  leadctl init mybook           a book of your own
  leadctl -h                    all commands
"""


@shows(app, "overview")
def overview(session: Session) -> None:
    """Show the book at a glance: who is due, and with what.

    It is what `leadctl` without any word shows.

    \b
    Examples:
      leadctl overview
      leadctl overview --json
    """
    from leadctl.overviews import overview as overview_card

    session.show(overview_card(_sight(session), session.stages))


def words_of_nothing() -> list[str]:
    """The words that `leadctl` alone stands for; none if there is no book, and that was said."""
    from leadctl.cli import terminal
    from leadctl.cli.opening import is_book_at_hand

    if is_book_at_hand(os.environ):
        return ["overview"]
    terminal.say(_WELCOME.rstrip("\n"))
    return []


def _sight(session: Session) -> Sight:
    from leadctl.cli.prospecting import found_by
    from leadctl.overviews import Sight
    from leadctl.planning.todo_tables import follow_up_table
    from leadctl.prospecting.prospect_views import prospect_table
    from leadctl.prospecting.ranking import ranking
    from leadctl.query.sql import EVERYTHING

    index, stages, day = session.index, session.stages, session.today
    found = found_by(session, None, 0, limit=_MOST)
    agenda = index.agenda(EVERYTHING, until=day)
    shown = agenda[:_MOST]
    times = ("time",) if any(each.time for each, _ in shown) else ()
    return Sight(
        today=day,
        contacts=index.count(EVERYTHING),
        counts=index.counts(EVERYTHING, "status"),
        due=index.count(ranking(day, stages, rules=index.rules).listed),
        prospects=prospect_table(
            found, stages, day, schema=session.schema, columns=("id", "name", "status", "reasons")
        ),
        follow_ups=agenda,
        agenda=follow_up_table(shown, day, columns=("due", *times, "name", "what")),
        problems=len(index.problems()),
    )
