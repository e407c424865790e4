"""From options and environment to a session: which book, its index up to date, which day."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from leadctl.cli import terminal
from leadctl.cli.clock import today
from leadctl.cli.folders import here, meant
from leadctl.cli.indexing import current_index
from leadctl.cli.options import Options
from leadctl.cli.session import Session, Visit
from leadctl.errors import RequestError
from leadctl.fields import Schema
from leadctl.index import cache
from leadctl.index.index import Index
from leadctl.query.sql import EVERYTHING, Query
from leadctl.stages import Stages
from leadctl.store.book import Book
from leadctl.store.finding import find_book, open_book
from leadctl.store.manifest import missing_contacts, missing_follow_ups


def open_session(options: Options) -> Session:
    """The session that *options* and the environment ask for.

    Raises:
        RequestError: there is no book, or a date that is none.
        DataError: stages.yaml cannot be used.
    """
    environment = os.environ
    book = locate(options.book, environment)
    index, stages = current_index(book, environment)
    session = Session(book, options, environment, index, stages, today(environment))
    missing = missing_contacts(book.state, index.count(EVERYTHING))
    missing = missing or missing_follow_ups(book.state, index.count_follow_ups())
    if missing:
        terminal.talk(f"leadctl: warning: {missing}; `leadctl check` tells more")
    if options.as_of:
        from leadctl.spoken_dates import parse_day

        try:
            session.today = parse_day(options.as_of, session.today, prefer="past")
        except ValueError as error:
            raise RequestError(f"--as-of: {error}") from error
    # Without being asked, nobody is taken back: an event from further east may be of tomorrow.
    if options.as_of or (options.may_rewind and environment.get("LEADCTL_TODAY")):
        session.index = index_as_of(session.today, index, stages)
    if stages.criteria.rules:
        from leadctl.cli.own_rules import queries_of_rules

        session.index.rules = queries_of_rules(
            stages, session.schema, session.today, is_strict=options.strict
        )
    return session


def open_visit(options: Options) -> Visit:
    """The book that *options* and the environment name, unread.

    Raises:
        RequestError: there is no book.
    """
    book = locate(options.book, os.environ).as_promised()
    return Visit(book, options, today(os.environ))


def locate(wanted: Path | None, environment: Mapping[str, str]) -> Book:
    """The book: *wanted*, else $LEADCTL_BOOK, else upwards from here, else the configured one.

    Raises:
        RequestError: none of these is a book.
    """
    said = environment.get("LEADCTL_BOOK", "")
    if wanted is not None or said:
        return open_book(meant(wanted or Path(said)))
    found = find_book(here())
    if found:
        return found
    from leadctl.cli.user_config import configured_book

    configured = configured_book(environment)
    if configured:
        return open_book(configured)
    hint = "go to its folder, name it with --book DIR, or make one: leadctl init DIR"
    raise RequestError("there is no book here", hint=hint)


def is_book_at_hand(environment: Mapping[str, str]) -> bool:
    """True if a command without --book would have one to look for, whether or not it is sound."""
    if environment.get("LEADCTL_BOOK") or find_book(here()):
        return True
    from leadctl.cli.user_config import configured_book

    return configured_book(environment) is not None


def index_as_of(day: date, index: Index, stages: Stages) -> Index:
    """*index*, or one in memory of the book as it was known on *day* if more is known by now."""
    known = index.meta("last_known")
    has_more = bool(known) and day < date.fromisoformat(known)
    # Who is in no journal is known by the day of arrival alone.
    if not has_more and not index.count(Query("ifnull(c.created > ?, 0)", (day.isoformat(),))):
        return index
    from leadctl.index.material import Filling
    from leadctl.lifecycle import entries, pasts
    from leadctl.planning.follow_ups import agendas
    from leadctl.rewinding import as_known_on, planned_on
    from leadctl.what_counts import effective

    everybody = (entry.contact for entry in index.entries(EVERYTHING))
    everything = index.events()
    contacts, events = as_known_on(day, tuple(everybody), everything)
    planned = planned_on(day, index.follow_ups(), everything)
    schema = Schema(stages.fields).with_seen(index.own_fields())
    meta = {"own_fields": index.meta("own_fields"), "last_known": ""}
    known_then = pasts(effective(events), stages)
    standing = entries(contacts, known_then, stages, planned=agendas(planned))
    filling = Filling(standing, events, index.problems(), schema, meta, planned)
    index.close()
    return cache.build(None, filling)
