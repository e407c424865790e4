from __future__ import annotations

from typing import Any

import vobject
from hypothesis import given
from hypothesis import strategies as st

from leadctl.messages.address_cards import address_cards
from leadctl.render.vcards import lines
from leadctl.views import AddressCard
from tests.people import contact


def text_of(*cards: AddressCard) -> str:
    return "".join(f"{line}\r\n" for line in lines(cards))


def read(*cards: AddressCard) -> list[Any]:
    return list(vobject.readComponents(text_of(*cards)))


ADA = AddressCard(
    uid="contact-ada@leadctl",
    name="Ada Lovelace",
    given="Ada",
    family="Lovelace",
    company="Engines; Ltd",
    title="Countess, of Lovelace",
    emails=("ada@example.com", "ada@example.org"),
    phones=("+44 20 7946 0101",),
    address="12 Mill St\nOakville",
    birthday="1815-12-10",
    labels=("vip", "a,b"),
    note="one\ntwo; three",
)


def test_a_library_reads_every_field() -> None:
    (card,) = read(ADA)

    assert card.version.value == "3.0"
    assert card.uid.value == "contact-ada@leadctl"
    assert card.fn.value == "Ada Lovelace"
    assert (card.n.value.family, card.n.value.given) == ("Lovelace", "Ada")
    assert card.org.value == ["Engines; Ltd"]
    assert card.title.value == "Countess, of Lovelace"
    assert [each.value for each in card.email_list] == ["ada@example.com", "ada@example.org"]
    assert card.tel.value == "+44 20 7946 0101"
    assert card.adr.value.street == "12 Mill St\nOakville"
    assert card.bday.value == "1815-12-10"
    assert card.categories.value == ["vip", "a,b"]
    assert card.note.value == "one\ntwo; three"


def test_a_birthday_without_a_year_is_one_that_address_books_know() -> None:
    text = text_of(AddressCard(uid="x", name="Ada", birthday="05-17"))

    assert "BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-17\r\n" in text


def test_what_is_not_known_has_no_line() -> None:
    assert text_of(AddressCard(uid="x", name="Odd Ltd")) == (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:x\r\nFN:Odd Ltd\r\nN:Odd Ltd;;;;\r\nEND:VCARD\r\n"
    )


def test_a_terminal_is_not_steered() -> None:
    card = AddressCard(uid="x", name="a\u202eb")

    assert "FN:a\\u202eb" in lines([card], for_terminal=True)


TEXTS = st.text(alphabet="ab,;:\\\n\r\té王\x1b ", max_size=90)


@given(TEXTS, TEXTS, TEXTS)
def test_no_text_breaks_out_of_its_line(name: str, note: str, label: str) -> None:
    card = AddressCard(uid="x", name=name, given=name, note=note, address=note, labels=(label,))
    text = text_of(card)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    unfolded = text.replace("\r\n ", "").split("\r\n")
    assert [line.split(":")[0].split(";")[0] for line in unfolded if line] == [
        "BEGIN", "VERSION", "UID", "FN", "N",
        *(["ADR"] if note else []), "CATEGORIES", *(["NOTE"] if note else []), "END",
    ]  # fmt: skip
    (card_read,) = vobject.readComponents(text)
    assert card_read.fn.value.split() == name.replace("\x1b", " ").split()


def test_the_parts_of_a_name_are_those_of_a_contact() -> None:
    names = ("Ada Lovelace", "Lovelace, Ada", "Keel & Lantern Ltd", "Dr. Ada King Lovelace")
    cards = list(address_cards(contact(name=name) for name in names))

    assert [(card.prefix, card.given, card.family) for card in cards] == [
        ("", "Ada", "Lovelace"),
        ("", "Ada", "Lovelace"),
        ("", "", ""),
        ("Dr.", "Ada", "King Lovelace"),
    ]


def test_who_is_not_to_be_contacted_is_marked() -> None:
    (card,) = address_cards([contact(name="Ada", do_not_contact="yes", tags=("vip",))])

    assert card.labels == ("vip", "do not contact")
