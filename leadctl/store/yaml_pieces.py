"""Cutting a broken file into pieces of one record, so that one mistake hides nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_FIRST_DASH = re.compile(r"^( *)-(?=[ \t\r\n]|\Z)", re.MULTILINE)
_CONFLICT = re.compile(r"^<<<<<<< .*$", re.MULTILINE)
_CONFLICT_END = re.compile(r"^>>>>>>> .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, from *start* up to *end*."""

    start: int
    end: int

    def meets(self, other: Piece) -> bool:
        """True if both have a character in common."""
        return self.start < other.end and other.start < self.end


def conflicts(text: str) -> list[Piece]:
    """The parts between the marks of a merge that git left to the user, marks included."""
    found: list[Piece] = []
    for opening in _CONFLICT.finditer(text):
        if found and opening.start() < found[-1].end:
            continue
        closing = _CONFLICT_END.search(text, opening.end())
        found.append(Piece(opening.start(), closing.end() if closing else len(text)))
    return found


def pieces(text: str, avoid: list[Piece]) -> list[Piece]:
    """*text* cut where a record starts, without the pieces that meet one of *avoid*.

    What stands before the first record is a piece of its own. None if no record is seen.
    """
    first = _FIRST_DASH.search(text)
    if first is None:
        return []
    dash = re.compile(rf"^{first[1]}-(?=[ \t\r\n]|\Z)", re.MULTILINE)
    starts = {0, *(found.start() for found in dash.finditer(text))}
    starts |= {part.start for part in avoid if _opens_with_record(text, part, dash)}
    edges = [*sorted(starts), len(text)]
    cut = [Piece(start, end) for start, end in pairwise(edges)]
    return [piece for piece in cut if not any(piece.meets(part) for part in avoid)]


def _opens_with_record(text: str, part: Piece, dash: re.Pattern[str]) -> bool:
    """True if the conflict *part* is about whole records, so that the one before it is sound."""
    line_end = text.find("\n", part.start)
    return line_end >= 0 and dash.match(text, line_end + 1) is not None
