"""Forgetting a person: what tells that a text is about them, and what stays of their history.

A stub keeps the day, the kind, the way and the status of an event, so that reports add up; it
says nothing about anybody.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from leadctl.contacts import split_values
from leadctl.fields import FIELDS, Kind
from leadctl.matching import digits, fold
from leadctl.planning.follow_ups import FIELDS as FOLLOW_UP_FIELDS
from leadctl.problems import Where
from leadctl.records import OUTCOMES, VIAS, Contact, Event, FollowUp, Record, Value
from leadctl.stamps import encode, milliseconds_of
from leadctl.suppression import Address, addresses

#: A shorter text says too little to be looked for on its own.
SHORTEST = 4
# So many digits at the end of a phone number are the same however country and area are written.
_TAIL = 8
_SHORTEST_PHONE = 5
_NUMBER = re.compile(r"\d(?:\W{0,3}\d)+")
_ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\[\"/nrt]")

# Fields whose values are those of many people, or a day or a number.
_SHARED = frozenset(
    field.name
    for field in FIELDS
    if field.name in ("status", "source", "owner", "tags", "pinned")
    or field.kind in (Kind.DATE, Kind.BIRTHDAY, Kind.FLAG, Kind.INTERVAL)
)


# Fields of follow-ups whose values are those of many people, or a day or a number.
_OF_ALL = frozenset(FOLLOW_UP_FIELDS) - {"what"}


@dataclass(frozen=True)
class Person:
    """Everything that the contacts and the journal of a book say about one contact."""

    id: str
    #: None if only the journal knows them any more.
    contact: Contact | None
    events: tuple[Event, ...] = ()
    #: What is planned for them.
    follow_ups: tuple[FollowUp, ...] = ()

    def values(self, field: str) -> tuple[str, ...]:
        """Every single value that *field* has or ever had, each once."""
        found = [*self._held(field)]
        return tuple(dict.fromkeys(text for value in found for text in split_values(value)))

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Their e-mail addresses and phone numbers, present and past."""
        values = {name: self.values(name) for name in ("email", "phone")}
        return tuple(addresses(values))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The texts that stand for them: names, addresses, keys of other programs; not the id."""
        fields = ("name", "email", "phone", "external_id")
        return tuple(dict.fromkeys(text for name in fields for text in self.values(name)))

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """Every text that is about them alone or may be: names, addresses, notes; each once."""
        fields = [name for name in self._fields() if name not in _SHARED]
        texts = [self.id, *(text for name in fields for text in self._whole(name))]
        texts += [text for event in self.events for text in (event.note, event.ref)]
        texts += self._planned()
        return tuple(dict.fromkeys(text for text in texts if len(text) >= SHORTEST))

    def _planned(self) -> Iterator[str]:
        """What is and was to be done for them, with all that was noted beside it."""
        for each in self.follow_ups:
            yield from _own(each.values)
        for event in self.events:
            for changes in event.follow_ups.values():
                for at in (0, 1):
                    yield from _own({name: pair[at] for name, pair in changes.items()})

    def _fields(self) -> Iterable[str]:
        names = list(self.contact.values) if self.contact else []
        return dict.fromkeys([*names, *(name for event in self.events for name in event.changes)])

    def _held(self, field: str) -> Iterator[Value]:
        if self.contact:
            yield self.contact.get(field)
        for event in self.events:
            yield from event.changes.get(field, ())

    def _whole(self, field: str) -> Iterator[str]:
        for value in self._held(field):
            yield from (value,) if isinstance(value, str) else value


class Signs:
    """How a text may mention a person: by name, id, address, or any digits of a phone number."""

    def __init__(self, person: Person) -> None:
        keys = [person.id, *person.values("email"), *person.values("external_id")]
        self._keys = _either(keys, before=r"(?<![\w.+@-])", after=r"(?![\w@-]|\.\w)")
        self._names = _either(person.values("name"), before=r"(?<!\w)", after=r"(?!\w)")
        numbers = (digits(text) for text in person.values("phone"))
        self._tails = tuple({each[-_TAIL:] for each in numbers if len(each) >= _SHORTEST_PHONE})

    def are_in(self, text: str) -> bool:
        """True if *text* mentions the person."""
        if self._tails and any(tail in number for number in _numbers(text) for tail in self._tails):
            return True
        folded = fold(text)
        return bool(self._names.search(folded) or self._keys.search(folded))


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that speaks of a person and is not theirs."""

    where: Where
    #: The contact whose field or event it is; empty for any other text.
    contact: str
    #: The field, or the part of the event.
    field: str
    text: str


def mentions(signs: Signs, records: Iterable[Record], events: Iterable[Event]) -> Iterator[Mention]:
    """Fields of *records* and parts of *events*, which are others', that mention the person."""
    for record in records:
        for name, value in record.values.items():
            contact = str(record.values.get("id", ""))
            yield from _mention(signs, record.at(name), contact, name, value)
    for event in events:
        told = {"record": "\n".join(event.record)} if event.record else {}
        told |= {"note": event.note, "reason": event.reason, "ref": event.ref, "by": event.by}
        for name, text in {**told, "origin": event.origin}.items():
            yield from _mention(signs, event.source, event.contact, name, text)
        for changes in (event.changes, *event.follow_ups.values()):
            for name, pair in changes.items():
                for value in pair:
                    yield from _mention(signs, event.source, event.contact, name, value)


