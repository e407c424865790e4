"""A digest as text for people, and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leadctl.messages.digests import Digest, Section, spoken
from leadctl.prospecting.prospects import Prospect
from leadctl.sanitise import safe
from leadctl.views import Cell

#: How to say that somebody was contacted, for those who read the digest far from the book.
LOG_IT = "leadctl touch ID -m NOTE"


def digest_text(digest: Digest, *, most: int = 0, more: str = "leadctl prospects") -> str:
    """*digest* as lines, at most *most* contacts in each section; empty if nobody is in it.

    *more* is what shows those who are left out.
    """
    if not digest.count:
        return ""
    lines = [digest.title, *remarks(digest)]
    for section in digest.sections:
        lines += ["", section.heading, *_section_lines(section, digest, most, more)]
    return "\n".join([*lines, "", f"When it is done: {LOG_IT}", ""])


def digest_data(digest: Digest) -> dict[str, object]:
    """*digest* as JSON can hold it, with everybody in it."""
    return {
        "day": digest.day.isoformat(),
        "last": digest.last.isoformat() if digest.last else None,
        "count": digest.count,
        "unread": digest.unread,
        "sections": [
            {
                "section": section.key,
                "title": section.title,
                "count": len(section.people),
                "contacts": [_person(each, digest) for each in section.people],
            }
            for section in digest.sections
        ],
    }


def remarks(digest: Digest) -> list[str]:
    """Sentences on the digest itself: since when there was none, and that somebody may be missing.

    Empty if all is as it should be.
    """
    said = []
    if digest.last and digest.has_missed_days:
        said.append(f"Not sent since {spoken(digest.last)}.")
    if digest.unread:
        records = "1 record" if digest.unread == 1 else f"{digest.unread} records"
        said.append(f"{records} could not be read: leadctl check")
    return said


def mark(prospect: Prospect, digest: Digest) -> str:
    """What tells that somebody has come since the digest before this one; empty if they have not.

    It names the day, as "New" may be the name of a status.
    """
    if digest.last is None or prospect.entry.contact.id not in digest.new:
        return ""
    return (
        f"new since {digest.last:%A}"
        if (digest.day - digest.last).days < 7
        else (f"new since {digest.last}")
    )


def left_out(section: Section, most: int) -> int:
    """How many of *section* are not shown if at most *most* are."""
    return len(section.people) - len(section.shown(most))


def _section_lines(section: Section, digest: Digest, most: int, more: str) -> Iterator[str]:
    for prospect in section.shown(most):
        yield from _lines(prospect, mark(prospect, digest))
    if rest := left_out(section, most):
        yield f"  … {rest} more: {safe(more)}"


def _lines(prospect: Prospect, is_new: str) -> Iterator[str]:
    contact = prospect.entry.contact
    status = prospect.entry.standing.status
    parts = [f"{safe(contact.name)} ({safe(contact.id)})", safe(status), is_new]
    yield "  " + " · ".join(part for part in parts if part)
    yield "      " + "; ".join(safe(reason.text) for reason in prospect.reasons)
    yield "      next: " + safe(prospect.suggestion)


def _person(prospect: Prospect, digest: Digest) -> Mapping[str, Cell]:
    contact, standing = prospect.entry.contact, prospect.entry.standing
    return {
        "id": contact.id,
        "name": contact.name,
        "status": standing.status,
        "new": contact.id in digest.new,
        "why": prospect.codes,
        "reasons": tuple(reason.text for reason in prospect.reasons),
        "due": standing.due.isoformat() if standing.due else None,
        "next": prospect.suggestion,
        "phone": values(prospect, "phone"),
        "email": values(prospect, "email"),
        "urgency": prospect.urgency,
    }


def values(prospect: Prospect, name: str) -> tuple[str, ...]:
    """All values of the field *name* of a contact."""
    value = prospect.entry.contact.get(name)
    return value if isinstance(value, tuple) else (value,) if value else ()
