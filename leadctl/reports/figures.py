"""Figures of reports: percentiles, shares, and how people read lengths of time."""

from __future__ import annotations

from collections.abc import Mapping

from leadctl.views import Cell, Column


def percentile(spread: Mapping[int, int], share: float) -> int | None:
    """The least number that at least *share* of all are not above; None of nothing.

    *spread* is number → how often it occurs. This is the nearest rank: always a number that occurs.
    """
    needed = share * sum(spread.values())
    passed = 0
    for number in sorted(spread):
        passed += spread[number]
        if passed >= needed:
            return number
    return None


def median(spread: Mapping[int, int]) -> int | None:
    """The middle of *spread*, number → how often: half of all are not above it."""
    return percentile(spread, 0.5)


def percent(part: int, whole: int) -> float | None:
    """*part* of *whole* in percent, with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def count(name: str, title: str = "", *, leaves: int = 0) -> Column:
    """A column of whole numbers; what *leaves* a narrow terminal goes in that order, 0 stays."""
    return Column(name, title, is_number=True, leaves=leaves)


def share(name: str, title: str = "", *, leaves: int = 0) -> Column:
    """A column of percentages."""
    return Column(name, title, is_number=True, leaves=leaves, say=_as_percent)


def days(name: str, title: str = "", *, leaves: int = 0) -> Column:
    """A column of lengths in days."""
    return Column(name, title, is_number=True, leaves=leaves, say=_as_days)


def minutes(name: str, title: str = "", *, leaves: int = 0) -> Column:
    """A column of lengths in minutes."""
    return Column(name, title, is_number=True, leaves=leaves, say=as_time)


def bar(name: str) -> Column:
    """Bars as long as the numbers of the column *name*; on a terminal only."""
    return Column(name, " ", is_bar=True)


def as_time(cell: Cell) -> str:
    """A length in minutes as people say it: 12 min, 3 h 5 min, 2 days."""
    if not isinstance(cell, int):
        return ""
    if cell < 60:
        return f"{cell} min"
    if cell < 24 * 60:
        return f"{cell // 60} h {cell % 60} min" if cell % 60 else f"{cell // 60} h"
    return _as_days(cell // (24 * 60))


def _as_percent(cell: Cell) -> str:
    return f"{cell} %" if cell is not None else ""


def _as_days(cell: Cell) -> str:
    if cell is None:
        return ""
    return f"{cell} day" if cell == 1 else f"{cell} days"
