"""Conditions on the tables of the index, and how they combine; no text of a user is in the SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Parameter: TypeAlias = str | int | float

_COLUMNS = (
    *("status", "stage", "created", "since", "touched", "reached", "touches", "due"),
    "snoozed_until",
)
#: Fields that are columns of the contact, and those.
CONTACT_COLUMNS: Mapping[str, str] = {name: f"c.{name}" for name in _COLUMNS}


@dataclass(frozen=True, slots=True)
class Query:
    """A condition over alias `c` of table `contact`: true or false for every row, never null.

    `sql` stands for itself: it may be put behind `and` or `not` as it is.
    """

    sql: str = "1"
    #: For the question marks, in their order.
    parameters: tuple[Parameter, ...] = ()

    def __and__(self, other: Query) -> Query:
        """What both this query and *other* hold for."""
        return all_of((self, other))


def all_of(queries: Sequence[Query]) -> Query:
    """What every one of *queries* holds for; everything if there are none."""
    return _combined(queries, " and ")


def any_of(queries: Sequence[Query]) -> Query:
    """What at least one of *queries* holds for; there must be one."""
    return _combined(queries, " or ")


def negated(query: Query) -> Query:
    """What *query* does not hold for."""
    return Query(f"(not {query.sql})", query.parameters)


def of_contact(sql: str, *parameters: Parameter) -> Query:
    """A condition on columns of the contact, in which null counts as no."""
    return Query(f"ifnull(({sql}), 0)", parameters)


def of_values(fields: Sequence[str], sql: str, *parameters: Parameter) -> Query:
    """What has a value, here called `x`, in one of *fields* for which *sql* holds."""
    named = f"x.field in ({marks(fields)})"
    # Not `exists`: SQLite then walks all values of the field once for each contact, by the wrong
    # index; 50,000 contacts took minutes, and take 20 ms so.
    found = f"c.n in (select x.contact from value x where {named} and {sql})"
    return Query(found, (*fields, *parameters))


def marks(parameters: Sequence[Parameter]) -> str:
    """As many question marks as *parameters*, for a list in SQL."""
    return ", ".join("?" * len(parameters))


def _combined(queries: Sequence[Query], glue: str) -> Query:
    if not queries:
        return Query()
    parameters = tuple(one for query in queries for one in query.parameters)
    return Query(_balanced([query.sql for query in queries], glue), parameters)


def _balanced(parts: Sequence[str], glue: str) -> str:
    """*parts* joined as a flat tree: SQLite refuses expressions deeper than 1000."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return f"({_balanced(parts[:middle], glue)}{glue}{_balanced(parts[middle:], glue)})"


#: Holds for every contact.
EVERYTHING = Query()
