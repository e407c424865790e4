"""A column of dates from another program: whether the day or the month comes first is decided once.

One 15/04/2021 tells how all of its column is meant, so 01/02/2021 above it can be read too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from leadctl.dates import quoted
from leadctl.foreign_dates import DayOrder, parse_foreign

_HINT = "say it with --date-order dmy or --date-order mdy"
_BOTH: tuple[Literal["dmy", "mdy"], ...] = ("dmy", "mdy")


@dataclass(frozen=True, slots=True)
class DateColumn:
    """Every date of one column, read or refused."""

    #: Text as written → ISO date, with its time after a `T`.
    days: Mapping[str, str]
    #: Text as written → (what is wrong, hint).
    refused: Mapping[str, tuple[str, str]]


def read_date_column(texts: Iterable[str], *, header: str, order: str = "") -> DateColumn:
    """The distinct *texts* of the column headed *header*, all with the day in the same place.

    *order*, dmy or mdy, says where; without it the column must tell by itself.
    """
    readings = {text: _readings(text) for text in dict.fromkeys(texts)}
    evidence = {only: text for text, found in readings.items() for only in found if len(found) == 1}
    if not order and len(evidence) == 2:
        return _contradictory(readings, evidence, header)
    evident = order or next(iter(evidence), "")
    days: dict[str, str] = {}
    refused: dict[str, tuple[str, str]] = {}
    for text, found in readings.items():
        try:
            days[text] = parse_foreign(text, order=as_order(evident))
        except ValueError as error:
            ambiguous = not evident and len(found) == 2
            refused[text] = (str(error), _HINT if ambiguous else "")
    return DateColumn(days, refused)


def _readings(text: str) -> dict[str, str]:
    """What *text* is by each order; empty if it is no date, and equal if the order is no matter."""
    found: dict[str, str] = {}
    for order in _BOTH:
        try:
            found[order] = parse_foreign(text, order=order)
        except ValueError:
            continue
    return found


def _contradictory(
    readings: Mapping[str, Mapping[str, str]], evidence: Mapping[str, str], header: str
) -> DateColumn:
    """Only what reads the same either way; nothing else of such a column can be relied on."""
    witnesses = " and ".join(quoted(evidence[order]) for order in _BOTH)
    message = f"the column {quoted(header)} has the day first and the month first: {witnesses}"
    days: dict[str, str] = {}
    refused: dict[str, tuple[str, str]] = {}
    for text, found in readings.items():
        if len(found) == 2 and found["dmy"] == found["mdy"]:
            days[text] = found["dmy"]
        elif found:
            refused[text] = (message, _HINT)
        else:
            refused[text] = (_complaint(text), "")
    return DateColumn(days, refused)


def _complaint(text: str) -> str:
    try:
        return parse_foreign(text)
    except ValueError as error:
        return str(error)


def as_order(text: str) -> DayOrder:
    """*text* if it is an order of dates, else nothing."""
    return next((order for order in _BOTH if order == text), "")
