"""Reads the rules for new contacts in stages.yaml, and finds those that are in each other's way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

from leadctl.dates import parse_stored, quoted
from leadctl.editing import stored_value
from leadctl.errors import RequestError
from leadctl.fields import Field, Kind, Schema
from leadctl.intake import condition_key
from leadctl.located import Mapping as Keys
from leadctl.located import Node, Scalar, Sequence
from leadctl.matching import did_you_mean, fold
from leadctl.moves import missing_for
from leadctl.own_fields import FIELD_NAME
from leadctl.records import Value
from leadctl.settings import Reading, is_empty, plain
from leadctl.stages import ANY_VALUE, Intake, IntakeRule, Stages

#: The keys of `intake:`, of a rule, and what `match` may be.
INTAKE_KEYS = ("match", "rules")
INTAKE_RULE_KEYS = ("name", "when", "set", "plan", "note", "reason")
MATCHES = ("first", "all")
#: What a contact is known by, and what tells when it came: no rule makes these up.
_NOT_SET = ("id", "name", "created", "last_touch")


def read_intake(reading: Reading, node: Node | None, stages: Stages) -> Intake:
    """The rules of *node*: a list, or a mapping with the list in `rules`."""
    if isinstance(node, Sequence):
        return _checked(reading, Intake(tuple(_read_rules(reading, node, stages))))
    given = reading.settings(node, "intake", INTAKE_KEYS) or {}
    is_first = reading.word(given.get("match"), "match", MATCHES) != "all"
    rules = given.get("rules")
    if isinstance(rules, Sequence):
        return _checked(reading, Intake(tuple(_read_rules(reading, rules, stages)), is_first))
    if not is_empty(rules) and rules is not None:
        hint = "begin each rule with a dash: `- name: …`"
        reading.error(rules.where, "rules is to be a list of rules", hint)
    return Intake(is_first_only=is_first)


def unknown_fields(intake: Intake, schema: Schema) -> Iterator[tuple[IntakeRule, str, str]]:
    """Rule, field and hint for each field of *intake* that *schema* does not have."""
    for rule in intake.rules:
        for name in dict.fromkeys((*rule.when, *rule.set)):
            if schema.find(name) is None:
                near = did_you_mean(name, schema.names())
                new = f"to have it, declare it under `fields:`, such as `{name}: text`"
                yield rule, name, f"{near} {new}".strip()


def _read_rules(reading: Reading, node: Sequence, stages: Stages) -> Iterator[IntakeRule]:
    names: dict[str, Scalar] = {}
    for number, item in enumerate(node.items, 1):
        rule = _read_rule(reading, item, stages, number, names)
        if rule:
            yield rule


def _read_rule(
    reading: Reading, node: Node, stages: Stages, number: int, names: dict[str, Scalar]
) -> IntakeRule | None:
    given = reading.settings(node, f"rule {number} of intake", INTAKE_RULE_KEYS)
    if given is None:
        return None
    name = reading.text(given.get("name"), "name")
    if name is None:
        hint = "the journal names who made a change: begin the rule with `- name: …`"
        reading.error(node.where, f"rule {number} of intake has no name", hint)
        return None
    known = names.setdefault(fold(name.text), name)
    if known is not name:
        hint = "two rules of one name cannot be told apart in the journal"
        first = f"line {known.where.line} has the first"
        reading.error(name.where, f"a second rule {quoted(name.text)}; {first}", hint)
    schema = Schema(stages.fields)
    texts = {key: reading.text(given.get(key), key) for key in ("plan", "note", "reason")}
    said = {key: text.text if text else "" for key, text in texts.items()}
    rule = IntakeRule(
        name.text,
        when=dict(_read_conditions(reading, given.get("when"), schema, stages)),
        set=dict(_read_values(reading, given.get("set"), schema, stages)),
        source=name.where,
        **said,
    )
    _check_effect(reading, rule, given, stages)
    return rule


def _read_conditions(
    reading: Reading, node: Node | None, schema: Schema, stages: Stages
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in reading.pairs(node, "when") or ():
        field = _field(reading, key, schema)
        wanted = _texts(reading, value, key.text)
        if field is None or not wanted:
            continue
        if field.name == "status":
            wanted = tuple(each for each in wanted if _is_status(reading, each, stages))
        yield field.name, plain(wanted)


def _read_values(
    reading: Reading, node: Node | None, schema: Schema, stages: Stages
) -> Iterator[tuple[str, Value]]:
    for key, value in reading.pairs(node, "set") or ():
        field = _field(reading, key, schema)
        if field is not None and field.name in _NOT_SET:
            hint = "delete the line"
            reading.error(key.where, f"no rule can set {quoted(field.name)}", hint)
        elif field is not None and field.name == "status":
            status = reading.text(value, "status")
            if status and _is_status(reading, status, stages):
                yield "status", stages.get(status.text).name
        elif field is not None:
            yield from _read_value(reading, field, value)


def _read_value(reading: Reading, field: Field, node: Node) -> Iterator[tuple[str, Value]]:
    if field.many:
        texts = _texts(reading, node, field.name)
        if not texts:
            return
        written, where = ";".join(plain(texts)), texts[0].where
    else:
        text = reading.text(node, field.name)
        if text is None:
            return
        written, where = text.text, text.where
    try:
        if field.kind is Kind.DATE:
            parse_stored(written)
        # No day in words is read here, so that it does not matter what day it is.
        yield field.name, stored_value(field, written, date.max)
    except (RequestError, ValueError) as error:
        message, _, hint = str(error).removeprefix(f"{field.name}: ").partition("; ")
        reading.error(where, f"{field.name}: {message}", hint or "write it as `leadctl set` does")


def _field(reading: Reading, key: Scalar, schema: Schema) -> Field | None:
    field = schema.find(key.text)
    if field and field.derived:
        hint = "a new contact has no past: use a field that is in the file of contacts"
        message = f"{quoted(key.text)} follows from the journal"
        reading.error(key.where, message, hint)
        return None
    if field is None and not FIELD_NAME.fullmatch(key.text):
        hint = did_you_mean(key.text, schema.names(), "a field of your own: a-z, 0-9 and _")
        reading.error(key.where, f"no field named {quoted(key.text)}", hint)
        return None
    # One that is in use but not declared is known to the contacts only.
    return field or Field(key.text, Kind.TEXT, "a field of your own")


def _texts(reading: Reading, node: Node, key: str) -> tuple[Scalar, ...]:
    """One text, or a list of some."""
    if isinstance(node, Keys):
        reading.text(node, key)
        return ()
    if isinstance(node, Scalar):
        text = reading.text(node, key)
        return (text,) if text else ()
    if not node.items:
        reading.error(node.where, f"{key} has no value", "give it one, or delete the line")
    return reading.texts(node, key)


def _is_status(reading: Reading, word: Scalar, stages: Stages) -> bool:
    if not stages.statuses or word.text == ANY_VALUE or stages.find(word.text):
        return bool(stages.statuses)
    names = [status.name for status in stages.statuses]
    hint = did_you_mean(word.text, names, f"statuses here: {', '.join(names)}")
    reading.error(word.where, f"no status named {quoted(word.text)}", hint)
    return False


def _check_effect(
    reading: Reading, rule: IntakeRule, given: Mapping[str, Node], stages: Stages
) -> None:
    if is_empty(given.get("set")) and not rule.plan:
        hint = "say what follows: `set: {owner: marta}` or `plan: NAME`"
        reading.error(rule.source, f"rule {quoted(rule.name)} does nothing", hint)
    status = stages.find(str(rule.set.get("status", "")))
    complaint = missing_for(status, rule.note, rule.reason) if status else ""
    if complaint:
        hint = "a rule gives it like anybody else: add `note:` or `reason:` to it"
        where = given["reason"].where if rule.reason else rule.source
        reading.error(where, f"rule {quoted(rule.name)}: {complaint}", hint)


def _checked(reading: Reading, intake: Intake) -> Intake:
    """*intake*, after warnings of rules that cannot have been meant like that."""
    for first, second in combinations(intake.rules, 2):
        place = f"{quoted(first.name)}, line {first.source.line}"
        if intake.is_first_only and _covers(first, second):
            message = f"rule {quoted(second.name)} can never apply: {place}, takes all of its"
            hint = "put it above that one, or write `match: all` beside `rules:`"
            reading.warn(second.source, f"{message} contacts", hint)
        elif not intake.is_first_only and _meet(first, second):
            for name in _at_odds(first, second):
                said = f"rules {quoted(second.name)} and {place}, can meet in one contact"
                hint = "the first one wins; tell them apart by `when:` if that is not meant"
                reading.warn(second.source, f"{said} and set {name} differently", hint)
    return intake


def _covers(first: IntakeRule, second: IntakeRule) -> bool:
    """True if *first* fits whatever *second* fits."""
    return all(
        ANY_VALUE in wanted or _keys(name, wanted) >= _keys(name, second.when[name])
        for name, wanted in first.when.items()
        if name in second.when
    ) and set(first.when) <= set(second.when)


def _meet(first: IntakeRule, second: IntakeRule) -> bool:
    """True if one contact can fit both; a field of several values may have one for each."""
    schema = Schema({})
    return all(
        ANY_VALUE in (*wanted, *second.when[name])
        or _keys(name, wanted) & _keys(name, second.when[name])
        or (known := schema.find(name)) is None
        or known.many
        for name, wanted in first.when.items()
        if name in second.when
    )


def _at_odds(first: IntakeRule, second: IntakeRule) -> list[str]:
    both = (name for name in first.set if name in second.set and name != "tags")
    return [name for name in both if first.set[name] != second.set[name]]


def _keys(name: str, wanted: Iterable[str]) -> set[str]:
    return {condition_key(name, each) for each in wanted}
