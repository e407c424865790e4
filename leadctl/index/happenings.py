"""What the index answers about events and operations; and how it asks SQLite."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Container, Iterable, Sequence
from datetime import date
from operator import attrgetter
from pathlib import Path

from leadctl.errors import BusyError, FileError, RequestError
from leadctl.event_lines import event_of, quick_reader
from leadctl.index.patterns import PatternTooSlowError, pattern_function, time_limit
from leadctl.records import Event
from leadctl.what_counts import effective

#: So many events are looked at in one go for the last one that counts.
_AT_ONCE = 500
#: More events are worth what the quick reader costs to load.
_MANY = 2_000
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class Happenings:
    """Questions about what has happened to the contacts of a book."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.row_factory = sqlite3.Row
        connection.create_function("matches", 2, pattern_function(), deterministic=True)

    def operations(self, *, limit: int) -> list[str]:
        """The ids of the *limit* latest operations, the latest first."""
        command = "select op from event group by op order by max(id) desc limit ?"
        return [str(row[0]) for row in self._run(command, (limit,))]

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
        return _events(self._run(text, parameters))

    def pasts(self, contacts: Iterable[str]) -> dict[str, list[Event]]:
        """The events of each of *contacts*, in the order in which they were written down."""
        wanted = list(contacts)
        rows: list[sqlite3.Row] = []
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows += self._run(f"select * from event where contact in ({marks})", some)
        found: dict[str, list[Event]] = {id_: [] for id_ in wanted}
        for event in sorted(_events(rows), key=attrgetter("id")):
            found[event.contact].append(event)
        return found

    def undoings(self) -> list[Event]:
        """One event of each operation that undoes another, in the order of their ids."""
        command = (
            "select e.* from event e join (select max(id) as last from event "
            "where undoes <> '' group by op) on e.id = last order by e.id"
        )
        return _events(self._run(command, ()))

    def of_operations(self, prefix: str, *, limit: int) -> list[Event]:
        """One event of each of the *limit* latest operations whose ids begin with *prefix*."""
        command = (
            "select e.* from event e join (select max(id) as last from event "
            "where op >= ? and op < ? group by op order by 1 desc limit ?) on e.id = last "
            "order by e.id"
        )
        rows = self._run(command, (prefix, f"{prefix}\U0010ffff", limit))
        return _events(rows)

    def latest(self, *, but: Container[str]) -> list[Event]:
        """An event of the latest operation that undoes nothing and is none of *but*, if any is."""
        before = "\U0010ffff"
        command = "select * from event where id < ? order by id desc limit ?"
        while rows := self._run(command, (before, _AT_ONCE)):
            for row in rows:
                if row["kind"] != "undone" and row["op"] not in but:
                    return _events([row])
            before = rows[-1]["id"]
        return []

    def around(self, op: str) -> list[Event]:
        """All about everybody whom *op* was about, and all that undoes something; in order."""
        command = (
            "select * from event where contact in (select contact from event where op = ?) "
            "or undoes <> '' order by id"
        )
        rows = self._run(command, (op,))
        return _events(rows)

    def contacts_of(self, ops: Iterable[str]) -> set[str]:
        """Whom the operations *ops* were about."""
        command = "select distinct contact from event where op = ?"
        return {str(row[0]) for op in ops for row in self._run(command, (op,))}

    def learnt_about(self, day: date) -> set[str]:
        """The contacts about whom the book has learnt something after *day*."""
        command = "select distinct contact from event where known > ?"
        return {str(row[0]) for row in self._run(command, (day.isoformat(),))}

    def knows_event(self, id_: str) -> bool:
        """True if there is an event with this id."""
        return bool(self._run("select 1 from event where id = ?", (id_,)))

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

    def _run(self, text: str, parameters: Sequence[object]) -> list[sqlite3.Row]:
        try:
            with time_limit() if "matches(" in text else contextlib.nullcontext():
                return self._connection.execute(text, parameters).fetchall()
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in _DAMAGED:
                raise self._damaged() from error
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise BusyError("others use the index of the book", hint="try again") from error
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


def _events(rows: Sequence[sqlite3.Row]) -> list[Event]:
    """The events that *rows* were made of."""
    read = quick_reader() if len(rows) > _MANY else event_of
    return [read(row["written"], row["line"]) for row in rows]
