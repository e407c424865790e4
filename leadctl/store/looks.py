"""How the files of a book look from outside, which tells cheaply whether one was changed.

The looks of all files are kept as one text, a line a file: where it is the same as before, nothing
has changed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import NamedTuple

#: A file changed so shortly before it was read may change again without its time changing: two
#: ticks of the slowest clock of a kernel, and two seconds where times have no fractions.
RACY_NS = 20_000_000
_COARSE_RACY_NS = 2_000_000_000
_SECOND_NS = 1_000_000_000

#: The path of a file in its book, and what the operating system says about it.
Found = tuple[str, os.stat_result]


class Looks(NamedTuple):
    """How some files looked."""

    #: Size, time of change, inode, time when anything about the file changed (which no program
    #: can set back), and path; a line for each file, in the order in which they were found.
    text: str
    #: The paths of the files changed a moment before, and when that was.
    young: tuple[tuple[str, int], ...]

    def has_younger(self, age: int) -> bool:
        """True if a file was changed less than *age* ns ago, two seconds at most."""
        now = time.time_ns()
        return any(now - changed < age for _, changed in self.young)

    def kept(self, head: str, promised: Iterable[str] = ()) -> bytes:
        """The text to be kept, under the line *head*.

        It is never the same twice where a look may not be true: that of a young file, and those
        of the files that are *promised* another content.
        """
        now = time.time_ns()
        unsure = {name for name, changed in self.young if _is_racy(changed, now)}
        marks = [f"unsure {now}\t{_in_a_line(name)}" for name in sorted(unsure.union(promised))]
        lines = filter(None, (_in_a_line(head), self.text, *marks))
        return _encoded("\n".join(lines))


def look_at(files: Iterable[Found]) -> Looks:
    """How *files* look, of which there may be a hundred thousand."""
    lines, young, horizon = [], [], time.time_ns() - _COARSE_RACY_NS
    for name, found in files:
        changed = found.st_mtime_ns
        if changed > horizon:
            young.append((name, changed))
        told = _in_a_line(name) if "\n" in name else name
        lines.append(f"{found.st_size} {changed} {found.st_ino} {found.st_ctime_ns}\t{told}")
    return Looks("\n".join(lines), tuple(young))


def is_as_kept(kept: bytes, name: str, found: os.stat_result) -> bool:
    """True if the file *name* looks as `Looks.kept` said, and that could be relied on."""
    line, told = look_at([(name, found)]).text, _in_a_line(name)
    # One line more about the same file says that it was young.
    lines = kept + b"\n"
    return lines.count(_encoded(f"\t{told}\n")) == 1 and _encoded(f"\n{line}\n") in lines


def retold(kept: bytes, names: Iterable[str], looks: Looks) -> bytes:
    """What `Looks.kept` said, where the files *names* have these *looks* by now, or are gone.

    Empty if one of them is new: where a look at all files would find it is not known.
    """
    head, *lines = _lines(kept)
    now = {_name(line): line for line in filter(None, looks.text.split("\n"))}
    gone = {_in_a_line(name) for name in names} - now.keys()
    others = ((_name(line), line) for line in lines)
    told = [now.pop(name, line) for name, line in others if name not in gone]
    return b"" if now else Looks("\n".join(told), looks.young).kept(head)


def changed_files(old: bytes, new: bytes) -> frozenset[str] | None:
    """The paths of the files that look otherwise; None if that cannot be told from these texts."""
    if old == new:
        return frozenset()
    before, after = _lines(old), _lines(new)
    if before[0] != after[0]:
        return None
    names = [_name(line) for line in set(before[1:]) ^ set(after[1:])]
    return frozenset(name.replace("\0", "\n") for name in names) if all(names) else None


def _is_racy(changed: int, now: int) -> bool:
    return now - changed < (RACY_NS if changed % _SECOND_NS else _COARSE_RACY_NS)


def _in_a_line(name: str) -> str:
    return name.replace("\n", "\0")


def _name(line: str) -> str:
    return line.partition("\t")[2]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _lines(kept: bytes) -> list[str]:
    return kept.decode("utf-8", "surrogateescape").split("\n")