def own_texts(person: Person, others: Iterable[str]) -> tuple[str, ...]:
    """Those of the telling texts of *person* that say nothing about *others*, given their texts.

    A name of theirs that somebody else's note mentions stays one; any other text that stands in a
    text of others is taken for everybody's.
    """
    theirs = [fold(text) for text in others]
    whole, joined = frozenset(theirs), "\n".join(theirs)
    return tuple(
        text
        for text in person.telling
        if fold(text) not in (whole if text in (person.id, *person.names) else joined)
    )


def texts_of(
    contacts: Iterable[Contact], events: Iterable[Event], follow_ups: Iterable[FollowUp] = ()
) -> Iterator[str]:
    """Every text that *contacts*, *events* and *follow_ups* hold."""
    for each in follow_ups:
        for value in each.values.values():
            yield from _single(value)
    for contact in contacts:
        yield contact.id
        for value in contact.values.values():
            yield from _single(value)
    for event in events:
        yield from (event.contact, event.note, event.reason, event.ref, event.by, event.origin)
        for changes in (event.changes, *event.follow_ups.values()):
            for pair in changes.values():
                for value in pair:
                    yield from _single(value)


def is_traced(text: str, signs: Signs, own: Iterable[str]) -> bool:
    """True if *text*, a piece of any file, mentions the person or holds one of the *own* texts.

    Escapes of JSON and of quoted YAML are understood, and line breaks count as blanks.
    """
    plain = unescaped(text)
    folded = fold(plain)
    return signs.are_in(plain) or any(fold(each) in folded for each in own)


def unescaped(text: str) -> str:
    r"""*text* with the escapes that JSON and YAML share, such as `\u00e9`, resolved."""
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def stubs(
    person: Person, signs: Signs, *, alias: str, chances: Iterator[int]
) -> Mapping[str, Event]:
    """Old id → what stays of each event of *person*: no text, a new id of the same time.

    *chances* are numbers of 34 bits that nobody can foresee. Events of the same time keep their
    order.
    """
    made: dict[str, Event] = {}
    chance_at: dict[int, int] = {}
    for event in sorted(person.events, key=lambda event: event.id):
        time = _milliseconds(event)
        chance_at[time] = chance_at[time] + 1 if time in chance_at else next(chances)
        id_ = encode(time, width=9) + encode(chance_at[time], width=7)
        made[event.id] = _stub(event, signs, alias, id_)
    return made


def alias_of(chance: int) -> str:
    """The name of a forgotten person: `~` and 8 letters, made from *chance*."""
    letters = []
    for _ in range(8):
        chance, rest = divmod(chance, 26)
        letters.append(chr(ord("a") + rest))
    return f"~{''.join(letters)}"


def _stub(event: Event, signs: Signs, alias: str, id_: str) -> Event:
    status = event.changes.get("status")
    return replace(
        event,
        id=id_,
        contact=alias,
        on=event.on[:10],
        by="" if signs.are_in(event.by) else event.by,
        # Where a touch came from tells when the book knew of it; the file may bear a name.
        origin="import" if event.origin.startswith("import") else "",
        note="",
        reason="",
        ref="",
        via=event.via if event.via in VIAS else "",
        outcome=event.outcome if event.outcome in OUTCOMES else "",
        changes={"status": status} if status else {},
        follow_ups={},
        record=(),
    )


def _milliseconds(event: Event) -> int:
    # Without an offset it would mean the time zone of whoever runs this.
    midnight = datetime.fromisoformat(f"{event.at[:10]}T00:00:00+00:00")
    return milliseconds_of(event.id) or max(0, int(midnight.timestamp() * 1000))


def _mention(
    signs: Signs, where: Where, contact: str, field: str, value: Value
) -> Iterator[Mention]:
    for text in _single(value):
        if signs.are_in(text):
            yield Mention(where, contact, field, text)


def _own(values: Mapping[str, Value]) -> Iterator[str]:
    """Those of the *values* of a follow-up that tell something about whom it is for."""
    for name, value in values.items():
        if name not in _OF_ALL:
            yield from _single(value)


def _single(value: Value) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value


def _either(texts: Iterable[str], *, before: str, after: str) -> re.Pattern[str]:
    """Any of *texts*, folded, as a word of its own; matches nothing if there are none."""
    found = sorted({fold(text) for text in texts} - {""}, key=len, reverse=True)
    if not found:
        return re.compile(r"(?!)")
    return re.compile(f"{before}(?:{'|'.join(re.escape(text) for text in found)}){after}")


def _numbers(text: str) -> Iterator[str]:
    return (digits(match[0]) for match in _NUMBER.finditer(text))


def _character(match: re.Match[str]) -> str:
    try:
        found = str(json.loads(f'"{match[0]}"'))
        found.encode("utf-8")
    except ValueError:
        return match[0]
    return found
