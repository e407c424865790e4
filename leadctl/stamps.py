"""Ids of events and operations, and the stamp that all events of one command share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leadctl.records import Changes, Event, Value

#: Crockford's: no i, l, o, u, so that nobody misreads an id.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def encode(number: int, *, width: int) -> str:
    """*number* in base 32, its last *width* digits; sorts like the number."""
    letters = []
    for _ in range(width):
        number, rest = divmod(number, 32)
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))


def milliseconds_of(id_: str) -> int:
    """The time since 1970 in the event id *id_*; 0 if it is none that leadctl has made."""
    if len(id_) != 16 or not set(id_) <= set(ALPHABET):
        return 0
    number = 0
    for letter in id_[:9]:
        number = number * 32 + ALPHABET.index(letter)
    return number


def event_ids(milliseconds: int, chance: int) -> Iterator[str]:
    """Ids of 16 characters: time since 1970 in ms, then *chance* counting upwards.

    They sort by time and, within one command, by order; *chance* (35 bits) tells machines apart.
    """
    start = chance % 32**7
    while True:
        yield encode(milliseconds, width=9) + encode(start, width=7)
        start += 1
        if start == 32**7:
            start, milliseconds = 0, milliseconds + 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who runs a command, when, and the ids for what it does."""

    op: str
    #: ISO date and time with offset.
    at: str
    by: str
    ids: Iterator[str]
    origin: str = ""

    def event(  # one keyword a field of the event
        self,
        kind: str,
        contact: str,
        *,
        on: str = "",
        note: str = "",
        reason: str = "",
        via: str = "",
        outcome: str = "",
        ref: str = "",
        changes: dict[str, tuple[Value, Value]] | None = None,
        follow_ups: Mapping[str, Changes] | None = None,
    ) -> Event:
        """An event of this command; it happened now unless *on* says otherwise."""
        return Event(
            id=next(self.ids),
            op=self.op,
            at=self.at,
            kind=kind,
            contact=contact,
            on=on or self.at[:10],
            by=self.by,
            origin=self.origin,
            note=note,
            reason=reason,
            via=via,
            outcome=outcome,
            ref=ref,
            changes=changes or {},
            follow_ups=follow_ups or {},
        )
