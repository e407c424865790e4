"""The index of one book: the one way to select, sort and count its contacts.

Derived from the files and disposable. It answers for the state that it was built from; whether
that is still the state of the files is told by the stamps that it was given then.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from leadctl.errors import FileError, RequestError
from leadctl.fields import Schema
from leadctl.index import schema as tables
from leadctl.index.patterns import PatternTooSlowError, pattern_function, time_limit
from leadctl.index.sorting import order_by
from leadctl.matching import digits, fold
from leadctl.problems import Problem
from leadctl.query.sql import Query
from leadctl.records import Entry, Event
from leadctl.undoing import effective


@dataclass(frozen=True, slots=True)
class Filling:
    """Everything that an index is built from."""

    entries: Sequence[Entry]
    #: In the order in which they are to be shown.
    events: Sequence[Event]
    problems: Sequence[Problem]
    schema: Schema
    #: Texts that are to come back with the index: stamps of the files, parsed stages.
    meta: Mapping[str, str]


_BUILT_IN = Schema({})
#: More than a book can hold, and still a number for SQLite.
_MOST_ROWS = 2**31
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Index:
    """Questions about one state of a book."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.row_factory = sqlite3.Row
        connection.create_function("matches", 2, pattern_function(), deterministic=True)

    def meta(self, key: str) -> str:
        """The text that was given for *key* when the index was built; empty if none was."""
        row = self._connection.execute("select value from meta where key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def entries(
        self,
        query: Query,
        *,
        sort: Sequence[str] = (),
        limit: int = 0,
        known: Schema = _BUILT_IN,
    ) -> list[Entry]:
        """The contacts that *query* selects, sorted by the fields *sort*, ties by id.

        A field with `-` in front sorts downwards; contacts without it come last either way.
        *limit* 0 means all.

        Raises:
            RequestError: no such field to sort by, or a pattern that takes too long.
        """
        order, parameters = order_by(sort, known)
        text = f"select c.* from contact c where {query.sql} order by {order}"
        if limit:
            text += f" limit {min(limit, _MOST_ROWS)}"
        return [
            tables.entry_of(dict(row)) for row in self._run(text, (*query.parameters, *parameters))
        ]

    def count(self, query: Query) -> int:
        """How many contacts *query* selects."""
        rows = self._run(f"select count(*) from contact c where {query.sql}", query.parameters)
        return int(rows[0][0])

    def counts(self, query: Query, column: str) -> dict[str, int]:
        """How many contacts *query* selects, by `status` or `stage`."""
        if column not in {"status", "stage"}:
            raise ValueError(column)
        text = f"select c.{column}, count(*) from contact c where {query.sql} group by 1"
        return {str(row[0]): int(row[1]) for row in self._run(text, query.parameters)}

    def values(self, field: str, query: Query) -> list[tuple[str, int]]:
        """Each value of *field* among the contacts that *query* selects, with its count.

        Most frequent first; values that differ only in case or accents are counted as one.
        """
        text = (
            "select min(v.text), count(distinct c.n) from value v "
            "join contact c on c.n = v.contact "
            f"where v.field = ? and {query.sql} group by v.folded order by 2 desc, 1"
        )
        return [(str(row[0]), int(row[1])) for row in self._run(text, (field, *query.parameters))]

    def by_ids(self, ids: Iterable[str]) -> dict[str, Entry]:
        """The contacts with exactly these *ids*; those that do not exist are left out."""
        found: dict[str, Entry] = {}
        for each in ids:
            for row in self._run("select c.* from contact c where c.id = ?", (each,)):
                found[each] = tables.entry_of(dict(row))
        return found

    def by_address(self, text: str) -> list[Entry]:
        """The contacts with exactly this e-mail address or these digits as a phone number."""
        number = digits(text) if any(char.isdigit() for char in text) else ""
        # A word with letters is no phone number, whatever digits it has.
        number = "" if any(char.isalpha() for char in text) else number
        condition = (
            "select v.contact from value v where (v.field = 'email' and v.folded = ?) "
            "or (v.field = 'phone' and v.digits = ? and ? <> '')"
        )
        text_of = f"select c.* from contact c where c.n in ({condition}) order by c.id"
        return [
            tables.entry_of(dict(row)) for row in self._run(text_of, (fold(text), number, number))
        ]

    def by_prefix(self, text: str, *, limit: int) -> list[Entry]:
        """Up to *limit* contacts whose id begins with *text*."""
        command = "select c.* from contact c where c.id >= ? and c.id < ? order by c.id limit ?"
        rows = self._run(command, (text, f"{text}\U0010ffff", limit))
        return [tables.entry_of(dict(row)) for row in rows]

    def ids(self, prefix: str, *, limit: int) -> list[str]:
        """Up to *limit* ids that begin with *prefix*."""
        command = "select c.id from contact c where c.id >= ? and c.id < ? order by c.id limit ?"
        return [str(row[0]) for row in self._run(command, (prefix, f"{prefix}\U0010ffff", limit))]

    def operations(self, *, limit: int) -> list[str]:
        """The ids of the *limit* latest operations, the latest first."""
        command = "select op from event group by op order by max(id) desc limit ?"
        return [str(row[0]) for row in self._run(command, (limit,))]

    def by_name(self, text: str, *, limit: int) -> list[Entry]:
        """Up to *limit* contacts in whose name every word of *text* occurs."""
        words = fold(text).split()
        if not any(char.isalnum() for char in text):
            return []
        condition = " and ".join("instr(v.folded, ?) > 0" for _ in words)
        command = (
            "select c.* from contact c join value v on v.contact = c.n and v.field = 'name' "
            f"where {condition} order by c.id limit ?"
        )
        return [tables.entry_of(dict(row)) for row in self._run(command, (*words, limit))]

    def events(
        self,
        *,
        contact: str = "",
        op: str = "",
        since: date | None = None,
        kinds: Sequence[str] = (),
    ) -> list[Event]:
        """Events in the order in which they were written down, narrowed by what is given."""
        conditions, parameters = ["1"], list[object]()
        for name, value in (("contact", contact), ("op", op)):
            if value:
                conditions.append(f"{name} = ?")
                parameters.append(value)
        if since:
            conditions.append("day >= ?")
            parameters.append(since.isoformat())
        if kinds:
            conditions.append(f"kind in ({', '.join('?' for _ in kinds)})")
            parameters += kinds
        text = f"select * from event where {' and '.join(conditions)} order by id"
        return [tables.event_of(dict(row), "journal.jsonl") for row in self._run(text, parameters)]

    def knows_op(self, op: str) -> bool:
        """True if a command with this id is in the journal."""
        return bool(self._run("select 1 from event where op = ? limit 1", (op,)))

    def knows_contact(self, id_: str) -> bool:
        """True if something happened to a contact with this id that was not undone."""
        events = self.events(contact=id_)
        return any(event.kind != "undone" for event in effective(events))

    def last_event(self) -> str:
        """The greatest id of an event, empty if there is none."""
        return str(self._run("select ifnull(max(id), '') from event", ())[0][0])

    def problems(self) -> list[Problem]:
        """What is wrong in the files that the index was built from."""
        rows = self._run("select data from problem order by n", ())
        return [tables.problem_of(str(row[0])) for row in rows]

    def own_fields(self) -> list[str]:
        """The names of all fields that occur in the contacts."""
        return [str(row[0]) for row in self._run("select distinct field from value order by 1", ())]

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _run(self, text: str, parameters: Sequence[object]) -> list[sqlite3.Row]:
        try:
            with time_limit() if "matches(" in text else contextlib.nullcontext():
                return self._connection.execute(text, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in _DAMAGED:
                raise self._damaged() from error
            raise
        except PatternTooSlowError as error:
            raise RequestError(
                "the pattern after ~ takes too long", hint="make it simpler"
            ) from error

    def _damaged(self) -> FileError:
        """Remove the file, which the next command makes anew from the book, and say so."""
        path = str(self._connection.execute("pragma database_list").fetchone()["file"])
        if path:
            Path(path).unlink(missing_ok=True)
        hint = "the book is not affected; run the command again"
        return FileError("the index in your cache folder was damaged and is removed", hint=hint)
