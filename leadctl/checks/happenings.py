"""Checks of what happened and what is to happen: whom it is about, when, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from leadctl.problems import Problem
from leadctl.records import Contact, Event, FollowUp
from leadctl.what_counts import effective

#: With these a contact goes, so that its events stay without it.
_FAREWELLS = frozenset(["removed", "merged"])


def reference_problems(contacts: Iterable[Contact], events: Iterable[Event]) -> Iterable[Problem]:
    """Events of contacts that are not there, though the journal does not say that they went."""
    known = {contact.id for contact in contacts}
    missing: dict[str, list[Event]] = {}
    for event in events:
        if event.contact not in known and event.is_about_contact:
            missing.setdefault(event.contact, []).append(event)
    for contact, lost in missing.items():
        if _has_gone(lost):
            continue
        count = f"{len(lost)} event{'' if len(lost) == 1 else 's'}"
        message = f'the journal has {count} of "{contact}", but there is no such contact'
        hint = "was it removed or given another id by hand? put it back, or the id as it was"
        yield Problem(lost[0].source, message, hint, "references")


def orphan_problems(
    contacts: Iterable[Contact], follow_ups: Iterable[FollowUp]
) -> Iterable[Problem]:
    """Follow-ups for contacts that are not there."""
    known = {contact.id for contact in contacts}
    for each in follow_ups:
        if each.contact not in known:
            message = f'follow-up {each.id} is for "{each.contact}", but there is no such contact'
            hint = f"mend the id, or take it off: leadctl todo remove {each.id}"
            yield Problem(each.source, message, hint, "follow-ups")


def future_problems(events: Iterable[Event], today: date) -> Iterable[Problem]:
    """Events that have not happened yet, and those that were written down by a clock ahead."""
    tomorrow = (today + timedelta(days=1)).isoformat()
    for event in events:
        if event.day > today:
            message = f"this event lies in the future: {event.on}"
            hint = "if the date is a slip, mend it in this line of the journal"
            yield Problem(event.source, message, hint, "dates", is_warning=True)
        # Further east it may be tomorrow already.
        elif event.at[:10] > tomorrow:
            message = f"this event was written down in the future: {event.at}"
            hint = "was the clock of that computer right?"
            yield Problem(event.source, message, hint, "journal", is_warning=True)


def order_problems(events: Sequence[Event]) -> Iterable[Problem]:
    """Events of one person that stand before older ones of the same person, as one finding.

    Git and sync programs put the lines of two people one after the other, which is as it should
    be; one person's own lines get out of order if a clock goes back or lines are moved by hand.
    """
    newest: dict[str, str] = {}
    behind: list[Event] = []
    for event in events:
        if event.contact.startswith("~"):
            # What is left of somebody forgotten got a new id.
            continue
        if event.id < newest.get(event.by, ""):
            behind.append(event)
        else:
            newest[event.by] = event.id
    if behind:
        one = "1 event stands" if len(behind) == 1 else f"{len(behind)} events stand, from here,"
        message = f"{one} behind younger ones of the same person"
        hint = "they count in the order of their ids; were lines moved, or two journals joined?"
        yield Problem(behind[0].source, message, hint, "journal", is_warning=True)


def _has_gone(lost: Sequence[Event]) -> bool:
    """True if the last thing in *lost*, all events of one contact, is that it went."""
    last = max(lost, key=lambda event: event.id)
    # An undo may take back an addition, or the undo by which the contact came back.
    return last.kind in _FAREWELLS or (last.kind == "undone" and not effective(lost))
