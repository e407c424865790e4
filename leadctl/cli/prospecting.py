"""What `prospects` does: a query and a day → who is on the list, or why somebody is."""

from __future__ import annotations

from collections.abc import Sequence

from leadctl.cli.session import Session
from leadctl.errors import NoError, RequestError
from leadctl.prospect_views import explanation, prospect_table
from leadctl.prospects import Prospect, prospects, ranking


def explain_one(session: Session, who: str, query: Sequence[str] | None) -> None:
    """Show why *who* is on the list, or is not.

    Raises:
        RequestError: there is a *query* as well.
    """
    if query:
        raise RequestError("--explain is about one contact", hint="leave the query out")
    session.show(explanation(session.one(who), session.stages, session.today))


def show_list(
    session: Session, query: Sequence[str] | None, ahead: str, *, fail_empty: bool
) -> None:
    """Show those of *query* who are to be contacted, also within so long as *ahead* says.

    Raises:
        NoError: nobody is, and *fail_empty* asks for that.
    """
    found = _found(session, query, session.days(ahead, "--ahead"))
    session.name_unknown_statuses()
    if fail_empty and not found:
        raise NoError("nobody is to be contacted")
    session.show(
        prospect_table(
            found, session.stages, session.today, schema=session.schema, columns=session.columns
        )
    )


def _found(session: Session, words: Sequence[str] | None, ahead_days: int) -> list[Prospect]:
    stages, day, limit = session.stages, session.today, session.options.limit or 0
    order = ranking(day, criteria=stages.criteria, ahead_days=ahead_days)
    query = session.query(words) & order.listed
    if session.sort:
        entries = session.select(query)
    else:
        entries = session.index.ranked(query, order.points, limit=limit)
    return prospects(entries, stages, day, ahead_days=ahead_days, keep_order=True)
