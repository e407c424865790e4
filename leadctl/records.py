"""What a book holds, as frozen values: records as written, contacts, events, changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from leadctl.dates import Interval
from leadctl.problems import Where

#: The value of a field as written: a text, or several. The empty text means "not set".
Value = str | tuple[str, ...]
#: The ways to touch somebody.
VIAS = ("call", "email", "text", "meeting", "visit", "letter", "other")
#: A voicemail is an attempt; a conversation, a meeting or an answer has reached somebody.
OUTCOMES = ("reached", "attempted")
#: Field → (before, after).
Changes = Mapping[str, tuple[Value, Value]]


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a contacts file as written: every scalar text, in the order of the file."""

    values: Mapping[str, Value]
    where: Where = field(compare=False)
    #: Line and column of each value, from 1.
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)

    def at(self, name: str) -> Where:
        """The place of the value of field *name*, or of the record if it has none."""
        line, column = self.places.get(name, (self.where.line, self.where.column))
        return Where(self.where.path, line, column)


@dataclass(frozen=True, slots=True)
class Pin:
    """On the prospect list by hand."""

    #: The last day; None means until touched or taken back.
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One person or organisation; the typed fields are those that the clock needs."""

    id: str
    name: str
    #: As written; may be an alias or unknown to stages.yaml.
    status: str
    #: Every field that is set, as written, those above and below included.
    values: Mapping[str, Value]
    created: date | None = None
    touch_every: Interval | None = None
    last_touch: date | None = None
    snoozed_until: date | None = None
    pin: Pin | None = None
    do_not_contact: bool = False
    source: Where = field(default=Where(""), compare=False)

    def get(self, name: str) -> Value:
        """The value of field *name* as written, empty if it is not set."""
        return self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something that is to be done for a contact."""

    id: str
    #: The id of the contact.
    contact: str
    what: str
    due: date
    #: Every field that is set, as written, those above and below included.
    values: Mapping[str, Value]
    #: HH:MM; empty for any time of the day.
    time: str = ""
    #: How: a way to touch somebody, or `task` for what reaches nobody; empty: not said.
    via: str = ""
    owner: str = ""
    #: When it comes again, as written; empty: it does not.
    repeat: str = ""
    #: The action plan that it belongs to, and since when; empty for none.
    plan: str = ""
    #: Which step of the plan, of how many: 2/5.
    step: str = ""
    #: The message template for it.
    template: str = ""
    source: Where = field(default=Where(""), compare=False)

    def get(self, name: str) -> Value:
        """The value of field *name* as written, empty if it is not set."""
        return self.values.get(name, "")

    @property
    def key(self) -> tuple[date, str, str]:
        """What follow-ups are sorted by: what is due first; a day before its hours."""
        return self.due, self.time, self.id


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the journal: something that happened to a contact."""

    #: Sorts by the time of writing; unique across machines.
    id: str
    #: The command that made it; all events of one command share it.
    op: str
    #: When it was written down: ISO date and time with offset.
    at: str
    #: added, status, touched, edited, noted, snoozed, unsnoozed, pinned, unpinned, dismissed,
    #: undismissed, undone, stages, converted, removed or forgotten; of follow-ups planned,
    #: replanned, done or dropped.
    kind: str
    #: The id of the contact, the path of a file that changed as a whole, or `~…` for somebody
    #: forgotten.
    contact: str
    #: When it happened: ISO date, with a time where it is known.
    on: str
    #: Who did it.
    by: str = ""
    #: What brought it in if no one typed it: "import Leads.csv", "rule …".
    origin: str = ""
    note: str = ""
    reason: str = ""
    #: Of a touch: call, email, text, meeting, visit, letter, other.
    via: str = ""
    #: Of a touch: reached or attempted.
    outcome: str = ""
    #: Key of the touch in the system that it was imported from.
    ref: str = ""
    #: Of kind undone: the operation that is taken back.
    undoes: str = ""
    #: Fields of the contact that changed: field → (old, new). For `added`: ("", new) of each.
    changes: Changes = field(default_factory=dict)
    #: Fields of follow-ups of the contact that changed, by the id of the follow-up; with the field
    #: `id` it came (from "") or went (to "").
    follow_ups: Mapping[str, Changes] = field(default_factory=dict)
    #: The text of the record before and after, where more of it went or changed than its fields.
    record: tuple[str, ...] = ()
    #: Of the journal, from 1; 0 if it is not written yet.
    line: int = field(default=0, compare=False)

    @property
    def source(self) -> Where:
        """Where it is written."""
        return Where("journal.jsonl", self.line)

    @property
    def day(self) -> date:
        """The day on which it happened."""
        return date.fromisoformat(self.on[:10])

    @property
    def is_about_contact(self) -> bool:
        """True if it is about a contact who is, or should be, in the book."""
        return not self.contact.startswith("~") and "." not in self.contact

    @property
    def known(self) -> date:
        """The day from which the book knew it; imported history counts as known all along."""
        return date.fromisoformat(self.known_on)

    @property
    def known_on(self) -> str:
        """The same as an ISO date."""
        return (self.on if self.origin.startswith("import") else self.at)[:10]


@dataclass(frozen=True, slots=True)
class Standing:
    """What follows from a contact, its events and stages.yaml; holds from the last event on."""

    #: The status by its name in stages.yaml; as written if that does not know it.
    status: str
    #: Empty if the status is in no stage.
    stage: str = ""
    #: open, won, lost, or empty for a status outside the lifecycle.
    outcome: str = ""
    on_pipeline: bool = False
    since: date | None = None
    touched: date | None = None
    reached: date | None = None
    touches: int = 0
    #: When the next touch is due by the clock alone; None: never, or no interval is set.
    due: date | None = None
    #: The interval that `due` came from, in days (a month counts 30); 0 if there is none.
    interval_days: int = 0
    #: The first day on which the contact is too long in its status; None without a limit.
    stuck_from: date | None = None
    #: The first day on which it is time to go on to another status; None if nothing says so.
    move_on_from: date | None = None
    #: The first day on which it has gone quiet; None if its status does not mind.
    quiet_from: date | None = None
    #: Since when there is no way to reach it, though it is to be touched; None: there is one.
    unreachable_from: date | None = None
    #: When it came to be won, out of a status that was not; None: it is not, or nobody knows.
    won: date | None = None
    #: Code of a reason → the last day on which it was taken off the list.
    dismissed: Mapping[str, date] = field(default_factory=dict)
    #: What was said when it was pinned.
    pin_note: str = ""


class Stay(NamedTuple):
    """A time that a contact spent in one status."""

    #: As stages.yaml names it today.
    status: str
    #: ISO days; empty if not known, or for the end if it is there still.
    since: str = ""
    until: str = ""
    #: What was given as the reason when it came there.
    reason: str = ""


class Course(NamedTuple):
    """What a contact went through; moments are ISO days, with a time where that is known.

    Empty: it has not happened, or nobody knows when.
    """

    arrived: str = ""
    attempted: str = ""
    reached: str = ""
    #: In the order in which they were written down.
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A contact and where it stands: one row of the index."""

    contact: Contact
    standing: Standing
    #: What is still to be done for the contact, earliest first.
    follow_ups: tuple[FollowUp, ...] = ()
    #: For reports; not read back from the index.
    course: Course | None = field(default=None, compare=False)
    #: The names of the user's rules for the prospect list that hold for it on the day in question.
    rules: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field of one contact is to change from *old* to *new*; empty means not set."""

    contact: str
    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Everything that one command does to a book: all of it or nothing."""

    op: str
    edits: tuple[FieldEdit, ...] = ()
    #: New contacts, each its fields in the order in which they are to be written.
    additions: tuple[Mapping[str, Value], ...] = ()
    #: Ids of contacts that go.
    removals: tuple[str, ...] = ()
    #: Files that change as a whole, by their path in the book: (old text, new text).
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    #: Records that are to stand as they were typed: (old text, new text) by id; "" is none.
    records: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    events: tuple[Event, ...] = ()

    @property
    def follow_ups(self) -> dict[str, dict[str, tuple[Value, Value]]]:
        """What the events do to each follow-up in sum, by its id."""
        return net_follow_ups(self.events)

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to write."""
        return not (self.edits or self.additions or self.removals or self.texts or self.events)


def net_follow_ups(events: Iterable[Event]) -> dict[str, dict[str, tuple[Value, Value]]]:
    """What *events*, in their order, do to each follow-up in sum, by its id."""
    net: dict[str, dict[str, tuple[Value, Value]]] = {}
    for event in events:
        for id_, changes in event.follow_ups.items():
            mine = net.setdefault(id_, {})
            for name, (old, new) in changes.items():
                mine[name] = (mine[name][0] if name in mine else old, new)
    return {
        id_: {name: pair for name, pair in mine.items() if pair[0] != pair[1]}
        for id_, mine in net.items()
    }
