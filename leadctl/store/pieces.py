"""A file of contacts cut into its records, without reading what they say.

Who knows what a record says that is written just so need not read it again: in a file of a
hundred thousand only those are read that were changed. What cannot be cut with certainty is not
cut at all, and is read as a whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leadctl.records import Record

_REMARKS = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\r?\n)*\Z")
#: Lines of a YAML list that begin or end something else than a record, or one in another way.
_ODD_ENDS = tuple(char.encode() for char in "\x85\u2028\u2029")
_ODD_STARTS = (b"---", b"...", b"%", b"-\n", b"-\r", b"-\t")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The records of one file, as they are written."""

    #: What stands above them: remarks, or the header of a table. Both have to be as they were
    #: known: in remarks, too, there may be something that no reader takes.
    head: bytes
    #: What each of them begins with that is not repeated in `parts`.
    mark: bytes
    parts: Sequence[bytes]

    def fingerprints(self) -> list[bytes]:
        """One for each record, the same where the same is written."""
        return list(map(fingerprint, self.parts))

    def only(self, numbers: Iterable[int]) -> Pieces:
        """A file with no other records than those *numbers*, from 0."""
        return Pieces(self.head, self.mark, [self.parts[number] for number in numbers])

    def content(self) -> bytes:
        """The file that these are the pieces of."""
        lines = (b"%b%b\n" % (self.mark, part) for part in self.parts)
        return self.head + b"".join(lines)

    def are(self, records: Sequence[Record]) -> bool:
        """True if each piece is where the one of *records* stands that comes as many-th."""
        if len(records) != len(self.parts):
            return False
        line = self.head.count(b"\n") + 1
        for part, record in zip(self.parts, records, strict=True):
            end = line + part.count(b"\n") + 1
            if not line <= record.where.line < end:
                return False
            line = end
        return True


def fingerprint(part: bytes) -> bytes:
    """What tells whether a record is written as *part*."""
    return hashlib.sha1(part, usedforsecurity=False).digest()


def cut_yaml(content: bytes) -> Pieces | None:
    """The records of a list whose dashes stand at the begin of the line; None if it is not one."""
    if any(_has_line(content, start) for start in _ODD_STARTS) or _has_lone_return(content):
        return None
    return None if any(end in content for end in _ODD_ENDS) else split_yaml(content)


def split_yaml(content: bytes) -> Pieces | None:
    """As `cut_yaml`, for a file whose records are all known to be sound, or are looked at then."""
    if not content.endswith(b"\n"):
        return None
    if content.startswith(b"- "):
        head, body = b"", content
    else:
        first = content.find(b"\n- ") + 1
        head, body = content[:first], content[first:]
        if not first or _REMARKS.match(head) is None:
            return None
    return Pieces(head, b"- ", body[2:-1].split(b"\n- "))


def cut_csv(content: bytes) -> Pieces | None:
    """The rows of a table below its header, those with line ends in quotes as well."""
    if b"\x1a" in content or _has_lone_return(content):
        return None
    pieces = split_csv(content)
    return pieces if pieces and all(map(bytes.strip, pieces.parts)) else None


def split_csv(content: bytes) -> Pieces | None:
    """As `cut_csv`, for a file whose rows are all known to be sound, or are looked at then."""
    header, end, body = content.partition(b"\n")
    if not body.endswith(b"\n") or b'"' in header:
        return None
    lines = body[:-1].split(b"\n")
    return Pieces(header + end, b"", lines if b'"' not in body else _rows(lines))


def _rows(lines: Iterable[bytes]) -> list[bytes]:
    """*lines* put together where a quote is open at the end of one."""
    rows: list[bytes] = []
    is_open = False
    for line in lines:
        if is_open:
            rows[-1] += b"\n" + line
        else:
            rows.append(line)
        is_open ^= bool(line.count(b'"') % 2)
    return rows


def _has_lone_return(content: bytes) -> bool:
    """True if there is a line end of an old kind, or one that belongs to a text."""
    return content.count(b"\r") != content.count(b"\r\n")


def _has_line(content: bytes, start: bytes) -> bool:
    return content.startswith(start) or b"\n" + start in content
