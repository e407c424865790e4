"""Which rows are about whom: each contact, known or new, with the rows that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from leadctl.fields import Field
from leadctl.importing.mapping import FieldMap
from leadctl.importing.matches import Matches, Rank, Who
from leadctl.importing.rows import RowValues
from leadctl.importing.values import is_same
from leadctl.importing.verdicts import Outcome, Verdict
from leadctl.matching import fold
from leadctl.records import Contact
from leadctl.stages import Stages


@dataclass(slots=True)
class Group:
    """Rows about one contact; more than one only if they are merged."""

    rows: list[RowValues]
    #: None: new.
    contact: Contact | None = None


@dataclass(slots=True)
class Groups:
    """Every row is in one of both; groups and their rows stand in the order of the file."""

    groups: list[Group] = field(default_factory=list)
    #: Rows that are settled already: wrong, repeated, or known word for word.
    settled: list[Verdict] = field(default_factory=list)


def group_rows(
    rows: Iterable[RowValues], existing: Sequence[Contact], mapping: FieldMap, *, stages: Stages
) -> Groups:
    """*rows* by whom they are about: one of *existing*, an earlier row, or somebody new.

    A row with nothing to recognise it by is known if a contact of that name, whom no other row is
    about, has all that it says; else it is somebody new.
    """
    grouping = _Grouping(existing, mapping)
    by_rank: dict[Rank, list[RowValues]] = {rank: [] for rank in Rank}
    for row in rows:
        if row.complaints:
            grouping.settled.append(_wrong(row))
        else:
            by_rank[grouping.matches.rank(row.values)].append(row)
    # Whom a weaker key fits is only known when all that have a stronger one are in their places.
    for row in (*by_rank[Rank.FIRST], *by_rank[Rank.SECOND]):
        grouping.take(row)
    grouping.take_unrecognisable(by_rank[Rank.NONE], mapping.fields(), stages)
    return Groups(_in_file_order(grouping.groups.values()), grouping.settled)


def _in_file_order(groups: Iterable[Group]) -> list[Group]:
    for group in groups:
        group.rows.sort(key=lambda row: row.line)
    return sorted(groups, key=lambda group: group.rows[0].line)


class _Grouping:
    def __init__(self, existing: Sequence[Contact], mapping: FieldMap) -> None:
        self.mapping = mapping
        self.contacts: Mapping[Who, Contact] = {contact.id: contact for contact in existing}
        self.matches = Matches(mapping.key, mapping.second_key)
        for contact in existing:
            self.matches.add(contact.id, contact.values)
        self.groups: dict[Who, Group] = {}
        self.settled: list[Verdict] = []

    def take(self, row: RowValues) -> None:
        """Find out whom *row*, which has a key, is about."""
        found = self.matches.find(row.values)
        if len(found) > 1:
            self._settle_several(row, found)
            return
        who = found[0] if found else row.line
        clash = self._clash(row, who)
        if clash:
            self._settle(row, Outcome.ERROR, clash)
        elif who not in self.groups:
            self.groups[who] = Group([row], self.contacts.get(who))
            self.matches.add(who, row.values)
        elif self.mapping.on_duplicate == "update":
            self.groups[who].rows.append(row)
            self.matches.add(who, row.values)
        else:
            self._settle_repeated(row, self.groups[who].rows[0])

    def take_unrecognisable(
        self, rows: Iterable[RowValues], fields: Mapping[str, Field], stages: Stages
    ) -> None:
        """Settle or group *rows* without a key, after all others are grouped."""
        by_name: dict[str, list[Contact]] = {}
        for who, contact in self.contacts.items():
            if who not in self.groups:
                by_name.setdefault(fold(contact.name), []).append(contact)
        for row in rows:
            namesakes = by_name.get(fold(str(row.values.get("name", ""))), ())
            twin = next((c for c in namesakes if _says_all(c, row, fields, stages)), None)
            if twin:
                self.settled.append(Verdict(row.line, Outcome.SAME, twin.id))
            else:
                self.groups[row.line] = Group([row])

    def _clash(self, row: RowValues, who: Who) -> str:
        """What keeps *row* from being *who*: another value in a part of the key that is unique."""
        contact, group = self.contacts.get(who), self.groups.get(who)
        known = [contact.values] if contact else []
        known += [earlier.values for earlier in group.rows] if group else []
        for name in self.mapping.key:
            new = row.values.get(name, "")
            for old in (values.get(name, "") for values in known):
                if (
                    isinstance(new, str)
                    and isinstance(old, str)
                    and new
                    and old
                    and fold(new) != fold(old)
                ):
                    return f'looks like {_say(who)}, but its {name} is "{old}", not "{new}"'
        return ""

    def _settle_several(self, row: RowValues, found: Sequence[Who]) -> None:
        skips = self.mapping.on_duplicate == "skip"
        names = " and ".join(_say(who) for who in found)
        hint = "merge them first, or give a --key that tells them apart"
        outcome = Outcome.SKIP if skips else Outcome.ERROR
        self._settle(row, outcome, f"fits {names}", hint="" if skips else hint)

    def _settle_repeated(self, row: RowValues, first: RowValues) -> None:
        message = f"the same contact as line {first.line}"
        if self.mapping.on_duplicate == "skip":
            self._settle(row, Outcome.SKIP, message)
        else:
            hint = "--on-duplicate update puts the rows together, skip takes the first"
            self._settle(row, Outcome.ERROR, message, hint=hint)

    def _settle(self, row: RowValues, outcome: Outcome, message: str, *, hint: str = "") -> None:
        self.settled.append(Verdict(row.line, outcome, message=message, hint=hint))


def _say(who: Who) -> str:
    return f"line {who}" if isinstance(who, int) else who


def _wrong(row: RowValues) -> Verdict:
    message = "; ".join(message for message, _ in row.complaints)
    hint = next((hint for _, hint in row.complaints if hint), "")
    return Verdict(row.line, Outcome.ERROR, message=message, hint=hint)


def _says_all(
    contact: Contact, row: RowValues, fields: Mapping[str, Field], stages: Stages
) -> bool:
    return all(
        is_same(fields[name], contact.get(name), value, stages=stages)
        for name, value in row.values.items()
    )
