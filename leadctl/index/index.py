"""The index of one book: the one way to select, sort and count its contacts.

Derived from the files and disposable. It answers for the state that it was built from; whether
that is still the state of the files is told by the looks of the files, given with it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from leadctl.fields import Schema
from leadctl.index import schema as tables
from leadctl.index.agendas import Agendas
from leadctl.index.schema import ENTRY
from leadctl.index.sorting import order_by
from leadctl.matching import digits, fold
from leadctl.problems import Problem
from leadctl.query.sql import EVERYTHING, Query
from leadctl.records import Entry

if TYPE_CHECKING:
    from leadctl.index.journeys import Journeys
    from leadctl.index.material import Update
    from leadctl.index.written import Written


_BUILT_IN = Schema({})
#: More than a book can hold, and still a number for SQLite.
_MOST_ROWS = 2**31
_BY_ID = "indexed by sqlite_autoindex_contact_1"
_RANKED = "points desc, due is null, due, id"
_RANKED_OUT = "k.points desc, k.due is null, k.due, k.id"


class Index(Agendas):
    """Questions about one state of a book."""

    #: What the rules of the user's own for the prospect list ask, by their names: each contact of
    #: `entries` and `ranked` knows which of them hold for it.
    rules: Mapping[str, Query] = {}

    def meta(self, key: str) -> str:
        """The text that was given for *key* when the index was built; empty if none was."""
        row = self._connection.execute("select value from meta where key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def blob(self, key: str) -> bytes:
        """The bytes that were given for *key* when the index was built; empty if none were."""
        row = self._connection.execute("select value from meta where key = ?", (key,)).fetchone()
        return row[0] if row and isinstance(row[0], bytes) else b""

    def written(self, table: str) -> Written:
        """How the file was written whose records are in *table*, `contact` or `follow_up`."""
        from leadctl.index.written import Written

        return Written(self._connection, table)

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
        text = f"where {query.sql} order by {order}"
        if limit:
            text += f" limit {min(limit, _MOST_ROWS)}"
        # The first few by id are found by walking along the ids; SQLite would sort all of them.
        hint = _BY_ID if limit and not sort else ""
        text = f"select {self._told()} from contact c {hint} {text}"
        return self._entries(text, (*query.parameters, *parameters))

    def ranked(
        self, query: Query, points: Query, *, tiers: Sequence[Query] = (), limit: int = 0
    ) -> list[Entry]:
        """Those that *query* selects, most *points*, a number, first.

        Ties are in the order of the day when they are due, those without one last, then by id.
        *limit* 0 means all. Who is in one of *tiers* has more points than anybody in the next ones
        and than anybody in none: with a limit, these are not looked at if the first give enough.
        """
        most = min(limit, _MOST_ROWS) if limit else -1
        found: list[Entry] = []
        for tier in tiers if limit else ():
            found += self._ranked(query & tier, points, most - len(found))
            if len(found) == limit:
                return found
        return self._ranked(query, points, most)

    def _ranked(self, query: Query, points: Query, most: int) -> list[Entry]:
        chosen = (
            f"select c.n as n, {points.sql} as points, c.due as due, c.id as id from contact c "
            f"where {query.sql} order by {_RANKED} limit ?"
        )
        joined = f"({chosen}) k join contact c on c.n = k.n order by {_RANKED_OUT}"
        parameters = (*points.parameters, *query.parameters, most)
        return self._entries(f"select {self._told()} from {joined}", parameters)

    def _told(self) -> str:
        """What is selected of a contact: its columns, then a 0 or 1 for each rule."""
        rules = (f", {query.sql} as rule_{n}" for n, query in enumerate(self.rules.values()))
        return f"{ENTRY}{''.join(rules)}"

    def _entries(self, text: str, parameters: Sequence[object]) -> list[Entry]:
        told = (each for query in self.rules.values() for each in query.parameters)
        names = tuple(self.rules)
        rows = (dict(row) for row in self._run(text, (*told, *parameters)))
        return [tables.entry_of(row, names) for row in rows]

    def count(self, query: Query) -> int:
        """How many contacts *query* selects."""
        # How many rows a table has SQLite knows without a look at them.
        condition = "" if query == EVERYTHING else f"where {query.sql}"
        rows = self._run(f"select count(*) from contact c {condition}", query.parameters)
        return int(rows[0][0])

    def statuses(self) -> list[str]:
        """Each status that a contact has."""
        following = "select min(status) from contact where status > s.status"
        text = (
            "with recursive s (status) as (select min(status) from contact "
            f"union all select ({following}) from s where s.status is not null) "
            "select status from s where status is not null"
        )
        return [str(row[0]) for row in self._run(text, ())]

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
            for row in self._run(f"select {ENTRY} from contact c where c.id = ?", (each,)):
                found[each] = tables.entry_of(dict(row))
        return found

    def by_address(self, text: str, *, with_phones: bool = True) -> list[Entry]:
        """The contacts with exactly this e-mail address or, *with_phones*, these digits as one."""
        # A word with letters is no phone number, whatever digits it has, but for tel: in links.
        is_phone = with_phones and not any(map(str.isalpha, text.removeprefix("tel:")))
        number = digits(text) if is_phone else ""
        condition = (
            "select v.contact from value v where (v.field = 'email' and v.folded = ?) "
            "or (v.field = 'phone' and v.digits = ? and ? <> '')"
        )
        text_of = f"select {ENTRY} from contact c where c.n in ({condition}) order by c.id"
        return [
            tables.entry_of(dict(row)) for row in self._run(text_of, (fold(text), number, number))
        ]

    def by_prefix(self, text: str, *, limit: int) -> list[Entry]:
        """Up to *limit* contacts whose id begins with *text*."""
        command = (
            f"select {ENTRY} from contact c where c.id >= ? and c.id < ? order by c.id limit ?"
        )
        rows = self._run(command, (text, f"{text}\U0010ffff", limit))
        return [tables.entry_of(dict(row)) for row in rows]

    def ids(self, prefix: str, *, limit: int) -> list[str]:
        """Up to *limit* ids that begin with *prefix*."""
        command = "select c.id from contact c where c.id >= ? and c.id < ? order by c.id limit ?"
        return [str(row[0]) for row in self._run(command, (prefix, f"{prefix}\U0010ffff", limit))]

    def by_name(self, text: str, *, limit: int) -> list[Entry]:
        """Up to *limit* contacts in whose name every word of *text* occurs."""
        words = fold(text).split()
        if not any(char.isalnum() for char in text):
            return []
        condition = " and ".join("instr(v.folded, ?) > 0" for _ in words)
        command = (
            f"select {ENTRY} from contact c join value v on v.contact = c.n and v.field = 'name' "
            f"where {condition} order by c.id limit ?"
        )
        return [tables.entry_of(dict(row)) for row in self._run(command, (*words, limit))]

    def has(self, id_: str) -> bool:
        """True if there is a contact with exactly this id."""
        return bool(self._run("select 1 from contact where id = ?", (id_,)))

    def problems(self) -> list[Problem]:
        """What is wrong in the files that the index was built from."""
        rows = self._run("select data from problem order by n", ())
        return [tables.problem_of(str(row[0])) for row in rows]

    def journeys(self) -> Journeys:
        """The same, asked what contacts went through."""
        from leadctl.index.journeys import Journeys

        return Journeys(self._connection)

    def own_fields(self) -> list[str]:
        """The names of all fields that occur in the contacts, the built-in ones included."""
        return [str(name) for name in json.loads(self.meta("own_fields") or "[]")]

    def hold(self) -> None:
        """From now on all questions are about one state, whatever others change meanwhile."""
        self._connection.execute("begin")

    def release(self) -> None:
        """Let others change the file; what is asked from now on may be about a later state."""
        self._connection.rollback()

    def copy(self) -> Index:
        """The same in memory, where nobody else changes it."""
        memory = sqlite3.connect(":memory:")
        self._connection.backup(memory)
        return Index(memory)

    def change(self, different: Update) -> None:
        """Answer from now on for a state of the book that is *different*.

        Raises:
            sqlite3.Error: it could not be written; the index is as it was.
        """
        from leadctl.index.filling import update

        update(self._connection, different)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
