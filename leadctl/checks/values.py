"""Checks of what stands in the fields of the contacts: statuses, names of fields, dates, texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from shlex import quote

from leadctl.dates import parse_stored, quoted
from leadctl.fields import SYNONYMS, Kind, Schema
from leadctl.matching import closest
from leadctl.problems import Problem
from leadctl.records import Contact, Record, Value
from leadctl.sanitise import hidden, safe
from leadctl.stages import Stages

#: How a spreadsheet writes a long number that it has rounded.
_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}")
_KEYS = ("phone", "external_id")


def status_problems(records: Sequence[Record], stages: Stages) -> Iterable[Problem]:
    """Statuses that are missing, unknown, or not written by their present name."""
    counts = Counter(str(record.values.get("status", "")) for record in records)
    for record in records:
        yield from _status_problems(record, stages, counts)


def field_problems(records: Sequence[Record], schema: Schema) -> Iterable[Problem]:
    """Fields that look like a slip of the pen, each reported where it first occurs.

    A field of the user's own that many contacts have is meant, whatever it looks like.
    """
    found: dict[str, list[Record]] = {}
    for record in records:
        for name in record.values:
            found.setdefault(name, []).append(record)
    for name, having in found.items():
        meant = SYNONYMS.get(name, "")
        if not meant and schema.find(name) is None and len(having) <= _rare(len(records)):
            meant = closest(name, schema.names(), likeness=0.8)
        if meant:
            message = f'"{name}" is a field of your own; did you mean "{meant}"?'
            hint = "if it is meant, declare it under `fields:` in stages.yaml"
            yield Problem(having[0].at(name), message, hint, "files", is_warning=True)


def future_problems(contacts: Iterable[Contact], today: date) -> Iterable[Problem]:
    """Days that have to lie in the past and do not."""
    for contact in contacts:
        for name, day in (("created", contact.created), ("last_touch", contact.last_touch)):
            if day and day > today:
                message = f"{name} of {contact.id} lies in the future: {day}"
                yield Problem(contact.source, message, "", "dates", is_warning=True)


def own_date_problems(records: Iterable[Record], schema: Schema) -> Iterable[Problem]:
    """Dates in fields of the user's own that cannot be read."""
    names = tuple(name for name, field in schema.own.items() if field.kind is Kind.DATE)
    for record in records if names else ():
        for name in names:
            value = record.values.get(name, "")
            try:
                if isinstance(value, str) and value:
                    parse_stored(value)
            except ValueError as error:
                hint = "write the date as 2026-11-22"
                yield Problem(record.at(name), f"{name}: {error}", hint, "dates")


def own_number_problems(records: Iterable[Record], schema: Schema) -> Iterable[Problem]:
    """Numbers and amounts in fields of the user's own that cannot be read, nor compared."""
    names = tuple(name for name, each in schema.own.items() if each.kind in _NUMBERS)
    for record in records if names else ():
        for name in names:
            value = record.values.get(name, "")
            if isinstance(value, str) and value and not _AMOUNT.fullmatch(value):
                hint = "write digits, as in 1250.50; a currency may stand before or behind them"
                message = f"{name}: {quoted(value)} is no number"
                yield Problem(record.at(name), message, hint, "files")


#: Digits with their marks, and perhaps a currency: as generous as what queries can compare.
_AMOUNT = re.compile(r"[^\d+-]{0,4}[+-]?\d[\d.,'’\xa0\u202f ]{0,40}\D{0,4}")
_NUMBERS = (Kind.NUMBER, Kind.MONEY)


def text_problems(records: Iterable[Record]) -> Iterable[Problem]:
    """Values with characters that hide, and numbers that a spreadsheet has spoilt."""
    for record in records:
        for name, value in record.values.items():
            yield from _value_problems(record, name, value)


def _status_problems(
    record: Record, stages: Stages, counts: Mapping[str, int]
) -> Iterable[Problem]:
    written = record.values.get("status", "")
    who = record.values.get("id", "a contact")
    if not written:
        message = f"{who} has no status"
        hint = f'leadctl set-status "{stages.default}" {who}'
        yield Problem(record.where, message, hint, "statuses")
        return
    if not isinstance(written, str):
        # A list, which reading the contact has reported.
        return
    status = stages.find(written)
    if status is None:
        hint = _unknown_status_hint(written, stages, counts[written])
        yield Problem(record.at("status"), f'no status named "{written}"', hint, "statuses")
    elif status.name != written:
        message = f'"{written}" is an old name or another spelling of "{status.name}"'
        hint = f'write "{status.name}"'
        yield Problem(record.at("status"), message, hint, "statuses", is_warning=True)


def _unknown_status_hint(written: str, stages: Stages, count: int) -> str:
    names = [status.name for status in stages.statuses]
    near = closest(written, names)
    if near and count == 1:
        return f'did you mean "{near}"?'
    likely = f'did you mean "{near}"?' if near else f"statuses: {', '.join(names)}."
    command = f"leadctl stages rename {quote(written)} {quote(near) if near else 'NAME'}"
    return f"{likely} If it has a new name: {command}"


def _rare(contacts: int) -> int:
    """In how many contacts at most a field may be a slip: two, or one in a hundred."""
    return max(2, contacts // 100)


def _value_problems(record: Record, name: str, value: Value) -> Iterable[Problem]:
    texts = (value,) if isinstance(value, str) else value
    for text in texts:
        if not (text.isascii() and text.isprintable()):
            yield from _hidden(record, name, text)
        if name in _KEYS and _ROUNDED.fullmatch(text):
            message = f'{name} "{text}" is a number that a spreadsheet has rounded'
            hint = "take it anew from where it came from, with the column formatted as text"
            yield Problem(record.at(name), message, hint, "files", is_warning=True)


def _hidden(record: Record, name: str, text: str) -> Iterable[Problem]:
    plain = re.sub(r"\r\n|[\n\t]", " ", text)
    if safe(plain) == plain:
        return
    found = hidden().search(plain)
    what = _kind_of(found.group()) if found else "a joiner or selector that joins nothing"
    message = f'{name} holds {what}: "{safe(plain)[:80]}"'
    hint = "retype the value; most editors can show invisible characters"
    yield Problem(record.at(name), message, hint, "files", is_warning=True)


def _kind_of(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return next((f"{kind} {code}" for kind, does in _HIDING.items() if does(character)), code)


_HIDING: Mapping[str, Callable[[str], bool]] = {
    "the control character": lambda char: char < " " or "\x7f" <= char <= "\x9f",
    "the mark for another direction of writing": lambda char: (
        char in "\u061c\u200e\u200f" or "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"
    ),
    "the invisible character": lambda _: True,
}
