"""Books of a few people, and what the reports say about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date

from leadctl.event_lines import line_of
from leadctl.fields import Schema
from leadctl.index.cache import build
from leadctl.index.index import Index
from leadctl.index.material import Filling
from leadctl.lifecycle import entries, pasts
from leadctl.query.language import parse_query
from leadctl.records import Contact, Event
from leadctl.reports.activity import activity_report
from leadctl.reports.ageing import ageing_report
from leadctl.reports.asking import Asked
from leadctl.reports.funnel import funnel_report
from leadctl.reports.lost import lost_report
from leadctl.reports.sources import sources_report
from leadctl.reports.speed import speed_report
from leadctl.reports.touches import touches_report
from leadctl.stages import Stages
from leadctl.views import Cell, Row, Table
from leadctl.what_counts import effective, voided
from tests.people import TODAY, stages_of

STAGES = stages_of("""\
default: New
stages:
  Hot: {statuses: [New, Engage, Active]}
  Won: {statuses: [Closed], outcome: won}
  Lost: {statuses: [Inactive, Wrong], outcome: lost}
statuses:
  New: {touch_every: 2 days, first_touch: 0 days, limit: 7 days}
  Engage: {touch_every: 7 days, aliases: [Contacted], limit: 60 days}
  Active: {touch_every: 14 days, qualified: true}
  Closed: {touch_every: 3 months, qualified: true}
  Inactive: {touch_every: never, pipeline: false}
  Wrong: {touch_every: never, pipeline: false}
  Friend: {touch_every: 30 days, pipeline: false}
""")
Report = Callable[[Asked], Table]
#: Each report and the word that it is made by unless told.
REPORTS: Mapping[str, tuple[Report, str]] = {
    "funnel": (funnel_report, "status"),
    "ageing": (ageing_report, "status"),
    "touches": (touches_report, "status"),
    "activity": (lambda asked: activity_report(asked, void=_undone(asked)), "week"),
    "sources": (sources_report, "source"),
    "speed": (speed_report, "all"),
    "lost": (lost_report, "reason"),
}


@dataclass(frozen=True)
class Book:
    """Contacts, and everything in the journal, undone or not."""

    contacts: Sequence[Contact] = ()
    events: Sequence[Event] = ()
    stages: Stages = STAGES
    #: Fields of the users' own, besides `hobby`.
    own: Sequence[str] = ()

    @property
    def schema(self) -> Schema:
        """All fields of it."""
        return Schema(self.stages.fields).with_seen(["hobby", *self.own])

    def index(self) -> Index:
        """The index of it."""
        found = entries(self.contacts, pasts(effective(self.events), self.stages), self.stages)
        return build(None, Filling(found, tuple(self.events), (), self.schema, {}))

    def report(
        self,
        name: str,
        *,
        by: str = "",
        period: tuple[date, date] | None = None,
        chosen: str = "",
        today: date = TODAY,
    ) -> Table:
        """What the report *name* says about it."""
        make, usual = REPORTS[name]
        query = parse_query(chosen, schema=self.schema, stages=self.stages, today=today)
        with closing(self.index()) as index:
            asked = Asked(
                index.journeys(), query, self.stages, self.schema, today, by or usual, period
            )
            return make(asked)


def rows(table: Table, *names: str) -> dict[Cell, Row]:
    """The rows of *table* by their first machine field, each with only the fields *names*."""
    first = table.machine_fields[0]
    return {
        row[first]: {name: row.get(name) for name in names or table.machine_fields[1:]}
        for row in table.rows
    }


def lines(events: Iterable[Event]) -> bytes:
    """*events* as a journal."""
    return b"".join(line_of(event) + b"\n" for event in events)


def _undone(asked: Asked) -> Sequence[str]:
    return tuple(voided(asked.index.undoings()))
