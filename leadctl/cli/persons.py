"""Everything that the files say about one person, and what they say about all others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leadctl.cards import contact_card
from leadctl.cli.session import Session
from leadctl.contacts import read_contacts
from leadctl.errors import NoError, RequestError
from leadctl.forgetting import (
    Mention,
    Person,
    Signs,
    is_traced,
    mentions,
    own_texts,
    texts_of,
)
from leadctl.person_cards import person_card
from leadctl.planning.follow_ups import read_follow_ups
from leadctl.records import Contact, Entry, Event, FollowUp, Record
from leadctl.render.formats import Format
from leadctl.store.book import Book
from leadctl.store.forgetting import lines_about, once_done, traced_lines
from leadctl.store.transaction import Replacement
from leadctl.views import Card

_ONE_TABLE = (Format.CSV, Format.TSV, Format.IDS)


@dataclass(frozen=True, slots=True)
class Known:
    """One person and the rest of the book, read from the files themselves."""

    person: Person
    #: As it stands in the file; None if only the journal knows the person.
    record: Record | None
    #: What is planned for the person, as it stands in the file.
    planned: tuple[Record, ...]
    #: With the standing; None if only the journal knows the person.
    entry: Entry | None
    others: tuple[Contact, ...]
    other_records: tuple[Record, ...]
    other_events: tuple[Event, ...]
    other_follow_ups: tuple[FollowUp, ...]

    @property
    def other_texts(self) -> Iterator[str]:
        """Every text that the book holds on others."""
        return texts_of(self.others, self.other_events, self.other_follow_ups)


def known_person(session: Session, word: str, *, is_exact: bool = False) -> Known:
    """The person that *word* names, also one whom only the journal knows any more, by the id.

    Raises:
        NoError: nobody.
        RequestError: it may be several.
    """
    content = session.book.as_promised().read()
    entry = _entry(session, word, content.events, is_exact=is_exact)
    id_ = entry.contact.id if entry else word
    held = {contact.id: contact for contact in read_contacts(content.records).contacts}
    record = next((each for each in content.records if each.values.get("id") == id_), None)
    events = tuple(event for event in content.events if event.contact == id_)
    planned = read_follow_ups(content.planned).follow_ups
    mine = tuple(each for each in planned if each.contact == id_)
    return Known(
        person=Person(id_, held.get(id_), events, mine),
        record=record,
        planned=tuple(each for each in content.planned if each.values.get("contact") == id_),
        entry=entry,
        others=tuple(contact for contact in held.values() if contact.id != id_),
        other_records=tuple(each for each in content.records if each is not record),
        other_events=tuple(event for event in content.events if event.contact != id_),
        other_follow_ups=tuple(each for each in planned if each.contact != id_),
    )


def person_view(session: Session, word: str, *, is_exact: bool) -> Card:
    """All that the book holds on the person that *word* names.

    Raises:
        NoError: nobody.
        RequestError: it may be several, or the format knows only one table.
    """
    if session.options.format in _ONE_TABLE:
        message = f'the format "{session.options.format}" has no room for all of a person'
        raise RequestError(message, hint="-f json, -f md, or the plain table")
    known = known_person(session, word, is_exact=is_exact)
    person, signs = known.person, Signs(known.person)
    texts = own_texts(person, known.other_texts)
    record, entry = known.record, known.entry
    card = None
    if entry:
        card = contact_card(entry, (), session.stages, session.today, schema=session.schema)
    own = {line for each in (record, *known.planned) for line in _own_lines(each)}
    everywhere = mentions_once(session.book, person, signs)
    found = [each for each in everywhere if (each.where.path, each.where.line) not in own]
    quarantined = (
        Mention(where, "", "", text)
        for where, text in traced_lines(session.book, lambda text: is_traced(text, signs, texts))
    )
    return person_card(person, record, (*found, *quarantined), card)


def _own_lines(record: Record | None) -> set[tuple[str, int]]:
    """Path and number of each line that *record* stands in."""
    if record is None:
        return set()
    first = record.where.line
    last = max((line for line, _ in record.places.values()), default=first)
    return {(record.where.path, line) for line in range(first, last + 1)}


def mentions_once(
    book: Book, person: Person, signs: Signs, steps: Sequence[Replacement] = ()
) -> tuple[Mention, ...]:
    """Where others' fields and events and other files mention *person*, once *steps* are done."""
    content = once_done(book, steps).read()
    records = [each for each in content.records if each.values.get("id") != person.id]
    events = [each for each in content.events if each.contact != person.id]
    found = dict.fromkeys(mentions(signs, records, events))
    places = {(each.where.path, each.where.line) for each in found}
    for where, text in lines_about(book, signs.are_in, steps):
        if (where.path, where.line) not in places:
            found[Mention(where, "", "", text)] = None
    return tuple(sorted(found, key=lambda each: (each.where.path, each.where.line)))


def _entry(session: Session, word: str, events: Sequence[Event], *, is_exact: bool) -> Entry | None:
    try:
        return session.one(word, is_exact=is_exact)
    except NoError:
        if any(event.contact == word and event.is_about_contact for event in events):
            return None
        raise
