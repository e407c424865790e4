"""How an index gets its rows: all of them at once, or those that have become different."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from leadctl.fields import Schema
from leadctl.index import schema as tables
from leadctl.index.index import FINGERPRINT, Filling, Update
from leadctl.problems import Problem
from leadctl.records import Entry

_COLUMNS = ("n", *tables.CONTACT_COLUMNS)
_CONTACT = (
    f"insert or replace into contact ({', '.join(_COLUMNS)}) "
    f"values ({', '.join('?' for _ in _COLUMNS)})"
)
_EVENT = (
    "insert into event (id, op, contact, at, day, kind, undoes, data) "
    "values (?, ?, ?, ?, ?, ?, ?, ?)"
)
_VALUE = "insert into value values (?, ?, ?, ?, ?, ?, ?)"
#: Room for so many more fingerprints is made when it is used up.
_SPARE = 1_000


def fill(connection: sqlite3.Connection, filling: Filling) -> None:
    """Make all tables of an empty database, and fill them.

    Raises:
        sqlite3.Error: it could not be written.
    """
    connection.executescript(tables.TABLES)
    numbered = list(enumerate(filling.entries, start=1))
    _put_contacts(connection, numbered, filling.schema)
    connection.executemany(_EVENT, map(tables.event_row, filling.events))
    _put_problems(connection, filling.problems)
    fingerprints = [filling.pieces.get(each.contact.id, b"") for each in filling.entries]
    is_known = all(len(each) == FINGERPRINT for each in fingerprints)
    pieces = b"".join(fingerprints) if is_known else b""
    connection.execute("insert into written values (1, ?)", (pieces,))
    _put_meta(connection, {**filling.meta, "version": tables.VERSION})
    connection.executescript(tables.KEYS)
    connection.commit()


def update(connection: sqlite3.Connection, different: Update) -> None:
    """Make the rows what they would be if the index were made anew now.

    Raises:
        sqlite3.Error: it could not be written.
    """
    connection.executemany(_EVENT, map(tables.event_row, different.events))
    numbers = _numbers(connection, [*different.gone, *(e.contact.id for e in different.entries)])
    last = int(connection.execute("select ifnull(max(n), 0) from contact").fetchone()[0])
    for each in different.entries:
        if each.contact.id not in numbers:
            last += 1
            numbers[each.contact.id] = last
    old = [(number,) for number in numbers.values()]
    dropped = _names(connection, numbers.values())
    connection.executemany("delete from value where contact = ?", old)
    connection.executemany("delete from contact where id = ?", [(id_,) for id_ in different.gone])
    numbered = [(numbers[each.contact.id], each) for each in different.entries]
    _put_contacts(connection, numbered, different.schema)
    connection.execute("delete from problem")
    _put_problems(connection, different.problems)
    _note_pieces(connection, numbers, different)
    own = _own_fields(connection, dropped, different.entries)
    _put_meta(connection, {**different.meta, "own_fields": json.dumps(own)})
    connection.commit()


def _put_contacts(
    connection: sqlite3.Connection, numbered: Sequence[tuple[int, Entry]], schema: Schema
) -> None:
    find = cache(schema.find)
    rows = ((number, *tables.contact_row(entry)) for number, entry in numbered)
    connection.executemany(_CONTACT, rows)
    values = (
        row for number, entry in numbered for row in tables.value_rows(number, entry.contact, find)
    )
    connection.executemany(_VALUE, values)


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


def _names(connection: sqlite3.Connection, numbers: Iterable[int]) -> set[str]:
    """The fields that those contacts have."""
    command = "select field from value where contact = ?"
    return {str(row[0]) for n in numbers for row in connection.execute(command, (n,))}


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


def _note_pieces(
    connection: sqlite3.Connection, numbers: Mapping[str, int], different: Update
) -> None:
    gone = {numbers[id_]: bytes(FINGERPRINT) for id_ in different.gone if id_ in numbers}
    noted = {**gone, **{numbers[id_]: piece for id_, piece in different.pieces.items()}}
    (pieces,) = connection.execute("select pieces from written").fetchone() if noted else (b"",)
    if not noted or not (pieces or different.pieces):
        return
    missing = max(noted) * FINGERPRINT - len(pieces)
    if missing > 0:
        longer = pieces + bytes(missing + _SPARE * FINGERPRINT)
        connection.execute("update written set pieces = ?", (longer,))
    # In place: it is megabytes long, and a few bytes of it change.
    with connection.blobopen("written", "pieces", 1) as blob:
        for number, piece in noted.items():
            blob.seek((number - 1) * FINGERPRINT)
            blob.write(piece)
