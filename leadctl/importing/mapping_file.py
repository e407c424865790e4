"""A mapping file as rules for an import; every mistake in it is a located problem."""

from __future__ import annotations

from collections.abc import Iterator

from leadctl.importing.rules import (
    DATE_ORDERS,
    INTO,
    ON_DUPLICATE,
    ColumnRule,
    ConstantRule,
    Rules,
    ValueRule,
    split_key,
)
from leadctl.located import Mapping, Node, Scalar, Sequence
from leadctl.problems import Problem
from leadctl.settings import Reading, is_empty, plain

_KEYS = ("into", "map", "values", "set", "key", "on_duplicate", "date_order", "reason", "note")


def read_mapping(tree: Node | None) -> tuple[Rules, tuple[Problem, ...]]:
    """The rules that a mapping file gives, and all that is wrong with it.

    Keys: `map` (header: field, or a list of fields; nothing drops the column), `values` (field:
    {value: new value}), `set` (field: value), `key` (a field or a list), and `into`,
    `on_duplicate`, `date_order`, `reason` and `note` as the options of the same name. What is
    wrong is left out of the rules.
    """
    reading = Reading("files")
    given = reading.settings(tree, "a mapping file", _KEYS) or {}
    rules = Rules(
        into=reading.word(given.get("into"), "into", INTO),
        columns=tuple(_columns(reading, given.get("map"))),
        values=tuple(_values(reading, given.get("values"))),
        constants=tuple(_constants(reading, given.get("set"))),
        key=_key(reading, given.get("key")),
        on_duplicate=reading.word(given.get("on_duplicate"), "on_duplicate", ON_DUPLICATE),
        date_order=reading.word(given.get("date_order"), "date_order", DATE_ORDERS),
        reason=_text(reading, given.get("reason"), "reason"),
        note=_text(reading, given.get("note"), "note"),
    )
    return rules, tuple(reading.problems)


def _columns(reading: Reading, node: Node | None) -> Iterator[ColumnRule]:
    for header, value in reading.pairs(node, "map") or ():
        if isinstance(value, Scalar) and is_empty(value):
            yield ColumnRule(header.text, "", value.where)
        for field in _one_or_more(reading, value, header.text):
            yield ColumnRule(header.text, field.text.strip(), field.where)


def _values(reading: Reading, node: Node | None) -> Iterator[ValueRule]:
    for field, replacements in reading.pairs(node, "values") or ():
        for old, new in reading.pairs(replacements, f"values of {field.text}") or ():
            # Nothing is a value here: it takes the old one away.
            if isinstance(new, Scalar):
                yield ValueRule(field.text, old.text.strip(), new.text.strip(), new.where)
            else:
                reading.text(new, f"the new value of {old.text}")


def _constants(reading: Reading, node: Node | None) -> Iterator[ConstantRule]:
    for field, value in reading.pairs(node, "set") or ():
        text = reading.text(value, field.text)
        if text:
            yield ConstantRule(field.text, text.text.strip(), text.where)


def _key(reading: Reading, node: Node | None) -> tuple[str, ...]:
    fields = plain(_one_or_more(reading, node, "key"))
    return tuple(name for field in fields for name in split_key(field))


def _text(reading: Reading, node: Node | None, key: str) -> str:
    text = reading.text(node, key)
    return text.text.strip() if text else ""


def _one_or_more(reading: Reading, node: Node | None, key: str) -> tuple[Scalar, ...]:
    if isinstance(node, Sequence | Mapping):
        return reading.texts(node, key)
    return () if node is None or is_empty(node) else (node,)
