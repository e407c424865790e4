"""A digest as a mail that can be sent as it is: from whom, to whom, when, as text and as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime, formataddr, getaddresses, make_msgid

from leadctl.dates import quoted
from leadctl.errors import RequestError
from leadctl.exchange.mail import as_bytes, message, plain_address
from leadctl.sanitise import one_line


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Somebody who sends or gets mail."""

    address: str
    #: Empty if only the address is known.
    name: str = ""

    def __str__(self) -> str:
        """The way in which people write it."""
        return f"{self.name} <{self.address}>" if self.name else self.address


def mailbox(text: str, *, name: str) -> Mailbox:
    """What *text* says, such as "Marta Lind <marta@example.com>"; *name* tells where it stands.

    Raises:
        RequestError: it is none, or several.
    """
    found = getaddresses([text]) if text.isprintable() else []
    if len(found) == 1:
        shown, address = found[0]
        try:
            return Mailbox(plain_address(address), one_line(shown))
        except ValueError:
            pass
    hint = "write each by itself, like marta@example.com or 'Marta Lind <marta@example.com>'"
    raise RequestError(f"{name}: {quoted(text)} is no e-mail address", hint=hint)


def digest_mail(
    to: Sequence[Mailbox],
    sender: Mailbox | None,
    *,
    subject: str,
    text: str,
    html: str,
    at: datetime,
) -> bytes:
    """The mail, whose lines end with CR LF; *at* knows its time zone."""
    made = message("", subject, text=text, html=html)
    if sender:
        made["From"] = _header(sender)
    made["To"] = ", ".join(map(_header, to))
    made["Date"] = format_datetime(at)
    # Of the sender: no name of this machine goes out with it.
    made["Message-ID"] = make_msgid(domain=(sender or to[0]).address.rpartition("@")[2])
    # No program answers that somebody is on holiday.
    made["Auto-Submitted"] = "auto-generated"
    return as_bytes(made)


def _header(mailbox: Mailbox) -> str:
    return formataddr((mailbox.name, mailbox.address))
