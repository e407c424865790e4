"""What has to be done, as days of a calendar: the prospect list, and follow-ups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from leadctl.contacts import split_values
from leadctl.prospecting.criteria import FOLLOW_UP_DUE
from leadctl.prospecting.prospects import Prospect
from leadctl.records import Contact, FollowUp
from leadctl.views import Appointment, Calendar, plainly


def prospect_calendar(found: Iterable[Prospect], today: date, made: datetime) -> Calendar:
    """Each of *found* as one entry, on the day when it is due or, if that has passed, on *today*.

    The same contact has the same uid on every day and every machine, so that a calendar moves
    the entry instead of adding another.
    """
    return Calendar("Prospects", made, tuple(_appointment(each, today) for each in found))


def follow_up_calendar(
    planned: Iterable[FollowUp], contacts: Mapping[str, Contact], today: date, made: datetime
) -> Calendar:
    """Each of *planned* as one entry, for *contacts* by their ids; what is overdue is for *today*.

    Nobody is reminded to reach somebody who is marked do-not-contact.
    """
    wanted = (each for each in planned if _may_be_done(each, contacts.get(each.contact)))
    entries = (_planned(each, contacts.get(each.contact), today) for each in wanted)
    return Calendar("Follow-ups", made, tuple(entries))


def _may_be_done(follow_up: FollowUp, contact: Contact | None) -> bool:
    return follow_up.via == "task" or contact is None or not contact.do_not_contact


def _planned(follow_up: FollowUp, contact: Contact | None, today: date) -> Appointment:
    is_late = follow_up.due < today
    about = [f"for: {contact.name if contact else follow_up.contact}"]
    about += [f"phone: {each}" for each in split_values(contact.get("phone"))] if contact else []
    about += [
        f"{name}: {plainly(value)}"
        for name in ("via", "owner", "repeat")
        if (value := follow_up.get(name))
    ]
    if is_late:
        about.append(f"was due on {follow_up.due} {follow_up.time}".rstrip())
    return Appointment(
        uid=f"follow-up-{follow_up.id}@leadctl",
        day=max(follow_up.due, today),
        # The hour of a day that is over means nothing.
        time="" if is_late else follow_up.time,
        title=f"{contact.name if contact else follow_up.contact}: {follow_up.what or 'follow up'}",
        lines=tuple(about),
        codes=(FOLLOW_UP_DUE,),
    )


def _appointment(prospect: Prospect, today: date) -> Appointment:
    contact = prospect.entry.contact
    phones = split_values(contact.get("phone"))
    reasons = tuple(reason.text for reason in prospect.reasons)
    return Appointment(
        uid=f"prospect-{contact.id}@leadctl",
        day=_day(prospect, today),
        time="",
        title=f"{contact.name}: {reasons[0]}",
        lines=(*reasons, f"next: {prospect.suggestion}", *(f"phone: {each}" for each in phones)),
        codes=prospect.codes,
    )


def _day(prospect: Prospect, today: date) -> date:
    return max(min(reason.arose or today for reason in prospect.reasons), today)
