r"""A text such as `{name} <{email}>` and a row of a view → a line of output.

`\t`, `\n`, `\r` and `\\` mean what they mean to `printf`; a doubled brace is the brace itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from leadctl.braces import Placeholder, Stray, pieces
from leadctl.errors import RequestError
from leadctl.fields import SYNONYMS
from leadctl.matching import did_you_mean
from leadctl.views import Cell, Row, plainly

_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}
#: Between the values of a field that has several; sentences may have commas.
SEPARATOR = "; "
#: Who wants to write or to call somebody needs one address, and the first one is the usual one.
FIRST_ONLY = frozenset({"email", "phone"})


@dataclass(frozen=True, slots=True)
class RowTemplate:
    """What each row is to look like."""

    parts: tuple[str | Placeholder, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it asks for, as they were typed, each once."""
        found = (part.field for part in self.parts if isinstance(part, Placeholder))
        return tuple(dict.fromkeys(found))

    def meaning(self, names: Sequence[str]) -> RowTemplate:
        """This template with its fields spelt as in *names*.

        Raises:
            RequestError: one of them is none of these.
        """
        return RowTemplate(
            tuple(
                replace(part, field=named(part.field, names))
                if isinstance(part, Placeholder)
                else part
                for part in self.parts
            )
        )

    def lines(self, rows: Iterable[Row], spell: Callable[[str], str]) -> Iterator[str]:
        """The text of each of *rows*, without a line end; *spell* makes values fit to be shown."""
        for row in rows:
            yield "".join(_text(part, row, spell) for part in self.parts)


def read_row_template(text: str) -> RowTemplate:
    """The template that *text* is.

    Raises:
        RequestError: a brace stands alone or has no field in it, or a backslash means nothing.
    """
    parts = []
    for place, piece in pieces(text):
        if isinstance(piece, Stray):
            message = f"--template: {piece.complaint}, at character {place + 1}"
            raise RequestError(message, hint=piece.hint)
        if isinstance(piece, Placeholder) and not piece.field:
            message = "--template: no field is named between the braces"
            raise RequestError(message, hint='write the name of a field there, as in "{name}"')
        parts.append(_unescaped(piece) if isinstance(piece, str) else piece)
    return RowTemplate(tuple(parts))


def named(word: str, names: Sequence[str]) -> str:
    """Which of *names* is meant by *word*, in any case and by any synonym.

    Raises:
        RequestError: none is.
    """
    for name in (word, word.lower(), SYNONYMS.get(word.lower(), "")):
        if name in names:
            return name
    hint = did_you_mean(word, names, f"fields: {', '.join(names)}")
    raise RequestError(f'no field named "{word}"', hint=hint)


def _unescaped(text: str) -> str:
    return re.sub(r"\\.?", _escape, text, flags=re.DOTALL)


def _escape(match: re.Match[str]) -> str:
    meant = _ESCAPES.get(match[0])
    if meant is None:
        hint = r"there are \t for a tab, \n for a line break, and \\ for a backslash"
        raise RequestError(f'--template: "{match[0]}" means nothing', hint=hint)
    return meant


def _text(part: str | Placeholder, row: Row, spell: Callable[[str], str]) -> str:
    if isinstance(part, str):
        return part
    return spell(_value(part.field, row.get(part.field))) or part.default or ""


def _value(name: str, cell: Cell) -> str:
    if not isinstance(cell, tuple):
        return plainly(cell)
    return "".join(cell[:1]) if name in FIRST_ONLY else SEPARATOR.join(cell)
