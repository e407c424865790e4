"""The only clock: what day it is, and the stamp of what is done now."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable, Mapping
from datetime import date, datetime

from leadctl.dates import parse_stored
from leadctl.errors import RequestError
from leadctl.stamps import ALPHABET, Stamp, event_ids, milliseconds_of


def today(environment: Mapping[str, str]) -> date:
    """Today, or what LEADCTL_TODAY says it is.

    Raises:
        RequestError: LEADCTL_TODAY is no date, or TZ no time zone.
    """
    said = environment.get("LEADCTL_TODAY", "")
    if not said:
        return _now().date()
    try:
        return parse_stored(said)
    except ValueError as error:
        raise RequestError(f"LEADCTL_TODAY: {error}", hint="write it as 2026-11-22") from error


def moment(environment: Mapping[str, str]) -> datetime:
    """This time of the day that `today` says, with its time zone."""
    now = _now()
    return datetime.combine(today(environment), now.timetz()).astimezone(now.tzinfo)


def stamp(
    environment: Mapping[str, str],
    *,
    is_taken: Callable[[str], bool],
    after: str = "",
    origin: str = "",
) -> Stamp:
    """The stamp of a new operation, written down on the day that `today` says, at this time.

    The ids of its events sort behind the event id *after*, even if the clock that made that one
    was ahead, or the day is not the real one.
    """
    now = _now()
    milliseconds = max(int(now.timestamp() * 1000), milliseconds_of(after) + 1)
    return Stamp(
        op=_new_op(is_taken),
        at=moment(environment).isoformat(timespec="seconds"),
        by=_readable(_user(environment)),
        ids=event_ids(milliseconds, int.from_bytes(os.urandom(5))),
        origin=_readable(origin),
    )


def _now() -> datetime:
    try:
        return datetime.now().astimezone()  # noqa: TID251  # this module is the clock
    except ValueError as error:
        # No place on earth is a whole day away from Greenwich, but TZ may say so.
        said = os.environ.get("TZ", "")
        hint = "name a place, as in TZ=Europe/Berlin, or leave it out"
        raise RequestError(f'TZ: "{said}" is no time zone', hint=hint) from error


def _new_op(is_taken: Callable[[str], bool]) -> str:
    while True:
        op = "".join(ALPHABET[byte % len(ALPHABET)] for byte in os.urandom(6))
        if not is_taken(op):
            return op


def _readable(text: str) -> str:
    """*text* as UTF-8: a file name or a login may hold other bytes, the journal may not."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _user(environment: Mapping[str, str]) -> str:
    """Who is at the keyboard: the login name, also where cron leaves the environment empty."""
    for name in ("LOGNAME", "USER"):
        if environment.get(name):
            return environment[name]
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""
