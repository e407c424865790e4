"""Reads what users add to stages.yaml: fields of contacts, and views, which are saved queries."""

from __future__ import annotations

import re
from collections.abc import Mapping

from leadctl.dates import quoted
from leadctl.fields import FIELDS, SYNONYMS, Field, Kind
from leadctl.located import Node, Scalar
from leadctl.matching import fold
from leadctl.settings import Reading, is_empty, plain

#: The keys of a field, and what `type` may be.
FIELD_KEYS = ("type", "choices", "many")
FIELD_TYPES = ("text", "number", "date", "money", "choice")
#: Words in front of a colon that the query language keeps for itself.
QUERY_WORDS = ("has", "is", "no", "not")
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")
VIEW_NAME = re.compile(r"[a-z][a-z0-9_-]*")


def read_fields(reading: Reading, node: Node | None) -> dict[str, Field]:
    """The declared fields by name; the names are checked against those that leadctl has."""
    pairs = reading.pairs(node, "fields") or ()
    for name, _ in pairs:
        _check_field_name(reading, name)
    return {name.text: _read_field(reading, name, value) for name, value in pairs}


def read_views(reading: Reading, node: Node | None) -> dict[str, str]:
    """The saved queries by name, as text: whether they can be parsed is not looked at."""
    pairs = reading.pairs(node, "views") or ()
    for name, _ in pairs:
        _check_name(reading, name, VIEW_NAME, "view")
    texts = [(name.text, reading.text(query, f"view {quoted(name.text)}")) for name, query in pairs]
    return {name: query.text for name, query in texts if query}


def _check_field_name(reading: Reading, name: Scalar) -> None:
    if fold(name.text) in {*(known.name for known in FIELDS), *SYNONYMS}:
        hint = "every contact has it without being declared: delete it, or take another name"
        reading.error(name.where, f"{quoted(name.text)} is a field of leadctl's own", hint)
    elif fold(name.text) in QUERY_WORDS:
        message = f"{quoted(name.text)} has a meaning of its own in queries"
        reading.error(name.where, message, "take another name for the field")
    else:
        _check_name(reading, name, FIELD_NAME, "field")


def _check_name(reading: Reading, name: Scalar, pattern: re.Pattern[str], what: str) -> None:
    if pattern.fullmatch(name.text):
        return
    proposed = re.sub(r"[^a-z0-9]+", "_", fold(name.text)).strip("_")
    rule = f"a-z, 0-9 and {'_' if what == 'field' else '_ or -'}, starting with a letter"
    hint = f"such as `{proposed}`: {rule}" if pattern.fullmatch(proposed) else f"use {rule}"
    reading.error(name.where, f"{quoted(name.text)} cannot be the name of a {what}", hint)


def _read_field(reading: Reading, name: Scalar, node: Node) -> Field:
    if isinstance(node, Scalar):
        given: dict[str, Node] | None = {"type": node}
    else:
        given = reading.settings(node, f"field {quoted(name.text)}", FIELD_KEYS)
    if given is None:
        return Field(name.text, Kind.TEXT, "")
    kind = reading.word(given.get("type"), f"the type of {quoted(name.text)}", FIELD_TYPES)
    choices = reading.texts(given.get("choices"), "choices")
    many = reading.flag(given.get("many"), "many", default=False)
    if kind or "type" not in given:
        _check_choices(reading, name, given, kind or "text")
    help_text = "a field of your own"
    return Field(name.text, Kind(kind or "text"), help_text, many=many, choices=plain(choices))


def _check_choices(reading: Reading, name: Scalar, given: Mapping[str, Node], kind: str) -> None:
    if kind == "choice" and is_empty(given.get("choices")):
        hint = f"such as `{name.text}: {{type: choice, choices: [one, two]}}`"
        reading.error(name.where, f"field {quoted(name.text)} has no choices", hint)
    if kind != "choice" and "choices" in given:
        hint = "write `type: choice`, or delete the choices"
        reading.error(given["choices"].where, f"a field of type {kind} has no choices", hint)
