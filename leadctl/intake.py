"""Rules for new contacts: which of them fit whom, and what they do to a plan that adds contacts."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from leadctl.contacts import split_values
from leadctl.dates import quoted
from leadctl.editing import in_order
from leadctl.errors import RequestError
from leadctl.matching import digits, fold
from leadctl.moves import canonical_reason, missing_for
from leadctl.plans import Plan
from leadctl.records import Event, Value
from leadctl.stages import ANY_VALUE, Intake, IntakeRule, Stages, Status
from leadctl.stamps import Stamp
from leadctl.views import plainly


@dataclass(frozen=True, slots=True)
class Applied:
    """What one rule did to one new contact."""

    rule: IntakeRule
    contact: str
    #: Field → (old, new); may be empty if the contact had all of it, or if a plan is all.
    changes: Mapping[str, tuple[Value, Value]]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A plan that adds contacts, with what the rules add to it."""

    plan: Plan
    applied: tuple[Applied, ...] = ()


def take_in(plan: Plan, stages: Stages, stamp: Stamp, *, settled: Container[str] = ()) -> TakenIn:
    """*plan*, whose new contacts have gone through the rules of *stages*.

    The status of who is *settled*, by id, was told by somebody and stays. What a rule changes is
    an event of its own behind `added`, so that the journal tells what was given and what was made
    of it; all of it is one operation.
    """
    if not stages.intake.rules or not plan.change.additions:
        return TakenIn(plan)
    days = {event.contact: event.on for event in plan.change.events if event.kind == "added"}
    additions: list[Mapping[str, Value]] = []
    events: list[Event] = []
    applied: list[Applied] = []
    for given in plan.change.additions:
        fields, id_ = dict(given), str(given["id"])
        is_settled = id_ in settled
        for rule in fitting(stages.intake, given, stages):
            changes = _changes(rule, fields, is_settled=is_settled)
            is_settled = is_settled or "status" in rule.set
            fields |= {name: new for name, (_, new) in changes.items()}
            applied.append(Applied(rule, id_, changes))
            events += _events(applied[-1], stages, stamp, days.get(id_, ""))
        additions.append(fields if fields == given else in_order(fields))
    change = replace(plan.change, additions=tuple(additions), events=(*plan.change.events, *events))
    return TakenIn(replace(plan, change=change), tuple(applied))


def fitting(intake: Intake, given: Mapping[str, Value], stages: Stages) -> tuple[IntakeRule, ...]:
    """The rules of *intake* that are followed for a contact with the fields *given*.

    Each is asked about the contact as it came, not as another rule left it.
    """
    found = tuple(rule for rule in intake.rules if _fits(rule, given, stages))
    return found[:1] if intake.is_first_only else found


def condition_key(field: str, text: str) -> str:
    """The form in which values of *field* are compared: folded, a phone by its digits."""
    return digits(text) or fold(text) if field == "phone" else fold(text)


def counts(applied: Iterable[Applied]) -> dict[str, int]:
    """Name of each rule that was followed → for how many contacts, in order of first use."""
    found: dict[str, int] = {}
    for each in applied:
        found[each.rule.name] = found.get(each.rule.name, 0) + 1
    return found


def said(applied: Applied) -> str:
    """What the rule did, in a line."""
    parts = list(_parts(applied.changes))
    if applied.rule.plan:
        parts.append(f"plan {applied.rule.plan}")
    return f"rule {applied.rule.name}: {', '.join(parts) or 'nothing left to do'}"


def rules_with(intake: Intake, was: str, name: str) -> Intake:
    """*intake*, whose rules set the status *name* where it was *was*.

    In the file they may go on to say the old name, which is an alias then.
    """
    moved = {"status": name}
    rules = tuple(
        replace(rule, set={**rule.set, **moved}) if rule.set.get("status") == was else rule
        for rule in intake.rules
    )
    return replace(intake, rules=rules)


def require_rules_fit(stages: Stages, status: Status, heir: Status | None) -> None:
    """What rules for new contacts say of *status* has to hold for *heir* as well.

    Raises:
        RequestError: there is no *heir*, or it asks for what a rule does not give.
    """
    for rule in stages.intake.rules:
        named = (rule.set.get("status", ""), *rule.when.get("status", ()))
        if not any(stages.find(str(word)) is status for word in named if word):
            continue
        complaint = "it would have no status"
        if heir:
            is_set = rule.set.get("status") == status.name
            complaint = missing_for(heir, rule.note, rule.reason) if is_set else ""
        if complaint:
            hint = f"change the rule first, in line {rule.source.line} of stages.yaml"
            message = f"rule {quoted(rule.name)} names {quoted(status.name)}: {complaint}"
            raise RequestError(message, hint=hint)


def _fits(rule: IntakeRule, given: Mapping[str, Value], stages: Stages) -> bool:
    return all(_has_one(name, wanted, given, stages) for name, wanted in rule.when.items())


def _has_one(name: str, wanted: Iterable[str], given: Mapping[str, Value], stages: Stages) -> bool:
    value = given.get(name, "")
    if ANY_VALUE in wanted:
        return bool(value)
    if name == "status":
        return any(stages.find(each) is stages.find(str(value)) for each in wanted)
    theirs = {condition_key(name, each) for each in _each(value)}
    return any(condition_key(name, each) in theirs for each in wanted)


def _each(value: Value) -> tuple[str, ...]:
    """The values of a field; a text with semicolons may be one, or several."""
    return (value, *split_values(value)) if isinstance(value, str) else value


def _changes(
    rule: IntakeRule, fields: Mapping[str, Value], *, is_settled: bool
) -> dict[str, tuple[Value, Value]]:
    """Tags are added to what is there; any other field is set only where nothing is."""
    changes: dict[str, tuple[Value, Value]] = {}
    for name, value in rule.set.items():
        old = fields.get(name, "")
        if name == "tags":
            new: Value = _with_tags(split_values(old), split_values(value))
        elif name == "status":
            new = old if is_settled else value
        else:
            new = old or value
        if new != (split_values(old) if name == "tags" else old):
            changes[name] = (old, new)
    return changes


def _with_tags(had: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    known = {fold(tag) for tag in had}
    return (*had, *(tag for tag in more if fold(tag) not in known))


def _events(applied: Applied, stages: Stages, stamp: Stamp, on: str) -> Iterator[Event]:
    rule, changes = applied.rule, dict(applied.changes)
    made_by = replace(stamp, origin=f"rule {rule.name}")
    moved = changes.pop("status", None)
    if moved:
        yield made_by.event(
            "status",
            applied.contact,
            on=on,
            note=rule.note,
            reason=canonical_reason(stages.get(str(moved[1])), rule.reason),
            changes={"status": moved},
        )
    note = "" if moved else rule.note
    if changes:
        yield made_by.event("edited", applied.contact, on=on, note=note, changes=changes)
    elif note and rule.plan:
        yield made_by.event("noted", applied.contact, on=on, note=note)


def _parts(changes: Mapping[str, tuple[Value, Value]]) -> Iterator[str]:
    for name, (old, new) in changes.items():
        if name == "status":
            yield f"{plainly(old)} → {plainly(new)}"
        elif name == "tags":
            yield f"tags +{plainly(new[len(split_values(old)) :])}"
        else:
            yield f"{name} {plainly(new)}"
