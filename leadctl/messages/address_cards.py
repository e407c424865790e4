"""Contacts as cards of an address book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leadctl.contacts import split_values
from leadctl.messages.first_names import first_name
from leadctl.records import Contact
from leadctl.views import AddressCard, plainly

#: What tells in an address book that somebody is not to be called or written to.
DO_NOT_CONTACT = "do not contact"
_BIRTHDAY = re.compile(r"(\d{4}-)?\d\d-\d\d")


def address_cards(contacts: Iterable[Contact]) -> Iterator[AddressCard]:
    """A card for each of *contacts*; what an address book has no place for is left out."""
    return (_card(contact) for contact in contacts)


def _card(contact: Contact) -> AddressCard:
    prefix, given, family = _parts(contact)
    birthday = plainly(contact.get("birthday"))
    labels = split_values(contact.get("tags"))
    return AddressCard(
        uid=f"contact-{contact.id}@leadctl",
        name=contact.name,
        prefix=prefix,
        given=given,
        family=family,
        company=plainly(contact.get("company")),
        title=plainly(contact.get("title")),
        emails=split_values(contact.get("email")),
        phones=split_values(contact.get("phone")),
        address=plainly(contact.get("address")),
        birthday=birthday if _BIRTHDAY.fullmatch(birthday) else "",
        labels=(*labels, DO_NOT_CONTACT) if contact.do_not_contact else labels,
        note=plainly(contact.get("note")),
    )


def _parts(contact: Contact) -> tuple[str, str, str]:
    """What stands before the given name of a person, that, and the rest; nothing of a company."""
    given = first_name(contact.name, company=plainly(contact.get("company")))
    if not given:
        return "", "", ""
    family, comma, _ = contact.name.partition(",")
    if comma:
        return "", given, family.strip()
    words = contact.name.split()
    place = next(place for place, word in enumerate(words) if given in word)
    return " ".join(words[:place]), given, " ".join(words[place + 1 :])
