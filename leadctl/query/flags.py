"""What `is:FLAG`, `has:FIELD` and `no:FIELD` ask of the index."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from leadctl.errors import RequestError
from leadctl.fields import Field
from leadctl.matching import did_you_mean, fold
from leadctl.query.sql import CONTACT_COLUMNS, Query, of_contact, of_values

_AWAKE = "(c.snoozed_until is null or c.snoozed_until <= :today) and c.dnc = 0"
#: The condition of each flag; `:today` stands for the day that it is asked about.
_CONDITIONS = {
    "due": f"c.due <= :today and {_AWAKE}",
    "overdue": f"c.due < :today and {_AWAKE}",
    "never-touched": "c.touches = 0 and c.touched is null",
    "snoozed": "c.snoozed_until > :today",
    "pinned": "c.pinned = 1 and (c.pinned_until is null or c.pinned_until >= :today)",
    "open": "c.outcome = 'open'",
    "won": "c.outcome = 'won'",
    "lost": "c.outcome = 'lost'",
    "pipeline": "c.pipeline = 1",
    "stuck": "c.stuck_from <= :today",
    "dnc": "c.dnc = 1",
}
FLAGS = tuple(_CONDITIONS)
#: For whom each flag holds, as the help says it.
FLAG_MEANINGS: Mapping[str, str] = {
    "due": "whose next touch is due today or before, and who are neither snoozed nor "
    "do-not-contact",
    "overdue": "the same, before today",
    "never-touched": "whom nobody has touched yet",
    "snoozed": "that are put off until after today",
    "pinned": "that are on the list by hand",
    "open": "whose stage is neither won nor lost",
    "won": "whose stage is won",
    "lost": "whose stage is lost",
    "pipeline": "whose status is on the pipeline",
    "stuck": "that are in their status for longer than its limit",
    "dnc": "that are marked do-not-contact",
}


def flag_query(word: str, today: date) -> Query:
    """What the flag *word* holds for.

    Raises:
        RequestError: there is no such flag; the hint suggests one or lists all.
    """
    condition = _CONDITIONS.get(fold(word))
    if condition is None:
        hint = did_you_mean(word, FLAGS, f"flags: {', '.join(FLAGS)}")
        raise RequestError(f'no flag named "{word}"', hint=hint)
    days = (today.isoformat(),) * condition.count(":today")
    return of_contact(condition.replace(":today", "?"), *days)


def presence_query(field: Field) -> Query:
    """What has a value in *field*, be it written down or derived.

    Raises:
        RequestError: for `why`, which the index does not know.
    """
    if not field.derived:
        return of_values((field.name,), "1")
    if field.name == "why":
        raise RequestError('"why" cannot be queried', hint=f"flags: {', '.join(FLAGS)}")
    if field.name == "stage":
        return of_contact("c.stage <> ''")
    if field.name == "touches":
        return of_contact("c.touches > 0")
    # Days overdue are known as soon as a due date is.
    name = "due" if field.name == "overdue_days" else field.name
    return of_contact(f"{CONTACT_COLUMNS[name]} is not null")
