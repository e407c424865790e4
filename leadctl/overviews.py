"""A book at a glance: who is to be contacted, which follow-ups are due, where everybody stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from leadctl.records import FollowUp
from leadctl.stages import Stages
from leadctl.views import Card, Row, Section, Table


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a book at a glance."""

    today: date
    contacts: int
    #: Contacts by status.
    counts: Mapping[str, int]
    #: How many are on the prospect list, and the most urgent of them.
    due: int
    prospects: Table
    #: All follow-ups until today, earliest first, each with the name of its contact.
    follow_ups: Sequence[tuple[FollowUp, str]]
    #: Those of them that are shown.
    agenda: Table
    #: How many things are wrong in the files.
    problems: int


def overview(sight: Sight, stages: Stages) -> Card:
    """*sight* as a card; the last line is what to type next."""
    on_pipeline = tuple(
        f"{status.name} {sight.counts.get(status.name, 0)}" for status in stages.pipeline
    )
    follow_ups = len(sight.follow_ups)
    late = sum(each.due < sight.today for each, _ in sight.follow_ups)
    lines = [
        ("to contact", _counted(sight.due, len(sight.prospects.rows), "leadctl prospects")),
        ("follow-ups", _follow_ups(follow_ups, late)),
        ("pipeline", " · ".join(on_pipeline) or "no status of stages.yaml is on it"),
    ]
    if sight.problems:
        lines.append(("problems", f"{sight.problems}: leadctl check"))
    following = next_command(sight)
    data: Row = {
        "day": sight.today.isoformat(),
        "contacts": sight.contacts,
        "to_contact": sight.due,
        "follow_ups_due": follow_ups,
        "follow_ups_late": late,
        "on_pipeline": on_pipeline,
        "problems": sight.problems,
        "next": following,
    }
    day = f"{sight.today:%A}, {sight.today.day} {sight.today:%B %Y}"
    sections = (
        Section("Most urgent", sight.prospects, "prospects"),
        Section("Follow-ups due", sight.agenda, "follow_ups"),
    )
    return Card(f"{day} · {_people(sight.contacts)}", (*lines, ("next", following)), data, sections)


def next_command(sight: Sight) -> str:
    """What somebody who sees this would type next."""
    if not sight.contacts:
        return 'leadctl add "Ada Lovelace" --email ada@example.com'
    if sight.prospects.rows:
        return f"leadctl show {sight.prospects.rows[0]['id']}"
    return "leadctl prospects --ahead 7d"


def _people(count: int) -> str:
    return "1 contact" if count == 1 else f"{count} contacts"


def _counted(count: int, shown: int, more: str) -> str:
    if not count:
        return "nobody today"
    return f"{count}, all of them by `{more}`" if count > shown else str(count)


def _follow_ups(count: int, late: int) -> str:
    if not count:
        return "none due"
    return f"{count} due" + (f", {late} of them late" if late else "")
