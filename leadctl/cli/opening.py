"""From options and environment to a session: which book, its index up to date, which day."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from leadctl import __version__
from leadctl.cli import terminal
from leadctl.cli.clock import today
from leadctl.cli.options import Options
from leadctl.cli.session import Session, Visit
from leadctl.errors import DataError, RequestError
from leadctl.fields import Schema
from leadctl.index import cache
from leadctl.index.index import Filling, Index
from leadctl.lifecycle import by_contact, last_known, standing
from leadctl.located import from_plain, to_plain
from leadctl.query.sql import EVERYTHING
from leadctl.records import Contact, Entry, Event
from leadctl.stages import Stages
from leadctl.stages_reading import read_stages
from leadctl.store.book import Book, find_book, open_book
from leadctl.store.files import Stamp
from leadctl.store.manifest import missing_contacts
from leadctl.undoing import effective

#: A file changed so shortly before it was read may change again without its time changing: a
#: clock tick of the kernel with a good margin, and two seconds where times have no fractions.
_RACY_NS = 100_000_000
_COARSE_RACY_NS = 2_000_000_000
#: A file that lost its contacts within the last second may be in the middle of a save.
_SAVING_NS = 1_000_000_000
#: How often files are looked at that change while they are read, and the pause between, in s.
_LOOKS = 4
_PAUSE = 0.05


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
    if wanted is not None:
        return open_book(wanted)
    if environment.get("LEADCTL_BOOK"):
        return open_book(Path(environment["LEADCTL_BOOK"]))
    found = find_book(_here())
    if found:
        return found
    configured = _configured(environment)
    if configured:
        return open_book(configured)
    hint = "go to its folder, name it with --book DIR, or make one: leadctl init DIR"
    raise RequestError("there is no book here", hint=hint)


def current_index(book: Book, environment: Mapping[str, str]) -> tuple[Index, Stages]:
    """The index of *book* as its files are now, made anew if they have changed, and its stages.

    Raises:
        DataError: stages.yaml cannot be used.
    """
    path = cache.cache_path(book.root, environment)
    stamps = _stamps_text(book.stamps(), book)
    index = cache.load(path)
    if index is not None and index.meta("stamps") == stamps:
        tree = from_plain(json.loads(index.meta("stages")), book.stages_path.name)
        stages, _ = read_stages(tree)
        if stages:
            return index, stages
    if index is not None:
        index.close()
    return _settled(book, path)


def _settled(book: Book, path: Path | None) -> tuple[Index, Stages]:
    """A new index of files that held still while they were read, if they do at all.

    A writer changes one file after the other, and an editor empties a file before it fills it.
    """
    for look in range(_LOOKS):
        if look:
            time.sleep(_PAUSE)
        before = book.stamps()
        index, stages = _rebuilt(book.as_promised(), path, _stamps_text(before, book))
        is_still = book.stamps() == before
        if is_still and not (_is_being_saved(before) and _is_short(book, index)):
            break
        if look < _LOOKS - 1:
            index.close()
    return index, stages


def _is_short(book: Book, index: Index) -> bool:
    return bool(missing_contacts(book.state, index.count(EVERYTHING)))


def _is_being_saved(stamps: Mapping[str, Stamp]) -> bool:
    return any(time.time_ns() - each.changed_ns < _SAVING_NS for each in stamps.values())


def index_as_of(day: date, index: Index, stages: Stages) -> Index:
    """*index*, or one in memory of the book as it was known on *day* if more has happened since."""
    known = index.meta("last_known")
    if not known or day >= date.fromisoformat(known):
        return index
    from leadctl.rewinding import as_known_on

    everybody = (entry.contact for entry in index.entries(EVERYTHING))
    contacts, events = as_known_on(day, tuple(everybody), index.events())
    own = json.loads(index.meta("own_fields"))
    schema = Schema(stages.fields).with_seen(own)
    meta = {"own_fields": index.meta("own_fields"), "last_known": ""}
    entries = _entries(contacts, events, stages)
    filling = Filling(entries, events, index.problems(), schema, meta)
    index.close()
    return cache.build(None, filling)


def _rebuilt(book: Book, path: Path | None, stamps: str) -> tuple[Index, Stages]:
    tree, _, problems = book.read_stages()
    stages = None
    if tree is not None:
        stages, found = read_stages(tree)
        problems = [*problems, *found]
    if stages is None or tree is None:
        message = "stages.yaml cannot be used"
        errors = [problem for problem in problems if not problem.is_warning]
        raise DataError(message, problems=book.with_excerpts(errors))
    filling = _fill(book, stages, json.dumps(to_plain(tree), ensure_ascii=False), stamps)
    return cache.build(path, filling), stages


def _fill(book: Book, stages: Stages, tree: str, stamps: str) -> Filling:
    from leadctl.contacts import read_contacts

    content = book.read()
    held = read_contacts(content.records)
    own = sorted({name for contact in held.contacts for name in contact.values})
    known = last_known(content.events)
    return Filling(
        entries=_entries(held.contacts, content.events, stages),
        events=content.events,
        problems=(*content.problems, *held.problems),
        schema=Schema(stages.fields).with_seen(own),
        meta={
            "stamps": stamps,
            "stages": tree,
            "own_fields": json.dumps(own),
            "last_known": known.isoformat() if known else "",
        },
    )


def _entries(
    contacts: tuple[Contact, ...], events: tuple[Event, ...], stages: Stages
) -> list[Entry]:
    past = by_contact(effective(events))
    return [Entry(each, standing(each, past.get(each.id, ()), stages)) for each in contacts]


def _stamps_text(stamps: Mapping[str, Stamp], book: Book) -> str:
    """*stamps* of all files of *book*; never the same twice while one of them is very young."""
    now = time.time_ns()
    young = now if any(now - each.changed_ns < _racy_ns(each) for each in stamps.values()) else 0
    shown = {
        name: [each.size, each.changed_ns, each.inode, each.noted_ns]
        for name, each in stamps.items()
    }
    return json.dumps([__version__, str(book.root), young, shown])


def _racy_ns(stamp: Stamp) -> int:
    return _RACY_NS if stamp.changed_ns % 1_000_000_000 else _COARSE_RACY_NS


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise RequestError("the current folder is gone", hint="go to one that exists") from error


def _configured(environment: Mapping[str, str]) -> Path | None:
    """`book:` of the user's own config.yaml, None if there is none."""
    base = environment.get("XDG_CONFIG_HOME", "")
    home = environment.get("HOME", "")
    if not base.startswith("/"):
        if not home:
            return None
        base = f"{home}/.config"
    path = Path(base) / "leadctl" / "config.yaml"
    if not path.is_file():
        return None
    from leadctl.located import Mapping as Fields
    from leadctl.located import Scalar
    from leadctl.store.book import read_yaml

    tree, _, problems = read_yaml(path, shown=str(path))
    if problems:
        raise DataError(f"{path} cannot be used", problems=tuple(problems))
    named = tree.get("book") if isinstance(tree, Fields) else None
    if not isinstance(named, Scalar) or not named.text:
        return None
    return Path(named.text).expanduser()
