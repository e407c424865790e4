"""Some records of a large file, changed without reading the others.

That works where the file is as it was when it was last read and found sound: then only the
records that change need reading, before and after. In all other cases it is read as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from leadctl.records import Value
from leadctl.store.intents import digest
from leadctl.store.pieces import Pieces, fingerprint
from leadctl.store.tables import NONE_TYPED, Edits, OneFile, Rows, Typed

#: New records are written as the last ones are: with a blank line in between, or without.
_MODELS = 2
#: So few records are looked for one by one, each in so many places; more are found in one pass.
_FEW = 20
_LOOKS = 20


class Known(Protocol):
    """What is known of a file that was read before."""

    def digest(self) -> str:
        """The fingerprint of all of the file; empty if it was not sound."""

    def fingerprints(self) -> Mapping[bytes, int]:
        """How all records were written then → their numbers; nothing if the file was not sound."""

    def fingerprint(self, number: int) -> bytes:
        """How the record with this *number* was written; empty if that is not known."""

    def numbers(self, ids: Iterable[str]) -> Mapping[str, int]:
        """The numbers of the contacts with these *ids*, as far as there are any."""

    def head(self) -> bytes:
        """What stood above the records."""

    def size(self) -> int:
        """How many records there were."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The records of one file that a change is about."""

    table: OneFile
    #: All of the file.
    content: bytes
    #: What stands above the records, and what each begins with that is in none of the spans.
    head: bytes
    mark: bytes
    #: From where to where each record of the excerpt stands, in the order of the file.
    spans: Sequence[tuple[int, int]]
    #: How many records the file has.
    count: int

    def rows(self) -> Rows:
        """The records of the excerpt; their lines are those within it."""
        return self.table.read_as(self._alone())

    def rewrite(
        self,
        edits: Edits,
        additions: Sequence[Mapping[str, Value]],
        removals: Collection[str] = (),
        typed: Typed = NONE_TYPED,
    ) -> Rewritten | None:
        """The file after these changes; None if more than the excerpt would change.

        Of a record that goes nothing stays, so that it may not have a remark in it or below it.

        Raises:
            EditError: the change cannot be made.
        """
        (edited,) = self.table.holding(self._alone()).rewrites(edits, additions, typed=typed)
        cut = self.table.cut(edited.new or b"")
        if cut is None or cut.head != self.head:
            return None
        if len(cut.parts) != len(self.spans) + len(additions):
            return None
        if self.count + len(additions) <= len(removals):
            return None
        ids = [str(record.values.get("id")) for record in self.rows().records]
        made, parts, at = [], {}, 0
        for (start, end), part, id_ in zip(self.spans, cut.parts, ids, strict=False):
            if id_ not in removals:
                made += [self.content[at:start], part]
                parts[id_], at = part, end
            elif self.mark and b"#" in part:
                return None
            else:
                made.append(self.content[at : start - len(self.mark)])
                at = end + 1
        new = cut.parts[len(self.spans) :]
        parts |= {str(each["id"]): part for each, part in zip(additions, new, strict=True)}
        lines = (b"%b%b\n" % (self.mark, part) for part in new)
        return Rewritten(b"".join((*made, self.content[at:], *lines)), parts)

    def texts(self, ids: Collection[str]) -> dict[str, str]:
        """The text of each record of the excerpt with one of *ids*, as `OneFile.texts` has it."""
        return self.table.holding(self._alone()).texts(ids)

    def _alone(self) -> bytes:
        parts = [self.content[start:end] for start, end in self.spans]
        return Pieces(self.head, self.mark, parts).content()


class Rewritten(NamedTuple):
    """A file after a change, and how those of the excerpt and the new ones are written then."""

    content: bytes
    #: By id.
    parts: Mapping[str, bytes]


def excerpt(
    table: OneFile, ids: Collection[str], known: Known, *, is_longer: bool
) -> Excerpt | None:
    """The records of *ids*, and the last ones if the file becomes *longer*.

    None if the file is not as it is *known*, so that it has to be read.
    """
    content = table.load(table.path)
    before = known.digest()
    if not before or before != digest(content):
        return None
    numbers = known.numbers(ids)
    if len(numbers) < len(set(ids)):
        return None
    if len(numbers) <= _FEW and not is_longer:
        spans = [_span(table, content, id_, known.fingerprint(n)) for id_, n in numbers.items()]
        if all(spans):
            found = sorted(span for span in spans if span)
            return Excerpt(table, content, known.head(), table.mark, found, known.size())
    return _cut(table, content, set(numbers.values()), known, is_longer=is_longer)


def _span(table: OneFile, content: bytes, word: str, piece: bytes) -> tuple[int, int] | None:
    """Where the record stands that is written as *piece* tells, and holds *word*."""
    between, at = b"\n" + table.mark, -1
    for _ in range(_LOOKS):
        at = content.find(word.encode(), at + 1)
        if at < 0:
            break
        start = content.rfind(between, 0, at) + len(between)
        end = content.find(between, at)
        span = (start, end if end >= 0 else len(content) - 1)
        if fingerprint(content[slice(*span)]) == piece:
            return span
    return None


def _cut(
    table: OneFile, content: bytes, wanted: Collection[int], known: Known, *, is_longer: bool
) -> Excerpt | None:
    pieces, before = table.split(content), known.fingerprints()
    if pieces is None or pieces.head != known.head():
        return None
    numbers = {at for at, piece in enumerate(pieces.fingerprints()) if before[piece] in wanted}
    last = len(pieces.parts)
    if is_longer:
        numbers.update(range(max(0, last - _MODELS), last))
    spans, at = [], len(pieces.head)
    for number, part in enumerate(pieces.parts):
        start = at + len(pieces.mark)
        at = start + len(part) + 1
        if number in numbers:
            spans.append((start, at - 1))
    return Excerpt(table, content, pieces.head, pieces.mark, spans, last)
