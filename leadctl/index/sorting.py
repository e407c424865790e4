"""The words after --sort → what SQL sorts by."""

from __future__ import annotations

from collections.abc import Sequence

from leadctl.errors import RequestError
from leadctl.fields import Field, Kind, Schema
from leadctl.query.sql import CONTACT_COLUMNS

_COLUMNS = frozenset({"id", *CONTACT_COLUMNS})


def order_by(sort: Sequence[str], schema: Schema) -> tuple[str, tuple[str, ...]]:
    """The text after `order by`, and its parameters; ties are broken by id.

    Raises:
        RequestError: no such field, or one that cannot be sorted by.
    """
    pieces: list[str] = []
    parameters: list[str] = []
    for word in sort:
        field = schema.get(word.removeprefix("-"))
        direction = "desc" if word.startswith("-") else "asc"
        expression, needed = _expression(field)
        if field.name == "overdue_days":
            direction = "asc" if direction == "desc" else "desc"
        pieces += [f"{expression} is null", f"{expression} {direction}"]
        parameters += [*needed, *needed]
    return ", ".join((*pieces, "c.id")), tuple(parameters)


def _expression(field: Field) -> tuple[str, tuple[str, ...]]:
    if field.name == "overdue_days":
        return "c.due", ()
    if field.name in ("status", "stage"):
        return f"nullif(c.{field.name}, '')", ()
    if field.name in _COLUMNS:
        return f"c.{field.name}", ()
    if field.derived:
        raise RequestError(f'cannot sort by "{field.name}"', hint="sort by a field with one value")
    column = {
        Kind.NUMBER: "number",
        Kind.MONEY: "number",
        Kind.INTERVAL: "number",
        Kind.DATE: "day",
        Kind.BIRTHDAY: "substr(v.day, 6)",
    }.get(field.kind, "folded")
    # Without being told, SQLite walks all values of the field for each contact.
    source = "from value v indexed by value_contact where v.contact = c.n and v.field = ?"
    return f"(select min({column}) {source})", (field.name,)
