"""The book as it was known on a past day: the journal played backwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from leadctl.contacts import with_values
from leadctl.planning.follow_ups import read_follow_ups
from leadctl.problems import Where
from leadctl.records import Contact, Event, FollowUp, Record


def as_known_on(
    day: date, contacts: Iterable[Contact], events: Sequence[Event]
) -> tuple[tuple[Contact, ...], tuple[Event, ...]]:
    """The contacts and events that the book held at the end of *day*.

    Exact as far as the journal knows: what was changed by hand in a file counts as always so.
    Imported history counts as known when it happened. A contact that no event added is there
    from its `created` day, or always if it has none.
    """
    later: dict[str, list[Event]] = {}
    for event in events:
        if event.known > day:
            later.setdefault(event.contact, []).append(event)
    added = {event.contact for event in events if event.kind == "added"}
    everybody = {contact.id: contact for contact in contacts}
    everybody.update(_gone(later, everybody))
    kept = tuple(
        _taken_back(contact, later.get(contact.id, ()))
        for contact in everybody.values()
        if _existed(contact, day, later.get(contact.id, ()), is_journalled=contact.id in added)
    )
    return kept, tuple(event for event in events if event.known <= day)


def planned_on(
    day: date, follow_ups: Iterable[FollowUp], events: Iterable[Event]
) -> tuple[FollowUp, ...]:
    """The follow-ups that the book held at the end of *day*, as far as the journal knows."""
    values = {each.id: dict(each.values) for each in follow_ups}
    later = (event for event in events if event.follow_ups and event.known > day)
    for event in sorted(later, key=lambda event: event.id, reverse=True):
        for id_, changes in event.follow_ups.items():
            mine = values.setdefault(id_, {})
            mine.update((name, old) for name, (old, _) in changes.items())
    records = (Record(each, Where("")) for each in values.values() if each.get("id"))
    return read_follow_ups(records).follow_ups


def _gone(
    later: Mapping[str, Sequence[Event]], present: Mapping[str, Contact]
) -> dict[str, Contact]:
    """Contacts whose adding was undone after the day: the last that the journal knows of them."""
    found = {}
    for name, events in later.items():
        is_gone = name not in present and any("id" in event.changes for event in events)
        if is_gone:
            found[name] = Contact(name, name, "", {})
    return found


def _existed(contact: Contact, day: date, later: Sequence[Event], *, is_journalled: bool) -> bool:
    for event in sorted(later, key=lambda event: event.id):
        if event.kind == "added" or "id" in event.changes:
            # The first that happened to the contact itself: it came, or it went.
            return event.changes.get("id", ("", ""))[0] != ""
    return is_journalled or contact.created is None or contact.created <= day


def _taken_back(contact: Contact, later: Sequence[Event]) -> Contact:
    if not any(event.changes for event in later):
        return contact
    values = dict(contact.values)
    for event in sorted(later, key=lambda event: event.id, reverse=True):
        for name, (old, _) in event.changes.items():
            values[name] = old
    return with_values(contact, values)
