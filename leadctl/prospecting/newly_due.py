"""What is new on the prospect list: who has a reason today that they did not have on another day.

Nothing is remembered for it: the journal tells what was known then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from leadctl.lifecycle import entry_after, past_of
from leadctl.planning.follow_ups import agendas
from leadctl.prospecting.prospects import Prospect, reasons_for
from leadctl.records import Contact, Entry, Event, FollowUp
from leadctl.rewinding import as_known_on, planned_on
from leadctl.stages import Stages


def entries_then(
    then: date,
    contacts: Iterable[Contact],
    pasts: Mapping[str, Sequence[Event]],
    void: Collection[str],
    stages: Stages,
    *,
    follow_ups: Iterable[FollowUp] = (),
) -> dict[str, Entry]:
    """Where those of *contacts* stood, by id, of whom the book knew at the end of the day *then*.

    *pasts* are all events of each, *void* the operations that were undone by then, *follow_ups*
    what is planned for them now.
    """
    everything = (event for past in pasts.values() for event in past)
    planned = agendas(planned_on(then, follow_ups, everything))
    found = {}
    for contact in contacts:
        known, events = as_known_on(then, (contact,), pasts.get(contact.id, ()))
        counts = [each for each in events if each.kind != "undone" and each.op not in void]
        for each in known:
            mine = planned.get(each.id, ())
            found[each.id] = entry_after(past_of(counts, stages), each, stages, mine)
    return found


def changed_since(
    then: date, found: Iterable[Prospect], learnt: Collection[str]
) -> dict[str, Contact]:
    """Those of *found* who may have stood in another way on *then*, by id.

    *learnt* are those about whom the journal learnt something afterwards.
    """
    contacts = (prospect.entry.contact for prospect in found)
    return {
        each.id: each
        for each in contacts
        if each.id in learnt or (each.created is not None and each.created > then)
    }


def newly_due(
    found: Iterable[Prospect],
    then: date,
    before: Mapping[str, Entry],
    stages: Stages,
    *,
    ahead_days: int = 0,
) -> list[Prospect]:
    """Those of *found* with a reason, told by its code, that they did not have on *then*.

    *before* has, by id, how each of them stood then of whom the book knew.
    """
    new = []
    for prospect in found:
        entry = before.get(prospect.entry.contact.id)
        had = reasons_for(entry, stages, then, ahead_days=ahead_days) if entry else ()
        if set(prospect.codes) - {reason.code for reason in had}:
            new.append(prospect)
    return new
