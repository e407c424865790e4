"""How an index gets its rows: all of them at once, or those that have become different."""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from leadctl.event_lines import line_of
from leadctl.fields import Schema
from leadctl.index import schema as tables
from leadctl.index.history_rows import course_row, event_row, stay_rows
from leadctl.index.material import Filling, Update
from leadctl.index.values import value_rows
from leadctl.index.written import FINGERPRINT, Written
from leadctl.problems import Problem
from leadctl.records import Contact, Entry, Event, FollowUp

Row = tuple[object, ...]

_COLUMNS = ("n", *tables.CONTACT_COLUMNS)
_CONTACT = (
    f"insert or replace into contact ({', '.join(_COLUMNS)}) "
    f"values ({', '.join('?' for _ in _COLUMNS)})"
)
_EVENT = (
    f"insert into event ({', '.join(tables.EVENT_COLUMNS)}) "
    f"values ({', '.join('?' for _ in tables.EVENT_COLUMNS)})"
)
_VALUE = "insert into value values (?, ?, ?, ?, ?, ?, ?)"
_FOLLOW_UP = (
    f"insert or replace into follow_up ({', '.join(tables.FOLLOW_UP_COLUMNS)}) "
    f"values ({', '.join('?' for _ in tables.FOLLOW_UP_COLUMNS)})"
)
_COURSE = "insert into course values (?, ?, ?, ?, ?, ?, ?)"
_STAY = "insert into stay values (?, ?, ?, ?, ?, ?, ?, ?, ?)"


def put_history(connection: sqlite3.Connection, events: Iterable[tuple[Event, bytes]]) -> None:
    """Put *events*, each with the line that says it, into a new database.

    Raises:
        sqlite3.Error: it could not be written.
    """
    connection.executescript(tables.EVENT_TABLE)
    connection.executemany(_EVENT, itertools.starmap(event_row, events))
    connection.executescript(tables.EVENT_KEYS)


def take_history(connection: sqlite3.Connection, path: Path) -> None:
    """Copy what `put_history` has put into another database, the one in *path*.

    Raises:
        sqlite3.Error: it could not be written.
    """
    # With the same keys on both sides, SQLite copies whole rows without looking into them.
    connection.executescript(tables.EVENT_TABLE + tables.EVENT_KEYS)
    connection.execute("attach ? as other", (str(path),))
    connection.execute("insert into event select * from other.event")
    connection.commit()
    connection.execute("detach other")


def put_values(connection: sqlite3.Connection, contacts: Iterable[Contact], schema: Schema) -> None:
    """Put the values of *contacts* into a new database, which `put_book` completes.

    Raises:
        sqlite3.Error: it could not be written.
    """
    connection.executescript(tables.TABLES)
    connection.executemany(_VALUE, _value_rows(enumerate(contacts, start=1), schema))
    connection.executescript(tables.VALUE_KEYS)


def put_book(connection: sqlite3.Connection, filling: Filling) -> None:
    """Put all of *filling* into a database that has its values and events.

    Raises:
        sqlite3.Error: it could not be written.
    """
    numbered = enumerate(filling.entries, start=1)
    connection.executemany(_CONTACT, ((n, *tables.contact_row(each)) for n, each in numbered))
    _put_courses(connection, enumerate(filling.entries, start=1))
    _put_follow_ups(connection, enumerate(filling.follow_ups, start=1))
    _put_problems(connection, filling.problems)
    ids = {
        "contact": (each.contact.id for each in filling.entries),
        "follow_up": (each.id for each in filling.follow_ups),
    }
    for table, mine in ids.items():
        _put_pieces(connection, table, mine, filling.pieces.get(table, {}))
    _put_meta(connection, {**filling.meta, "version": tables.VERSION})
    connection.executescript(tables.CONTACT_KEYS)


def update(connection: sqlite3.Connection, different: Update) -> None:
    """Make the rows what they would be if the index were made anew now.

    Raises:
        sqlite3.Error: it could not be written.
    """
    events = ((event, line_of(event)) for event in different.events)
    connection.executemany(_EVENT, itertools.starmap(event_row, events))
    numbers = _numbers(connection, [*different.gone, *(e.contact.id for e in different.entries)])
    last = int(connection.execute("select ifnull(max(n), 0) from contact").fetchone()[0])
    for each in different.entries:
        if each.contact.id not in numbers:
            last += 1
            numbers[each.contact.id] = last
    moved = ((n, *tables.contact_row(each)) for n, each in _numbered(connection, different.moved))
    connection.executemany(_CONTACT, moved)
    connection.executemany("delete from contact where id = ?", [(id_,) for id_ in different.gone])
    numbered = [(numbers[each.contact.id], each) for each in different.entries]
    connection.executemany(_CONTACT, ((n, *tables.contact_row(each)) for n, each in numbered))
    _change_follow_ups(connection, different)
    for table in ("course", "stay"):
        old = ((n,) for n in numbers.values())
        connection.executemany(f"delete from {table} where contact = ?", old)
    _put_courses(connection, numbered)
    contacts = ((n, each.contact) for n, each in numbered)
    rows = _value_rows(contacts, different.schema)
    dropped = _change_values(connection, numbers.values(), rows)
    connection.execute("delete from problem")
    _put_problems(connection, different.problems)
    noted = {numbers[id_]: b"" for id_ in different.gone if id_ in numbers}
    pieces = different.pieces.get("contact", {})
    noted |= {numbers[id_]: piece for id_, piece in pieces.items()}
    Written(connection, "contact").note(noted)
    own = _own_fields(connection, dropped, different.entries)
    _put_meta(connection, {**different.meta, "own_fields": json.dumps(own)})
    connection.commit()


