"""What a change of stages.yaml does to the book: the file, the contacts concerned, the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from leadctl.dates import quoted
from leadctl.errors import RefusedError
from leadctl.moves import Move, move_step
from leadctl.plans import Plan, Step, edits_of, plan
from leadctl.records import Change, Contact, Event, Value
from leadctl.stage_edits import StagesEdit, remove_command
from leadctl.stages import Stages, Status
from leadctl.stamps import Stamp

FILE = "stages.yaml"


def stages_plan(
    edit: StagesEdit, texts: tuple[str, str], stamp: Stamp, steps: Iterable[Step] = ()
) -> Plan:
    """*edit* as one change: *texts*, the file before and after, then *steps* for the contacts.

    Nothing happens to the file if both texts are the same. The event of the file is made before
    *steps* are asked for, so that its id comes first.
    """
    is_changed = texts[0] != texts[1]
    first = (stamp.event("stages", FILE, note=edit.what, changes={FILE: texts}),)
    rest = plan(stamp, steps)
    change = Change(
        op=stamp.op,
        edits=rest.change.edits,
        texts={FILE: texts} if is_changed else {},
        events=(*(first if is_changed else ()), *rest.change.events),
    )
    return Plan(change, rest.unchanged)


def spelling_steps(contacts: Iterable[Contact], name: str, stamp: Stamp) -> Iterator[Step]:
    """The status of *contacts*, which are in it, written as *name*; for the clock nothing changes.

    That the event is no `status` says so: who is renamed has not moved.
    """
    for contact in contacts:
        if contact.status != name:
            changes: dict[str, tuple[Value, Value]] = {"status": (contact.status, name)}
            event = stamp.event("edited", contact.id, changes=changes)
            yield Step(contact.id, (event,), edits_of(contact.id, changes))


def leaving_steps(
    contacts: Iterable[Contact], into: Move, stages: Stages, today: date, stamp: Stamp
) -> Iterator[Step]:
    """The moves of *contacts* out of a status that goes.

    Raises:
        RequestError: the status to enter asks for a note or reason that is not given.
    """
    for contact in contacts:
        yield move_step(contact, into, stages, today, stamp)


def require_empty(status: Status, contacts: int) -> None:
    """Refuse to remove *status* without another in its place while *contacts* are in it.

    Raises:
        RefusedError: there are some.
    """
    if contacts:
        who = "1 contact is" if contacts == 1 else f"{contacts} contacts are"
        hint = f"say where they go: {remove_command(status)}"
        raise RefusedError(f"{who} in {quoted(status.name)}", hint=hint)


def mentions(events: Iterable[Event], status: Status, stages: Stages) -> int:
    """How many of *events* name *status*, one of *stages*, as it is or was called."""
    return sum(
        any(stages.find(str(name)) is status for name in event.changes.get("status", ()))
        for event in events
    )
