"""Carrying out a plan: preview, question, lock, a second look under the lock, write, report."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from leadctl.choosing import as_data, preview, summary, usual_next
from leadctl.cli import terminal
from leadctl.cli.indexing import Own, current_index, note_own_writing
from leadctl.cli.saving import held, persistently, tell_pending
from leadctl.cli.session import Session
from leadctl.errors import ConflictError, LeadctlError, NoError, RefusedError, RequestError
from leadctl.plans import Plan
from leadctl.query.sql import EVERYTHING, all_of
from leadctl.records import Contact, Entry
from leadctl.stamps import Stamp
from leadctl.views import plainly

if TYPE_CHECKING:
    from leadctl.store.writing import Written

_ONE_WAY = "name contacts, or use --where, or --all: only one of them"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Whom a command is to change: named one by one, or everybody who matches a query."""

    who: Sequence[str] = ()
    #: Queries that must all hold; an empty one is refused, not taken for everybody.
    where: Sequence[str] = ()
    everybody: bool = False
    is_exact: bool = False
    #: Stdin named them: whoever wrote that may have changed the book while it was awaited.
    is_awaited: bool = False

    @property
    def is_query(self) -> bool:
        """True if the user has not named them one by one."""
        return bool(self.where) or self.everybody

    def entries(self, session: Session) -> list[Entry]:
        """The contacts.

        Raises:
            RequestError: nobody is named, or in two ways at once.
            NoError: somebody is named who does not exist.
        """
        if bool(self.who) + bool(self.where) + self.everybody > 1:
            raise RequestError(_ONE_WAY)
        if self.is_awaited:
            look_again(session)
        if self.where:
            return session.index.entries(all_of([session.where(text) for text in self.where]))
        if self.everybody:
            return session.index.entries(EVERYTHING)
        return session.who(self.who, is_exact=self.is_exact)

    def contacts(self, session: Session) -> list[Contact]:
        """The contacts without their standing.

        Raises:
            RequestError: nobody is named, or in two ways at once.
            NoError: somebody is named who does not exist.
        """
        return [entry.contact for entry in self.entries(session)]


def chosen(
    who: Sequence[str] | None,
    *,
    where: Sequence[str] | None = None,
    everybody: bool = False,
    exact: bool = False,
) -> Chosen:
    """Whom the arguments of a command choose; ids are read from stdin for `-`.

    Nobody at all, if stdin was to name them and is empty: then there is nothing to do.

    Raises:
        RequestError: nobody is named at all.
    """
    words = list(who or ())
    if "-" in words:
        if len(words) > 1 or where or everybody:
            raise RequestError(f"{_ONE_WAY}; - stands alone, and reads ids from stdin")
        terminal.await_input("ids and e-mail addresses, one a line")
        return Chosen(read_ids(sys.stdin.buffer.read()), is_exact=True, is_awaited=True)
    if not words and not where and not everybody:
        hint = "give an id, an e-mail, a phone or a name; - reads ids from stdin"
        raise RequestError("nobody is named", hint=hint)
    return Chosen(words, where or (), everybody, exact)


