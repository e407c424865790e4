"""What `prospects` does: a query and a day → who is on the list, or why somebody is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from leadctl.cli.session import Session
from leadctl.errors import NoError, RequestError
from leadctl.prospecting.prospect_views import explanation, prospect_table
from leadctl.prospecting.prospects import Prospect, prospects
from leadctl.prospecting.ranking import ranking
from leadctl.render.formats import Foreign


def explain_one(
    session: Session, who: str, query: Sequence[str] | None, new_since: str = ""
) -> None:
    """Show why *who* is on the list, or is not.

    Raises:
        RequestError: there is a *query* as well, or *new_since*, or the format is none for it.
    """
    if query or new_since:
        what = "the query" if query else "--new-since"
        raise RequestError("--explain is about one contact", hint=f"leave {what} out")
    if foreign := session.options.foreign:
        what = "calendar" if foreign is Foreign.ICS else "address book"
        raise RequestError(f"an explanation is no {what}", hint=f"leave --format {foreign} out")
    from leadctl.what_counts import effective

    entry = session.judged(session.one(who))
    events = effective(session.index.events(contact=entry.contact.id))
    session.show(explanation(entry, events, session.stages, session.today))


def show_list(
    session: Session,
    query: Sequence[str] | None,
    ahead: str,
    *,
    new_since: str = "",
    fail_empty: bool,
) -> None:
    """Show those of *query* who are to be contacted, also within so long as *ahead* says.

    With *new_since* only who has a reason that they did not have on that day.

    Raises:
        NoError: nobody is, and *fail_empty* asks for that.
        RequestError: *new_since* has yet to come.
    """
    then, ahead_days = session.day(new_since, "--new-since"), session.days(ahead, "--ahead")
    if then and then > session.today:
        raise RequestError(f"--new-since: {then} has yet to come", hint="name a day that was")
    found = found_by(session, query, ahead_days, limit=0 if then else session.options.limit or 0)
    if then:
        found = those_new(session, found, then, ahead_days)[: session.options.limit or None]
    session.name_unknown_statuses()
    if fail_empty and not found:
        raise NoError("nobody is to be contacted")
    if session.options.foreign is Foreign.ICS:
        _show_calendar(session, found)
        return
    if session.options.foreign is Foreign.VCF:
        from leadctl.cli.foreign import show_address_book

        show_address_book(session, [each.entry for each in found])
        return
    session.show(
        prospect_table(
            found, session.stages, session.today, schema=session.schema, columns=session.columns
        ),
        if_empty="nobody is due; `leadctl prospects --ahead 7d` looks further",
    )


def _show_calendar(session: Session, found: Sequence[Prospect]) -> None:
    from leadctl.cli.foreign import show_calendar
    from leadctl.messages.calendars import prospect_calendar

    show_calendar(session, prospect_calendar(found, session.today, session.moment()))


def those_new(
    session: Session, found: Sequence[Prospect], then: date, ahead_days: int
) -> list[Prospect]:
    """Those of *found* with a reason that they did not have on the day *then*."""
    from leadctl.cli.earlier import entries_on
    from leadctl.prospecting.newly_due import newly_due

    before = entries_on(session, then, found)
    return newly_due(found, then, before, session.stages, ahead_days=ahead_days)


def found_by(
    session: Session, words: Sequence[str] | None, ahead_days: int, *, limit: int
) -> list[Prospect]:
    """Those of the query *words* who are to be contacted; *limit* 0 means all of them."""
    stages, day = session.stages, session.today
    order = ranking(day, stages, ahead_days=ahead_days, rules=session.index.rules)
    query = session.query(words) & order.listed
    if session.sort:
        entries = session.select(query, limit=limit)
    else:
        entries = session.index.ranked(query, order.points, tiers=order.tiers, limit=limit)
    return prospects(entries, stages, day, ahead_days=ahead_days, keep_order=True)
