"""The single values of contacts as rows of the index: what searching, sorting and counting need."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping

from leadctl.contacts import read_flag, split_values
from leadctl.dates import parse_interval, parse_stored
from leadctl.fields import Field, Kind
from leadctl.matching import digits, fold
from leadctl.records import Contact, Value

#: A name → the field that has it.
Find = Callable[[str], Field | None]


def value_rows(number: int, contact: Contact, find: Find) -> Iterator[tuple[object, ...]]:
    """A row of `value` for every single value of the contact with row *number*.

    *find* is `Schema.find`, or what remembers what that has said.
    """
    for name, value in contact.values.items():
        field = find(name)
        typed = _TYPED.get(field.kind) if field else None
        for text in split_values(value) if field and field.many else _several(value):
            yield (number, name, text, fold(text), *(typed(text) if typed else _UNTYPED))


def amount(text: str) -> float | None:
    """The number in *text*, without currency and thousands marks; None if there is none.

    Of comma and point the last one is the decimal mark; a comma alone is one unless three digits
    follow: 1,234.50 and 1.234,50 are the same, 1,5 is one and a half, 1,500 is 1500.
    """
    kept = "".join(char for char in text if char in "0123456789.,-")
    if kept.rfind(",") > kept.rfind(".") and ("." in kept or len(kept.rpartition(",")[2]) != 3):
        kept = kept.replace(".", "").replace(",", ".")
    kept = kept.replace(",", "")
    try:
        return float(kept)
    except ValueError:
        return None


def _several(value: Value) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value


def _interval_days(text: str) -> float | None:
    """The length of an interval for sorting: never is longer than all others."""
    try:
        interval = parse_interval(text)
    except ValueError:
        return None
    return math.inf if interval.is_never else float(interval.days)


def _stored_day(text: str) -> str | None:
    if len(text) == 5:
        return f"0000-{text}"  # a birthday without its year
    try:
        return parse_stored(text).isoformat()
    except ValueError:
        return None


def _flag(text: str) -> float | None:
    try:
        return float(read_flag(text))
    except ValueError:
        return None


#: Digits, number and day of a text, as far as the kind of its field has them.
_Typed = tuple[str | None, float | None, str | None]
_UNTYPED: _Typed = (None, None, None)
_TYPED: Mapping[Kind, Callable[[str], _Typed]] = {
    Kind.PHONE: lambda text: (digits(text), None, None),
    Kind.NUMBER: lambda text: (None, amount(text), None),
    Kind.MONEY: lambda text: (None, amount(text), None),
    Kind.INTERVAL: lambda text: (None, _interval_days(text), None),
    Kind.FLAG: lambda text: (None, _flag(text), None),
    Kind.DATE: lambda text: (None, None, _stored_day(text)),
    Kind.BIRTHDAY: lambda text: (None, None, _stored_day(text)),
}
