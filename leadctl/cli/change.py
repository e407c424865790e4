"""Commands that change contacts: add, set-status, set, remove."""

from __future__ import annotations

from functools import partial
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
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Of the person or organisation; - reads them.")
    ],
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

    With - in place of the name, people are read from stdin: one a line, as `Name` or
    `Name <mail>`, or as JSON, as `list --json` prints it. All of them or none; then only their
    ids are printed. The options hold for all of them, where a person does not say otherwise.

    \b
    Examples:
      leadctl add "Ada Lovelace" --email ada@example.com --source Referral
      leadctl add "Byron & Sons" --phone "+44 20 7946 0101" --set budget=250000
      leadctl add "Grace Hopper" --status Engage -m "met at the open house"
      echo "Ada Lovelace <ada@example.com>" | leadctl add - --source Fair
    """
    from leadctl.cli.adding import assignments_of, new_contact

    is_list = name == "-"
    given = assignments_of(
        session,
        {"name": "" if is_list else name, "company": company, "source": source},
        {"email": email, "phone": phone, "tags": tag},
        fields or (),
    )
    new = partial(
        new_contact,
        session,
        note=note,
        reason=reason,
        twice=allow_duplicate,
        again=allow_suppressed,
    )
    if is_list:
        from leadctl.cli.adding_many import add_people

        add_people(session, given, new, status=status)
        return
    carry_out(session, lambda stamp: new(given, stamp, status=status))


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


@writes(app, "edit")
def edit(
    session: Session,
    who: Annotated[
        str, typer.Argument(metavar="WHO", help="Id, e-mail, phone or name of one contact.")
    ],
    resume: Annotated[
        Path | None,
        typer.Option("--resume", metavar="FILE", help="Go on with an edit that was kept."),
    ] = None,
    note: NoteOption = "",
    reason: ReasonOption = "",
    exact: ExactOption = False,
) -> None:
    """Edit a contact in your editor, as the file has it.

    VISUAL or EDITOR names the editor, such as nano or "code --wait". What is typed is checked as
    a change by any other command; a mistake opens the text again with the message on top. Left as
    it is, or emptied, nothing changes. What was typed is never lost: if it cannot be taken in, it
    is said where it lies. For stages.yaml there is `leadctl stages edit`.

    \b
    Examples:
      leadctl edit chloe-bergeron
      leadctl edit chloe-bergeron -m "wants to see houses next week"
    """
    from leadctl.cli.edit_text import Typed
    from leadctl.cli.record_editing import edit_contact

    given = Typed("", note=note, reason=reason)
    edit_contact(session, who, given, is_exact=exact, resume=resume)


@chooses(app, "remove")
def remove(
    session: Session,
    who: WhoArgument = None,
    where: WhereOption = None,
    everybody: AllOption = False,
    note: NoteOption = "",
    exact: ExactOption = False,
) -> None:
    """Take contacts out of the book, with their follow-ups and plans.

    For what should not have been there: a double, a test, a wrong number. Their history stays in
    the journal, and `leadctl undo` brings all of it back.
    Who has only gone cold stays: set-status Inactive, which keeps them findable and in the reports.
    Who asks to be erased is erased by `leadctl forget`, for good, the history included.

    \b
    Examples:
      leadctl remove chloe-bergeron -m "entered twice"
      leadctl list -f ids source:Test | leadctl remove -
      leadctl remove --where 'source:Test' --dry-run
    """
    from leadctl.cli.removing import take_out

    take_out(session, chosen(who, where=where, everybody=everybody, exact=exact), note=note)
