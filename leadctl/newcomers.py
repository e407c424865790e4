"""People as they come in on stdin, as lines or as JSON, → values of new contacts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from leadctl.errors import RequestError
from leadctl.fields import DERIVED
from leadctl.problems import Where

_SHOWN = "stdin"
#: `Ada Lovelace <ada@example.com>`, as mail programs copy it.
_NAME_AND_MAIL = re.compile(r'"?(?P<name>[^<>"]*)"?\s*<(?P<email>[^<>\s]+@[^<>\s]+)>')
#: What a book gives itself, and what only `list` knows.
_OWN = frozenset({"id", "colour", *DERIVED})


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who is to be added."""

    #: As typed: field → text; several texts are joined by `; `.
    values: Mapping[str, str]
    where: Where = field(compare=False)


def newcomers(text: str) -> tuple[Newcomer, ...]:
    """The people of *text*: one a line, or JSON objects, in a list or one after the other.

    A line is a name, or a name and an e-mail address in angle brackets; empty lines and those
    that begin with # are passed over. Of JSON every field counts but the id and what the book
    works out by itself.

    Raises:
        RequestError: it is neither, with the line.
    """
    said = text.lstrip()
    if said[:1] in ("{", "["):
        return tuple(_objects(text))
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Newcomer]:
    for number, line in enumerate(text.split("\n"), start=1):
        said = line.strip()
        if not said or said.startswith("#"):
            continue
        where = Where(_SHOWN, number)
        both = _NAME_AND_MAIL.fullmatch(said)
        if not both and ("<" in said or "\t" in said or said.startswith(("id,", "name,"))):
            hint = "write `Name` or `Name <mail>` a line, or JSON; a table goes to leadctl import -"
            raise RequestError(f'"{said}" is no name', hint=hint, where=where)
        values = {"name": said}
        if both:
            values = {"name": both["name"].strip() or both["email"], "email": both["email"]}
        yield Newcomer(values, where)


def _objects(text: str) -> Iterator[Newcomer]:
    decoder, at, line = json.JSONDecoder(), 0, 1
    is_list = text.lstrip().startswith("[")
    between = " \t\r\n[]," if is_list else " \t\r\n"
    if is_list and not text.rstrip().endswith("]"):
        # Whatever made it may have been killed: half of the people is not what was meant.
        where = Where(_SHOWN, text.rstrip().count("\n") + 1)
        raise RequestError("the list has no end: it is cut off", where=where)
    while at < len(text):
        if text[at] in between:
            line += text[at] == "\n"
            at += 1
            continue
        where, start = Where(_SHOWN, line), at
        try:
            found, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            raise RequestError("this is no JSON", hint=_HINT, where=where) from error
        if not isinstance(found, dict):
            raise RequestError("a person is written between { and }", hint=_HINT, where=where)
        line += text.count("\n", start, at)
        yield Newcomer(dict(_values(found, where)), where)


_HINT = 'write one object a line, as in {"name": "Ada", "email": "ada@example.com"}'


def _values(data: Mapping[str, object], where: Where) -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        if name in _OWN or value is None or value == []:
            continue
        texts = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str | int | float) for each in texts):
            raise RequestError(f'"{name}" holds neither a text nor a list', where=where)
        yield name, "; ".join(map(_text, texts))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
