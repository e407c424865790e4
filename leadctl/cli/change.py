"""Commands that change contacts: add, set-status, set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from leadctl.cli.changing import carry_out, chosen
from leadctl.cli.options import (
    AllOption,
    ExactOption,
    NoteOption,
    OnOption,
    ReasonOption,
    WhereOption,
    WhoArgument,
    chooses,
    writes,
)
from leadctl.cli.session import Session
from leadctl.errors import RequestError
from leadctl.plans import Plan
from leadctl.stamps import Stamp

app = typer.Typer()

_Several = list[str] | None


@writes(app, "add")
def add(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the person or organisation.")],
    email: Annotated[
        _Several, typer.Option("--email", metavar="E", help="May be repeated.")
    ] = None,
    phone: Annotated[
        _Several, typer.Option("--phone", metavar="P", help="May be repeated.")
    ] = None,
    company: Annotated[str, typer.Option("--company", metavar="C", help="Organisation.")] = "",
    source: Annotated[str, typer.Option("--source", metavar="S", help="Where from.")] = "",
    tag: Annotated[_Several, typer.Option("--tag", metavar="T", help="May be repeated.")] = None,
    status: Annotated[str, typer.Option("--status", metavar="ST", help="Not the default.")] = "",
    fields: Annotated[
        _Several, typer.Option("--set", metavar="FIELD=VALUE", help="Any other field.")
    ] = None,
    note: NoteOption = "",
    reason: ReasonOption = "",
    allow_duplicate: Annotated[
        bool, typer.Option("--allow-duplicate", help="Also if e-mail or phone exist already.")
    ] = False,
    allow_suppressed: Annotated[
        bool, typer.Option("--allow-suppressed", help="Also somebody forgotten; needs --note.")
    ] = False,
) -> None:
    """Add a contact; its id is made from the name and printed.

    \b
    Examples:
      leadctl add "Ada Lovelace" --email ada@example.com --source Referral
      leadctl add "Byron & Sons" --phone "+44 20 7946 0101" --set budget=250000
      leadctl add "Grace Hopper" --status Engage -m "met at the open house"
    """
    from leadctl.cli.adding import assignments_of, new_contact

    given = assignments_of(
        session,
        {"name": name, "company": company, "source": source},
        {"email": email, "phone": phone, "tags": tag},
        fields or (),
    )
    carry_out(
        session,
        lambda stamp: new_contact(
            session,
            given,
            stamp,
            status=status,
            note=note,
            reason=reason,
            twice=allow_duplicate,
            again=allow_suppressed,
        ),
    )


@chooses(app, "set-status")
def set_status(
    session: Session,
    status: Annotated[
        str, typer.Argument(metavar="STATUS", help="The new status; left out with --from.")
    ] = "",
    who: WhoArgument = None,
    where: WhereOption = None,
    everybody: AllOption = False,
    moves: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="CSV: id,status,note[,reason,on]; - is stdin."),
    ] = None,
    note: NoteOption = "",
    reason: ReasonOption = "",
    on: OnOption = "",
    exact: ExactOption = False,
) -> None:
    """Change the status of contacts, one or many.

    They are named, listed on stdin, or chosen by a query.
    All of them or none. Where a status asks for a note or a reason, bulk changes do too.

    \b
    Examples:
      leadctl set-status Active chloe-bergeron -m "wants to see houses next week"
      leadctl list -f ids is:overdue status:New | leadctl set-status Engage - -m "done"
      leadctl set-status Inactive --where 'status:Future touched:..-1y' --yes
      leadctl set-status --from moves.csv
    """
    from leadctl.cli.moving import read_moves, require_status
    from leadctl.moves import Move, change_status

    if moves is not None:
        if who or where or everybody:
            raise RequestError("--from names the contacts itself", hint="leave the others out")
        listed = read_moves(session, moves, status, Move("", note, reason, on))
        carry_out(
            session, lambda stamp: change_status(listed(), session.stages, session.today, stamp)
        )
        return
    require_status(session, status, who or ())
    targets = chosen(who, where=where, everybody=everybody, exact=exact)
    day = session.day(on, "--on")
    move = Move(status, note, reason, day.isoformat() if day else "")

    def work_out(stamp: Stamp) -> Plan:
        moving = [(contact, move) for contact in targets.contacts(session)]
        return change_status(moving, session.stages, session.today, stamp)

    carry_out(session, work_out, is_query=targets.is_query)


@chooses(app, "set")
def set_fields(
    session: Session,
    words: Annotated[
        list[str], typer.Argument(metavar="WHO... FIELD=VALUE...", help="Whom, and what to set.")
    ],
    where: WhereOption = None,
    everybody: AllOption = False,
    note: NoteOption = "",
    exact: ExactOption = False,
) -> None:
    """Set fields of contacts, or clear them.

    += adds to a field that holds several values, -= takes away.

    \b
    Examples:
      leadctl set chloe-bergeron company="Bergeron Homes" title=
      leadctl set chloe-bergeron phone+=+1-604-555-0177 tag-=cold
      leadctl set --where 'source:"Open house"' owner=marta --yes
    """
    from leadctl.editing import read_assignments, set_fields, split_words

    who, given = split_words(words)
    if not given:
        raise RequestError("nothing is to be set", hint="write field=value, or field= to clear")
    targets = chosen(who, where=where, everybody=everybody, exact=exact)
    assignments = read_assignments(given, session.schema, session.today)
    carry_out(
        session,
        lambda stamp: set_fields(targets.contacts(session), assignments, note=note, stamp=stamp),
        is_query=targets.is_query,
    )
