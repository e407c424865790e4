"""A message to one person as a value, as people read it, and as they type it in an editor."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leadctl.sanitise import one_line

#: What the first line begins with if it is the subject.
SUBJECT = re.compile(r"subject:[ \t]*", re.IGNORECASE)
#: In a name they mean something to a mail program.
_SPECIAL = re.compile(r'[()<>@,:;.\[\]"\\]')


@dataclass(frozen=True, slots=True)
class Letter:
    """A subject and a text."""

    #: One line; empty if there is none.
    subject: str
    #: Ends with a line feed, unless it is empty.
    text: str

    @classmethod
    def of(cls, subject: str, text: str) -> Letter:
        """The letter of these texts, whatever line breaks are in them or around them."""
        body = text.replace("\r\n", "\n").strip("\n")
        return cls(one_line(subject), f"{body}\n" if body else "")


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter and whom it is for."""

    #: The id of the contact.
    contact: str
    name: str
    #: The e-mail address; empty if there is none.
    to: str
    #: The name of the template.
    template: str
    letter: Letter


def as_typed(letter: Letter) -> str:
    """*letter* as a text that somebody can edit, and that `read_letter` reads."""
    return f"Subject: {letter.subject}\n\n{letter.text}"


def read_letter(text: str) -> Letter:
    """What somebody made of a letter: a first line `Subject: …`, then the text.

    Nothing is a placeholder any more, and nothing that was typed is left out.
    """
    first, _, rest = text.replace("\r\n", "\n").partition("\n")
    head = SUBJECT.match(first)
    if head is None:
        return Letter.of("", f"{first}\n{rest}")
    return Letter.of(first[head.end() :], rest)


def draft_text(draft: Draft) -> str:
    """*draft* for people: the headers that it has, an empty line, the text."""
    headers = []
    if draft.to:
        headers.append(f"To: {_mailbox(one_line(draft.name), draft.to)}")
    if draft.letter.subject:
        headers.append(f"Subject: {draft.letter.subject}")
    head = "\n".join([*headers, "", ""]) if headers else ""
    return f"{head}{draft.letter.text}".rstrip("\n")


def draft_data(draft: Draft) -> dict[str, object]:
    """*draft* for programs; what there is not is None."""
    return {
        "contact": draft.contact,
        "name": draft.name,
        "to": draft.to or None,
        "template": draft.template,
        "subject": draft.letter.subject or None,
        "text": draft.letter.text,
    }


def _mailbox(name: str, address: str) -> str:
    if not name:
        return address
    if _SPECIAL.search(name):
        name = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return f"{name} <{address}>"
