"""Rows of a foreign table + the contacts of the book → what becomes of each row."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from leadctl.dates import quoted
from leadctl.fields import STORED, Field
from leadctl.ids import slug
from leadctl.importing.groups import Group, group_rows
from leadctl.importing.mapping import FieldMap
from leadctl.importing.merging import Merged, merge, reason_for
from leadctl.importing.rows import RowValues, read_constants, read_rows
from leadctl.importing.table import ForeignTable
from leadctl.importing.values import Unreadable, is_same, joined, phone_warnings
from leadctl.importing.verdicts import Outcome, Verdict, summary
from leadctl.moves import canonical_reason, missing_for
from leadctl.records import Contact, FieldEdit, Value
from leadctl.stages import Stages
from leadctl.suppression import NOBODY, Suppressed, addresses

__all__ = ["Outcome", "Verdict", "summary", "verdicts"]

# What has happened cannot lie ahead; a day in the future there is a misread date.
_PAST = ("created", "last_touch")
_ORDER = {name: number for number, name in enumerate(STORED)}


def verdicts(
    table: ForeignTable,
    mapping: FieldMap,
    *,
    existing: Sequence[Contact],
    stages: Stages,
    today: date,
    suppressed: Suppressed = NOBODY,
    past: Container[str] = (),
) -> tuple[Verdict, ...]:
    """What becomes of each row of *table*, in the order of the file.

    A contact is only ever added to: an empty cell clears nothing, several values are put
    together, and do-not-contact is never taken back. Importing the same table into the result
    changes nothing. Who is *suppressed* is left out, unless a contact has the address again.
    Nobody new gets an id in *past*, of somebody who is only in the journal any more.

    Raises:
        RequestError: a constant of the mapping cannot be a value of its field.
    """
    constants = read_constants(mapping, stages=stages)
    rows = read_rows(table.rows, mapping, stages=stages)
    rows, refused = _without_suppressed(rows, existing, suppressed)
    grouped = group_rows(rows, existing, mapping, stages=stages)
    ids = _Ids(frozenset(contact.id for contact in existing), rows, past)
    judge = _Judge(mapping, mapping.fields(), constants, stages, today, ids)
    decided = [verdict for group in grouped.groups for verdict in judge.decide(group)]
    settled = (*refused, *grouped.settled, *decided)
    return tuple(sorted(settled, key=lambda verdict: verdict.line))


def _without_suppressed(
    rows: tuple[RowValues, ...], existing: Sequence[Contact], suppressed: Suppressed
) -> tuple[tuple[RowValues, ...], list[Verdict]]:
    """*rows* without those about somebody forgotten, and the verdicts on these."""
    if not suppressed.hashes:
        return rows, []
    known = {address for contact in existing for address in addresses(contact.values)}
    kept: list[RowValues] = []
    refused: list[Verdict] = []
    for row in rows:
        # Whom somebody has let in again is a contact like any other, and costs no hashing.
        if any(suppressed.holds(each) for each in addresses(row.values) if each not in known):
            message = "asked to be forgotten; left out"
            refused.append(Verdict(row.line, Outcome.SUPPRESSED, message=message))
        else:
            kept.append(row)
    return tuple(kept), refused


class _Ids:
    """Gives ids to new contacts; those that rows bring along are kept free for them."""

    def __init__(
        self, existing: frozenset[str], rows: Sequence[RowValues], past: Container[str]
    ) -> None:
        self._past = past
        self.used = set(existing)
        self.taken = {*existing, *(str(row.values["id"]) for row in rows if "id" in row.values)}

    def __contains__(self, id_: object) -> bool:
        return id_ in self.taken or id_ in self._past

    def give(self, values: Mapping[str, Value]) -> str:
        """The id of a contact with *values*.

        Raises:
            Unreadable: the id that it brings along belongs to somebody else.
        """
        own = str(values.get("id", ""))
        if own in self.used:
            raise Unreadable(f"the id {quoted(own)} belongs to another contact")
        given = own or slug(str(values["name"]), self, otherwise=_second_name(values))
        self.used.add(given)
        self.taken.add(given)
        return given


def _kept_flag(group: Group, contact: Contact) -> str:
    """What is said of rows that would let a contact be contacted who is not to be."""
    if contact.do_not_contact and any("do_not_contact" in row.denied for row in group.rows):
        return "do_not_contact stays yes"
    return ""


def _second_name(values: Mapping[str, Value]) -> str:
    emails = values.get("email", ())
    return emails[0].partition("@")[0] if emails else str(values.get("company", ""))


@dataclass(frozen=True, slots=True)
class _Judge:
    """Decides about the rows of one contact."""

    mapping: FieldMap
    fields: Mapping[str, Field]
    constants: Mapping[str, Value]
    stages: Stages
    today: date
    ids: _Ids = field(repr=False)

    def decide(self, group: Group) -> Iterator[Verdict]:
        """One verdict a row: all that follows stands in that of the first."""
        merged = merge(group.rows, self.fields, stages=self.stages)
        try:
            first = self._first(group, merged)
        except Unreadable as error:
            line = group.rows[0].line
            first = Verdict(line, Outcome.ERROR, message=error.message, hint=error.hint)
        yield first
        is_wrong = first.outcome is Outcome.ERROR
        for row in group.rows[1:]:
            outcome = Outcome.ERROR if is_wrong else Outcome.SAME
            message = f"belongs to line {first.line}{', which is wrong' if is_wrong else ''}"
            left_out = "" if is_wrong else merged.left_out.get(row.line, "")
            warnings = (left_out,) if left_out else ()
            yield Verdict(row.line, outcome, first.contact, message=message, warnings=warnings)

    def _first(self, group: Group, merged: Merged) -> Verdict:
        if not group.contact:
            return self._new(group, merged.values)
        return self._known(group, merged.values, contact=group.contact)

    def _new(self, group: Group, said: Mapping[str, Value]) -> Verdict:
        if not said.get("name"):
            hint = "map a column to it, --map 'HEADER=name'" if not self.mapping.has("name") else ""
            raise Unreadable("no name", hint)
        self._check_past(said)
        created = {"created": self.today.isoformat()}
        values = {"status": self.stages.default, **created, **self.constants, **said}
        reason = self._reason(group.rows, str(values["status"]))
        values["id"] = self.ids.give(values)
        ordered = sorted(values, key=lambda name: _ORDER.get(name, len(_ORDER)))
        fields = {name: values[name] for name in ordered}
        return Verdict(
            group.rows[0].line,
            Outcome.NEW,
            str(values["id"]),
            fields=fields,
            reason=reason,
            has_status="status" in {**self.constants, **said},
            warnings=phone_warnings(fields.get("phone", ())),
        )

    def _known(self, group: Group, said: Mapping[str, Value], *, contact: Contact) -> Verdict:
        line = group.rows[0].line
        if said.get("id", contact.id) != contact.id:
            raise Unreadable(f"is {contact.id}, whose id cannot become {quoted(str(said['id']))}")
        missing = {n: value for n, value in self.constants.items() if not contact.get(n)}
        edits = tuple(self._edits(contact, {**missing, **said}))
        kept = _kept_flag(group, contact)
        if not edits:
            return Verdict(line, Outcome.SAME, contact.id, message=kept)
        if self.mapping.on_duplicate != "update":
            return self._refusal(line, contact, edits)
        new = {edit.field: edit.new for edit in edits}
        self._check_past(new)
        reason = self._reason(group.rows, str(new["status"])) if "status" in new else ""
        return Verdict(
            line,
            Outcome.UPDATE,
            contact.id,
            edits=edits,
            reason=reason,
            message=kept,
            warnings=phone_warnings(new.get("phone", ()), known=contact.get("phone")),
        )

    def _refusal(self, line: int, contact: Contact, edits: Sequence[FieldEdit]) -> Verdict:
        message = f"{contact.id} differs in {', '.join(edit.field for edit in edits)}"
        if self.mapping.on_duplicate == "skip":
            return Verdict(line, Outcome.SKIP, contact.id, message=message)
        hint = "--on-duplicate update takes over what differs, skip leaves the contact alone"
        return Verdict(line, Outcome.ERROR, contact.id, message=message, hint=hint)

    def _put_together(self, name: str, old: Value, new: Value) -> Value:
        return joined(self.fields[name], old, new) if isinstance(new, tuple) else new

    def _edits(self, contact: Contact, said: Mapping[str, Value]) -> Iterator[FieldEdit]:
        for name, value in said.items():
            old = contact.get(name)
            if not is_same(self.fields[name], old, value, stages=self.stages):
                yield FieldEdit(contact.id, name, old, self._put_together(name, old, value))

    def _check_past(self, values: Mapping[str, Value]) -> None:
        for name in _PAST:
            text = str(values.get(name, ""))
            if text and date.fromisoformat(text[:10]) > self.today:
                raise Unreadable(f"{name}: {text[:10]} is in the future")

    def _reason(self, rows: Sequence[RowValues], word: str) -> str:
        """The reason for the status *word*, empty if there is none.

        That of the mapping is for statuses that want one; that of a row is never dropped.
        """
        status = self.stages.find(word)
        own = reason_for(rows, word)
        if status is None:
            return own
        wanted = self.mapping.reason if status.reason_required or status.reasons else ""
        complaint = missing_for(status, self.mapping.note, own or wanted)
        if complaint:
            raise Unreadable(complaint, "give --reason, or --map 'HEADER=reason'")
        return canonical_reason(status, own or wanted)
