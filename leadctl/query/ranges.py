"""What a number, a date or a birthday in a query asks of the index: values, ranges, comparisons."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from leadctl.dates import quoted
from leadctl.errors import RequestError
from leadctl.fields import Field, Kind
from leadctl.query.sql import CONTACT_COLUMNS, Parameter, Query, any_of, of_contact, of_values
from leadctl.query.terms import Value
from leadctl.spoken_dates import Direction, parse_period

COMPARISONS = (">", ">=", "<", "<=")
#: Fields about what is to come: a bare weekday in them lies ahead.
_PLANNED = ("due", "snoozed_until", "birthday")
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a field whose values have an order."""

    field: Field
    #: One of : = > >= < <=
    operator: str
    #: Alternatives; only one for a comparison.
    values: tuple[Value, ...]
    today: date


def range_query(question: Question) -> Query:
    """What has a value that *question* asks for.

    Raises:
        RequestError: a value is no number or date, or a range is malformed.
    """
    within = {Kind.DATE: _date_within, Kind.BIRTHDAY: _birthday_within}
    find = within.get(question.field.kind, _number_within)
    return any_of([find(question, value) for value in question.values])


def meant(field: Field, text: str, read: Callable[[str], T]) -> T:
    """What *read* makes of *text*, its ValueError told as an error about *field*."""
    try:
        return read(text)
    except ValueError as error:
        message, _, hint = str(error).partition("; ")
        raise RequestError(f"{field.name}: {message}", hint=hint) from error


def _number_within(question: Question, value: Value) -> Query:
    field, operator = question.field, question.operator
    if not value.ends:
        number = _number(field, value.text)
        return _tested(question, "number", ("=" if operator == ":" else operator, number))
    low, high = (_number(field, end) if end else None for end in _checked_ends(field, value))
    _refuse_backwards(
        field, value, is_backwards=low is not None and high is not None and low > high
    )
    tests = [(sign, end) for sign, end in ((">=", low), ("<=", high)) if end is not None]
    return _tested(question, "number", *tests)


def _number(field: Field, text: str) -> float:
    plain = text.strip()
    if not _NUMBER.fullmatch(plain):
        hint = f"write {field.name}:5, {field.name}:5..10 or '{field.name}>5'"
        raise RequestError(f"{field.name}: {quoted(text)} is no number", hint=hint)
    return float(plain)


def _date_within(question: Question, value: Value) -> Query:
    first, last = _period(question, value)
    following = last + timedelta(days=1) if last else None
    start, stop = {
        ">": (following, None),
        ">=": (first, None),
        "<": (None, first),
        "<=": (None, following),
    }.get(question.operator, (first, following))
    # Up to the day after, exclusively: a text that has a time behind the day is within it, too.
    tests = [(sign, end.isoformat()) for sign, end in ((">=", start), ("<", stop)) if end]
    return _tested(question, "day", *tests)


def _birthday_within(question: Question, value: Value) -> Query:
    field = question.field
    first, last = _period(question, value)
    if first is None or last is None:
        hint = f"give both ends, such as {field.name}:today..+14d"
        raise RequestError(f"{field.name} comes round every year: {quoted(value.text)}", hint=hint)
    if (last - first).days >= 365:
        return of_values((field.name,), "x.day is not null")
    start, stop = f"{first:%m-%d}", f"{last:%m-%d}"
    # Who was born on 29 February is celebrated on the 28th when there is no 29th.
    if stop == "02-28" and (last + timedelta(days=1)).day == 1:
        stop = "02-29"
    both = "and" if start <= stop else "or"
    within = f"(substr(x.day, 6) >= ? {both} substr(x.day, 6) <= ?)"
    return of_values((field.name,), within, start, stop)


def _period(question: Question, value: Value) -> tuple[date | None, date | None]:
    """The first and the last day that *value* means; None for an open end."""
    field = question.field
    direction: Direction = "future" if field.name in _PLANNED else "past"

    def read(text: str) -> tuple[date, date]:
        return parse_period(text, question.today, prefer=direction)

    if not value.ends:
        return meant(field, value.text, read)
    low, high = _checked_ends(field, value)
    first = meant(field, low, read)[0] if low else None
    last = meant(field, high, read)[1] if high else None
    is_backwards = first is not None and last is not None and first > last
    _refuse_backwards(field, value, is_backwards=is_backwards)
    return first, last


def _checked_ends(field: Field, value: Value) -> tuple[str, str]:
    low, high = (end.strip() for end in value.ends or ("", ""))
    if not low and not high:
        hint = f"write {field.name}:a..b, {field.name}:a.. or {field.name}:..b"
        raise RequestError(f"{field.name}: a range without ends", hint=hint)
    return low, high


def _refuse_backwards(field: Field, value: Value, *, is_backwards: bool) -> None:
    if is_backwards:
        hint = "the smaller or earlier end comes first"
        raise RequestError(f"{field.name}: {quoted(value.text)} ends before it begins", hint=hint)


def _tested(question: Question, column: str, *tests: tuple[str, Parameter]) -> Query:
    """What passes all *tests*, each an operator and a bound, with the typed value of the field."""
    name = question.field.name
    bounds = [bound for _, bound in tests]
    if name == "overdue_days":
        days = "julianday(?) - julianday(c.due)"
        parameters = [part for bound in bounds for part in (question.today.isoformat(), bound)]
        return of_contact(" and ".join(f"{days} {sign} ?" for sign, _ in tests), *parameters)
    if name in CONTACT_COLUMNS:
        column = CONTACT_COLUMNS[name]
        return of_contact(" and ".join(f"{column} {sign} ?" for sign, _ in tests), *bounds)
    tested = " and ".join(f"x.{column} {sign} ?" for sign, _ in tests)
    return of_values((name,), tested, *bounds)
