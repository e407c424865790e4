"""Texts with `{field}` in them, as messages and lines of output are made by: cut into parts.

A doubled brace is the brace itself. Which fields there are is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_BRACE = re.compile(r"\{\{|\}\}|\{[^{}\n]*\}|[{}]")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place where a field goes."""

    #: Its name, as it was typed.
    field: str
    #: What goes there if there is no value; None: nothing was said.
    default: str | None


@dataclass(frozen=True, slots=True)
class Stray:
    """A brace that stands alone, and so means nothing."""

    brace: str

    @property
    def complaint(self) -> str:
        """What is wrong with it."""
        what = "is never closed on its line" if self.brace == "{" else "closes nothing"
        return f'the brace "{self.brace}" {what}'

    @property
    def hint(self) -> str:
        """What to type instead."""
        return f'for the brace itself write "{self.brace * 2}"'


def pieces(text: str) -> Iterator[tuple[int, str | Placeholder | Stray]]:
    """The parts of *text*, each with the number of characters in front of it."""
    end = 0
    for match in _BRACE.finditer(text):
        yield end, text[end : match.start()]
        yield match.start(), _braced(match[0])
        end = match.end()
    yield end, text[end:]


def _braced(text: str) -> str | Placeholder | Stray:
    if len(text) == 1:
        return Stray(text)
    if text in {"{{", "}}"}:
        return text[0]
    name, bar, default = text[1:-1].partition("|")
    return Placeholder(name.strip(), default if bar else None)