def read_ids(content: bytes) -> list[str]:
    """The ids and e-mails of *content*: one a line, or separated by NUL.

    Raises:
        RequestError: it is not UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestError("what comes in on stdin is not valid UTF-8") from error
    parts = text.split("\0") if "\0" in text else text.split("\n")
    return [part.strip() for part in parts if part.strip()]


def carry_out(
    session: Session,
    work_out: Callable[[Stamp], Plan],
    *,
    is_query: bool = False,
    origin: str = "",
    report: Callable[[Session, Plan], None] | None = None,
) -> None:
    """Do what *work_out* plans; it is asked again if the book changes before the lock is had.

    Each time it gets a stamp whose events sort behind all that the journal then has.

    *report* says afterwards what was done, or what would be; by default in a line.

    Raises:
        RefusedError: chosen by a query, and neither confirmed nor told beforehand.
        ConflictError: another number would change than is expected, or what was confirmed is no
            longer what would be done.
    """
    seen, report = session.index.blob("looks"), report or tell
    work_out = partial(_in_full, session, work_out)
    plan = work_out(session.stamp(origin=origin))
    # Whoever reads or answers may take all day.
    session.index.release()
    if session.options.dry_run:
        report(session, plan)
        _require_expected(session, plan)
        return
    _require_expected(session, plan)
    if is_query and plan.changed:
        _confirm(session, plan)
    if not plan.change.is_empty:
        again = partial(_again, session, work_out, plan, is_query=is_query, origin=origin)
        plan = _write(session, plan, again, seen)
    with contextlib.nullcontext() if plan.change.is_empty else terminal.after_saving():
        report(session, plan)


def _in_full(session: Session, work_out: Callable[[Stamp], Plan], stamp: Stamp) -> Plan:
    """What *work_out* plans, with the ends of the action plans that it brings about."""
    plan = work_out(stamp)
    if not any(event.kind in ("touched", "status") for event in plan.change.events):
        return plan
    from leadctl.cli.plan_doing import with_ends

    return with_ends(session, plan, stamp)


def _write(session: Session, plan: Plan, again: Callable[[], Plan], seen: bytes) -> Plan:
    """Write *plan*, or what *again* says if the book is no longer as it was *seen* then."""
    from leadctl.store.writing import write

    done = plan

    def attempt(number: int) -> Written:
        nonlocal done, seen
        look_again(session)
        asked, before, seen = done, seen, session.index.blob("looks")
        done = done if seen == before else again()
        if number:
            # An editor has saved in between: other fields go together, the same ones do not.
            _require_untouched(asked, done)
        return write(session.book, done.change, known=session.index.written)

    with held(session.book, command=session.options.command):
        written = persistently(attempt)
        note_own_writing(session.index, session.book, session.environment, Own(seen, written))
    tell_pending(written.pending)
    if session.unread():
        # It may have been written anew, or stand in another line by now.
        with contextlib.suppress(LeadctlError):
            look_again(session)
    return done


def _require_untouched(asked: Plan, plan: Plan) -> None:
    was = {(edit.contact, edit.field): edit.old for edit in asked.change.edits}
    for edit in plan.change.edits:
        old = was.get((edit.contact, edit.field), edit.old)
        if old != edit.old:
            message = (
                f'{edit.field} of "{edit.contact}" was changed by another program at this very '
                f'moment: it is "{plainly(edit.old)}" now, and was to become "{plainly(edit.new)}"'
            )
            hint = "nothing was changed; if yours is right, run the command again"
            raise ConflictError(message, hint=hint)


def look_again(session: Session) -> None:
    """Let *session* have the index of the book as its files are now."""
    before = session.index
    session.index, session.stages = current_index(session.book, session.environment)
    before.close()


def _again(
    session: Session,
    work_out: Callable[[Stamp], Plan],
    plan: Plan,
    *,
    is_query: bool,
    origin: str,
) -> Plan:
    changed = work_out(session.stamp(origin=origin))
    _require_expected(session, changed)
    if is_query and changed.change.edits != plan.change.edits:
        hint = "nothing was changed; run the command again"
        raise ConflictError("the book changed while you were asked", hint=hint)
    return changed


def _require_expected(session: Session, plan: Plan) -> None:
    count, expected = len(plan.changed), session.options.expect
    if expected not in (None, count):
        message = f"{count} would change, not the expected {expected}"
        raise ConflictError(message, hint="nothing was changed; -n shows the plan")


def _confirm(session: Session, plan: Plan) -> None:
    count, options = len(plan.changed), session.options
    if options.yes or options.expect is not None:
        return
    for line in _preview(session, plan):
        terminal.talk(line)
    if not terminal.can_ask():
        hint = f"nothing was changed; say --yes, or --expect {count}"
        who = "1 contact" if count == 1 else f"{count} contacts"
        message = f"{who} would change without having been named, and nobody can be asked"
        raise RefusedError(message, hint=hint)
    verb = "Remove" if plan.change.removals else "Change"
    if not terminal.ask(f"{verb} {count} contact{'' if count == 1 else 's'}?"):
        raise NoError("nothing was changed")


def tell(session: Session, plan: Plan) -> None:
    """Say what *plan* has done, or would do, as the options ask for it."""
    is_dry_run = session.options.dry_run
    if session.options.json:
        data = as_data(plan, is_dry_run=is_dry_run)
        terminal.say_json(data)
    elif is_dry_run:
        for line in _preview(session, plan):
            terminal.say(line)
        terminal.talk("dry run: nothing was changed")
    else:
        session.say(summary(plan))
        session.hint(usual_next(plan, session.stages))


def _preview(session: Session, plan: Plan) -> list[str]:
    entries = session.index.by_ids(plan.changed)
    return preview(plan, entries, session.today, show_all=session.options.verbose)
