"""The three forms in which a book keeps its contacts, behind one face.

`contacts.yaml` is a list of mappings, `contacts.csv` a header and rows, `contacts/` one mapping
a file, named for the id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leadctl.errors import DataError
from leadctl.problems import Problem, Where
from leadctl.records import Record, Value
from leadctl.store.files import read_bytes
from leadctl.store.leftovers import first_version

if TYPE_CHECKING:
    from leadctl.store.encoding import Decoded

#: Field → new value, for each id.
Edits = Mapping[str, Mapping[str, Value]]


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

    def paths(self) -> Sequence[Path]:
        """The one file."""
        return (self.path,)

    def read(self, only: Collection[str] | None = None) -> Rows:  # noqa: ARG002  # it is one file
        """All records in the order of the file, whatever *only* says."""
        text, problems = _text(self.load(self.path), self.path.name)
        records, found = _read_records(text, self.path)
        return Rows(tuple(records), (*problems, *found))

    def rewrites(
        self,
        edits: Edits,
        additions: Iterable[Mapping[str, Value]],
        removals: Collection[str] = (),
    ) -> list[Rewrite]:
        """The file with *edits* spliced in, *additions* at its end, and without *removals*."""
        from leadctl.store.encoding import encode

        old, decoded = _sound(self.load(self.path), self.path.name)
        new = _edit(decoded.text, self.path, edits, tuple(additions), removals)
        return [Rewrite(self.path, old if self.path.exists() else None, encode(new, decoded.bom))]

    def empty(self) -> Iterable[tuple[Path, bytes]]:
        """A header, or a comment that says what belongs here."""
        return [(self.path, _EMPTY[self.path.suffix].encode())]


# The codecs are loaded when a file is read or written: what the index can answer needs neither.


def _read_records(text: str, path: Path) -> tuple[list[Record], list[Problem]]:
    if path.suffix == ".csv":
        from leadctl.store import csv_reader

        return csv_reader.read_records(text, path.name, needed=("id", "name"))
    from leadctl.store import yaml_reader

    return yaml_reader.read_records(text, path.name)


def _edit(
    text: str,
    path: Path,
    edits: Edits,
    additions: Sequence[Mapping[str, Value]],
    removals: Collection[str],
) -> str:
    if path.suffix == ".csv":
        from leadctl.store import csv_editor

        return csv_editor.edit(text, edits, additions, removals)
    from leadctl.store import yaml_editor

    return yaml_editor.edit(text, edits, additions, removals)


#: The columns of a new contacts.csv; others are added when they are first needed.
_COLUMNS = "id,name,status,company,email,phone,source,owner,tags,created,note"
_EMPTY = {
    ".csv": f"{_COLUMNS}\n",
    ".yaml": "# The contacts of this book. Edit them here, or with leadctl.\n",
}


@dataclass(frozen=True, slots=True)
class YamlFolder:
    """A record a file."""

    path: Path
    load: Callable[[Path], bytes] = read_bytes
    #: Files that are as good as written, or as good as gone: then they are empty.
    promised: frozenset[Path] = frozenset()

    def paths(self) -> Sequence[Path]:
        """The YAML files of the folder, without what editors and sync clients leave there."""
        there = {path for path in self.path.glob("*.yaml") if path.is_file()}
        mine = {path for path in self.promised if path.parent == self.path}
        gone = {path for path in mine if not self.load(path)}
        return sorted(path for path in (there | mine) - gone if not _is_leftover(path.name))

    def read(self, only: Collection[str] | None = None) -> Rows:
        """All records in the order of the file names, or those with the ids *only*."""
        records: list[Record] = []
        problems: list[Problem] = []
        for path in self.paths():
            if only is not None and path.stem not in only:
                continue
            record, found = self._read_one(path)
            problems += found
            if record:
                records.append(record)
        for path in sorted(self.path.glob("*.yml")):
            shown, hint = f"{self.path.name}/{path.name}", "rename it, so that it ends in .yaml"
            problems.append(Problem(Where(shown), "this file is not read", hint, is_warning=True))
        problems += self._no_files()
        return Rows(tuple(records), tuple(problems))

    def _no_files(self) -> Iterator[Problem]:
        for path in sorted(self.path.glob("*.yaml")):
            if not path.is_file() and not _is_leftover(path.name):
                shown, hint = f"{self.path.name}/{path.name}", "put a file in its place"
                message = "this is no file, so it is not read"
                yield Problem(Where(shown), message, hint, is_warning=True)

    def _read_one(self, path: Path) -> tuple[Record | None, list[Problem]]:
        shown = f"{self.path.name}/{path.name}"
        from leadctl.store import yaml_reader

        text, problems = _text(self.load(path), shown)
        record, found = yaml_reader.read_record(text, shown)
        problems += found
        if record is None:
            if not problems:
                hint = "write `name:` and `status:`, or remove the file"
                problems.append(Problem(Where(shown, 1), "this file holds no contact", hint))
            return None, problems
        if "id" not in record.values:
            # The name of the file says it; there is no need to type it twice.
            values = {"id": path.stem, **record.values}
            record = Record(values, record.where, record.places)
        if record.values["id"] != path.stem:
            message = f'the file is named "{path.name}", but holds the id "{record.values["id"]}"'
            hint = "rename the file or change the id, so that both are the same"
            problems.append(Problem(record.at("id"), message, hint, "ids", blocks_writing=True))
            return None, problems
        return record, problems

    def rewrites(
        self,
        edits: Edits,
        additions: Iterable[Mapping[str, Value]],
        removals: Collection[str] = (),
    ) -> list[Rewrite]:
        """The files that *edits* change, a new one for each addition, and those of *removals*."""
        from leadctl.store import yaml_editor
        from leadctl.store.encoding import encode

        found = []
        for contact, fields in edits.items():
            path = self._file(contact)
            old, decoded = _sound(self.load(path), path.name)
            new = encode(yaml_editor.edit_one(decoded.text, fields), decoded.bom)
            found.append(Rewrite(path, old, new))
        for fields in additions:
            path = self._file(str(fields["id"]))
            # A file with nothing but comments may be there already; they stay.
            old, decoded = _sound(self.load(path), path.name)
            new = encode(yaml_editor.edit_one(decoded.text, fields), decoded.bom)
            found.append(Rewrite(path, old if path.exists() else None, new))
        return [*found, *self._gone(removals, edits)]

    def _gone(self, ids: Iterable[str], edits: Edits) -> Iterator[Rewrite]:
        from leadctl.store.edit_error import EditError

        for each in ids:
            path = self._file(each)
            if each in edits or not path.is_file():
                raise EditError(f'there is no record with the id "{each}"')
            yield Rewrite(path, self.load(path), None)

    def empty(self) -> Iterable[tuple[Path, bytes]]:
        """Nothing but the folder, which git keeps by its one hidden file."""
        return [(self.path / ".gitkeep", b"")]

    def _file(self, contact: str) -> Path:
        return self.path / f"{contact}.yaml"


def _is_leftover(name: str) -> bool:
    return name.startswith((".", "#")) or name.endswith("~") or bool(first_version(name))


def _sound(content: bytes, shown: str) -> tuple[bytes, Decoded]:
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


def _text(content: bytes, shown: str) -> tuple[str, list[Problem]]:
    from leadctl.store.encoding import decode

    decoded = decode(content, shown)
    return decoded.text, list(decoded.problems)


#: A table of records with an id, in either form.
Table = OneFile | YamlFolder
