"""Rows of a foreign table as touches: calls, mails and meetings that another program has logged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from leadctl.dates import quoted
from leadctl.errors import RequestError
from leadctl.importing.dates import DateColumn, read_date_column
from leadctl.importing.mapping import FieldMap
from leadctl.importing.matches import Matches, Who
from leadctl.importing.rows import Source, sources
from leadctl.importing.table import ForeignRow, ForeignTable
from leadctl.importing.values import Unreadable, replacement_hint
from leadctl.importing.verdicts import ForeignTouch, Outcome, TouchVerdict, summary
from leadctl.matching import did_you_mean, fold
from leadctl.records import OUTCOMES, VIAS, Contact, Event

__all__ = ["ForeignTouch", "KnownTouches", "TouchVerdict", "known_touches", "summary", "verdicts"]

_ALLOWED: Mapping[str, tuple[str, ...]] = {"via": VIAS, "outcome": OUTCOMES}

#: Contact, when, via, note: what two records of the same touch have in common.
_Likeness = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class KnownTouches:
    """The touches that the journal has."""

    refs: frozenset[str] = frozenset()
    #: Those that came with a key of their own.
    with_ref: frozenset[_Likeness] = frozenset()
    without_ref: frozenset[_Likeness] = frozenset()


def known_touches(events: Iterable[Event]) -> KnownTouches:
    """What is needed to recognise the touches among *events*."""
    touches = [event for event in events if event.kind == "touched"]
    return KnownTouches(
        refs=frozenset(touch.ref for touch in touches if touch.ref),
        with_ref=frozenset(_likeness(touch) for touch in touches if touch.ref),
        without_ref=frozenset(_likeness(touch) for touch in touches if not touch.ref),
    )


def verdicts(
    table: ForeignTable,
    mapping: FieldMap,
    *,
    existing: Sequence[Contact],
    known: KnownTouches,
    today: date,
) -> tuple[TouchVerdict, ...]:
    """What becomes of each row of *table*, in the order of the file.

    A row that names no contact is skipped, one that names an unknown contact is wrong. A touch is
    known by its key or, where one of both has no key, by contact, time, channel and note.

    Raises:
        RequestError: no column says who or when, or a constant is none of the words allowed.
    """
    reader = _reader(table, mapping, existing)
    seen = _Seen(known)
    found = []
    for row in table.rows:
        try:
            found.append(seen.verdict(row.line, reader.touch(row, today)))
        except _NoContact:
            found.append(TouchVerdict(row.line, Outcome.SKIP, message="names no contact"))
        except Unreadable as error:
            verdict = TouchVerdict(row.line, Outcome.ERROR, message=error.message, hint=error.hint)
            found.append(verdict)
    return tuple(found)


class _Noted(Protocol):
    """A touch or an event of one."""

    @property
    def contact(self) -> str: ...
    @property
    def on(self) -> str: ...
    @property
    def via(self) -> str: ...
    @property
    def note(self) -> str: ...


def _likeness(touch: _Noted) -> _Likeness:
    return touch.contact, touch.on.replace(" ", "T", 1), touch.via, touch.note


class _NoContact(Exception):  # noqa: N818 - no error: such rows are left out
    """The row names no contact."""


class _Seen:
    """The touches of the journal and of the rows before."""

    def __init__(self, known: KnownTouches) -> None:
        self.refs = set(known.refs)
        self.with_ref, self.without_ref = set(known.with_ref), set(known.without_ref)

    def verdict(self, line: int, touch: ForeignTouch) -> TouchVerdict:
        """Whether *touch* is new; from now on it is known."""
        likeness = _likeness(touch)
        # Two keys are two touches, however alike: some programs know the day only.
        alike = likeness in self.without_ref or (not touch.ref and likeness in self.with_ref)
        if touch.ref in self.refs or alike:
            return TouchVerdict(line, Outcome.SAME)
        if touch.ref:
            self.refs.add(touch.ref)
            self.with_ref.add(likeness)
        else:
            self.without_ref.add(likeness)
        return TouchVerdict(line, Outcome.NEW, touch)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Makes touches out of rows."""

    sources: Mapping[str, Source]
    constants: Mapping[str, str]
    dates: DateColumn
    by_key: Matches
    ids: frozenset[str]

    def touch(self, row: ForeignRow, today: date) -> ForeignTouch:
        """The touch that *row* tells of.

        Raises:
            _NoContact: it does not say with whom.
            Unreadable: it says something that cannot be.
        """
        contact = self._contact(row)
        return ForeignTouch(
            contact=contact,
            on=self._on(row, today),
            via=self._word("via", row) or "call",
            outcome=self._word("outcome", row) or "reached",
            note=self._text("note", row),
            ref=self._text("ref", row),
        )

    def _text(self, name: str, row: ForeignRow) -> str:
        parts = self.sources[name].parts(row) if name in self.sources else []
        return parts[0] if parts else self.constants.get(name, "")

    def _contact(self, row: ForeignRow) -> str:
        external, who = self._text("external_id", row), self._text("contact", row)
        if external:
            return self._one(self.by_key.find({"external_id": external}), "external_id", external)
        if not who:
            raise _NoContact
        if who in self.ids:
            return who
        way = "email" if "@" in who else "phone"
        return self._one(self.by_key.find({way: who}), "contact", who)

    def _one(self, found: Sequence[Who], name: str, text: str) -> str:
        if len(found) == 1:
            return str(found[0])
        if found:
            raise Unreadable(f"{name}: {quoted(text)} fits {' and '.join(map(str, found))}")
        hint = f"import the contacts first; if it means nobody: --map-value '{name}:{text}='"
        raise Unreadable(f"{name}: no contact has {quoted(text)}", hint)

    def _on(self, row: ForeignRow, today: date) -> str:
        text = self._text("on", row)
        if not text:
            raise Unreadable("no date")
        if text in self.dates.refused:
            raise Unreadable(*self.dates.refused[text])
        day = self.dates.days[text]
        if date.fromisoformat(day[:10]) > today:
            raise Unreadable(f"{day[:10]} is in the future: a touch is something that happened")
        return day

    def _word(self, name: str, row: ForeignRow) -> str:
        text = fold(self._text(name, row))
        if not text or text in _ALLOWED[name]:
            return text
        hint = replacement_hint(name, text, _ALLOWED[name])
        raise Unreadable(f"{name} cannot be {quoted(text)}", hint)


