"""Follow-ups as rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from leadctl.errors import RequestError
from leadctl.lifecycle import overdue_days
from leadctl.matching import did_you_mean, fold
from leadctl.planning.follow_ups import FIELDS
from leadctl.records import FollowUp
from leadctl.views import Cell, Column, Row, Table, late_colour, plainly

#: What a row has beside the fields of a follow-up.
_WORKED_OUT = ("name", "overdue_days")
_ALL = (*FIELDS, *_WORKED_OUT)
_USUAL = ("id", "due", "time", "name", "what", "via", "owner", "repeat")
#: Columns that are left out where no row has anything in them.
_OPTIONAL = frozenset({"time", "via", "owner", "repeat", "step"})


def follow_up_table(
    planned: Iterable[tuple[FollowUp, str]],
    today: date,
    *,
    columns: Sequence[str] = (),
    sort: Sequence[str] = (),
    limit: int = 0,
) -> Table:
    """Follow-ups, each with the name of its contact, with *columns*; *limit* 0 means all.

    They stay in their order, unless *sort* names others; a `-` in front sorts downwards.

    Raises:
        RequestError: there is no such column.
    """
    rows = [follow_up_row(each, name, today) for each, name in planned]
    for word in reversed(sort):
        name = _known(word.removeprefix("-"))
        rows.sort(key=_key(name), reverse=word.startswith("-"))
        # What is not known comes last either way.
        rows.sort(key=_is_unknown(name))
    shown = tuple(rows[: limit or None])
    names = tuple(map(_known, columns)) or _with_something(shown)
    leaves = {} if columns else _LEAVES
    made = tuple(_column(name, leaves) for name in names)
    return Table(made, shown, names if columns else _ALL)


def follow_up_row(follow_up: FollowUp, name: str, today: date) -> Row:
    """Every field of *follow_up*, which is for a contact called *name*, in machine form."""
    row: dict[str, Cell] = {field: follow_up.get(field) or None for field in _ALL}
    late = overdue_days(follow_up.due, today)
    read = {"due": follow_up.due.isoformat(), "time": follow_up.time, "via": follow_up.via}
    read["repeat"] = follow_up.repeat
    typed = {field: text or None for field, text in read.items()}
    return {**row, **typed, "name": name or None, "overdue_days": late}


def agenda_table(planned: Sequence[FollowUp], today: date) -> Table:
    """What is *planned* for one contact."""
    rows = tuple(follow_up_row(each, "", today) for each in planned)
    names = [name for name in (*_USUAL, "step") if name != "name"]
    used = [name for name in names if name not in _OPTIONAL or any(row[name] for row in rows)]
    made = tuple(_column(name, _LEAVES) for name in used)
    return Table(made, rows, tuple(name for name in _ALL if name != "name"))


def _with_something(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(n for n in _USUAL if n not in _OPTIONAL or any(row[n] for row in rows))


def _known(word: str) -> str:
    name = fold(word)
    if name in _ALL:
        return name
    hint = did_you_mean(word, _ALL, f"columns: {', '.join(_ALL)}")
    raise RequestError(f'follow-ups have no column "{word}"', hint=hint)


def _key(name: str) -> Callable[[Row], tuple[float, str]]:
    def key(row: Row) -> tuple[float, str]:
        cell = row[name]
        return (cell, "") if isinstance(cell, int) else (0, fold(plainly(cell)))

    return key


def _is_unknown(name: str) -> Callable[[Row], bool]:
    return lambda row: row[name] is None


def _column(name: str, leaves: Mapping[str, int]) -> Column:
    is_day = name in ("due", "overdue_days")
    return Column(
        name,
        _HEADINGS.get(name, ""),
        is_number=name == "overdue_days",
        is_whole=name in _WHOLE,
        leaves=leaves.get(name, 0),
        least=20 if name == "what" else 12,
        tense="due" if name == "due" else "",
        tint=late_colour if is_day else None,
    )


_WHOLE = frozenset({"id", "contact", "due", "time", "via"})
#: What is left out at a narrow terminal, in this order.
_LEAVES: Mapping[str, int] = {"owner": 1, "step": 2, "repeat": 3, "via": 4}
_HEADINGS: Mapping[str, str] = {"overdue_days": "late"}
