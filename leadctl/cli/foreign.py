"""Output for other programs that is no view: calendars and address books."""

from __future__ import annotations

from collections.abc import Iterable

from leadctl.cli import terminal
from leadctl.cli.session import Session
from leadctl.errors import RequestError
from leadctl.messages.address_cards import address_cards
from leadctl.records import Entry
from leadctl.views import Calendar


def show_calendar(session: Session, calendar: Calendar) -> None:
    """Print *calendar* on stdout.

    Raises:
        RequestError: the user has chosen columns, which it does not have.
    """
    _require_no_columns(session, "a calendar")
    session.index.release()
    terminal.show_calendar(calendar)


def show_address_book(session: Session, entries: Iterable[Entry]) -> None:
    """Print *entries* on stdout as an address book.

    Raises:
        RequestError: the user has chosen columns, which it does not have.
    """
    _require_no_columns(session, "an address book")
    session.index.release()
    terminal.show_address_book(address_cards(entry.contact for entry in entries))


def _require_no_columns(session: Session, what: str) -> None:
    if session.options.columns:
        raise RequestError(f"--columns: {what} has none", hint="leave --columns out")
