"""What the commands that change stages.yaml do: its text and the contacts → a plan, carried out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leadctl.cli.changing import carry_out
from leadctl.cli.session import Session
from leadctl.dates import Interval, parse_interval, quoted
from leadctl.errors import DataError, RequestError
from leadctl.matching import fold
from leadctl.moves import Move
from leadctl.plans import Plan, Step
from leadctl.query.sql import CONTACT_COLUMNS, EVERYTHING, of_contact
from leadctl.records import Contact
from leadctl.stage_edits import (
    StagesEdit,
    add_status,
    move_status,
    remove_status,
    rename_status,
    take_in_name,
)
from leadctl.stage_order import Place
from leadctl.stage_plans import (
    leaving_steps,
    mentions,
    require_empty,
    spelling_steps,
    stages_plan,
)
from leadctl.stages import Status
from leadctl.stamps import Stamp


def add(session: Session, status: Status, place: Place) -> None:
    """Carry out `stages add`."""
    carry_out(
        session,
        lambda stamp: _plan(session, add_status(session.stages, status, place=place), stamp),
    )
    if status.touch_every is None and not session.options.dry_run:
        session.hint("no touch interval is set: give it `touch_every:` in stages.yaml")


def move(session: Session, name: str, place: Place, stage: str | None) -> None:
    """Carry out `stages move`."""

    def work_out(stamp: Stamp) -> Plan:
        edit = move_status(session.stages, name, place, stage=stage)
        return _plan(session, edit, stamp)

    carry_out(session, work_out)


def rename(session: Session, old: str, new: str) -> None:
    """Carry out `stages rename`."""

    def work_out(stamp: Stamp) -> Plan:
        stages = session.stages
        if stages.find(old) is None and stages.find(new) is not None:
            having = _having_unknown(session, old)
            if having:
                steps = spelling_steps(having, stages.get(new).name, stamp)
                return _plan(session, take_in_name(stages, old, new), stamp, steps)
        edit = rename_status(stages, old, new)
        status = stages.get(old)
        name = edit.renamed.get(status.name, status.name)
        return _plan(session, edit, stamp, spelling_steps(_in(session, status), name, stamp))

    carry_out(session, work_out, is_query=True)


def remove(session: Session, name: str, into: str, *, note: str, reason: str) -> None:
    """Carry out `stages remove`.

    Raises:
        RefusedError: contacts are in the status, and it is not said where they go.
        RequestError: a note or reason is given that nothing can hold.
    """
    if not into and (note or reason):
        hint = "leave --note and --reason out"
        raise RequestError("nobody changes status without --into", hint=hint)

    def work_out(stamp: Stamp) -> Plan:
        status = session.stages.get(name)
        contacts = _in(session, status)
        if not into:
            require_empty(status, len(contacts))
        edit = remove_status(session.stages, name, into=into)
        going = Move(into, note, reason)
        steps = leaving_steps(contacts, going, session.stages, session.today, stamp)
        return replace(_plan(session, edit, stamp, steps), notes=_wider_plans(session, name, into))

    status = session.stages.get(name)
    left = 0 if into else mentions(session.index.events(), status, session.stages)
    carry_out(session, work_out, is_query=True)
    if left and not session.options.json:
        count = "1 old event keeps" if left == 1 else f"{left} old events keep"
        session.say(f"{count} the name {quoted(status.name)} in the journal")


def _wider_plans(session: Session, name: str, into: str) -> tuple[str, ...]:
    if not into:
        return ()
    from leadctl.cli.plan_book import read_book_plans
    from leadctl.planning.action_plans import ended_by

    stages = session.stages
    plans = read_book_plans(session.book, stages).plans
    return ended_by(plans, stages.get(name).name, stages.get(into).name)


def interval(text: str, option: str) -> Interval | None:
    """The interval that *text*, given as *option*, means; None if it is empty.

    Raises:
        RequestError: it is none, or one that the option cannot have.
    """
    try:
        found = parse_interval(text) if text else None
    except ValueError as error:
        raise RequestError(f"{option}: {error}") from error
    if found and option == "--touch-every" and not found.count and not found.is_never:
        hint = "at least '1 day', or never"
        raise RequestError(f"{option} cannot be nothing at all", hint=hint)
    return found


def _in(session: Session, status: Status) -> list[Contact]:
    wanted = of_contact(f"{CONTACT_COLUMNS['status']} = ?", status.name)
    return [entry.contact for entry in session.index.entries(wanted)]


def _having_unknown(session: Session, name: str) -> list[Contact]:
    """The contacts with the status *name*, which stages.yaml does not have."""
    everybody = (entry.contact for entry in session.index.entries(EVERYTHING))
    return [contact for contact in everybody if fold(contact.status) == fold(name)]


def _plan(session: Session, edit: StagesEdit, stamp: Stamp, steps: Iterable[Step] = ()) -> Plan:
    """The change that *edit* and *steps* are.

    Raises:
        DataError: stages.yaml is written in a way in which leadctl cannot change it.
    """
    from leadctl.store.edit_error import EditError
    from leadctl.store.files import read_bytes
    from leadctl.store.stages_editor import edit_stages

    # The byte order mark stays part of the text: it is compared and written as a whole.
    text = read_bytes(session.book.stages_path).decode()
    if not edit.what:
        return stages_plan(edit, (text, text), stamp, steps)
    try:
        new = edit_stages(text, edit.stages, renamed=edit.renamed)
    except EditError as error:
        message = f"stages.yaml cannot be changed without changing more than that: {error}"
        raise DataError(message, hint="nothing was changed; edit it by hand") from error
    return stages_plan(edit, (text, new), stamp, steps)
