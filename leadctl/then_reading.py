"""Reads `then:` of a status: where its contacts go on to by and by, with every mistake in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leadctl.dates import Interval, quoted
from leadctl.fields import Field, Kind
from leadctl.located import Node, Scalar
from leadctl.matching import did_you_mean, fold
from leadctl.settings import Reading, is_empty
from leadctl.stages import Status, Then

THEN_KEYS = ("after", "to", "since", "automatic", "note", "reason")


@dataclass(frozen=True, slots=True)
class Around:
    """What a `then:` may speak of."""

    #: Each by its folded name or alias.
    statuses: Mapping[str, Status]
    fields: Mapping[str, Field]


def read_then(reading: Reading, node: Node | None, status: Status, around: Around) -> Then | None:
    """The move out of *status* that *node* declares; None if there is none, or a mistake in it."""
    given = reading.settings(node, "then", THEN_KEYS)
    if node is None or given is None:
        return None
    after = _span(reading, node, given.get("after"))
    target = _target(reading, node, given.get("to"), status, around)
    since = _since(reading, given.get("since"), around)
    note, reason = (reading.text(given.get(key), key) for key in ("note", "reason"))
    is_automatic = reading.flag(given.get("automatic"), "automatic", default=False)
    if after is None or target is None:
        return None
    known = _reason(reading, node, target, reason)
    return Then(after, target.name, since, is_automatic, note.text if note else "", known)


def _span(reading: Reading, node: Node, given: Node | None) -> Interval | None:
    if given is None:
        hint = "say how long a contact stays there, such as `after: 30 days`"
        reading.error(node.where, "`after` is missing in then", hint)
    after = reading.interval(given, "after")
    if given is None or after is None or (after.count and not after.is_never):
        return after
    # With nothing at all, two statuses could hand a contact to and fro within one day.
    hint = "write at least `after: 1 day`, or delete `then`"
    reading.error(given.where, f"after cannot be {quoted(str(after))}", hint)
    return None


def _target(
    reading: Reading, node: Node, given: Node | None, status: Status, around: Around
) -> Status | None:
    if given is None:
        hint = "say where the contact goes on to, such as `to: Past Clients`"
        reading.error(node.where, "`to` is missing in then", hint)
    word = reading.text(given, "to")
    if word is None or not around.statuses:
        return None
    target = around.statuses.get(fold(word.text))
    if target is None:
        names = tuple(dict.fromkeys(each.name for each in around.statuses.values()))
        hint = did_you_mean(word.text, names, f"statuses here: {', '.join(names)}")
        reading.error(word.where, f"no status named {quoted(word.text)}", hint)
    elif target.name == status.name:
        hint = "name another status, or delete `then`"
        reading.error(word.where, f"{quoted(status.name)} cannot go on to itself", hint)
        return None
    return target


def _since(reading: Reading, node: Node | None, around: Around) -> str:
    word = reading.text(node, "since")
    if word is None:
        return ""
    field = around.fields.get(word.text)
    if field is None or field.kind is not Kind.DATE or field.many:
        dates = [each.name for each in around.fields.values() if each.kind is Kind.DATE]
        otherwise = f"declare it: `fields: {{{word.text}: date}}`"
        hint = did_you_mean(word.text, dates, otherwise)
        reading.error(word.where, f"no field {quoted(word.text)} of type date is declared", hint)
    return word.text


def _reason(reading: Reading, node: Node, target: Status, given: Scalar | None) -> str:
    """The reason as *target* spells it; a mistake if it wants one, or another one."""
    said = given.text if given else ""
    known = next((each for each in target.reasons if fold(each) == fold(said)), "")
    name, example = quoted(target.name), target.reasons[0] if target.reasons else "…"
    listed = f"reasons there: {', '.join(target.reasons)}"
    if given and target.reasons and not known:
        hint = did_you_mean(said, target.reasons, listed)
        reading.error(given.where, f"{quoted(said)} is no reason for {name}", hint)
    elif target.reason_required and is_empty(given):
        hint = f'add `reason: "{example}"`'
        reading.error(node.where, f"a change to {name} needs a reason", hint)
    return known or said
