"""What is different in the files of contacts since they were read, and how they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from leadctl.contacts import Contacts, read_contacts
from leadctl.index.index import Index
from leadctl.problems import Problem
from leadctl.records import Contact, Record
from leadctl.store.book import Book
from leadctl.store.folders import YamlFolder
from leadctl.store.intents import digest
from leadctl.store.pieces import Pieces
from leadctl.store.tables import OneFile

if TYPE_CHECKING:
    from leadctl.store.writing import Written

#: To read so many records takes no time; of more than that, a whole reading may be faster.
_FEW = 100


class UnclearError(Exception):
    """Only a whole reading of the book tells what has become different."""


@dataclass(slots=True)
class News:
    """What is different in the files of contacts."""

    contacts: dict[str, Contact] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    #: Id → the fingerprint of how it is written.
    pieces: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    #: The fingerprint of the whole file, if it has changed.
    digest: str = ""


def news_of_contacts(
    index: Index, book: Book, changed: frozenset[str], own: Written | None
) -> News:
    """What the files *changed* say that *index* does not know; *own* was written just now.

    Raises:
        UnclearError: these files alone do not tell.
    """
    table, old = book.contacts, index.problems()
    if isinstance(table, YamlFolder):
        return _news_of_folder(table, changed, old)
    news = News(problems=old)
    if table.path.name in changed:
        if any(problem.where.path == table.path.name for problem in old):
            # Their lines may be others by now.
            raise UnclearError
        content = table.load(table.path)
        news.digest = digest(content)
        if own and own.digest == news.digest:
            few = Pieces(index.head(), table.mark, list(own.parts.values()))
            _take(table, few, news)
        else:
            _compare(index, table, content, news)
    return news


def _compare(index: Index, table: OneFile, content: bytes, news: News) -> None:
    pieces, known = table.split(content), index.fingerprints()
    if pieces is None or not known or pieces.head != index.head():
        raise UnclearError
    written = pieces.fingerprints()
    there = set(written)
    new = there.difference(known)
    if len(there) < len(written) or len(new) > max(_FEW, len(written) // 2):
        raise UnclearError
    news.gone.update(index.ids_of(known[piece] for piece in known.keys() - there))
    if new:
        fresh = (number for number, piece in enumerate(written) if piece in new)
        _take(table, pieces.only(fresh), news)
    if any(index.has(id_) for id_ in news.contacts.keys() - news.gone):
        # Somebody else has the same id.
        raise UnclearError
    news.gone -= news.contacts.keys()


def _take(table: OneFile, few: Pieces, news: News) -> None:
    """Add the contacts of *few* pieces to *news*."""
    content = few.content()
    cut, rows = table.cut(content), table.read_as(content)
    held = read_contacts(rows.records)
    if rows.problems or held.problems or cut != few or not few.are(rows.records):
        raise UnclearError
    for piece, contact in zip(few.fingerprints(), held.contacts, strict=True):
        news.contacts[contact.id] = contact
        news.pieces[contact.id] = piece


def _news_of_folder(table: YamlFolder, changed: frozenset[str], old: list[Problem]) -> News:
    news, folder = News(), f"{table.path.name}/"
    mine = {name for name in changed if name.startswith(folder)}
    for name in sorted(mine):
        rows = table.read_file(name.removeprefix(folder))
        held = read_contacts(rows.records)
        news.problems += [*rows.problems, *held.problems]
        news.contacts.update((contact.id, contact) for contact in held.contacts)
        if not held.contacts:
            news.gone.add(name.removeprefix(folder).removesuffix(".yaml"))
    kept = [each for each in old if each.where.path not in mine]
    if mine:
        kept = [each for each in kept if not table.is_stranger(each)]
        news.problems += table.strangers()
    news.problems[:0] = kept
    return news


class Layout(NamedTuple):
    """How a file of contacts is written, as far as that tells for sure what it says."""

    #: What stands above the contacts, and the fingerprint of all of the file.
    head: bytes = b""
    digest: str = ""
    #: By id, the fingerprint of each contact.
    pieces: Mapping[str, bytes] = {}


def layout_of(table: OneFile, records: Sequence[Record], held: Contacts) -> Layout:
    """How *table*, in which just these *records* stand, is written."""
    content = table.load(table.path)
    pieces = None if held.problems else table.cut(content)
    if pieces is None or not pieces.are(records):
        return Layout()
    ids = (contact.id for contact in held.contacts)
    found = dict(zip(ids, pieces.fingerprints(), strict=True))
    return Layout(pieces.head, digest(content), found)
