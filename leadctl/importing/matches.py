"""Who a row is about: contacts and earlier rows, found by e-mail, phone or any other field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from leadctl.matching import digits, fold
from leadctl.records import Value

#: A contact of the book by its id, or one that is new in the file by the line of its first row.
Who = str | int

# "n/a" or an extension in the column of phones makes nobody the same person.
_SHORTEST_PHONE = 5


class Rank(Enum):
    """How well somebody can be recognised."""

    FIRST = 1
    SECOND = 2
    NONE = 3


def keys_of(field: str, value: Value) -> list[str]:
    """The forms of *value* by which two contacts are recognised as the same; often none or one."""
    texts = value if isinstance(value, tuple) else (value,)
    if field == "phone":
        return [number for text in texts if len(number := digits(text)) >= _SHORTEST_PHONE]
    if field == "email":
        return [fold(text) for text in texts if "@" in text]
    return [folded for text in texts if (folded := fold(text))]


class Matches:
    """An index of everybody by the fields of a key, for contacts and rows alike.

    The first key that finds somebody decides. Two that both have a first field of the first key,
    and there differ, are never the same by the second key.
    """

    def __init__(self, key: Sequence[str], second_key: Sequence[str] = ()) -> None:
        self._keys = (tuple(key), tuple(second_key))
        self._by_value: dict[tuple[str, str], list[Who]] = {}
        self._has_first: set[Who] = set()

    def add(self, who: Who, values: Mapping[str, Value]) -> None:
        """Make *who* known by *values*, in addition to what is known already."""
        for entry in self._entries(values, (*self._keys[0], *self._keys[1])):
            known = self._by_value.setdefault(entry, [])
            if who not in known:
                known.append(who)
        if self._first(values):
            self._has_first.add(who)

    def find(self, values: Mapping[str, Value]) -> tuple[Who, ...]:
        """Everybody who agrees with *values*, each once, in the order of adding."""
        found = self._found(values, self._keys[0])
        if found:
            return found
        others = self._found(values, self._keys[1])
        if not self._first(values):
            return others
        return tuple(who for who in others if who not in self._has_first)

    def rank(self, values: Mapping[str, Value]) -> Rank:
        """The strongest key by which *values* can be recognised."""
        for rank, key in zip((Rank.FIRST, Rank.SECOND), self._keys, strict=True):
            if any(self._entries(values, key)):
                return rank
        return Rank.NONE

    def _first(self, values: Mapping[str, Value]) -> bool:
        return any(keys_of(name, values.get(name, "")) for name in self._keys[0][:1])

    def _found(self, values: Mapping[str, Value], key: Iterable[str]) -> tuple[Who, ...]:
        entries = self._entries(values, key)
        return tuple(dict.fromkeys(who for e in entries for who in self._by_value.get(e, ())))

    def _entries(
        self, values: Mapping[str, Value], key: Iterable[str]
    ) -> Iterable[tuple[str, str]]:
        return (
            (name, text) for name in key if name in values for text in keys_of(name, values[name])
        )
