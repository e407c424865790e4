"""Repairs of files whose text cannot be read as it is: encoding, tabs, quotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from leadctl.fixes import Repair
from leadctl.problems import Where
from leadctl.records import Change, Event
from leadctl.stamps import Stamp
from leadctl.store.applying import keep_aside
from leadctl.store.book import Book
from leadctl.store.disk import Disk
from leadctl.store.encoding import decode, likely_encoding
from leadctl.store.files import read_bytes
from leadctl.store.journal_end import torn_end
from leadctl.store.steps import Place
from leadctl.store.yaml_repairs import Mended, mend_record, mend_records, mend_tree

#: Texts up to this size, old and new together, go into the journal, so that `undo` has them.
JOURNALLED = 1_000_000
_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]")


@dataclass(frozen=True, slots=True)
class TextRepair:
    """A file that changes as a whole."""

    #: In the book.
    path: str
    old: bytes
    new: bytes
    repairs: tuple[Repair, ...]

    @property
    def is_undoable(self) -> bool:
        """True if the journal can hold the old text and the new one."""
        is_text = not decode(self.old, self.path).problems
        return is_text and len(self.old) + len(self.new) <= JOURNALLED

    @property
    def texts(self) -> tuple[str, str]:
        """The old text and the new one; what is no UTF-8 stands as half characters."""
        return self.old.decode("utf-8", "surrogateescape"), self.new.decode()


def text_repairs(book: Book, fixes: Collection[str]) -> list[TextRepair]:
    """The files of *book* that *fixes* make readable, with their new content."""
    repairs = (_repair(book, path, fixes) for path in book.edited)
    return [each for each in repairs if each.new != each.old]


def change_of(repairs: Collection[TextRepair], stamp: Stamp) -> Change:
    """The change that writes *repairs*, with an event for each file."""
    return Change(
        op=stamp.op,
        texts={each.path: each.texts for each in repairs},
        events=tuple(_event(each, stamp) for each in repairs),
    )


def keep_originals(book: Book, repairs: Collection[TextRepair], op: str) -> list[Path]:
    """Keep aside what the journal cannot hold; where that is, within the book.

    Raises:
        OSError: the operating system refused.
    """
    return [
        keep_aside(Disk(), Place(book.root), _kept_name(each, op), each.old).relative_to(book.root)
        for each in repairs
        if not each.is_undoable
    ]


def _event(repair: TextRepair, stamp: Stamp) -> Event:
    if repair.is_undoable:
        return stamp.event("edited", repair.path, changes={repair.path: repair.texts})
    note = f"the old text is in .leadctl/quarantine/{_kept_name(repair, stamp.op)}"
    return stamp.event("edited", repair.path, note=note)


def _kept_name(repair: TextRepair, op: str) -> str:
    return f"{op}-{repair.path.replace('/', '-')}"


def _repair(book: Book, path: Path, fixes: Collection[str]) -> TextRepair:
    shown = str(path.relative_to(book.root))
    old = read_bytes(path)
    repairs: list[Repair] = []
    new = old
    if "encoding" in fixes:
        new, repairs = _as_utf8(old, shown)
    decoded = decode(new, shown)
    if path.suffix == ".yaml" and not decoded.problems and {"tabs", "quotes"} & set(fixes):
        mended = _mended(book, path, decoded.text, fixes)
        new = decoded.bom + mended.text.encode()
        repairs += mended.repairs
    return TextRepair(shown, old, new, tuple(repairs))


def _as_utf8(old: bytes, shown: str) -> tuple[bytes, list[Repair]]:
    """*old* as UTF-8, and what to say of that; as it is where the encoding is not certain."""
    problems = decode(old, shown).problems
    encoding = likely_encoding(old) if problems else ""
    if not encoding:
        return old, []
    try:
        text = old.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return old, []
    if _CONTROL.search(text):
        # A picture or a spreadsheet can be read as cp1252, too, but it is no text.
        return old, []
    return text.encode(), [Repair("encoding", Where(shown), f"{encoding} → UTF-8")]


def _mended(book: Book, path: Path, text: str, fixes: Collection[str]) -> Mended:
    shown = str(path.relative_to(book.root))
    if path == book.stages_path:
        return mend_tree(text, shown, fixes)
    mend = mend_records if path.parent == book.root else mend_record
    return mend(text, shown, fixes)


def torn_end_repairs(book: Book) -> Iterator[Repair]:
    """What to say of a last line of the journal that was cut off; nothing if it is whole."""
    torn = torn_end(Disk(), book)
    if torn:
        name = book.journal_path.name
        number = read_bytes(book.journal_path).count(b"\n") + 1
        said = torn[:80].decode(errors="replace")
        yield Repair("journal", Where(name, number), f"put aside: {said}")
