"""The digest of a day: prospects → sections by what brought them, and what a mail of it is called.

Each contact stands in the first section that one of its reasons belongs to, with all its reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from leadctl.prospecting.criteria import (
    ANNIVERSARY,
    BIRTHDAY,
    FOLLOW_UP_DUE,
    NEVER_CONTACTED,
    PINNED,
    PLAN_STEP_DUE,
    TOUCH_DUE,
)
from leadctl.prospecting.prospects import Prospect

FOLLOW_UPS = "follow_ups"
_LEADS = "new_leads"
_DAYS = "birthdays"
_TODAY, _OVERDUE, _SOON = "due_today", "overdue", "due_soon"
_OTHER = "other"

#: The sections in their order: the key, what stands above, and what a subject counts.
_SECTIONS: Mapping[str, tuple[str, str]] = {
    FOLLOW_UPS: ("Follow-ups", "follow-ups"),
    PINNED: ("Pinned", "pinned"),
    _LEADS: ("New leads, never contacted", "new leads"),
    _DAYS: ("Birthdays and anniversaries", "to congratulate"),
    _TODAY: ("Due today", "due today"),
    _OVERDUE: ("Overdue", "overdue"),
    _SOON: ("Due soon", "due soon"),
    _OTHER: ("Other reasons", "for other reasons"),
}
#: Where the code of a reason leads; a touch that is due is told by its day, the rest is other.
_BY_CODE: Mapping[str, str] = {
    FOLLOW_UP_DUE: FOLLOW_UPS,
    PLAN_STEP_DUE: FOLLOW_UPS,
    PINNED: PINNED,
    NEVER_CONTACTED: _LEADS,
    BIRTHDAY: _DAYS,
    ANNIVERSARY: _DAYS,
}


@dataclass(frozen=True, slots=True)
class Section:
    """Contacts who are due for one kind of reason, most urgent first."""

    key: str
    people: tuple[Prospect, ...]

    @property
    def title(self) -> str:
        """What stands above it."""
        return _SECTIONS[self.key][0]

    @property
    def heading(self) -> str:
        """The title with the count."""
        return f"{self.title} ({len(self.people)})"

    def shown(self, most: int) -> tuple[Prospect, ...]:
        """Whom people see: *most* of them, 0 for all; of follow-ups none is left out."""
        return self.people[: most or None] if self.key != FOLLOW_UPS else self.people


@dataclass(frozen=True, slots=True)
class Digest:
    """Whom to contact on a day, by sections; those without anybody are left out."""

    day: date
    sections: tuple[Section, ...]
    #: The day of the digest before this one, None if none is known.
    last: date | None = None
    #: Ids of those who have come since.
    new: frozenset[str] = field(default=frozenset())
    #: So many records could not be read: somebody may be missing.
    unread: int = 0

    @property
    def count(self) -> int:
        """How many contacts are in it."""
        return sum(len(section.people) for section in self.sections)

    @property
    def title(self) -> str:
        """How many, and which day it is."""
        return f"{self.count} to contact on {spoken(self.day)} {self.day.year}"

    @property
    def has_missed_days(self) -> bool:
        """True if days have passed since the last one on which there was none."""
        return self.last is not None and (self.day - self.last).days > 1

    @property
    def subject(self) -> str:
        """What a mail of it is called: the day and the counts, and nobody's name."""
        counts = ", ".join(
            f"{len(section.people)} {_counted(section)}" for section in self.sections
        )
        return f"{self.count} to contact on {self.day:%a} {self.day.day} {self.day:%b}: {counts}"


def digest(
    found: Iterable[Prospect],
    day: date,
    *,
    last: date | None = None,
    new: Iterable[str] = (),
    unread: int = 0,
) -> Digest:
    """The digest of *found*, who are on the list on *day*, each section in their order.

    *new* are the ids of those who have come since the day *last*; *unread* records of the book
    could not be read.
    """
    by_key: dict[str, list[Prospect]] = {key: [] for key in _SECTIONS}
    for prospect in found:
        by_key[_section_of(prospect, day)].append(prospect)
    sections = (Section(key, tuple(people)) for key, people in by_key.items() if people)
    return Digest(day, tuple(sections), last, frozenset(new), unread)


def spoken(day: date) -> str:
    """*day* as people write it, without the year: "Thursday, 19 November"."""
    return f"{day:%A}, {day.day} {day:%B}"


def _section_of(prospect: Prospect, day: date) -> str:
    keys = {_by_code(code, prospect, day) for code in prospect.codes}
    return next(key for key in _SECTIONS if key in keys)


def _by_code(code: str, prospect: Prospect, day: date) -> str:
    due = prospect.entry.standing.due
    if code != TOUCH_DUE or due is None:
        return _BY_CODE.get(code, _OTHER)
    if due == day:
        return _TODAY
    return _OVERDUE if due < day else _SOON


def _counted(section: Section) -> str:
    words = _SECTIONS[section.key][1]
    one = {FOLLOW_UPS: "follow-up", _LEADS: "new lead", _OTHER: "for another reason"}
    return one.get(section.key, words) if len(section.people) == 1 else words
