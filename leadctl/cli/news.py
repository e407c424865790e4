"""What is different in the files of records since they were read, and how they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

from leadctl.contacts import read_contacts
from leadctl.index.index import Index
from leadctl.planning.follow_ups import read_follow_ups
from leadctl.problems import Problem
from leadctl.query.sql import EVERYTHING
from leadctl.records import Contact, FollowUp, Record
from leadctl.store.book import FOLLOW_UPS, Book
from leadctl.store.folders import YamlFolder
from leadctl.store.intents import digest
from leadctl.store.pieces import Pieces
from leadctl.store.tables import OneFile

if TYPE_CHECKING:
    from leadctl.index.written import Written as Known
    from leadctl.store.writing import Written

#: To read so many records takes no time; of more than that, a whole reading may be faster.
_FEW = 100


class UnclearError(Exception):
    """Only a whole reading of the book tells what has become different."""


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


#: What a record of the file says: a contact or a follow-up.
Item = TypeVar("Item", bound=_HasId)
#: Records → what they say, and what is wrong with them.
Read = Callable[[Iterable[Record]], tuple[Sequence[Item], Sequence[Problem]]]


@dataclass(slots=True)
class News(Generic[Item]):
    """What is different in the files of one kind of records."""

    #: Those that are new or written in another way, by id.
    items: dict[str, Item] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    #: Id → the fingerprint of how it is written.
    pieces: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: The fingerprint of the whole file, if it has changed.
    digest: str = ""
    #: What stands above the records, if all of the file was read.
    head: bytes = b""
    #: `items` are all there are.
    is_all: bool = False

    def meta(self, table: str) -> dict[str, str | bytes]:
        """What the index keeps of how the file is written now, for the records in *table*."""
        found: dict[str, str | bytes] = {}
        if self.digest or self.is_all:
            found[f"{table} digest"] = self.digest
        if self.is_all:
            found[f"{table} head"] = self.head
        return found


def news_of_contacts(
    index: Index, book: Book, changed: frozenset[str], own: Written | None
) -> News[Contact]:
    """What the files *changed* say that *index* does not know; *own* was written just now.

    Raises:
        UnclearError: these files alone do not tell.
    """
    table, old = book.contacts, index.problems()
    if isinstance(table, YamlFolder):
        return _news_of_folder(table, changed, old)
    news: News[Contact] = News(problems=old)
    if table.path.name in changed:
        if any(problem.where.path == table.path.name for problem in old):
            # Their lines may be others by now.
            raise UnclearError
        _FileReader(table, index.written("contact"), _contacts).read(news, own)
    return news


def news_of_follow_ups(
    index: Index, book: Book, changed: frozenset[str], own: Written | None
) -> News[FollowUp]:
    """What the file of follow-ups says that *index* does not know, with the problems in it."""
    old = [problem for problem in index.problems() if problem.where.path in FOLLOW_UPS]
    if changed.isdisjoint(FOLLOW_UPS):
        return News(problems=old)
    table = book.awaited_follow_ups() if index.agenda(EVERYTHING, limit=1) else book.follow_ups
    known = index.written("follow_up")
    news: News[FollowUp] = News()
    try:
        if old:
            # Their lines may be others by now.
            raise UnclearError
        _FileReader(table, known, _planned).read(news, own)
    except UnclearError:
        return _all_follow_ups(table)
    return news


def _all_follow_ups(table: OneFile) -> News[FollowUp]:
    """The whole file: it is a small part of a book."""
    rows = table.read()
    items, wrong = _planned(rows.records)
    problems = [*rows.problems, *wrong]
    layout = layout_of(table, rows.records, items, problems)
    by_id = {each.id: each for each in items}
    return News(
        by_id, set(), dict(layout.pieces), problems, layout.digest, layout.head, is_all=True
    )


def _contacts(records: Iterable[Record]) -> tuple[Sequence[Contact], Sequence[Problem]]:
    held = read_contacts(records)
    return held.contacts, held.problems


def _planned(records: Iterable[Record]) -> tuple[Sequence[FollowUp], Sequence[Problem]]:
    held = read_follow_ups(records)
    return held.follow_ups, held.problems


@dataclass(frozen=True, slots=True)
class _FileReader(Generic[Item]):
    """Reads of one file what is written in another way than is known."""

    table: OneFile
    known: Known
    items_of: Read[Item]

    def read(self, news: News[Item], own: Written | None) -> None:
        """Add to *news* what is different.

        Raises:
            UnclearError: only a reading of the whole file tells.
        """
        content = self.table.load(self.table.path)
        news.digest = digest(content)
        parts = own.excerpts.get(self.table.path.name) if own else None
        if parts and parts.digest == news.digest:
            head = self.known.head()
            self._take(Pieces(head, self.table.mark, list(parts.parts.values())), news)
            news.gone.update(parts.gone)
        else:
            self._compare(content, news)

    def _compare(self, content: bytes, news: News[Item]) -> None:
        pieces, known = self.table.split(content), self.known.fingerprints()
        if pieces is None or not known or pieces.head != self.known.head():
            raise UnclearError
        written = pieces.fingerprints()
        there = set(written)
        new = there.difference(known)
        if len(there) < len(written) or len(new) > max(_FEW, len(written) // 2):
            raise UnclearError
        gone = (known[piece] for piece in known.keys() - there)
        news.gone.update(self.known.ids_of(gone))
        if new:
            fresh = (number for number, piece in enumerate(written) if piece in new)
            self._take(pieces.only(fresh), news)
        if self.known.numbers(news.items.keys() - news.gone):
            # Somebody else has the same id.
            raise UnclearError
        news.gone -= news.items.keys()

    def _take(self, few: Pieces, news: News[Item]) -> None:
        """Add what *few* pieces say to *news*."""
        if not few.parts:
            return
        content = few.content()
        cut, rows = self.table.cut(content), self.table.read_as(content)
        items, problems = self.items_of(rows.records)
        if rows.problems or problems or cut != few or not few.are(rows.records):
            raise UnclearError
        for piece, item in zip(few.fingerprints(), items, strict=True):
            news.items[item.id] = item
            news.pieces[item.id] = piece


def _news_of_folder(
    table: YamlFolder, changed: frozenset[str], old: list[Problem]
) -> News[Contact]:
    news, folder = News[Contact](), f"{table.path.name}/"
    mine = {name for name in changed if name.startswith(folder)}
    for name in sorted(mine):
        rows = table.read_file(name.removeprefix(folder))
        held = read_contacts(rows.records)
        news.problems += [*rows.problems, *held.problems]
        news.items.update((contact.id, contact) for contact in held.contacts)
        if not held.contacts:
            news.gone.add(name.removeprefix(folder).removesuffix(".yaml"))
    kept = [each for each in old if each.where.path not in mine]
    if mine:
        kept = [each for each in kept if not table.is_stranger(each)]
        news.problems += table.strangers()
    news.problems[:0] = kept
    return news


class Layout(NamedTuple):
    """How a file of records is written, as far as that tells for sure what it says."""

    #: What stands above the records, and the fingerprint of all of the file.
    head: bytes = b""
    digest: str = ""
    #: By id, the fingerprint of each record.
    pieces: Mapping[str, bytes] = {}

    def meta(self, table: str) -> dict[str, str | bytes]:
        """What the index keeps of it, for the records in *table*."""
        return {f"{table} head": self.head, f"{table} digest": self.digest}


def layout_of(
    table: OneFile,
    records: Sequence[Record],
    items: Iterable[_HasId],
    problems: Sequence[Problem],
) -> Layout:
    """How *table*, in which just these *records* stand, is written.

    They say *items*, and have *problems*.
    """
    content = table.load(table.path)
    pieces = None if problems else table.cut(content)
    if pieces is None or not pieces.are(records):
        return Layout()
    ids = (item.id for item in items)
    found = dict(zip(ids, pieces.fingerprints(), strict=True))
    return Layout(pieces.head, digest(content), found)
