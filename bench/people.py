"""Made-up contacts: a size and a seed → contacts, each with five events; always the same ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from bench.names import (
    DOMAINS,
    ENDS_OF_NOTES,
    FIRST_NAMES,
    LAST_NAMES,
    OWNERS,
    SOURCES,
    TAGS,
    TRADES,
    WAYS,
    WISHES,
)
from leadctl.ids import slug

#: What happens last happens before this moment, in seconds: the end of 21 November 2026.
END = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())
#: Two years.
SPAN = 730 * 86_400
#: Status → how many of a hundred contacts are in it, and what happened after they were added:
#: the name of a status is a change to it, `-` an attempt, `+` a talk.
_LIVES = {
    "New": (8, "----"),
    "Engage": (18, "- Engage + -"),
    "Future": (25, "+ Engage + Future"),
    "Active": (9, "+ Engage Active +"),
    "Closed": (15, "Engage Active + Closed"),
    "Inactive": (20, "- - - Inactive"),
    "Non Client": (5, "++++"),
}
_STATUSES = tuple(status for status, (share, _) in _LIVES.items() for _ in range(share))
_STEPS = {
    status: steps.split() if " " in steps else [*steps] for status, (_, steps) in _LIVES.items()
}
#: Without a common divisor with the number of names, so that each comes before any comes again.
_STRIDE = 7_919


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a contact."""

    #: Seconds since 1970.
    moment: int
    #: Empty for a touch, else the status before and after.
    statuses: tuple[str, str] | tuple[()] = ()
    via: str = ""
    outcome: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """One contact and what happened to it."""

    #: From 0, in the order of the file.
    number: int
    id: str
    name: str
    status: str
    #: The status that it was added with.
    first_status: str
    company: str
    email: str
    phone: str
    source: str
    owner: str
    tags: tuple[str, ...]
    #: Seconds since 1970.
    added: int
    #: As it stands in the file.
    created: str
    note: str
    #: Four, oldest first.
    happenings: tuple[Happening, ...]


def people(size: int, *, seed: int = 1) -> Iterator[Person]:
    """*size* contacts, the same ones for the same *seed*; no two share an id, e-mail or phone."""
    chance = Random(seed)
    slugs_first = [slug(name, ()) for name in FIRST_NAMES]
    slugs_last = [slug(name, ()) for name in LAST_NAMES]
    all_names = len(FIRST_NAMES) * len(LAST_NAMES)
    for number in range(size):
        repeat, place = divmod(number, all_names)
        first, last = divmod(place * _STRIDE % all_names, len(LAST_NAMES))
        id_ = f"{slugs_first[first]}-{slugs_last[last]}" + (f"-{repeat + 1}" if repeat else "")
        name = f"{FIRST_NAMES[first]} {LAST_NAMES[last]}"
        yield _person(chance, number, id_, name, TRADES[(number + repeat) % len(TRADES)])


def _person(chance: Random, number: int, id_: str, name: str, trade: str) -> Person:
    roll = chance.random
    status = _pick(chance, _STATUSES)
    moments = sorted(END - 60 - int(roll() * SPAN) for _ in range(5))
    written = datetime.fromtimestamp(moments[0], UTC).isoformat()
    has_email = roll() < 0.9
    return Person(
        number=number,
        id=id_,
        name=name,
        status=status,
        first_status="Non Client" if status == "Non Client" else "New",
        company=f"{_pick(chance, LAST_NAMES)} {trade}" if roll() < 0.4 else "",
        email=f"{id_.replace('-', '.')}@{_pick(chance, DOMAINS)}" if has_email else "",
        phone=_phone(number) if roll() < 0.85 or not has_email else "",
        source=_pick(chance, SOURCES),
        owner=_pick(chance, OWNERS),
        tags=tuple(dict.fromkeys(_pick(chance, TAGS) for _ in range(int(roll() * 4)))),
        added=moments[0],
        created=written[:10] if roll() < 0.5 else written[:16],
        note=_note(chance) if roll() < 1 / 3 else "",
        happenings=tuple(_happenings(chance, status, moments[1:])),
    )


def _happenings(chance: Random, status: str, moments: Sequence[int]) -> Iterator[Happening]:
    now = "New"
    for step, moment in zip(_STEPS[status], moments, strict=True):
        note = _note(chance) if chance.random() < 0.5 else ""
        if step in "+-":
            outcome = "reached" if step == "+" else "attempted"
            yield Happening(moment, via=_pick(chance, WAYS), outcome=outcome, note=note)
        else:
            yield Happening(moment, (now, step), note=note)
            now = step


def _pick(chance: Random, words: Sequence[str]) -> str:
    # Three times as fast as Random.choice, which matters with a million contacts.
    return words[int(chance.random() * len(words))]


def _note(chance: Random) -> str:
    return f"{_pick(chance, WISHES)} {_pick(chance, ENDS_OF_NOTES)}"


def _phone(number: int) -> str:
    """A number of its own for each contact, written in one of four ways."""
    area = "604" if number % 3 else "778"
    digits = f"{number * 7_654_321 % 10_000_000:07}"
    mask = ("+1{}{}{}", "{}-{}-{}", "({}) {}-{}", "+1 {} {} {}")[number % 4]
    return mask.format(area, digits[:3], digits[3:])
