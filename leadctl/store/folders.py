"""A table of contacts as a folder: one mapping a file, named for the id."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from leadctl.ids import is_valid_id
from leadctl.problems import Problem, Where
from leadctl.records import Record, Value
from leadctl.store.files import read_bytes
from leadctl.store.leftovers import first_version
from leadctl.store.looks import Found
from leadctl.store.tables import (
    NONE_TYPED,
    Edits,
    Rewrite,
    Rows,
    Typed,
    require_texts,
    sound,
    text_of,
)

_OTHER_ENDING = "this file is not read"
_NO_FILE = "this is no file, so it is not read"


@dataclass(frozen=True, slots=True)
class YamlFolder:
    """A record a file."""

    path: Path
    load: Callable[[Path], bytes] = read_bytes
    #: Files that are as good as written, or as good as gone: then they are empty.
    promised: frozenset[Path] = frozenset()

    def found(self) -> Iterator[Found]:
        """The YAML files as the operating system sees them; promises are not looked at."""
        # There may be a hundred thousand of them, and every command looks at all.
        folder, is_file = f"{self.path.name}/", stat.S_ISREG
        with contextlib.suppress(FileNotFoundError), os.scandir(self.path) as entries:
            for entry in entries:
                name = entry.name
                if not (_is_usual(name) or _is_read(name)):
                    continue
                try:
                    there = entry.stat()
                except OSError:
                    continue
                if is_file(there.st_mode):
                    yield folder + name, there

    def read_file(self, name: str) -> Rows:
        """What the file *name* of the folder says, nothing if it is not there."""
        path = self.path / name
        is_gone = not self.load(path) if path in self.promised else not path.is_file()
        if is_gone:
            return Rows((), ())
        record, problems = self._read_one(path)
        return Rows((record,) if record else (), tuple(problems))

    def strangers(self) -> tuple[Problem, ...]:
        """What to say of things in the folder that are not read."""
        others, no_files = [], []
        with contextlib.suppress(FileNotFoundError), os.scandir(self.path) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith(".yml"):
                    others.append(name)
                elif _is_read(name) and not _is_file(entry):
                    no_files.append(name)
        hint = "rename it, so that it ends in .yaml"
        found = [self._stranger(name, _OTHER_ENDING, hint) for name in sorted(others)]
        hint = "put a file in its place"
        return (*found, *(self._stranger(name, _NO_FILE, hint) for name in sorted(no_files)))

    def _stranger(self, name: str, message: str, hint: str) -> Problem:
        return Problem(Where(f"{self.path.name}/{name}"), message, hint, is_warning=True)

    def is_stranger(self, problem: Problem) -> bool:
        """True if *problem* is about a thing in the folder that is not read."""
        return problem.message in (_OTHER_ENDING, _NO_FILE)

    def paths(self) -> Sequence[Path]:
        """The YAML files of the folder, without what editors and sync clients leave there."""
        there = {path for path in self.path.glob("*.yaml") if path.is_file()}
        mine = {path for path in self.promised if path.parent == self.path}
        gone = {path for path in mine if not self.load(path)}
        return sorted(path for path in (there | mine) - gone if _is_read(path.name))

    def read(self, only: Collection[str] | None = None) -> Rows:
        """All records in the order of the file names, or those with the ids *only*."""
        records: list[Record] = []
        problems: list[Problem] = []
        for path in self.paths() if only is None else self._files(only):
            record, found = self._read_one(path)
            problems += found
            if record:
                records.append(record)
        return Rows(tuple(records), (*problems, *(self.strangers() if only is None else ())))

    def _files(self, ids: Collection[str]) -> list[Path]:
        """Those of the contacts *ids* that are there."""
        paths = (self._file(each) for each in sorted(ids) if is_valid_id(each))
        return [path for path in paths if self.load(path) or path.is_file()]

    def count(self) -> int:
        """How many files of contacts there are; promises are not looked at."""
        with contextlib.suppress(FileNotFoundError), os.scandir(self.path) as entries:
            return sum(_is_read(entry.name) and entry.is_file() for entry in entries)
        return 0

    def folders(self) -> set[Path]:
        """Where the files are in truth: links may lead elsewhere."""
        found = {self.path.resolve()}
        with contextlib.suppress(FileNotFoundError), os.scandir(self.path) as entries:
            links = [entry.path for entry in entries if entry.is_symlink()]
        return found | {Path(link).resolve().parent for link in links}

    def _read_one(self, path: Path) -> tuple[Record | None, list[Problem]]:
        shown = f"{self.path.name}/{path.name}"
        from leadctl.store import yaml_reader

        text, problems = text_of(self.load(path), shown)
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
        typed: Typed = NONE_TYPED,
    ) -> list[Rewrite]:
        """The files that *edits* change, a new one for each addition, and those of *removals*.

        Raises:
            ConflictError: a record that is *typed* anew is no longer as it was then.
        """
        from leadctl.store import yaml_editor
        from leadctl.store.encoding import encode

        require_texts(self.texts(typed), typed)
        found = [self._typed(id_, new) for id_, (_, new) in typed.items() if new]
        for contact, fields in edits.items():
            if contact in typed:
                continue
            path = self._file(contact)
            old, decoded = sound(self.load(path), path.name)
            new = encode(yaml_editor.edit_one(decoded.text, fields), decoded.bom)
            found.append(Rewrite(path, old, new))
        for fields in additions:
            if fields["id"] in typed:
                continue
            path = self._file(str(fields["id"]))
            # A file with nothing but comments may be there already; they stay.
            old, decoded = sound(self.load(path), path.name)
            new = encode(yaml_editor.edit_one(decoded.text, fields), decoded.bom)
            found.append(Rewrite(path, old if path.exists() else None, new))
        return [*found, *self._gone(removals, edits)]

    def texts(self, ids: Collection[str]) -> dict[str, str]:
        """The text of the file of each contact with one of *ids* that is there.

        Raises:
            DataError: one of them is not UTF-8.
        """
        paths = {path.stem: path for path in self._files(ids)}
        return {id_: sound(self.load(path), path.name)[1].text for id_, path in paths.items()}

    def _typed(self, id_: str, text: str) -> Rewrite:
        from leadctl.store.encoding import encode

        path = self._file(id_)
        old, decoded = sound(self.load(path), path.name)
        return Rewrite(path, old if path.exists() else None, encode(text, decoded.bom))

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


def _is_file(entry: os.DirEntry[str]) -> bool:
    with contextlib.suppress(OSError):
        return entry.is_file()
    # A link that leads round in a circle.
    return False


#: Names that need no second look: there may be a hundred thousand of them.
_is_usual = re.compile(r"[a-z0-9][a-z0-9-]*\.yaml").fullmatch


def _is_read(name: str) -> bool:
    """True for a YAML file that no editor and no sync program has left there."""
    if _is_usual(name):
        return True
    return name.endswith(".yaml") and not (name.startswith((".", "#")) or first_version(name))