def _value_rows(contacts: Iterable[tuple[int, Contact]], schema: Schema) -> Iterator[Row]:
    """The rows for the values of all *contacts*, each with its number."""
    find = cache(schema.find)
    for number, contact in contacts:
        yield from value_rows(number, contact, find)


def _put_courses(connection: sqlite3.Connection, numbered: Iterable[tuple[int, Entry]]) -> None:
    courses = [(n, each.course) for n, each in numbered if each.course]
    connection.executemany(_COURSE, itertools.starmap(course_row, courses))
    rows = itertools.chain.from_iterable(itertools.starmap(stay_rows, courses))
    connection.executemany(_STAY, rows)


def _put_problems(connection: sqlite3.Connection, problems: Iterable[Problem]) -> None:
    rows = ((tables.problem_text(problem),) for problem in problems)
    connection.executemany("insert into problem (data) values (?)", rows)


def _put_meta(connection: sqlite3.Connection, meta: Mapping[str, str | bytes]) -> None:
    connection.executemany("insert or replace into meta values (?, ?)", meta.items())


def _numbers(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, int]:
    found = {}
    for id_ in ids:
        row = connection.execute("select n from contact where id = ?", (id_,)).fetchone()
        if row:
            found[id_] = int(row[0])
    return found


def _numbered(
    connection: sqlite3.Connection, entries: Sequence[Entry]
) -> Iterator[tuple[int, Entry]]:
    """*entries*, all of which are there, with their numbers."""
    numbers = _numbers(connection, (each.contact.id for each in entries))
    return ((numbers[each.contact.id], each) for each in entries)


def _change_values(
    connection: sqlite3.Connection, numbers: Iterable[int], rows: Iterable[Row]
) -> set[str]:
    """Make *rows* the values of the contacts *numbers*; the fields of those that had to go.

    Most stay as they are, and three indexes need no change for them.
    """
    there = defaultdict(list)
    command = "select rowid, * from value where contact = ?"
    for number in numbers:
        for row in connection.execute(command, (number,)):
            there[tuple(row)[1:]].append(row[0])
    new = [row for row in rows if not (there.get(row) and there[row].pop())]
    gone = [(number,) for found in there.values() for number in found]
    connection.executemany("delete from value where rowid = ?", gone)
    connection.executemany(_VALUE, new)
    return {str(row[1]) for row, found in there.items() if found}


def _own_fields(
    connection: sqlite3.Connection, dropped: Iterable[str], entries: Sequence[Entry]
) -> list[str]:
    """The fields of all contacts, now that some have lost those that are *dropped*."""
    row = connection.execute("select value from meta where key = 'own_fields'").fetchone()
    known = set(json.loads(row[0])) if row else set()
    known.update(name for each in entries for name in each.contact.values)
    command = "select 1 from value where field = ? limit 1"
    lost = {name for name in dropped if not connection.execute(command, (name,)).fetchone()}
    return sorted(known - lost)


def _put_pieces(
    connection: sqlite3.Connection, table: str, ids: Iterable[str], pieces: Mapping[str, bytes]
) -> None:
    fingerprints = [pieces.get(id_, b"") for id_ in ids]
    is_known = all(len(each) == FINGERPRINT for each in fingerprints)
    Written(connection, table).replace(b"".join(fingerprints) if is_known else b"")


def _put_follow_ups(
    connection: sqlite3.Connection, numbered: Iterable[tuple[int, FollowUp]]
) -> None:
    rows = ((number, *tables.follow_up_row(each)) for number, each in numbered)
    connection.executemany(_FOLLOW_UP, rows)


def _change_follow_ups(connection: sqlite3.Connection, different: Update) -> None:
    pieces, new = different.pieces.get("follow_up", {}), different.follow_ups
    if different.follow_ups_anew:
        connection.execute("delete from follow_up")
        _put_follow_ups(connection, enumerate(new, start=1))
        _put_pieces(connection, "follow_up", (each.id for each in new), pieces)
        return
    written = Written(connection, "follow_up")
    numbers = written.numbers([*different.dropped, *(each.id for each in new)])
    last = int(connection.execute("select ifnull(max(n), 0) from follow_up").fetchone()[0])
    for each in new:
        if each.id not in numbers:
            last += 1
            numbers[each.id] = last
    gone = [id_ for id_ in different.dropped if id_ in numbers]
    connection.executemany("delete from follow_up where id = ?", ((id_,) for id_ in gone))
    _put_follow_ups(connection, ((numbers[each.id], each) for each in new))
    noted = {numbers[id_]: b"" for id_ in gone}
    written.note(noted | {numbers[id_]: piece for id_, piece in pieces.items()})
