"""What `edit` does: the record of a contact → an editor → a plan, as `set` would make it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leadctl.cli.changing import carry_out, tell
from leadctl.cli.edit_rounds import Subject, edited
from leadctl.cli.edit_text import Typed, as_written, for_editor
from leadctl.cli.session import Session
from leadctl.contacts import read_contact
from leadctl.errors import ConflictError, NoError
from leadctl.moves import Move
from leadctl.plans import Plan
from leadctl.problems import Problem, Where
from leadctl.record_edits import Rulebook, canonical_status, edit_plan, mistakes
from leadctl.records import Contact, Record, Value
from leadctl.stamps import Stamp
from leadctl.store.record_texts import merged, record_text, typed_record
from leadctl.store.yaml_editor import edit_one
from leadctl.views import plainly


def edit_contact(
    session: Session, who: str, given: Typed, *, is_exact: bool, resume: Path | None
) -> None:
    """Let the user edit the record of *who*, and take in what becomes of it.

    *given* has the note and the reason for a change of status.

    Raises:
        NoError: there is nobody, or the edit was given up.
        RequestError: there is no editor, or *who* may be several.
        DataError: what was typed has mistakes, or the file of the contact is not sound.
        ConflictError: somebody else has changed the same fields meanwhile.
    """
    id_ = session.one(who, is_exact=is_exact).contact.id
    work = _Work(session, id_)
    subject = Subject(
        name=id_,
        command=f"leadctl edit {id_}",
        text=for_editor(work.text()),
        if_emptied=f"to take a contact out of the book: leadctl remove {id_}",
        check=work.wrong,
        merge=work.resumed,
    )
    session.index.release()
    with edited(session, subject, given, resume=resume) as (base, typed):
        carry_out(session, lambda stamp: work.plan(base, typed, stamp), report=_report)


def _report(session: Session, plan: Plan) -> None:
    if plan.change.is_empty and not session.options.json:
        session.say(f"{plan.unchanged[0]}: nothing changed")
        return
    tell(session, plan)


@dataclass(frozen=True, slots=True)
class _Work:
    """The edit of one contact."""

    session: Session
    id: str

    def text(self) -> str:
        """The record as the file has it now."""
        text = record_text(self.session.book, self.id, self.session.index.written)
        if not text:
            raise ConflictError(f'"{self.id}" is no longer in the book; nothing was changed')
        return text

    def wrong(self, typed: Typed) -> Sequence[Problem]:
        """All mistakes in what was typed."""
        record, problems = self._typed_record(typed.padded)
        found = tuple(each for each in problems if not each.is_warning)
        if record is None or found:
            return found or (Problem(Where(""), "there is no `field: value` in it"),)
        return mistakes(record, self._record(self.text()), _move(typed), self._rules())

    def resumed(self, base: str, typed: Typed) -> tuple[Typed, Sequence[Problem]]:
        """*typed* as it has to go on from what the book has now, and what both have changed."""
        record, problems = self._typed_record(typed.body)
        if record is None or any(not each.is_warning for each in problems):
            return typed, [Problem(Where(""), "the contact may have changed since")]
        found = merged(base, typed.body, for_editor(self.text()))
        told = [
            Problem(Where(""), message, "save it as you want it to be")
            for message in map(_collision, found.collisions.items())
        ]
        return replace(typed, body=found.text), told

    def plan(self, base: str, typed: Typed, stamp: Stamp) -> Plan:
        """What makes the record what was *typed*, with what others have done to it meanwhile."""
        old = self.text()
        found = merged(base, typed.body, for_editor(old))
        if found.collisions:
            raise _collided(self.id, found.collisions)
        was, contact = self._contact(old), self._contact(found.text)
        spelled = canonical_status(contact, self.session.stages)
        text = found.text
        if contact.status not in (spelled, was.status):
            text = edit_one(text, {"status": spelled})
            contact = self._contact(text)
        new = as_written(text, old)
        texts = () if self.session.book.format == "csv" else (old, new)
        return edit_plan(was, contact, texts, _move(typed), self._rules(), stamp=stamp)

    def _typed_record(self, text: str) -> tuple[Record | None, list[Problem]]:
        return typed_record(text, self.id if self.session.book.format == "dir" else "")

    def _record(self, text: str) -> Record:
        record, _ = self._typed_record(text)
        if record is None:
            raise ConflictError(f'"{self.id}" cannot be read any more; nothing was changed')
        return record

    def _contact(self, text: str) -> Contact:
        contact, _ = read_contact(self._record(text))
        if contact is None:
            raise NoError(f'"{self.id}" cannot be read as a contact any more')
        return contact

    def _rules(self) -> Rulebook:
        return Rulebook(self.session.schema, self.session.stages, self.session.today)


def _move(typed: Typed) -> Move:
    return Move("", typed.note, typed.reason)


def _collided(id_: str, collisions: Mapping[str, tuple[Value, Value]]) -> ConflictError:
    details = tuple(f"  {_collision(each)}" for each in collisions.items())
    message = f"{id_} was changed by somebody else meanwhile; nothing was changed"
    return ConflictError(message, details=details)


def _collision(found: tuple[str, tuple[Value, Value]]) -> str:
    name, (mine, theirs) = found
    if not name:
        return "comments or layout were changed in the book as well"
    return f'{name} is "{plainly(theirs)}" in the book now; you wrote "{plainly(mine)}"'
