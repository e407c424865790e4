"""Rows of the prospect list for reasons that a test names, whatever would bring them about."""

from __future__ import annotations

from collections.abc import Iterable

from leadctl.prospecting.prospects import Prospect
from leadctl.prospecting.reasons import Reason
from leadctl.records import Contact
from tests.people import entry


def listed(who: Contact, reasons: Iterable[tuple[str, str]], *, next_step: str) -> Prospect:
    """*who* on the list for *reasons*, each a code and a text, with *next_step* suggested."""
    made = tuple(Reason(code, text, 100, "", None, next_step) for code, text in reasons)
    return Prospect(entry(who), made)
