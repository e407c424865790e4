"""The format ics: a calendar by RFC 5545, as every calendar program reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from leadctl.render.content_lines import escaped, folded
from leadctl.sanitise import one_line, safe
from leadctl.views import Appointment, Calendar

#: How long something takes that has a time: a calendar shows what has no length as a dot.
_LENGTH = "PT15M"


def lines(calendar: Calendar, *, for_terminal: bool = False) -> Iterator[str]:
    """*calendar* as lines, which are to end with CR LF; without any entry it is still one.

    For a terminal, what could steer it is shown as an escape.
    """
    write = _for_terminal if for_terminal else _text
    content = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//leadctl//leadctl//EN",
        f"X-WR-CALNAME:{write(calendar.title)}",
    ]
    for each in calendar.appointments:
        content += _event(each, calendar.made, [write(line) for line in (each.title, *each.lines)])
    for line in (*content, "END:VCALENDAR"):
        yield from folded(line)


def _event(each: Appointment, made: datetime, texts: list[str]) -> Iterable[str]:
    title, *about = texts
    day = f"{each.day:%Y%m%d}"
    yield from ("BEGIN:VEVENT", f"UID:{_text(each.uid)}")
    yield f"DTSTAMP:{made.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    if each.time:
        # Without a time zone it is that time wherever the user is.
        yield f"DTSTART:{day}T{each.time.replace(':', '')}00"
        yield f"DURATION:{_LENGTH}"
    else:
        # A whole day is not to look as if nothing else could be done on it.
        yield from (f"DTSTART;VALUE=DATE:{day}", "TRANSP:TRANSPARENT")
    yield f"SUMMARY:{title}"
    if about:
        yield "DESCRIPTION:" + "\\n".join(about)
    if each.codes:
        yield "CATEGORIES:" + ",".join(_text(code) for code in each.codes)
    yield from ("STATUS:CONFIRMED", "END:VEVENT")


def _text(text: str) -> str:
    return escaped(one_line(text))


def _for_terminal(text: str) -> str:
    return _text(safe(one_line(text)))
