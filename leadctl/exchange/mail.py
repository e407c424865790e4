"""A mail message out of texts that may hold anything; no name and no subject can add a header."""

from __future__ import annotations

import re
from email.charset import BASE64, QP, Charset
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.utils import formataddr

from leadctl.sanitise import one_line

#: Lines of a header cannot be broken within a word; RFC 5322 wants them shorter than 78.
_LONGEST_WORD = 60
_PLAIN_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)*", re.ASCII | re.I)


def message(to: str, subject: str, *, text: str, html: str = "", name: str = "") -> Message:
    """A message to the address *to*, of *name* if that is known; with *html* in two forms.

    Without *to* it is addressed to nobody. There is no sender, no date and no id: whoever sends
    it adds them. The lines of *text* and *html* end with a line feed.

    Raises:
        ValueError: *to* is not one e-mail address.
    """
    # The stubs of this class know of texts only; a `Header` says how it is to be folded.
    made = _both(text, html) if html else _part(text, "plain")
    if to:
        made["To"] = _mailbox(plain_address(to), one_line(name))  # type: ignore[assignment]
    made["Subject"] = _words(one_line(subject), header="Subject")  # type: ignore[assignment]
    return made


def as_bytes(made: Message) -> bytes:
    """*made* as it is stored and sent: lines end with CR LF."""
    from email import policy

    # No line that begins with "From " is spelt differently: this is no mailbox file.
    return made.as_bytes(policy=policy.compat32.clone(linesep="\r\n", mangle_from_=False))


def unsent(made: Message) -> bytes:
    """*made* as a file that a mail program opens for writing: with a button to send it."""
    made["X-Unsent"] = "1"
    return as_bytes(made)


def plain_address(address: str) -> str:
    """*address* as it stands in mail: the name of its computer in ASCII, whatever its script.

    Raises:
        ValueError: it is not one e-mail address.
    """
    local, at, domain = address.strip().rpartition("@")
    try:
        plain = f"{local}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        plain = ""
    if not _PLAIN_ADDRESS.fullmatch(plain):
        raise ValueError(f'"{one_line(address)}" is not an e-mail address')
    return plain


def _mailbox(address: str, name: str) -> Header | str:
    if _is_plain(name):
        return formataddr((name, address))
    coded = _words(name, header="To")
    coded.append(f"<{address}>", "us-ascii")
    return coded


def _words(text: str, *, header: str) -> Header:
    return Header(text, "us-ascii" if _is_plain(text) else "utf-8", header_name=header)


def _is_plain(text: str) -> bool:
    """True if every mail program reads *text* in a header as it is.

    What looks like an encoded word is none of that: decoded, it could have line breaks.
    """
    is_short = all(len(word) < _LONGEST_WORD for word in text.split())
    return text.isascii() and "=?" not in text and is_short


def _both(text: str, html: str) -> Message:
    made = MIMEMultipart("alternative")
    made.attach(_part(text, "plain"))
    made.attach(_part(html, "html"))
    return made


def _part(text: str, kind: str) -> Message:
    part = MIMENonMultipart("text", kind, charset="utf-8")
    coding = Charset("utf-8")
    is_latin = sum(not char.isascii() for char in text) * 6 < len(text)
    # Readable in the file where most letters are ASCII; shorter where they are not.
    coding.body_encoding = QP if is_latin else BASE64
    part.set_payload(text.encode("utf-8", "replace").decode(), coding)
    return part
