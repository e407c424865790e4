"""Some records of a large file, changed without reading the others.

That works where every record stands in the file as it stood when the file was last read and
found sound: then only the records that change need reading, before and after. In all other cases
the file is read as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from leadctl.records import Value
from leadctl.store.pieces import Pieces
from leadctl.store.tables import Edits, OneFile, Rewrite, Rows

#: New records are written as the last ones are: with a blank line in between, or without.
_MODELS = 2


class Known(Protocol):
    """What is known of a file that was read before."""

    def fingerprints(self) -> Mapping[bytes, int]:
        """How all records were written then → their numbers; nothing if the file was not sound."""

    def numbers(self, ids: Iterable[str]) -> Mapping[str, int]:
        """The numbers of the contacts with these *ids*, as far as there are any."""

    def head(self) -> bytes:
        """What stood above the records."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The records of one file that a change is about."""

    table: OneFile
    #: All of the file.
    content: bytes
    pieces: Pieces
    #: Which of the pieces, from 0.
    numbers: Sequence[int]

    @property
    def count(self) -> int:
        """How many records the file has."""
        return len(self.pieces.parts)

    def rows(self) -> Rows:
        """The records of the excerpt; their lines are those within it."""
        return self.table.read_as(self.pieces.only(self.numbers).content())

    def rewrite(self, edits: Edits, additions: Sequence[Mapping[str, Value]]) -> Rewrite | None:
        """The file with *edits* and *additions*; None if that changes more than the excerpt.

        Raises:
            EditError: the change cannot be made.
        """
        small = self.table.holding(self.pieces.only(self.numbers).content())
        (edited,) = small.rewrites(edits, additions)
        cut = self.table.cut(edited.new or b"")
        if cut is None or cut.head != self.pieces.head:
            return None
        if len(cut.parts) != len(self.numbers) + len(additions):
            return None
        parts = [*self.pieces.parts, *cut.parts[len(self.numbers) :]]
        for number, part in zip(self.numbers, cut.parts, strict=False):
            parts[number] = part
        made = Pieces(self.pieces.head, self.pieces.mark, parts).content()
        return Rewrite(self.table.path, self.content, made)


def excerpt(
    table: OneFile, ids: Collection[str], known: Known, *, is_longer: bool
) -> Excerpt | None:
    """The records of *ids*, and the last ones if the file becomes *longer*.

    None if the file is not as it is *known*, so that it has to be read.
    """
    content = table.load(table.path)
    before, pieces = known.fingerprints(), table.cut(content)
    if not before or pieces is None or pieces.head != known.head():
        return None
    places = {piece: number for number, piece in enumerate(pieces.fingerprints())}
    if len(places) < len(pieces.parts) or not before.keys() >= places.keys():
        return None
    wanted = set(known.numbers(ids).values())
    numbers = {places[piece] for piece in places if before[piece] in wanted}
    if len(numbers) < len(set(ids)):
        return None
    if is_longer:
        last = len(pieces.parts)
        numbers.update(range(max(0, last - _MODELS), last))
    return Excerpt(table, content, pieces, sorted(numbers))
