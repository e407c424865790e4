"""From the words after a report to the question that it answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from leadctl.cli.session import Session
from leadctl.dates import FIRST_YEAR, LAST_YEAR
from leadctl.errors import RequestError
from leadctl.reports.asking import Asked
from leadctl.spoken_dates import parse_period
from leadctl.units import UNITS
from leadctl.what_counts import voided


def asked(session: Session, words: Sequence[str] | None, period: str, by: str) -> Asked:
    """What a report is asked for by the *words* of a query, --period and --by.

    Raises:
        RequestError: one of them is not understood.
    """
    return Asked(
        session.index.journeys(),
        session.query(words),
        session.stages,
        session.schema,
        session.today,
        _word(session, by),
        _period(session, period) if period.strip() else None,
    )


def _word(session: Session, by: str) -> str:
    """*by* as reports know it: in small letters, or the name of a field."""
    word = " ".join(by.split())
    field = session.schema.find(word)
    return field.name if field and word.lower() not in UNITS else word.lower()


def undone(session: Session) -> Sequence[str]:
    """The operations that are undone."""
    return tuple(voided(session.index.undoings()))


def _period(session: Session, text: str) -> tuple[date, date]:
    """The first and last day of *text*: a period, or two of them with dots between."""
    low, dots, high = (part.strip() for part in text.partition(".."))
    if dots and not low and not high:
        raise RequestError("--period: a range without ends", hint="write a..b, a.. or ..b")
    try:
        first = parse_period(low, session.today)[0] if low else date(FIRST_YEAR, 1, 1)
        if not dots:
            last = parse_period(low, session.today)[1]
        else:
            last = parse_period(high, session.today)[1] if high else date(LAST_YEAR, 12, 31)
    except ValueError as error:
        raise RequestError(f"--period: {error}") from error
    if last < first:
        raise RequestError(f'--period: "{text}" ends before it begins')
    return first, last
