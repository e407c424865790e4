"""The days on which something becomes true of a contact that stays where it is.

Each depends on the contact, its past and stages.yaml, never on today.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from leadctl.dates import Interval, parse_stored
from leadctl.prospecting.criteria import Quiet
from leadctl.records import Contact
from leadctl.stages import Stages, Status


def stuck_from(status: Status | None, since: date | None) -> date | None:
    """The first day on which a contact is too long in *status*; None without a limit."""
    if status is None or status.limit is None or status.limit.is_never or since is None:
        return None
    return _next_day(status.limit.after(since))


def move_on_from(contact: Contact, status: Status | None, since: date | None) -> date | None:
    """The first day on which it is time for *contact* to go on to another status; None: never."""
    if status is None or status.then is None:
        return None
    start = since
    if status.then.since:
        start = _own_day(contact, status.then.since)
        # Of an earlier time in the same status: it had its move then.
        if start is None or (since is not None and start < since):
            return None
    return status.then.after.after(start) if start else None


def quiet_from(
    contact: Contact, status: Status | None, last_touch: date | None, quiet: Quiet
) -> date | None:
    """The first day on which *contact* has gone quiet; None if *quiet* is not about its status."""
    start = last_touch or contact.created
    if status is None or status.name not in quiet.statuses or start is None:
        return None
    return _next_day(quiet.after.after(start))


def unreachable_from(
    contact: Contact, interval: Interval | None, since: date | None
) -> date | None:
    """Since when *contact*, to be touched every *interval*, cannot be reached; None: it can."""
    if interval is None or interval.is_never:
        return None
    is_reachable = any(contact.get(way) for way in ("phone", "email", "address"))
    return None if is_reachable else since or date.min


def won_on(
    moves: Sequence[tuple[str, str, str]], status: Status | None, stages: Stages
) -> date | None:
    """When it came from outside into the statuses that are won, *status* among them.

    *moves* are all of them, as `Past` has them. None: it is not won, or nobody knows since when.
    """
    if status is None or status.name not in stages.won:
        return None
    if not moves or moves[-1][0] != status.name:
        # The file was changed past the journal.
        return None
    since = ""
    for name, day, _ in reversed(moves):
        if name not in stages.won:
            return date.fromisoformat(since) if since else None
        since = day
    # It was won when it came into the book: nobody knows since when.
    return None


def _next_day(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


def _own_day(contact: Contact, field: str) -> date | None:
    """The date in a field of the user's own; `check` tells of one that cannot be read."""
    try:
        return parse_stored(str(contact.get(field)))
    except ValueError:
        return None
