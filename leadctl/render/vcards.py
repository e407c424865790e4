"""The format vcf: an address book by RFC 2426 (vCard 3.0), which phones and khard take alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leadctl.render.content_lines import escaped, folded
from leadctl.sanitise import one_line, safe
from leadctl.views import AddressCard

#: A year that never was, which address books of Apple leave out if they are told to.
_NO_YEAR = "BDAY;X-APPLE-OMIT-YEAR=1604:1604-"


def lines(cards: Iterable[AddressCard], *, for_terminal: bool = False) -> Iterator[str]:
    """*cards* one after the other as lines, which are to end with CR LF.

    For a terminal, what could steer it is shown as an escape.
    """
    for card in cards:
        for line in _content(card):
            yield from folded(safe(line) if for_terminal else line)


def _content(card: AddressCard) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:3.0", f"UID:{_text(card.uid)}", f"FN:{_text(card.name)}")
    # Without parts of a name the whole one is what address books sort by.
    family = card.family if card.given else card.name
    yield f"N:{_text(family)};{_text(card.given)};;{_text(card.prefix)};"
    if card.company:
        yield f"ORG:{_text(card.company)}"
    if card.company and not card.given and card.company == card.name:
        yield "X-ABSHOWAS:COMPANY"
    if card.title:
        yield f"TITLE:{_text(card.title)}"
    yield from (f"EMAIL;TYPE=INTERNET:{_text(each)}" for each in card.emails)
    yield from (f"TEL;TYPE=VOICE:{_text(each)}" for each in card.phones)
    if card.address:
        yield f"ADR;TYPE=HOME:;;{_lines(card.address)};;;;"
    if card.birthday:
        has_year = len(card.birthday) > len("MM-DD")
        yield f"BDAY:{card.birthday}" if has_year else f"{_NO_YEAR}{card.birthday}"
    if card.labels:
        yield "CATEGORIES:" + ",".join(_text(each) for each in card.labels)
    if card.note:
        yield f"NOTE:{_lines(card.note)}"
    yield "END:VCARD"


def _text(text: str) -> str:
    return escaped(one_line(text))


def _lines(text: str) -> str:
    """*text* with its lines, none of which can begin another property."""
    return escaped("\n".join(one_line(line) for line in re.split(r"\r\n|[\r\n]", text.strip())))
