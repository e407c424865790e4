"""What `field op value` asks of the index, for each kind of field."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from leadctl.dates import Interval, parse_interval, quoted
from leadctl.errors import RequestError
from leadctl.fields import Field, Kind
from leadctl.matching import did_you_mean, digits, fold
from leadctl.query.ranges import COMPARISONS, Question, meant, range_query
from leadctl.query.sql import (
    CONTACT_COLUMNS,
    Query,
    any_of,
    marks,
    negated,
    of_contact,
    of_values,
)
from leadctl.query.terms import Term
from leadctl.stages import Stages

_ORDERED = (Kind.NUMBER, Kind.MONEY, Kind.DATE)


def field_query(term: Term, field: Field, *, stages: Stages, today: date) -> Query:
    """What *term*, which asks about *field*, holds for; whether it is negated is left aside.

    Raises:
        RequestError: the operator or a value does not suit the field.
    """
    if field.name == "why":
        hint = "ask for what is behind it: is:overdue, is:never-touched, is:stuck, is:pinned"
        raise RequestError('"why" cannot be queried', hint=hint)
    if term.operator == "!=":
        equal = replace(term, operator="=")
        return negated(field_query(equal, field, stages=stages, today=today))
    if term.operator in COMPARISONS:
        _check_comparison(term, field)
    if term.operator == "~":
        return _pattern_query(field, term.values[0].text)
    if field.name in ("status", "stage"):
        return _place_query(field, term, stages)
    if field.kind in _BY_KIND:
        return _BY_KIND[field.kind](field, term)
    return range_query(Question(field, term.operator, term.values, today))


def _check_comparison(term: Term, field: Field) -> None:
    if field.kind not in _ORDERED:
        hint = f"write {field.name}:value"
        if field.kind is Kind.BIRTHDAY:
            hint = f"it comes round every year: give a range, such as {field.name}:today..+14d"
        raise RequestError(f"{term.operator} cannot be asked of {field.name}", hint=hint)
    if len(term.values) > 1 or term.values[0].ends:
        hint = f"a range or a list takes a colon: {field.name}:a..b"
        raise RequestError(f"{field.name}{term.operator} takes one value", hint=hint)


def _place_query(field: Field, term: Term, stages: Stages) -> Query:
    texts = [value.text for value in term.values]
    if field.name == "status":
        names = [stages.get(text).name for text in texts]
    else:
        names = [stages.get_stage(text).name for text in texts]
    return of_contact(f"{CONTACT_COLUMNS[field.name]} in ({marks(names)})", *names)


def _name_query(field: Field, term: Term) -> Query:
    return _equal(field, *(fold(value.text) for value in term.values))


def _choice_query(field: Field, term: Term) -> Query:
    known = {fold(choice) for choice in field.choices}
    for value in term.values:
        if fold(value.text) not in known:
            hint = did_you_mean(value.text, field.choices, f"one of: {', '.join(field.choices)}")
            raise RequestError(f"no {field.name} {quoted(value.text)}", hint=hint)
    return _name_query(field, term)


def _text_query(field: Field, term: Term) -> Query:
    if term.operator == "=":
        return _name_query(field, term)
    texts = [fold(value.text) for value in term.values]
    return any_of([of_values((field.name,), "instr(x.folded, ?) > 0", text) for text in texts])


def _phone_query(field: Field, term: Term) -> Query:
    test = "x.digits = ?" if term.operator == "=" else "instr(x.digits, ?) > 0"
    found = []
    for value in term.values:
        number = digits(value.text)
        if not number:
            hint = "some digits of the number are enough"
            raise RequestError(f"no digits in {quoted(value.text)}", hint=hint)
        found.append(of_values((field.name,), f"x.digits is not null and {test}", number))
    return any_of(found)


def _flag_query(field: Field, term: Term) -> Query:
    wanted = {fold(value.text) for value in term.values}
    if not wanted <= {"yes", "no"}:
        hint = f"write {field.name}:yes or {field.name}:no"
        raise RequestError(f"{field.name} is yes or no", hint=hint)
    is_set = of_contact("c.dnc = 1")
    return any_of([is_set if word == "yes" else negated(is_set) for word in sorted(wanted)])


def _interval_query(field: Field, term: Term) -> Query:
    intervals = {meant(field, value.text, parse_interval) for value in term.values}
    return _equal(field, *sorted({text for each in intervals for text in _spellings(each)}))


def _spellings(interval: Interval) -> Iterator[str]:
    """Every way, folded, in which *interval* may stand in a file."""
    named = ("never", "daily", "weekly", "monthly", "quarterly", "yearly")
    yield from (word for word in named if parse_interval(word) == interval)
    if interval.is_never:
        return
    count, unit = interval.count, interval.unit
    for blank in ("", " "):
        yield from (f"{count}{blank}{word}" for word in (unit[0], unit, f"{unit}s"))


def _equal(field: Field, *folded: str) -> Query:
    return of_values((field.name,), f"x.folded in ({marks(folded)})", *folded)


def _pattern_query(field: Field, pattern: str) -> Query:
    _check_pattern(pattern)
    name = field.name
    if field.kind is Kind.NUMBER and field.derived:
        hint = f"write {name}:5, {name}:5..10 or '{name}>5'"
        raise RequestError(f"{name} is a number, which takes no pattern", hint=hint)
    if name in CONTACT_COLUMNS:
        column = CONTACT_COLUMNS[name]
        # SQLite may evaluate both sides of the `and`, so the function must not meet a null.
        matched = f"{column} is not null and matches(?, ifnull({column}, ''))"
        return of_contact(matched, pattern)
    return of_values((name,), "matches(?, x.text)", pattern)


def _check_pattern(pattern: str) -> None:
    try:
        with warnings.catch_warnings():
            # What Python may change about patterns one day is no concern of who types one.
            warnings.simplefilter("ignore")
            re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        # What Python says of a recursion differs from call to call.
        why = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        hint = f"{why}; put \\ before a character that is meant as itself"
        raise RequestError(f"{quoted(pattern)} is no pattern", hint=hint) from error


_BY_KIND: Mapping[Kind, Callable[[Field, Term], Query]] = {
    Kind.NAME: _name_query,
    Kind.TEXT: _text_query,
    Kind.PHONE: _phone_query,
    Kind.CHOICE: _choice_query,
    Kind.FLAG: _flag_query,
    Kind.INTERVAL: _interval_query,
}
