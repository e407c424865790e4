"""What the index answers about follow-ups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from leadctl.index import schema as tables
from leadctl.index.happenings import Happenings
from leadctl.query.sql import EVERYTHING, Query
from leadctl.records import FollowUp

#: More than a book can hold, and still a number for SQLite.
_MOST = 2**31


class Agendas(Happenings):
    """Questions about what is planned for the contacts of a book."""

    def follow_ups(self, ids: Iterable[str] = ()) -> list[FollowUp]:
        """The follow-ups with exactly these *ids*, in their order; all, earliest first, if none."""
        command = "select * from follow_up where id = ?"
        rows = [row for id_ in ids for row in self._run(command, (id_,))]
        if not ids:
            rows = self._run("select * from follow_up order by due, time, id", ())
        return [tables.follow_up_of(dict(row)) for row in rows]

    def count_follow_ups(self) -> int:
        """How many there are."""
        ((count,),) = self._run("select count(*) from follow_up", ())
        return int(count)

    def follow_ups_like(self, prefix: str, *, limit: int) -> list[FollowUp]:
        """Up to *limit* follow-ups whose id begins with *prefix*."""
        command = "select * from follow_up where id >= ? and id < ? order by id limit ?"
        rows = self._run(command, (prefix, f"{prefix}\U0010ffff", limit))
        return [tables.follow_up_of(dict(row)) for row in rows]

    def agenda(
        self, query: Query, *, until: date | None = None, limit: int = 0
    ) -> list[tuple[FollowUp, str]]:
        """The follow-ups of those whom *query* selects, with the name of each, earliest first.

        With *until* only those that are due on that day or before; *limit* 0 means all. Without a
        query also those of contacts who are not there.
        """
        join = "left join" if query == EVERYTHING else "join"
        last = until.isoformat() if until else "9999-12-31"
        text = (
            f"select f.*, ifnull(c.name, '') as name from follow_up f {join} contact c "
            f"on c.id = f.contact where f.due <= ? and {query.sql} "
            "order by f.due, f.time, f.id limit ?"
        )
        rows = self._run(text, (last, *query.parameters, min(limit, _MOST) or -1))
        return [(tables.follow_up_of(dict(row)), str(row["name"])) for row in rows]

    def planned(self, contacts: Iterable[str]) -> dict[str, tuple[FollowUp, ...]]:
        """The follow-ups of each of *contacts* that has any, earliest first."""
        command = "select * from follow_up where contact = ? order by due, time, id"
        rows = {id_: self._run(command, (id_,)) for id_ in contacts}
        return {
            id_: tuple(tables.follow_up_of(dict(row)) for row in found)
            for id_, found in rows.items()
            if found
        }
