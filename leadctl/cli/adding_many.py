"""What `add -` does: people from stdin → a plan that adds all of them, or a verdict on each."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import partial

from leadctl.choosing import counted, way_back
from leadctl.cli import terminal
from leadctl.cli.changing import carry_out, tell
from leadctl.cli.session import Session
from leadctl.contacts import split_values
from leadctl.editing import settable, stored_value
from leadctl.errors import LeadctlError, RefusedError, RequestError
from leadctl.matching import digits, fold
from leadctl.newcomers import Newcomer, newcomers
from leadctl.plans import Plan, joined
from leadctl.records import Value
from leadctl.stamps import Stamp

#: Makes the plan that adds one contact; told of values, stamp, status, and ids given before.
Adding = partial[Plan]


def add_people(session: Session, given: Mapping[str, Value], new: Adding, *, status: str) -> None:
    """Add everybody on stdin, each by *new*; *given* and *status* fill what they do not say.

    Raises:
        RequestError: what came in is not understood, or somebody does not fit.
        RefusedError: somebody is known already, in the book or further up.
    """
    if given.keys() & {"email", "phone"}:
        hint = "write it beside the name: Ada <ada@example.com>"
        raise RequestError("an e-mail or phone is nobody's who comes in on stdin", hint=hint)
    people = newcomers(_typed_in())
    if not people:
        terminal.talk("nobody came in on stdin: nothing to add")
        return

    def work_out(stamp: Stamp) -> Plan:
        return _plan(session, people, given, new, stamp, status=status)

    carry_out(session, work_out, report=_report)


def _typed_in() -> str:
    terminal.await_input("people, one a line, as `Name` or `Name <mail>`")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RequestError("what comes in on stdin is not valid UTF-8") from error


def _plan(
    session: Session,
    people: Sequence[Newcomer],
    given: Mapping[str, Value],
    new: Adding,
    stamp: Stamp,
    *,
    status: str,
) -> Plan:
    plans: list[Plan] = []
    ids: set[str] = set()
    known: dict[str, Newcomer] = {}
    wrong: list[LeadctlError] = []
    for person in people:
        try:
            values = {**given, **_values(session, person)}
            _require_once(person, values, known, twice=bool(new.keywords["twice"]))
            wanted = str(person.values.get("status", "")) or status
            plan = new(values, stamp, status=wanted, others=ids)
        except LeadctlError as error:
            error.where = person.where
            wrong.append(error)
            continue
        plans.append(plan)
        ids.update(str(fields["id"]) for fields in plan.change.additions)
    if wrong:
        raise _refusal(wrong, len(people))
    return joined(stamp, plans)


def _values(session: Session, person: Newcomer) -> dict[str, Value]:
    """What is known of *person*, as a file is to hold it; the status is no field like others."""
    values: dict[str, Value] = {}
    for name, text in person.values.items():
        if name != "status":
            field = settable(name, session.schema)
            values[field.name] = stored_value(field, text, session.today)
    return {name: value for name, value in values.items() if value}


def _require_once(
    person: Newcomer, values: Mapping[str, Value], known: dict[str, Newcomer], *, twice: bool
) -> None:
    for name, key in (("email", fold), ("phone", digits)):
        for text in split_values(values.get(name, "")):
            first = known.setdefault(f"{name} {key(text)}", person) if key(text) else person
            if first is not person and not twice:
                hint = "leave one out; or add with --allow-duplicate"
                raise RefusedError(f"{text} is known already: line {first.where.line}", hint=hint)


def _refusal(wrong: Sequence[LeadctlError], count: int) -> LeadctlError:
    """The error that stands for all that is *wrong*, of which every line is told."""
    for error in wrong:
        hint = f" ({error.hint})" if error.hint else ""
        terminal.talk(f"{error.where}: {error.message}{hint}")
    are = "person" if count == 1 else "people"
    message = f"{len(wrong)} of {count} {are} cannot be added; nothing was added"
    other = [error for error in wrong if not isinstance(error, RefusedError)]
    return RequestError(message) if other else RefusedError(message)


def _report(session: Session, plan: Plan) -> None:
    if session.options.json:
        tell(session, plan)
        return
    for fields in plan.change.additions:
        name = f"  {fields['name']}" if session.options.dry_run else ""
        terminal.say(f"{fields['id']}{name}")
    for line in plan.notes:
        terminal.talk(line)
    if session.options.dry_run:
        terminal.talk("dry run: nothing was changed")
    elif not session.options.quiet:
        added = counted(len(plan.change.additions))
        terminal.talk(f"added {added}. {way_back(plan.change.op)}")
