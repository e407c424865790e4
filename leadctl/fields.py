"""The fields that leadctl knows: name, kind, whether they hold several values, what they mean.

The same word is the key in the file, the column, the query field, the word after `set` and the
JSON key. Fields that are not listed here are the user's own: text, unless stages.yaml says more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from leadctl.errors import RequestError
from leadctl.matching import did_you_mean


class Kind(StrEnum):
    """How the values of a field are read, compared and sorted."""

    #: Compared whole, case folded: status, source, owner.
    NAME = "name"
    #: Searched: a part of it is enough, case and accents folded.
    TEXT = "text"
    #: Searched by its digits.
    PHONE = "phone"
    DATE = "date"
    #: A day of the year that comes round; the year may be missing.
    BIRTHDAY = "birthday"
    NUMBER = "number"
    MONEY = "money"
    #: One of the values declared in stages.yaml; compared whole.
    CHOICE = "choice"
    #: yes or no.
    FLAG = "flag"
    #: "14 days", "1 month", "never".
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a contact."""

    name: str
    kind: Kind
    help: str
    #: May hold several values: a list in YAML, joined by ";" in CSV, always a list in JSON.
    many: bool = False
    #: Follows from the contact and the journal; is in no file and cannot be set.
    derived: bool = False
    #: The allowed values of a CHOICE.
    choices: tuple[str, ...] = ()


FIELDS: tuple[Field, ...] = (
    Field("id", Kind.NAME, "readable key, made from the name; never changes"),
    Field("name", Kind.TEXT, "of the person or organisation"),
    Field("status", Kind.NAME, "where the contact stands, one of those in stages.yaml"),
    Field("company", Kind.TEXT, "the organisation a person belongs to"),
    Field("title", Kind.TEXT, "position, such as “Head of Purchasing”"),
    Field("email", Kind.TEXT, "e-mail addresses", many=True),
    Field("phone", Kind.PHONE, "phone numbers, kept as typed", many=True),
    Field("address", Kind.TEXT, "postal address"),
    Field("source", Kind.NAME, "where the lead came from"),
    Field("owner", Kind.NAME, "who looks after the contact"),
    Field("tags", Kind.NAME, "keywords and contact types; `tag` means the same", many=True),
    Field("created", Kind.DATE, "when the contact came to you, with or without a time"),
    Field("birthday", Kind.BIRTHDAY, "2001-05-17, or 05-17 where the year is not known"),
    Field("property", Kind.TEXT, "what they live in or look for"),
    Field("touch_every", Kind.INTERVAL, "instead of the interval of the status; may be never"),
    Field("last_touch", Kind.DATE, "last touch brought along; the journal adds to it"),
    Field("snoozed_until", Kind.DATE, "off the prospect list before this day"),
    Field("pinned", Kind.TEXT, "on the prospect list: yes, or the last day"),
    Field("do_not_contact", Kind.FLAG, "yes: on no list, in no reminder, whatever else holds"),
    Field("external_id", Kind.NAME, "key in the system that the contact came from"),
    Field("note", Kind.TEXT, "free text"),
    Field("stage", Kind.NAME, "the group of the status", derived=True),
    Field("since", Kind.DATE, "in this status since", derived=True),
    Field("touched", Kind.DATE, "last touch of any outcome", derived=True),
    Field("reached", Kind.DATE, "last touch that reached the contact", derived=True),
    Field("touches", Kind.NUMBER, "how many touches the journal knows", derived=True),
    Field("due", Kind.DATE, "when the next touch is due", derived=True),
    Field("overdue_days", Kind.NUMBER, "days past due; negative before", derived=True),
    Field("why", Kind.TEXT, "the reasons on the prospect list, as codes", derived=True, many=True),
)

#: Other spellings that are taken in queries and in `set`, and what they stand for.
SYNONYMS: Mapping[str, str] = {
    "tag": "tags",
    "emails": "email",
    "e-mail": "email",
    "phones": "phone",
    "dnc": "do_not_contact",
}

_BUILT_IN: Mapping[str, Field] = {field.name: field for field in FIELDS}
STORED: tuple[str, ...] = tuple(field.name for field in FIELDS if not field.derived)
DERIVED: tuple[str, ...] = tuple(field.name for field in FIELDS if field.derived)
MANY: frozenset[str] = frozenset(field.name for field in FIELDS if field.many)


@dataclass(frozen=True, slots=True)
class Schema:
    """All fields of one book: the built-in ones and the user's own.

    `own` holds those that stages.yaml declares and, as plain text, those that only occur in the
    contacts.
    """

    own: Mapping[str, Field]

    def names(self) -> tuple[str, ...]:
        """Every field, built-in ones first."""
        return (*_BUILT_IN, *(name for name in self.own if name not in _BUILT_IN))

    def find(self, word: str) -> Field | None:
        """The field that *word* names, in any case and by any synonym; None if there is none."""
        for name in (word, word.lower(), SYNONYMS.get(word.lower(), "")):
            known = _BUILT_IN.get(name) or self.own.get(name)
            if known:
                return known
        return None

    def get(self, word: str) -> Field:
        """The field that *word* names.

        Raises:
            RequestError: no such field; the hint suggests one or lists all.
        """
        known = self.find(word)
        if known is None:
            hint = did_you_mean(
                word, (*self.names(), *SYNONYMS), f"fields: {', '.join(self.names())}"
            )
            raise RequestError(f'no field named "{word}"', hint=hint)
        return known

    def with_seen(self, names: Iterable[str]) -> Schema:
        """This schema and, as text, every field of *names* that it does not have."""
        seen = {name: Field(name, Kind.TEXT, "a field of your own") for name in names}
        unknown = {name: field for name, field in seen.items() if name not in _BUILT_IN}
        return Schema({**unknown, **self.own})
