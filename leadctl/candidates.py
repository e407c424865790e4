"""What a shell may offer behind a half-typed word: nothing that any shell could read as a command.

Names and other free text are never offered: a shell pastes what it is given into the command line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from leadctl.fields import Field, Kind, Schema
from leadctl.query.flags import FLAGS
from leadctl.stages import Stages

#: Letters, digits and signs between them that have no meaning in bash, zsh or fish; single blanks,
#: which a shell quotes, between words.
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?: [A-Za-z0-9][A-Za-z0-9._-]*)*", re.ASCII)
_LONGEST = 64
#: What stands in front of a condition that must not hold.
_NEGATION = re.compile(r"-|not:|", re.ASCII)
_KEYWORDS = ("is", "has", "no")
#: Days as people say them, as far as they are one word that begins with a letter.
DAYS = (
    *("today", "tomorrow", "yesterday", "eow", "eom", "eoy"),
    *("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
)
#: Names that are different for every contact: nobody types them to choose some.
_UNIQUE = frozenset({"id", "external_id"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one book that may be offered."""

    stages: Stages
    schema: Schema
    #: The values that a field has in the book.
    seen: Callable[[Field], Iterable[str]]

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses that are safe to offer."""
        return tuple(filter(is_safe, (status.name for status in self.stages.statuses)))

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are safe to offer and can be said in one word."""
        return tuple(name for name in self.schema.names() if is_safe(name) and " " not in name)

    def values(self, name: str) -> tuple[str, ...]:
        """The values of the field *name* that are safe to offer; only of fields that have few."""
        field = self.schema.find(name)
        if field is None or field.name in _UNIQUE:
            return ()
        if field.name == "status":
            return self.statuses
        if field.name == "stage":
            return tuple(filter(is_safe, (stage.name for stage in self.stages.stages)))
        if field.kind is Kind.FLAG:
            return ("yes", "no")
        known = self.seen(field) if field.kind is Kind.NAME else field.choices
        return tuple(filter(is_safe, known))


def is_safe(text: str) -> bool:
    """True if no shell reads anything but itself out of *text*, once its blanks are quoted."""
    return len(text) <= _LONGEST and _SAFE.fullmatch(text) is not None


def beginning_with(partial: str, candidates: Iterable[str]) -> list[str]:
    """Those of *candidates* that complete *partial*, in any case, each once."""
    folded = partial.lower()
    return list(dict.fromkeys(each for each in candidates if each.lower().startswith(folded)))


def listed(partial: str, names: Sequence[str], *, signs: str = "") -> Iterator[str]:
    """*names* behind the commas of *partial*, and behind a sign of *signs* where there is one."""
    done, comma, last = partial.rpartition(",")
    sign = last[:1] if last[:1] and last[:1] in signs else ""
    return (f"{done}{comma}{sign}{name}" for name in names)


def assignments(vocabulary: Vocabulary, partial: str) -> Iterator[str]:
    """`FIELD=` for every field that can be set, or the values behind it that are known."""
    name, equals, _ = partial.partition("=")
    if equals:
        return (f"{name}={value}" for value in vocabulary.values(name.rstrip("+-")))
    stored = (vocabulary.schema.find(each) for each in vocabulary.fields)
    return (
        f"{each.name}{sign}="
        for each in stored
        if each and not each.derived and each.name != "id"
        for sign in (("", "+", "-") if each.many else ("",))
    )


def query_terms(vocabulary: Vocabulary, partial: str) -> Iterator[str]:
    """Conditions of the query language that *partial* may become."""
    match = _NEGATION.match(partial)
    sign = match[0] if match else ""
    rest = partial[len(sign) :]
    name, colon, values = rest.partition(":")
    if colon:
        known = _asked(vocabulary, name)
        return (f"{sign}{name}:{each}" for each in listed(values, known))
    return (f"{sign}{each}" for each in _subjects(vocabulary))


def _subjects(vocabulary: Vocabulary) -> Iterator[str]:
    yield from (f"{name}:" for name in (*_KEYWORDS, *vocabulary.fields) if name != "why")
    yield from (f"@{name}" for name in vocabulary.stages.views if is_safe(name) and " " not in name)


def _asked(vocabulary: Vocabulary, name: str) -> tuple[str, ...]:
    """The values that may stand behind `name:`."""
    keywords: Mapping[str, tuple[str, ...]] = {
        "is": FLAGS,
        "has": vocabulary.fields,
        "no": vocabulary.fields,
    }
    if name in keywords:
        return tuple(filter(is_safe, keywords[name]))
    field = vocabulary.schema.find(name)
    is_day = field is not None and field.kind in {Kind.DATE, Kind.BIRTHDAY}
    return DAYS if is_day else vocabulary.values(name)
