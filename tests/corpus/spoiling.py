"""How the cases spoil the contacts of the small sound book, in few words."""

from __future__ import annotations

from tests.corpus.case import Case
from tests.corpus.sound import CONTACTS

#: A read that refuses to be content with less than everything.
STRICT = ("list", "--strict")
CHECK = ("check",)
#: Nobody is hidden by a mistake in one record but those whose record it is.
_OTHERS = ("bob", "cleo")
_ADA_ENDS = CONTACTS.index("- id: bob")


def after_ada(*lines: str) -> str:
    """The contacts with *lines* behind the record of Ada, from line 6 on."""
    return CONTACTS[:_ADA_ENDS] + "".join(f"{line}\n" for line in lines) + CONTACTS[_ADA_ENDS:]


def at_end(*lines: str) -> str:
    """The contacts with *lines* behind them, from line 15 on."""
    return CONTACTS + "".join(f"{line}\n" for line in lines)


def instead(old: str, new: str) -> str:
    """The contacts with *new* in the place of the first *old*."""
    assert old in CONTACTS
    return CONTACTS.replace(old, new, 1)


def spoilt(
    row: str,
    title: str,
    contacts: str | bytes,
    place: str = "",
    *words: str,
    code: int = 3,
    command: tuple[str, ...] = STRICT,
    says: tuple[str, ...] = (),
    hides: tuple[str, ...] = (),
) -> Case:
    """A case of *contacts* in contacts.yaml; *place* is its line and column, or a whole place.

    *words* are said there; a list still shows Bob and Cleo unless the mistake *hides* them.
    """
    shown = tuple(who for who in _OTHERS if who not in hides) if command == STRICT else ()
    where = f"contacts.yaml:{place}" if place[:1].isdigit() else place
    return Case(
        row=row,
        title=title,
        code=code,
        files={"contacts.yaml": contacts},
        command=command,
        where=where,
        says=(*words, *says, *shown),
    )
