"""Contacts that may be one: the same e-mail, phone, or name and company."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from leadctl.contacts import split_values
from leadctl.matching import digits, fold
from leadctl.problems import Problem
from leadctl.records import Contact, Record

#: A phone number with fewer digits is an extension, or "none".
_FEWEST_DIGITS = 6
#: So many of those who share something are named.
_NAMED = 5

#: What a contact has of one kind: (as compared, as written) of each.
_Keys = Callable[[Contact], Iterable[tuple[str, str]]]


def duplicate_problems(contacts: Sequence[Contact], records: Iterable[Record]) -> Iterable[Problem]:
    """One finding for each group of contacts that share something, and for ids alike.

    Two people of one name without a company count only if one of them cannot be reached, as
    nothing else tells them apart. Case, accents and the two forms that Unicode has for a letter
    with an accent do not count.
    """
    shared: dict[tuple[int, ...], list[str]] = {}
    for say, keys in _KINDS:
        for numbers, written in _groups(contacts, keys):
            if keys is not _names or not _are_namesakes([contacts[each] for each in numbers]):
                shared.setdefault(numbers, []).append(say(written))
    for numbers, reasons in sorted(shared.items()):
        yield _same([contacts[number] for number in numbers], reasons)
    yield from _alike_ids(records)


def _same(group: Sequence[Contact], reasons: Sequence[str]) -> Problem:
    first, *others = [contact.id for contact in group]
    named = [first, *others[: _NAMED - 1]]
    rest = len(group) - len(named)
    who = f"{', '.join(named)} and {rest} more" if rest else _listed(named)
    hint = "if they are one, put what both know into one of them and remove the other"
    message = f"{who} have {' and '.join(reasons)}"
    return Problem(group[1].source, message, hint, "duplicates", is_warning=True)


def _groups(
    contacts: Sequence[Contact], keys: _Keys
) -> Iterable[tuple[tuple[int, ...], tuple[str, ...]]]:
    """Numbers of the contacts that share a key, and the ways in which they write it."""
    # Nearly every key has one contact only, for which a list each would be a waste.
    first: dict[str, tuple[int, str]] = {}
    several: dict[str, dict[int, str]] = {}
    for number, contact in enumerate(contacts):
        for key, written in keys(contact):
            before = first.setdefault(key, (number, written))
            if before[0] != number:
                several.setdefault(key, dict([before]))[number] = written
    for group in several.values():
        yield tuple(group), tuple(dict.fromkeys(group.values()))


def _emails(contact: Contact) -> Iterable[tuple[str, str]]:
    return ((fold(text), text) for text in split_values(contact.get("email")) if "@" in text)


def _phones(contact: Contact) -> Iterable[tuple[str, str]]:
    for text in split_values(contact.get("phone")):
        number = digits(text)
        if len(number) >= _FEWEST_DIGITS:
            yield number, text


def _names(contact: Contact) -> Iterable[tuple[str, str]]:
    company = contact.get("company")
    shown = f"{contact.name}, {company}" if company else contact.name
    return ((f"{fold(contact.name)}\0{fold(str(company))}", shown),)


def _are_namesakes(group: Sequence[Contact]) -> bool:
    """True if all have a name in common, no company, and each an address of their own."""
    return all(
        not contact.get("company") and (contact.get("email") or contact.get("phone"))
        for contact in group
    )


def _value(what: str, written: Sequence[str]) -> str:
    shown = " or ".join(f'"{text}"' for text in written[:_NAMED])
    return f"the same {what}: {shown}" if len(written) == 1 else f"nearly the same {what}: {shown}"


def _number(written: Sequence[str]) -> str:
    return _value("phone", written[:1])


_KINDS: tuple[tuple[Callable[[Sequence[str]], str], _Keys], ...] = (
    (partial(_value, "e-mail"), _emails),
    (_number, _phones),
    (partial(_value, "name and company"), _names),
)


def _alike_ids(records: Iterable[Record]) -> Iterable[Problem]:
    """Ids that some file systems and programs take for the same."""
    first: dict[str, Record] = {}
    for record in records:
        written = record.values.get("id", "")
        if not isinstance(written, str) or not written:
            continue
        before = first.setdefault(fold(written), record)
        known = before.values["id"]
        if known != written:
            message = f'the ids "{known}" and "{written}" differ only by case or accents'
            hint = f"give one of the two another id; the other is at {before.at('id')}"
            yield Problem(record.at("id"), message, hint, "duplicates")


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]])
