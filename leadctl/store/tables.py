"""A table of contacts in one file: `contacts.yaml`, a list of mappings, or `contacts.csv`.

A folder with a file for each, in `leadctl.store.folders`, has the same face.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from leadctl.errors import ConflictError, DataError
from leadctl.problems import Problem
from leadctl.records import Record, Value
from leadctl.store.files import is_there, read_bytes
from leadctl.store.looks import Found

if TYPE_CHECKING:
    from leadctl.store.encoding import Decoded
    from leadctl.store.pieces import Pieces

#: Field → new value, for each id.
Edits = Mapping[str, Mapping[str, Value]]
#: Id → the text of the record before and after; empty: it is not there.
Typed = Mapping[str, tuple[str, str]]
NONE_TYPED: Typed = {}


@dataclass(frozen=True, slots=True)
class Rows:
    """The records of a table and what is wrong with its files."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What a file is to hold, and what it held when that was worked out.

    None: it is not there, or goes.
    """

    path: Path
    old: bytes | None
    new: bytes | None


@dataclass(frozen=True, slots=True)
class OneFile:
    """All records in one file: a YAML list, or CSV with a header."""

    path: Path
    load: Callable[[Path], bytes] = read_bytes
    #: Columns without which no row of a CSV can be read.
    needed: tuple[str, ...] = ("id", "name")

    def paths(self) -> Sequence[Path]:
        """The one file."""
        return (self.path,)

    def found(self) -> Iterable[Found]:
        """The file, if it is there, as the operating system sees it."""
        there = is_there(self.path)
        return [(self.path.name, there)] if there else ()

    def folders(self) -> set[Path]:
        """Where the file is in truth: a link may lead elsewhere."""
        return {self.path.resolve().parent}

    @property
    def mark(self) -> bytes:
        """What each record begins with."""
        return b"" if self.path.suffix == ".csv" else b"- "

    def cut(self, content: bytes) -> Pieces | None:
        """*content* of the file as the text of each record; None if only a reader can tell."""
        from leadctl.store.pieces import cut_csv, cut_yaml

        return cut_csv(content) if self.path.suffix == ".csv" else cut_yaml(content)

    def split(self, content: bytes) -> Pieces | None:
        """As `cut`, where each record is known to be sound, or is cut once more by itself."""
        from leadctl.store.pieces import split_csv, split_yaml

        return split_csv(content) if self.path.suffix == ".csv" else split_yaml(content)

    def holding(self, content: bytes) -> OneFile:
        """The same file, if it held *content*."""
        return replace(self, load=lambda _: content)

    def read_as(self, content: bytes) -> Rows:
        """All records of *content*, as if the file held it."""
        return self.holding(content).read()

    def read(self, only: Collection[str] | None = None) -> Rows:  # noqa: ARG002  # it is one file
        """All records in the order of the file, whatever *only* says."""
        text, problems = text_of(self.load(self.path), self.path.name)
        records, found = self._read_records(text)
        return Rows(tuple(records), (*problems, *found))

    def rewrites(
        self,
        edits: Edits,
        additions: Iterable[Mapping[str, Value]],
        removals: Collection[str] = (),
        typed: Typed = NONE_TYPED,
    ) -> list[Rewrite]:
        """The file with *edits* spliced in, *additions* at its end, and without *removals*.

        Raises:
            ConflictError: a record that is *typed* anew is no longer as it was then.
        """
        from leadctl.store.encoding import encode

        old, decoded = sound(self.load(self.path), self.path.name)
        if typed:
            require_texts(self.texts(typed), typed)
        new = _edit(decoded.text, self.path, edits, tuple(additions), removals, typed=typed)
        return [Rewrite(self.path, old if self.path.exists() else None, encode(new, decoded.bom))]

    def texts(self, ids: Collection[str]) -> dict[str, str]:
        """The text of each record with one of *ids*, with the comments in it; none of a CSV.

        Raises:
            DataError: the file is not sound.
        """
        if self.path.suffix == ".csv":
            return {}
        from leadctl.store.yaml_texts import record_texts

        _, decoded = sound(self.load(self.path), self.path.name)
        return record_texts(decoded.text, ids)

    def empty(self) -> Iterable[tuple[Path, bytes]]:
        """A header, or a comment that says what belongs here."""
        return [(self.path, _EMPTY[self.path.suffix].encode())]

    # The codecs are loaded when a file is read or written: what the index can answer needs neither.

    def _read_records(self, text: str) -> tuple[list[Record], list[Problem]]:
        if self.path.suffix == ".csv":
            from leadctl.store import csv_reader

            return csv_reader.read_records(text, self.path.name, needed=self.needed)
        from leadctl.store import yaml_reader

        return yaml_reader.read_records(text, self.path.name)


def _edit(
    text: str,
    path: Path,
    edits: Edits,
    additions: Sequence[Mapping[str, Value]],
    removals: Collection[str],
    *,
    typed: Typed,
) -> str:
    if path.suffix == ".csv":
        from leadctl.store import csv_editor

        return csv_editor.edit(text, edits, additions, removals)
    from leadctl.store import yaml_editor

    if not typed:
        return yaml_editor.edit(text, edits, additions, removals)
    from leadctl.store import yaml_texts

    text = yaml_texts.without_comments_below(text, set(removals) & typed.keys())
    others = {id_: fields for id_, fields in edits.items() if id_ not in typed}
    text = yaml_editor.edit(text, others, additions, removals)
    return yaml_texts.with_record_texts(text, {id_: new for id_, (_, new) in typed.items() if new})


def require_texts(there: Mapping[str, str], typed: Typed) -> None:
    """Put no text in the place of one that nobody has seen.

    Raises:
        ConflictError: one of the texts that are *there* is not what is *typed* instead of.
    """
    for id_, (old, _) in typed.items():
        if there.get(id_, "") != old:
            message = f'the text of "{id_}" was changed meanwhile; nothing was changed'
            raise ConflictError(message, hint="look at it and run the command again")


#: The columns of a new contacts.csv; others are added when they are first needed.
_COLUMNS = "id,name,status,company,email,phone,source,owner,tags,created,note"
_EMPTY = {
    ".csv": f"{_COLUMNS}\n",
    ".yaml": "# The contacts of this book. Edit them here, or with leadctl.\n",
}


def sound(content: bytes, shown: str) -> tuple[bytes, Decoded]:
    """*content* of the file *shown*, as bytes and as text that can be edited.

    Raises:
        DataError: it is not UTF-8, so there is no text that a change could be put into.
    """
    from leadctl.store.encoding import decode

    decoded = decode(content, shown)
    if decoded.problems:
        message = f"nothing was written: {shown} has to be mended first"
        raise DataError(message, problems=decoded.problems)
    return content, decoded


def text_of(content: bytes, shown: str) -> tuple[str, list[Problem]]:
    """*content* of the file *shown* as text, and what is wrong with it."""
    from leadctl.store.encoding import decode

    decoded = decode(content, shown)
    return decoded.text, list(decoded.problems)
