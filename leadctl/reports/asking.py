"""What a report is asked for: whom it is about, when, and by what it is to count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leadctl.errors import RequestError
from leadctl.fields import Schema
from leadctl.index.journeys import Group, Journeys, Tally
from leadctl.matching import did_you_mean
from leadctl.query.sql import EVERYTHING, Query, marks
from leadctl.stages import Stages
from leadctl.units import UNITS
from leadctl.views import Cell, Column, Row, Table

#: Fields that follow from others; of those, only these have few values to count by.
_DERIVED = ("status", "stage")
#: Of `firsts`: days from the arrival until then; null if not known.
DAYS_UNTIL = "max(f.since_day - k.arrived_day, 0)"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a report."""

    index: Journeys
    chosen: Query
    stages: Stages
    schema: Schema
    today: date
    #: What to count by: a word of the report's own, a field, or a unit of time.
    by: str
    #: First and last day; None for all time.
    period: tuple[date, date] | None = None

    @property
    def cohort(self) -> Query:
        """Those chosen who arrived in the period."""
        return self.chosen & self.within("k.arrived")

    def key(self, columns: Iterable[Column]) -> str:
        """What the cell with the name of a group is called, beside the cells of *columns*."""
        return "by" if self.by in {column.name for column in columns} else self.by

    def column(self, key: str) -> Column:
        """The column of the names of the groups, which are in the cells *key*."""
        return Column(key, self.by, say=_named)

    def within(self, day: str) -> Query:
        """*day*, SQL for an ISO day, lies in the period."""
        if self.period is None:
            return EVERYTHING
        first, last = (each.isoformat() for each in self.period)
        return Query(f"ifnull({day} between ? and ?, 0)", (first, last))

    def days_since(self, day: str) -> int:
        """How many days ago *day*, in ISO, was."""
        return max((self.today - date.fromisoformat(day)).days, 0)

    def statuses(self, outcome: str) -> tuple[str, ...]:
        """The names of the statuses whose stage has *outcome*."""
        return tuple(each.name for each in self.stages.statuses if each.outcome == outcome)

    @property
    def qualified(self) -> tuple[str, ...]:
        """The names of the statuses that are marked so."""
        return tuple(each.name for each in self.stages.statuses if each.qualified)

    def group(self, *, day: str = "", own: Mapping[str, Group] | None = None) -> Group:
        """What to count by; *own* are words of the report, *day* is SQL for the day of a unit.

        Raises:
            RequestError: there is no such word, field or unit.
        """
        if own and self.by in own:
            return own[self.by]
        if day and self.by in UNITS:
            return Group.by_unit(self.by, day)
        field = self.schema.find(self.by)
        if field is None or (field.derived and field.name not in _DERIVED):
            raise _unknown(self.by, (*(own or ()), *(UNITS if day else ())), self.schema.names())
        if field.name in _DERIVED:
            return Group.by_column(f"c.{field.name}")
        return Group.by_field(field.name, many=field.many)

    def table(
        self,
        columns: tuple[Column, ...],
        groups: tuple[Mapping[str | None, Tally], Sequence[Tally]],
        spreads: tuple[Mapping[str | None, Counter[int]], Counter[int]],
        figures: Callable[[Tally, Mapping[int, int]], Row],
    ) -> Table:
        """*columns* of *figures* for each of the groups, and for all.

        *groups* and *spreads* are what `Journeys.tally` and `Journeys.spread` tell of them.
        """
        (found, all_), (of_each, of_all) = groups, spreads
        cell = self.key(columns)
        rows = [
            {cell: found[key].label, **figures(found[key], of_each[key])}
            for key in self.ordered(sizes(found))
        ]
        rows += [{cell: "all", **figures(each, of_all)} for each in all_]
        return Table((self.column(cell), *columns), tuple(rows), key=cell, totals=len(all_))

    def ordered(self, sizes: Mapping[str | None, int]) -> list[str | None]:
        """The groups that have these *sizes*: by time, as in stages.yaml, or the largest first."""
        places: dict[str, int] = {}
        if self.by in _DERIVED:
            statuses = [each.name for each in self.stages.statuses]
            stages = [each.name for each in self.stages.stages]
            names = stages if self.by == "stage" else statuses
            places = {name: place for place, name in enumerate(names)}
        is_by_time = self.by in UNITS

        def order(key: str | None) -> tuple[bool, int, int, str]:
            size = 0 if is_by_time else -sizes[key]
            return not key, places.get(key or "", len(places)), size, key or ""

        return sorted(sizes, key=order)


def sizes(tallies: Mapping[str | None, Tally]) -> dict[str | None, int]:
    """How many each group of *tallies* has."""
    return {key: tally.count for key, tally in tallies.items()}


def require_word(by: str, words: Sequence[str]) -> str:
    """*by*, if it is one of *words*.

    Raises:
        RequestError: it is not.
    """
    if by not in words:
        raise _unknown(by, words, ())
    return by


def one_of(column: str, names: Sequence[str]) -> Query:
    """*column* is one of *names*; never null."""
    return Query(f"ifnull({column} in ({marks(names)}), 0)", tuple(names))


def ever_in(names: Sequence[str]) -> Query:
    """The contact was, or is, in one of the statuses *names*."""
    inside = one_of("x.status", names)
    sql = f"(c.n in (select x.contact from stay x where {inside.sql}))"
    return Query(sql, inside.parameters)


def _unknown(by: str, own: Sequence[str], fields: Sequence[str]) -> RequestError:
    known = [", ".join(own)] if own else []
    known += ["a field such as owner"] if fields else []
    hint = did_you_mean(by, (*own, *fields), f"it can be made by {' or '.join(known)}")
    return RequestError(f'--by: this report cannot be made by "{by}"', hint=hint)


def _named(cell: Cell) -> str:
    return "(none)" if cell is None or cell == "" else str(cell)