def _reader(table: ForeignTable, mapping: FieldMap, existing: Sequence[Contact]) -> _Reader:
    found = {source.field.name: source for source in sources(mapping)}
    constants = {constant.field.name: constant.value for constant in mapping.constants}
    _check_request(found, constants)
    by_key = Matches(("external_id", "email", "phone"))
    for contact in existing:
        by_key.add(contact.id, contact.values)
    dates = _dates(table, found.get("on"), constants.get("on", ""), mapping.date_order)
    return _Reader(found, constants, dates, by_key, frozenset(each.id for each in existing))


def _dates(table: ForeignTable, when: Source | None, constant: str, order: str) -> DateColumn:
    texts = [text for row in table.rows for text in when.parts(row)] if when else []
    texts += [constant] if constant else []
    return read_date_column(texts, header=when.headers[0] if when else "--set on", order=order)


def _check_request(found: Mapping[str, Source], constants: Mapping[str, str]) -> None:
    if not {"contact", "external_id"} & found.keys():
        hint = "say which with --map 'HEADER=contact' or --map 'HEADER=external_id'"
        raise RequestError("no column names the contact", hint=hint)
    if "on" not in found and "on" not in constants:
        hint = "say which with --map 'HEADER=on', or --set on=DATE for all of them"
        raise RequestError("no column says when it happened", hint=hint)
    for name, allowed in _ALLOWED.items():
        word = constants.get(name, "")
        if word and word not in allowed:
            hint = did_you_mean(word, allowed, f"one of {', '.join(allowed)}")
            raise RequestError(f'{name} cannot be "{word}"', hint=hint)
