"""A book on disk: where it is, in which form it keeps its contacts, what its files say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from leadctl.errors import FileError, RequestError
from leadctl.located import Node
from leadctl.problems import Problem, Where
from leadctl.records import Event, Record
from leadctl.store.files import is_there, read_bytes, reason
from leadctl.store.folders import YamlFolder
from leadctl.store.looks import Found, Looks, look_at
from leadctl.store.tables import OneFile

#: Format → the name of the contacts in the folder of the book.
FORMATS = {"yaml": "contacts.yaml", "csv": "contacts.csv", "dir": "contacts"}
#: The file of follow-ups, in either form.
FOLLOW_UPS = ("followups.yaml", "followups.csv")
#: How often a file is looked for that is away, and the pause after each time, in seconds.
LOOKS = 10
PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the data files of a book say, as written."""

    records: tuple[Record, ...]
    events: tuple[Event, ...]
    problems: tuple[Problem, ...]
    #: The records of follow-ups.
    planned: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A folder with stages.yaml, contacts and a journal; reading it writes nothing into it."""

    root: Path
    #: yaml, csv or dir.
    format: str
    #: What files will hold once an interrupted change is finished: it is read as if it were.
    promised: Mapping[Path, bytes | None] = field(default_factory=dict, compare=False)

    @property
    def stages_path(self) -> Path:
        """The statuses and stages, edited by hand."""
        return self.root / "stages.yaml"

    @property
    def journal_path(self) -> Path:
        """What happened, one event a line."""
        return self.root / "journal.jsonl"

    @property
    def state(self) -> Path:
        """The folder of the lock and of what was put aside; there is no truth in it."""
        return self.root / ".leadctl"

    @property
    def contacts(self) -> OneFile | YamlFolder:
        """The table of contacts."""
        path = self.root / FORMATS[self.format]
        if self.format == "dir":
            return YamlFolder(path, self.load, frozenset(self.promised))
        return OneFile(path, self.load)

    @property
    def follow_ups(self) -> OneFile:
        """The table of follow-ups, which is made when it is first needed.

        Raises:
            RequestError: there are two.
        """
        there = [name for name in FOLLOW_UPS if self.holds(self.root / name)]
        if len(there) > 1:
            message = f"the book holds its follow-ups twice: {' and '.join(there)}"
            hint = "keep the one that is the truth, move the other away"
            raise RequestError(message, hint=f"{hint}; `leadctl convert` changes the format")
        usual = FOLLOW_UPS[1] if self.format == "csv" else FOLLOW_UPS[0]
        path = self.root / (there[0] if there else usual)
        return OneFile(path, self.load, needed=("id", "contact", "due"))

    def awaited_follow_ups(self) -> OneFile:
        """The table of follow-ups where some are known: an editor may just be saving its file."""
        for _ in range(LOOKS):
            if any(self.holds(self.root / name) for name in FOLLOW_UPS):
                break
            time.sleep(PAUSE)
        return self.follow_ups

    @property
    def edited(self) -> tuple[Path, ...]:
        """All files that people edit by hand."""
        planned = (path for path in self.follow_ups.paths() if self.holds(path))
        return (*self.contacts.paths(), self.stages_path, *planned)

    def holds(self, path: Path) -> bool:
        """True if the file *path* is there, or is promised to be."""
        if path in self.promised:
            return self.promised[path] is not None
        return is_there(path) is not None

    def contacts_from(self, load: Callable[[Path], bytes]) -> OneFile | YamlFolder:
        """The table of contacts, read by *load*."""
        return replace(self.contacts, load=load)

    def looks(self, only: Iterable[str] = ()) -> Looks:
        """How every file that makes up the book looks, or those with the paths *only*."""
        if only:
            return look_at(self._found(only))
        fixed = (self.stages_path, self.journal_path, self.state / "txn")
        names = [*(str(path.relative_to(self.root)) for path in fixed), *FOLLOW_UPS]
        return look_at(chain(self._found(names), self.contacts.found()))

    def _found(self, names: Iterable[str]) -> Iterator[Found]:
        for name in names:
            there = is_there(self.root / name)
            if there:
                yield name, there

    def as_promised(self) -> Book:
        """The book as it is once a change is finished that was interrupted or is being made.

        Raises:
            FileError: a file cannot be read.
        """
        if not (self.state / "txn").exists():
            return replace(self, promised={}) if self.promised else self
        from leadctl.store.disk import Disk
        from leadctl.store.recovery import promised
        from leadctl.store.steps import Place

        try:
            return replace(self, promised=promised(Disk(), Place(self.root)))
        except OSError as error:
            raise FileError(f"{error.filename}: {reason(error)}") from error

    def load(self, path: Path) -> bytes:
        """The content of a file of the book, as it is or is promised; empty if it is not there."""
        if path in self.promised:
            return self.promised[path] or b""
        return read_bytes(path)

    def read(self, load: Callable[[Path], bytes] | None = None) -> Content:
        """All records and events, and every problem in the files, which *load* reads."""
        from leadctl.store.journal import read_journal

        load = load or self.load
        rows = self.contacts_from(load).read()
        journal = read_journal(load(self.journal_path), self.journal_path.name)
        planned = replace(self.follow_ups, load=load).read()
        problems = (*rows.problems, *journal.problems, *planned.problems)
        return Content(rows.records, journal.events, problems, planned.records)

    def read_stages(self) -> tuple[Node | None, str, list[Problem]]:
        """stages.yaml as located values, as text, and what is wrong with its syntax."""
        content = self.load(self.stages_path)
        tree, text, problems = read_yaml_bytes(content, shown=self.stages_path.name)
        if tree is None and not problems:
            hint = "copy it from a new book: leadctl init DIR"
            where = Where(self.stages_path.name)
            problems = [Problem(where, "there is nothing in it", hint, "stages")]
        return tree, text, problems

    def with_excerpts(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """*problems*, each with the line of the file that it stands in."""
        lines: dict[str, list[str]] = {}
        found = []
        for problem in problems:
            path, number = problem.where.path, problem.where.line
            if number and not problem.excerpt:
                if path not in lines:
                    lines[path] = self._lines(path)
                text = "".join(lines[path][number - 1 : number])
                found.append(replace(problem, excerpt=text.rstrip("\r")))
            else:
                found.append(problem)
        return tuple(found)

    def _lines(self, shown: str) -> list[str]:
        content = self.load(self.root / shown)
        return content.decode("utf-8-sig", "backslashreplace").split("\n")


def read_yaml(path: Path, *, shown: str) -> tuple[Node | None, str, list[Problem]]:
    """Any YAML file of ours as located values, as text, and what is wrong with its syntax."""
    return read_yaml_bytes(read_bytes(path), shown=shown)


def read_yaml_bytes(content: bytes, *, shown: str) -> tuple[Node | None, str, list[Problem]]:
    """The content of a YAML file of ours, as `read_yaml` gives it."""
    from leadctl.store.encoding import decode
    from leadctl.store.yaml_reader import read_tree

    decoded = decode(content, shown)
    if decoded.problems:
        return None, "", list(decoded.problems)
    node, problems = read_tree(decoded.text, shown)
    return node, decoded.text, problems
