"""What is wrong in the user's data, as values that know their place: listed, never raised."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Where:
    """A place in one of the user's files; line and column count from 1, 0 means unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the user's data, with the place and what to do about it."""

    where: Where
    #: What is wrong, with the value in quotes; no full stop.
    message: str
    #: What to type or change next; empty if the message says it all.
    hint: str = ""
    #: The named check that finds it, one of `leadctl.checking.CHECKS`.
    check: str = "files"
    #: The line of the file at `where`, without its end.
    excerpt: str = ""
    #: A warning does not make `check` fail unless it is strict.
    is_warning: bool = False
    #: The file cannot be written safely while this stands.
    blocks_writing: bool = False
