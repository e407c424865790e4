"""The options of `add` → the values of a new contact, and a look for one that exists already."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from leadctl.cli.session import Session
from leadctl.contacts import split_values
from leadctl.editing import (
    add_contact,
    assigned,
    read_assignments,
    same_addresses,
    stored_value,
)
from leadctl.errors import RefusedError, RequestError
from leadctl.moves import Move
from leadctl.plans import Plan
from leadctl.records import Value
from leadctl.stamps import Stamp
from leadctl.store.suppressed import require_list
from leadctl.suppression import suppressed_among


def assignments_of(
    session: Session,
    single: Mapping[str, str],
    several: Mapping[str, Sequence[str] | None],
    words: Sequence[str],
) -> dict[str, Value]:
    """The checked values of all options by field; `--set` words come last and win.

    Raises:
        RequestError: a value that does not fit its field, or a field that cannot be set.
    """
    values: dict[str, Value] = {}
    for name, text in single.items():
        values[name] = stored_value(session.schema.get(name), text.strip(), session.today)
    for name, texts in several.items():
        values[name] = stored_value(session.schema.get(name), ";".join(texts or ()), session.today)
    for each in read_assignments(words, session.schema, session.today):
        values[each.field.name] = assigned(values.get(each.field.name, ""), each)
    return {name: value for name, value in values.items() if value}


def new_contact(
    session: Session,
    values: Mapping[str, Value],
    stamp: Stamp,
    *,
    status: str,
    note: str,
    reason: str,
    twice: bool,
    again: bool,
    others: Container[str] = (),
) -> Plan:
    """The plan to add a contact of *values*, whose id is none of *others* and nobody's in the book.

    Raises:
        RefusedError: somebody has the same e-mail or phone, and *twice* is not said; or somebody
            who had it was forgotten, and *again* is not said.
        RequestError: the rules of the status are not met.
    """
    if not twice:
        _require_new(session, values)
    _require_unsuppressed(session, values, note, again=again)
    plan = add_contact(
        values,
        Move(status, note, reason),
        taken=_Taken(session, others),
        stages=session.stages,
        today=session.today,
        stamp=stamp,
    )
    return _by_rules(session, plan, stamp, is_settled=bool(status))


def _by_rules(session: Session, plan: Plan, stamp: Stamp, *, is_settled: bool) -> Plan:
    """*plan* with what the rules for new contacts make of it; most books have none."""
    if not session.stages.intake.rules:
        return plan
    from leadctl.cli.plan_doing import with_rule_plans
    from leadctl.intake import said, take_in

    settled = plan.changed if is_settled else ()
    taken = take_in(plan, session.stages, stamp, settled=settled)
    notes = tuple(said(each) for each in taken.applied)
    return with_rule_plans(session, replace(taken.plan, notes=notes), taken.applied, stamp)


def _require_new(session: Session, values: Mapping[str, Value]) -> None:
    for name in ("email", "phone"):
        for text in split_values(values.get(name, "")):
            for entry in session.index.by_address(text):
                if same_addresses(values, entry.contact):
                    who = f"{entry.contact.id} ({entry.contact.name})"
                    hint = f"leadctl show {entry.contact.id}; or add with --allow-duplicate"
                    raise RefusedError(f"{text} is known already: {who}", hint=hint)


def _require_unsuppressed(
    session: Session, values: Mapping[str, Value], note: str, *, again: bool
) -> None:
    if again and not note.strip():
        hint = '--allow-suppressed -m "signed up again on our site"'
        raise RequestError("to let somebody in again needs a note that says why", hint=hint)
    found = () if again else suppressed_among(values, require_list(session.book))
    if found:
        hint = "if that person wants to be in the book again: --allow-suppressed -m WHY"
        raise RefusedError(f"{found[0]} is of somebody who asked to be forgotten", hint=hint)


class _Taken:
    """The ids of the book, and of whoever the journal still knows, looked up one by one."""

    def __init__(self, session: Session, others: Container[str]) -> None:
        self._index = session.index
        self._others = others

    def __contains__(self, id_: object) -> bool:
        # Whoever gets the id of somebody who went would get their past as well.
        if str(id_) in self._others:
            return True
        return bool(self._index.by_ids([str(id_)]) or self._index.knows_contact(str(id_)))
