"""What has to be done, as days of a calendar: the prospect list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from leadctl.contacts import split_values
from leadctl.prospects import NEVER_CONTACTED, STUCK, TOUCH_DUE, Prospect
from leadctl.records import Standing
from leadctl.views import Agenda, Appointment

#: The reasons that may lie ahead → the day of the standing on which they begin.
_BEGINNING: Mapping[str, str] = {NEVER_CONTACTED: "due", TOUCH_DUE: "due", STUCK: "stuck_from"}


def prospect_agenda(found: Iterable[Prospect], today: date, made: datetime) -> Agenda:
    """Each of *found* as one entry, on the day when it is due or, if that has passed, on *today*.

    The same contact has the same uid on every day and every machine, so that a calendar moves
    the entry instead of adding another.
    """
    return Agenda("Prospects", made, tuple(_appointment(each, today) for each in found))


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
    days = (_beginning(code, prospect.entry.standing) or today for code in prospect.codes)
    return max(min(days), today)


def _beginning(code: str, standing: Standing) -> date | None:
    name = _BEGINNING.get(code)
    return getattr(standing, name) if name else None
