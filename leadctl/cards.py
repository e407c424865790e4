"""One contact in full: what is known, where it stands, why it is due, what happened last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from leadctl.fields import STORED, Schema
from leadctl.histories import history_table
from leadctl.lifecycle import touch_interval
from leadctl.listing import contact_row
from leadctl.prospecting.prospects import reasons_for
from leadctl.records import Entry, Event
from leadctl.stages import Stages
from leadctl.views import Card, Section, plainly

#: How many of its events a card shows.
EVENTS_SHOWN = 10


def contact_card(
    entry: Entry, events: Sequence[Event], stages: Stages, today: date, *, schema: Schema
) -> Card:
    """The card of *entry*, whose *events* are in the order of the journal."""
    row = contact_row(entry, stages, today, schema=schema)
    latest = tuple(reversed(events))[:EVENTS_SHOWN]
    title = (
        "history" if len(events) <= EVENTS_SHOWN else f"last {EVENTS_SHOWN} of {len(events)} events"
    )
    sections = []
    if entry.follow_ups:
        from leadctl.planning.todo_tables import agenda_table  # few contacts have any

        sections.append(Section("to do", agenda_table(entry.follow_ups, today), key="follow_ups"))
    if any(each.plan for each in entry.follow_ups):
        from leadctl.planning.plan_runs import progress
        from leadctl.planning.plan_tables import running_table

        running = running_table(progress(entry.follow_ups), today)
        sections.append(Section("plans", running, key="plans"))
    if latest:
        sections.append(Section(title, history_table(latest, with_contact=False), key="history"))
    return Card(
        title=f"{entry.contact.name} ({entry.contact.id})",
        lines=(*_stored_lines(entry, stages, schema), *_standing_lines(entry, stages, today)),
        data={name: cell for name, cell in row.items() if name != "colour"},
        sections=tuple(sections),
    )


def _stored_lines(entry: Entry, stages: Stages, schema: Schema) -> list[tuple[str, str]]:
    own = (name for name in schema.names() if name not in STORED)
    lines = [("status", _status(entry, stages))]
    for name in (*STORED, *own):
        if name not in {"id", "name", "status", "note"} and entry.contact.get(name):
            lines.append((name, plainly(entry.contact.get(name))))
    if entry.contact.get("note"):
        lines.append(("note", plainly(entry.contact.get("note"))))
    return lines


def _status(entry: Entry, stages: Stages) -> str:
    place = entry.standing
    since = f", since {place.since}" if place.since else ""
    if stages.find(place.status) is None:
        return f"{place.status or 'none'} (not in stages.yaml)"
    return f"{place.status}{f' ({place.stage})' if place.stage else ''}{since}"


def _standing_lines(entry: Entry, stages: Stages, today: date) -> list[tuple[str, str]]:
    place = entry.standing
    interval = touch_interval(entry.contact, stages.find(place.status))
    lines = [("touched", _touched(entry, today))]
    due = str(place.due) if place.due else "no touch is due"
    lines.append(("due", f"{due} (every {interval})" if place.due else due))
    reasons = reasons_for(entry, stages, today)
    if reasons:
        lines.append(("why today", "; ".join(reason.text for reason in reasons)))
    else:
        from leadctl.prospecting.why_not import why_not

        lines.append(("not today", why_not(entry, stages, today)[0]))
    return lines


def _touched(entry: Entry, today: date) -> str:
    place = entry.standing
    if place.touched is None:
        return "never"
    ago = f"{place.touched} ({(today - place.touched).days} days ago)"
    times = f", {place.touches} touches" if place.touches > 1 else ""
    reached = f", last reached {place.reached}" if place.reached else ", never reached"
    return f"{ago}{times}{reached}"
