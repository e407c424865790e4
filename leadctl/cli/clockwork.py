"""Commands for the lifecycle clock: touch, snooze, pin, dismiss, advance."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from leadctl.cli.changing import carry_out, chosen
from leadctl.cli.options import (
    ExactOption,
    NoteOption,
    OnOption,
    QueryArgument,
    ReasonOption,
    WhoArgument,
    chooses,
    writes,
)
from leadctl.cli.session import Session
from leadctl.errors import RequestError

if TYPE_CHECKING:
    from leadctl.plans import Step
    from leadctl.records import Contact
    from leadctl.stamps import Stamp

app = typer.Typer()

RemoveFlag = Annotated[bool, typer.Option("--remove", help="Take it back.")]


@writes(app, "touch")
def touch(
    session: Session,
    who: WhoArgument = None,
    via: Annotated[
        str, typer.Option(metavar="WAY", help="call, email, text, meeting, visit, letter, other.")
    ] = "call",
    outcome: Annotated[
        str, typer.Option(metavar="O", help="reached, or attempted (a voicemail is an attempt).")
    ] = "reached",
    on: OnOption = "",
    note: NoteOption = "",
    status: Annotated[
        str, typer.Option("--status", metavar="ST", help="Change the status as well.")
    ] = "",
    reason: ReasonOption = "",
    following: Annotated[
        str, typer.Option("--next", metavar="DATE", help="Plan a follow-up for that day.")
    ] = "",
    what: Annotated[
        str, typer.Option("--what", metavar="TEXT", help="With --next: what is to be done.")
    ] = "",
    exact: ExactOption = False,
) -> None:
    """Record that you touched somebody; the clock starts anew.

    A pin has done its work then and is taken off.

    \b
    Examples:
      leadctl touch chloe-bergeron -m "likes the house on Fern Street"
      leadctl touch chloe-bergeron --via email --outcome attempted --on yesterday
      leadctl touch chloe-bergeron --via meeting --status Active -m "ready to buy"
      leadctl touch chloe-bergeron -m "asked" --next +7d --what "ask for the loan"
    """
    from leadctl.touching import Touch, touch

    if reason and not status:
        raise RequestError("--reason is for a change of status", hint="add --status ST")
    targets = chosen(who, exact=exact)
    day = session.day(on, "--on")
    done = Touch(via, outcome, day.isoformat() if day else "", note)
    beside = _planned_beside(session, following, what)
    carry_out(
        session,
        lambda stamp: touch(
            targets.contacts(session),
            done,
            stages=session.stages,
            today=session.today,
            stamp=stamp,
            status=status,
            reason=reason,
            beside=beside,
        ),
    )


def _planned_beside(
    session: Session, following: str, what: str
) -> Callable[[Contact, Stamp], Step] | None:
    if not (following or what):
        # Few touches plan the next one, and all of them are to be quick.
        return None
    from leadctl.cli.planning import planned_beside

    return planned_beside(session, following, what)


@writes(app, "snooze")
def snooze(
    session: Session,
    who: Annotated[
        list[str], typer.Argument(metavar="WHO... UNTIL", help="Whom, and the day to come back.")
    ],
    remove: RemoveFlag = False,
    note: NoteOption = "",
    exact: ExactOption = False,
) -> None:
    """Keep contacts off the prospect list until a day.

    This is no touch: the clock goes on.

    \b
    Examples:
      leadctl snooze chloe-bergeron +2w -m "on holiday"
      leadctl snooze chloe-bergeron 2027-01-10
      leadctl snooze chloe-bergeron --remove
    """
    from leadctl.touching import snooze, unsnooze

    *names, last = who
    if remove:
        names, last = who, ""
    elif not names:
        hint = f"leadctl snooze {last} +3d"
        raise RequestError("snooze wants to know whom and until when", hint=hint)
    targets = chosen(names, exact=exact)
    until = session.day(last, "until", prefer="future") or session.today
    if remove:
        carry_out(
            session, lambda stamp: unsnooze(targets.contacts(session), note=note, stamp=stamp)
        )
        return
    carry_out(
        session,
        lambda stamp: snooze(
            targets.contacts(session), until, note=note, today=session.today, stamp=stamp
        ),
    )


@writes(app, "pin")
def pin(
    session: Session,
    who: WhoArgument = None,
    until: Annotated[
        str, typer.Option("--until", metavar="DATE", help="The last day; else until touched.")
    ] = "",
    remove: RemoveFlag = False,
    note: NoteOption = "",
    exact: ExactOption = False,
) -> None:
    """Put contacts on the prospect list by hand.

    They stay there until they are touched or a day has passed.

    \b
    Examples:
      leadctl pin chloe-bergeron -m "ask about the offer"
      leadctl pin chloe-bergeron --until fri
      leadctl pin chloe-bergeron --remove
    """
    from leadctl.touching import pin, unpin

    if remove and until:
        raise RequestError("--remove takes the pin off at once", hint="leave --until out")
    targets = chosen(who, exact=exact)
    day = session.day(until, "--until", prefer="future")
    if remove:
        carry_out(session, lambda stamp: unpin(targets.contacts(session), note=note, stamp=stamp))
        return
    carry_out(
        session,
        lambda stamp: pin(
            targets.contacts(session), day, note=note, today=session.today, stamp=stamp
        ),
    )


@writes(app, "dismiss")
def dismiss(
    session: Session,
    who: Annotated[
        list[str],
        typer.Argument(metavar="WHO... REASON", help="Whose, and its code, such as stuck."),
    ],
    remove: RemoveFlag = False,
    note: NoteOption = "",
    exact: ExactOption = False,
) -> None:
    """Take one reason off the prospect list until it arises anew.

    The other reasons of a contact stay. `leadctl prospects --explain WHO` has the codes.

    \b
    Examples:
      leadctl dismiss wang-meiling stuck -m "waits for the bank"
      leadctl list is:stuck status:Future -f ids | leadctl dismiss - stuck
      leadctl dismiss wang-meiling stuck --remove
    """
    from leadctl.prospecting.dismissing import dismiss, take_back

    *names, reason = who
    if not names:
        hint = "leadctl dismiss WHO stuck; `leadctl prospects --explain WHO` has the codes"
        raise RequestError("dismiss wants to know whose reason, and which", hint=hint)
    targets, stages, today = chosen(names, exact=exact), session.stages, session.today
    if remove:
        carry_out(
            session,
            lambda stamp: take_back(
                targets.entries(session), reason, stages=stages, note=note, stamp=stamp
            ),
        )
        return
    carry_out(
        session,
        lambda stamp: dismiss(
            map(session.judged, targets.entries(session)),
            reason,
            stages=stages,
            today=today,
            note=note,
            stamp=stamp,
        ),
    )


@chooses(app, "advance")
def advance(session: Session, query: QueryArgument = None) -> None:
    """Make the moves of stages.yaml that are automatic and due.

    `then:` of a status asks for them. Moves that are only suggested are named and left alone. Run
    it by cron as often as you like: what is moved is not moved again, and with nothing to do it
    says nothing.

    \b
    Examples:
      leadctl advance --dry-run
      leadctl advance owner:marta --yes
    """
    from leadctl.cli.advancing import advance_all

    advance_all(session, query)
