"""What the index answers about the ways of contacts and about touches, summed up for reports."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from leadctl.index.happenings import Happenings
from leadctl.query.sql import EVERYTHING, Parameter, Query

#: What is counted: contacts, their stays in statuses, what came before and after a move, or the
#: first time that each came into one of some statuses, having been in another one before.
Subject = Literal["contacts", "stays", "moves", "firsts"]
#: Conditions and numbers are about these: contact `c`, its course `k`, a stay `s` and, where there
#: is one, the stay `b` before it, or the first stay `f`.
_FROM: Mapping[Subject, str] = {
    "contacts": "contact c",
    "stays": "stay s join contact c on c.n = s.contact",
    "moves": (
        "stay s left join stay b on b.contact = s.contact and b.place = s.place - 1 "
        "join contact c on c.n = s.contact"
    ),
    "firsts": (
        "(select contact, min(since_day) as since_day from stay where status in "
        "(select value from json_each(?)) group by contact having min(place) > 0) f "
        "join contact c on c.n = f.contact"
    ),
}
_COURSE = "left join course k on k.contact = c.n"
#: A unit of time, by its name in `leadctl.units` → what it calls the one that holds a day.
_BUCKETS = {
    "day": "{0}",
    "week": "date({0}, 'weekday 0', '-6 days')",
    "month": "substr({0}, 1, 7)",
    "quarter": "substr({0}, 1, 4) || 'Q' || ((substr({0}, 6, 2) + 2) / 3)",
    "year": "substr({0}, 1, 4)",
}


@dataclass(frozen=True, slots=True)
class Group:
    """What things are counted by."""

    #: What is the same for all of a group, and how that is shown.
    key: str
    shown: str
    join: str = ""
    parameters: tuple[Parameter, ...] = ()
    #: Nothing is in two groups.
    is_partition: bool = True

    @classmethod
    def by_column(cls, sql: str) -> Group:
        """By *sql*, which tells it from a row."""
        return cls(sql, f"min({sql})")

    @classmethod
    def by_unit(cls, unit: str, day: str) -> Group:
        """By the *unit* of time that *day*, SQL for an ISO day, is in."""
        return cls.by_column(_BUCKETS[unit].format(day))

    @classmethod
    def by_name(cls, sql: str, names: Mapping[str, str]) -> Group:
        """By what *names* has for what *sql* tells; empty for what it has not."""
        join = f"left join json_each(?) g on g.key = {sql}"
        shown = "ifnull(g.value, '')"
        return cls(shown, f"min({shown})", join, (json.dumps(names),))

    @classmethod
    def by_field(cls, name: str, *, many: bool = False) -> Group:
        """By the values of a field; who has *many* is in several groups."""
        # Without being told, SQLite walks all values of the field for each contact.
        join = "left join value g indexed by value_contact on g.contact = c.n and g.field = ?"
        if many:
            # Two spellings of one tag are one.
            join += (
                " and not exists (select 1 from value h indexed by value_contact "
                "where h.contact = g.contact and h.field = g.field and h.folded = g.folded "
                "and h.rowid < g.rowid)"
            )
        return cls("g.folded", "min(g.text)", join, (name,), not many)


#: Everything in one group.
ALL = Group("''", "''")


@dataclass(frozen=True, slots=True)
class Tally:
    """One group in figures."""

    #: As it is to be shown; None for those without a value.
    label: str | None
    count: int
    #: For how many each of the conditions holds.
    counts: tuple[int, ...]


class Journeys(Happenings):
    """Questions about what contacts went through."""

    def tally(
        self, subject: Subject, group: Group, query: Query, flags: Sequence[Query] = ()
    ) -> tuple[dict[str | None, Tally], list[Tally]]:
        """How many of *subject* there are by *group*, and for how many each of *flags* holds.

        And the same of all together; nothing of nothing.
        """
        found = self._tally(subject, group, query, flags)
        if not group.is_partition:
            return found, list(self._tally(subject, ALL, query, flags).values())
        counts = zip(*(tally.counts for tally in found.values()), strict=True)
        count = sum(tally.count for tally in found.values())
        return found, [Tally("", count, tuple(map(sum, counts)))] if found else []

    def spread(
        self,
        subject: Subject,
        group: Group,
        query: Query,
        value: str,
        measure: Callable[[Any], int] = int,
        *,
        statuses: Sequence[str] = (),
    ) -> tuple[dict[str | None, Counter[int]], Counter[int]]:
        """How often each number occurs by *group*, and in all together.

        The number is what *measure* makes of *value*, SQL; where that is null there is none.
        *statuses* are those of `firsts`.
        """
        named = [json.dumps(list(statuses))] if subject == "firsts" else []
        shown = f"{value} as measured, count(*)"

        def ask(by: Group) -> dict[str | None, Counter[int]]:
            counted: dict[str | None, Counter[int]] = defaultdict(Counter)
            rows = self._grouped(subject, by, query, shown, named, also="measured")
            for key, measured, count in rows:
                if measured is not None:
                    counted[key][measure(measured)] += int(count)
            return counted

        found = ask(group)
        if group.is_partition:
            return found, sum(found.values(), Counter())
        return found, sum(ask(ALL).values(), Counter())

    def touches(
        self, group: Group, query: Query, period: tuple[date, date], *, void: Collection[str]
    ) -> dict[str, Counter[tuple[str, str]]]:
        """How many touches there were in *period* by way and outcome, of each *group*.

        Those of the operations *void* do not count. The groups have the names that are shown;
        empty for those without a value, and for contacts who are gone.
        """
        conditions = ["e.kind = 'touched' and e.day between ? and ?"]
        parameters: list[Parameter] = [each.isoformat() for each in period]
        if void:
            conditions.append("e.op not in (select value from json_each(?))")
            parameters.append(json.dumps(list(void)))
        joined = ""
        if group.join or group.key.startswith("c."):
            joined = f"left join contact c on c.id = e.contact {group.join}"
        if query != EVERYTHING:
            conditions.append(f"e.contact in (select c.id from contact c where {query.sql})")
        text = (
            f"select {group.key}, {group.shown}, e.via, e.outcome, count(*) from event e {joined} "
            f"where {' and '.join(conditions)} group by {group.key}, 3, 4"
        )
        rows = self._run(text, [*group.parameters, *parameters, *query.parameters])
        names: dict[str | None, str] = {}
        for key, shown, *_ in rows:
            names[key] = min(names.get(key, shown or ""), shown or "")
        found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for key, _, via, outcome, count in rows:
            found[names[key]][str(via), str(outcome)] += int(count)
        return found

    def _tally(
        self, subject: Subject, group: Group, query: Query, flags: Sequence[Query]
    ) -> dict[str | None, Tally]:
        sums = "".join(f", sum({flag.sql})" for flag in flags)
        parameters = [one for flag in flags for one in flag.parameters]
        rows = self._grouped(subject, group, query, f"{group.shown}, count(*){sums}", parameters)
        return {
            row[0]: Tally(row[1], int(row[2]), tuple(map(int, row[3:]))) for row in rows if row[2]
        }

    def _grouped(
        self,
        subject: Subject,
        group: Group,
        query: Query,
        shown: str,
        parameters: Iterable[Parameter],
        *,
        also: str = "",
    ) -> list[tuple[Any, ...]]:
        keys = [key for key in (group.key, also) if key and key != ALL.key]
        grouped = f"group by {', '.join(keys)}" if keys else ""
        # SQLite would look for each course, asked for or not.
        course = _COURSE if "k." in f"{group.key} {shown} {query.sql}" else ""
        text = (
            f"select {group.key}, {shown} from {_FROM[subject]} {course} {group.join} "
            f"where {query.sql} {grouped}"
        )
        bound = [*parameters, *group.parameters, *query.parameters]
        return [tuple(row) for row in self._run(text, bound)]
