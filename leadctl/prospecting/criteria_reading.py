"""Reads `prospects:` of stages.yaml → `Criteria`, and every mistake in it with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from leadctl.dates import Interval, quoted
from leadctl.located import Mapping as Keyed
from leadctl.located import Node, Scalar
from leadctl.matching import did_you_mean, fold
from leadctl.prospecting.criteria import (
    ANNIVERSARY,
    BIRTHDAY,
    CRITERIA,
    GONE_QUIET,
    Criteria,
    Quiet,
    Rule,
    Window,
)
from leadctl.settings import Reading

PROSPECT_KEYS = (*CRITERIA, "rules")
QUIET_KEYS = ("after", "statuses")
WINDOW_KEYS = ("within", "late")
RULE_KEYS = ("where", "reason", "points", "again", "next")
#: Two such windows around a day never touch those of the next year.
MOST_DAYS = 90
MOST_POINTS = 1000
_RULE_NAME = re.compile(r"[a-z][a-z0-9_-]*")


def read_criteria(
    reading: Reading, node: Node | None, names: Mapping[str, str], default: str
) -> Criteria:
    """What *node*, the section `prospects`, declares.

    *names* has the name of each status by its folded names and aliases; *default* is the one that
    new contacts get.
    """
    given = reading.settings(node, "prospects", PROSPECT_KEYS) or {}
    usual = Criteria()
    numbers = {name: _numbers(reading, name, given.get(name)) for name in _WITH_NUMBERS}
    plain = {
        name: reading.flag(given.get(name), name, default=True)
        for name in CRITERIA
        if name not in numbers
    }
    on = {name: numbers[name] is not None if name in numbers else plain[name] for name in CRITERIA}
    return Criteria(
        on=frozenset(name for name in CRITERIA if on[name]),
        quiet=_read_quiet(reading, numbers[GONE_QUIET] or {}, names, default),
        birthday=_read_window(reading, numbers[BIRTHDAY] or {}, usual.birthday),
        anniversary=_read_window(reading, numbers[ANNIVERSARY] or {}, usual.anniversary),
        rules=_read_rules(reading, given.get("rules")),
    )


_WITH_NUMBERS = {GONE_QUIET: QUIET_KEYS, BIRTHDAY: WINDOW_KEYS, ANNIVERSARY: WINDOW_KEYS}


def _numbers(reading: Reading, name: str, node: Node | None) -> dict[str, Node] | None:
    """The numbers of the criterion *name*; None if it is switched off."""
    if isinstance(node, Keyed):
        return reading.settings(node, name, _WITH_NUMBERS[name])
    return {} if reading.flag(node, name, default=True) else None


def _read_quiet(
    reading: Reading, given: Mapping[str, Node], names: Mapping[str, str], default: str
) -> Quiet:
    after = reading.interval(given.get("after"), "after") or Quiet().after
    if after.is_never or not after.count:
        hint = "such as `after: 7 days`; `gone_quiet: no` switches it off"
        reading.error(given["after"].where, f"after cannot be {quoted(str(after))}", hint)
    if "statuses" not in given:
        return Quiet(after, (default,) if default else ())
    found = []
    for word in reading.texts(given["statuses"], "statuses"):
        name = names.get(fold(word.text), "")
        if name:
            found.append(name)
        elif names:
            known = tuple(dict.fromkeys(names.values()))
            hint = did_you_mean(word.text, known, f"statuses here: {', '.join(known)}")
            reading.error(word.where, f"no status named {quoted(word.text)}", hint)
    return Quiet(after, tuple(dict.fromkeys(found)))


def _read_window(reading: Reading, given: Mapping[str, Node], usual: Window) -> Window:
    return Window(
        _days(reading, given.get("within"), "within", usual.within),
        _days(reading, given.get("late"), "late", usual.late),
    )


def _days(reading: Reading, node: Node | None, key: str, usual: int) -> int:
    interval = reading.interval(node, key)
    if node is None or interval is None:
        return usual
    if interval.is_never or interval.days > MOST_DAYS:
        hint = f"such as `{key}: {usual} days`"
        reading.error(node.where, f"{key} is at most {MOST_DAYS} days, not {interval}", hint)
        return usual
    return interval.days


def _read_rules(reading: Reading, node: Node | None) -> tuple[Rule, ...]:
    pairs = reading.pairs(node, "rules") or ()
    first = reading.names(pairs, "rule")
    rules = [_read_rule(reading, name, value) for name, value in pairs if name in first.values()]
    return tuple(rule for rule in rules if rule)


def _read_rule(reading: Reading, name: Scalar, node: Node) -> Rule | None:
    if not _RULE_NAME.fullmatch(name.text):
        hint = "use a-z, 0-9 and _ or -, starting with a letter"
        reading.error(name.where, f"{quoted(name.text)} cannot be the name of a rule", hint)
    elif name.text in PROSPECT_KEYS:
        hint = "take another name: what it adds to that one is told apart by it"
        reading.error(name.where, f"{quoted(name.text)} is a reason of leadctl's own", hint)
    given = reading.settings(node, f"rule {quoted(name.text)}", RULE_KEYS)
    if given is None:
        return None
    for key, example in (("where", "'tag:vip touched:..-30d'"), ("reason", "VIP, not seen lately")):
        if key not in given:
            hint = f"such as `{key}: {example}`"
            reading.error(name.where, f"rule {quoted(name.text)} has no `{key}`", hint)
    usual = Rule(name.text, "", "")
    texts = {key: reading.text(given.get(key), key) for key in ("where", "reason", "next")}
    said = {key: text.text if text else "" for key, text in texts.items()}
    points = reading.number(
        given.get("points"), "points", least=0, most=MOST_POINTS, default=usual.points
    )
    return Rule(
        name=name.text,
        where=said["where"],
        reason=said["reason"],
        points=points,
        again=_again(reading, given.get("again"), usual.again),
        next=said["next"],
    )


def _again(reading: Reading, node: Node | None, usual: Interval) -> Interval:
    return reading.interval(node, "again") or usual
