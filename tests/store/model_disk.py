"""A disk in memory that can lose power: what was not flushed may be there, or not, or half.

Names and contents are kept apart, as on a real one. Flushing a file makes its content durable;
flushing a folder makes its names durable; until then any part of what was done may be lost, and
nothing says that it happens in order.
"""

from __future__ import annotations

import errno
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from leadctl.store.disk import Disk


class KilledError(BaseException):
    """The process is dead; nothing that it would have done after this happens."""


@dataclass(eq=False)
class Content:
    """What lies under one or more names."""

    now: bytes = b""
    #: What is surely on the disk.
    durable: bytes = b""

    def after_power_loss(self) -> list[bytes]:
        """Everything that may be found later."""
        if self.now == self.durable:
            return [self.now]
        # What both have in common was not written again.
        pairs = zip(self.durable, self.now, strict=False)
        begin = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
        half = self.now[: begin + (len(self.now) - begin) // 2]
        zeros = self.now[:begin] + bytes(len(self.now) - begin)
        return list(dict.fromkeys([self.durable, half, zeros, self.now]))


#: Folder, then name → what it is to be there; None: nothing.
Renaming = tuple[Path, dict[str, Content | None]]


@dataclass
class ModelDisk(Disk):
    """Dies before step *dies_at*; skips the calls in *deaf*, as a wrong program would."""

    entries: dict[Path, Content] = field(default_factory=dict)
    durable: dict[Path, Content] = field(default_factory=dict)
    pending: list[Renaming] = field(default_factory=list)
    dies_at: int = -1
    steps: int = 0
    #: (method, name of the file or folder) of flushes that are not done.
    deaf: frozenset[tuple[str, str]] = frozenset()
    calls: list[tuple[str, str]] = field(default_factory=list)
    #: Somebody else who acts right before step *meets_at*.
    meets_at: int = -1
    stranger: Callable[[ModelDisk], None] | None = None

    @classmethod
    def holding(cls, files: dict[Path, bytes], **more: object) -> ModelDisk:
        entries = {path: Content(text, text) for path, text in files.items()}
        return cls(entries, dict(entries), **more)  # type: ignore[arg-type]

    def _step(self, method: str, path: Path) -> None:
        if self.steps == self.dies_at:
            raise KilledError
        if self.steps == self.meets_at and self.stranger:
            self.stranger(self)
        self.steps += 1
        self.calls.append((method, path.name))

    def _rename(self, folder: Path, names: dict[str, Content | None]) -> None:
        self.pending.append((folder, names))
        _apply(self.entries, folder, names)

    # How others save a file.

    def saved_in_place(self, path: Path, text: bytes) -> None:
        self.entries[path].now = self.entries[path].durable = text

    def saved_by_rename(self, path: Path, text: bytes) -> None:
        self.entries[path] = self.durable[path] = Content(text, text)

    def removed(self, path: Path) -> None:
        self.entries.pop(path, None)
        self.durable.pop(path, None)

    # What a process sees.

    def read(self, path: Path, start: int = 0) -> bytes | None:
        held = self.entries.get(path)
        return None if held is None else held.now[start:]

    def is_there(self, path: Path) -> bool:
        return self.read(path) is not None

    def size(self, path: Path) -> int:
        return len(self.read(path) or b"")

    def names(self, folder: Path) -> list[str]:
        return sorted(path.name for path in self.entries if path.parent == folder)

    def create(self, path: Path, content: bytes, *, like: Path | None = None) -> None:
        self._step("create", path)
        if like is not None:
            self._require(like)
        if path in self.entries:
            raise FileExistsError(str(path))
        made = Content()
        self._rename(path.parent, {path.name: made})
        self._write(path, made, content)

    def append(self, path: Path, content: bytes) -> None:
        self._step("append", path)
        if path not in self.entries:
            self._rename(path.parent, {path.name: Content()})
        self._write(path, self.entries[path], content)

    def _write(self, path: Path, into: Content, content: bytes) -> None:
        """In two steps: who is killed in between has written half."""
        half = len(content) // 2
        into.now += content[:half]
        self._step("write", path)
        into.now += content[half:]

    def truncate(self, path: Path, size: int) -> None:
        self._step("truncate", path)
        self.entries[path].now = self.entries[path].now[:size]

    def exchange(self, one: Path, other: Path) -> None:
        self._step("exchange", other)
        self._require(one)
        self._require(other)
        names = {one.name: self.entries[other], other.name: self.entries[one]}
        self._rename(one.parent, {**names})

    def move(self, source: Path, target: Path) -> None:
        self._step("move", target)
        if target in self.entries:
            raise FileExistsError(str(target))
        self._take_name(source, target)

    def replace(self, source: Path, target: Path) -> None:
        self._step("replace", target)
        self._take_name(source, target)

    def _take_name(self, source: Path, target: Path) -> None:
        self._require(source)
        self._rename(source.parent, {source.name: None, target.name: self.entries[source]})

    def remove(self, path: Path) -> None:
        self._step("remove", path)
        if path in self.entries:
            self._rename(path.parent, {path.name: None})

    def flush(self, path: Path) -> None:
        self._step("flush", path)
        if ("flush", _kind(path)) not in self.deaf:
            self.entries[path].durable = self.entries[path].now

    def flush_folder(self, folder: Path) -> None:
        self._step("flush_folder", folder)
        if ("flush_folder", folder.name) in self.deaf:
            return
        for where, names in self.pending:
            if where == folder:
                _apply(self.durable, where, names)
        self.pending = [each for each in self.pending if each[0] != folder]

    def _require(self, path: Path) -> None:
        if path not in self.entries:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))

    def _step_only(self, path: Path) -> None:
        """A flush that does nothing."""
        self._step("deaf", path)

    # What is there when somebody comes back.

    def after_kill(self) -> ModelDisk:
        """The process is gone, the machine ran on: everything that was done is there."""
        return ModelDisk.holding({path: held.now for path, held in self.entries.items()})

    def after_power_loss(self) -> Iterator[ModelDisk]:
        """Every disk that may be found: any part of the names × any state of the contents."""
        for kept in _subsets(self.pending):
            entries = dict(self.durable)
            for folder, names in kept:
                _apply(entries, folder, names)
            contents = list(dict.fromkeys(entries.values()))
            for texts in itertools.product(*(each.after_power_loss() for each in contents)):
                held = dict(zip(contents, texts, strict=True))
                yield ModelDisk.holding({path: held[each] for path, each in entries.items()})

    def truth(self) -> dict[Path, bytes]:
        """The files of the book, without those of no truth."""
        return {
            path: held.now
            for path, held in sorted(self.entries.items())
            if ".leadctl" not in path.parts and not path.name.endswith((".tmp", ".new"))
        }


def _kind(path: Path) -> str:
    """The name of a file, the same for every one that lies beside another."""
    return "beside" if path.name.endswith(".tmp") else path.name


def _apply(entries: dict[Path, Content], folder: Path, names: dict[str, Content | None]) -> None:
    for name, content in names.items():
        if content is None:
            entries.pop(folder / name, None)
        else:
            entries[folder / name] = content


def _subsets(pending: Iterable[Renaming]) -> Iterator[tuple[Renaming, ...]]:
    each = tuple(pending)
    for number in range(len(each) + 1):
        yield from itertools.combinations(each, number)
