"""Commands that look: list, show, history, values."""

from __future__ import annotations

from typing import Annotated

import typer

from leadctl.cli.options import ExactOption, QueryArgument, reads, shows
from leadctl.cli.session import Session
from leadctl.errors import RequestError
from leadctl.render.formats import Foreign

app = typer.Typer()

_NOBODY = "nobody matches; `leadctl list` shows everybody"


@reads(app, "list", Foreign.VCF)
def list_contacts(session: Session, query: QueryArgument = None) -> None:
    """List contacts: all, or those that match a query.

    \b
    Examples:
      leadctl list
      leadctl list status:Engage touched:..-30d
      leadctl list stage:Hot -has:phone --sort -created --limit 5
      leadctl list is:overdue --columns id,name,phone,overdue_days
      leadctl list tag:buyer --format csv
    """
    from leadctl.listing import contact_table

    entries = session.select(session.query(query))
    if session.options.foreign:
        from leadctl.cli.foreign import show_address_book

        show_address_book(session, entries)
        return
    table = contact_table(
        entries, session.stages, session.today, schema=session.schema, columns=session.columns
    )
    session.show(table, if_empty=_NOBODY)


@shows(app, "show", Foreign.VCF)
def show_contact(
    session: Session,
    who: Annotated[str, typer.Argument(metavar="WHO", help="Id, e-mail, phone or name.")],
    exact: ExactOption = False,
) -> None:
    """Show all about a contact: fields, clock, last events.

    \b
    Examples:
      leadctl show chloe-bergeron
      leadctl show "chloe bergeron"
      leadctl show chloe-bergeron --json
    """
    from leadctl.cards import contact_card
    from leadctl.what_counts import effective

    entry = session.judged(session.one(who, is_exact=exact))
    if session.options.foreign:
        from leadctl.cli.foreign import show_address_book

        show_address_book(session, [entry])
        return
    events = effective(session.index.events(contact=entry.contact.id))
    session.show(contact_card(entry, events, session.stages, session.today, schema=session.schema))


@shows(app, "history")
def history(
    session: Session,
    who: Annotated[str, typer.Argument(metavar="[WHO]", help="Of whom; everybody if empty.")] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="What happened on that day or later.")
    ] = "",
    op: Annotated[
        str, typer.Option("--op", metavar="ID", help="Only what that operation did.")
    ] = "",
    limit: Annotated[
        int, typer.Option("--limit", min=0, metavar="N", help="The last N; 0: all.")
    ] = 0,
) -> None:
    """Show who did what when, oldest first.

    \b
    Examples:
      leadctl history chloe-bergeron
      leadctl history --since -7d
      leadctl history --limit 20 --json
    """
    from leadctl.histories import history_table
    from leadctl.what_counts import voided

    # Whoever is only in the journal any more is named by the id, or by what replaced it.
    is_past = bool(who) and bool(session.index.events(contact=who))
    id_ = who if is_past or not who else session.one(who).contact.id
    events = session.index.events(contact=id_, op=op, since=session.day(since, "--since"))
    if op and not session.index.knows_op(op):
        raise RequestError(f'no operation "{op}"', hint="`leadctl history` lists them")
    void = voided(session.index.events(kinds=("undone",)))
    table = history_table(events[-limit:], with_contact=not who, void=void)
    session.show(table, if_empty="nothing has happened; what you do is noted: leadctl touch WHO")


@shows(app, "values")
def values(
    session: Session,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A field of the contacts.")],
    query: QueryArgument = None,
) -> None:
    """List the values of a field and how many have each.

    \b
    Examples:
      leadctl values source
      leadctl values tags status:Active
    """
    from leadctl.listing import value_table

    wanted = session.schema.get(field)
    table = value_table(wanted, session.index.values(wanted.name, session.query(query)))
    session.show(table, if_empty=f"nobody has it; give it: leadctl set WHO {wanted.name}=…")
