"""How the records of a file were written when it was read: what tells which have changed since."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

#: The length of a fingerprint of how a record is written, in bytes.
FINGERPRINT = 20
#: Table of records → where in the table `written` the fingerprints of its file are.
PLACES = {"contact": 1, "follow_up": 2}
#: Room for so many more fingerprints is made when it is used up.
_SPARE = 1_000


class Written:
    """What is known of the file whose records are in *table*, one of PLACES."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._table = table
        self._place = PLACES[table]

    def digest(self) -> str:
        """The fingerprint of the whole file; empty if that is not known."""
        found = self._meta("digest")
        return found if isinstance(found, str) else ""

    def head(self) -> bytes:
        """What stood above the records and has a part in what they say."""
        found = self._meta("head")
        return found if isinstance(found, bytes) else b""

    def fingerprints(self) -> dict[bytes, int]:
        """The fingerprint of how each record is written → its number; nothing if not known."""
        # In the order of the numbers, in one value: it is read in an instant, while a column
        # would be spread over all rows.
        pieces = self._pieces()
        cut = [pieces[at : at + FINGERPRINT] for at in range(0, len(pieces), FINGERPRINT)]
        found = dict(zip(cut, range(1, len(cut) + 1), strict=True))
        found.pop(bytes(FINGERPRINT), None)
        return found

    def fingerprint(self, number: int) -> bytes:
        """How the record with this *number* is written; empty if that is not known."""
        with self._connection.blobopen("written", "pieces", self._place, readonly=True) as blob:
            blob.seek(min((number - 1) * FINGERPRINT, len(blob)))
            return blob.read(FINGERPRINT)

    def size(self) -> int:
        """How many records there are."""
        return int(self._run(f"select count(*) from {self._table}", ())[0][0])

    def numbers(self, ids: Iterable[str]) -> dict[str, int]:
        """The numbers of the records with these *ids*, as far as there are any."""
        command = f"select id, n from {self._table} where id = ?"
        return {str(row[0]): int(row[1]) for id_ in ids for row in self._run(command, (id_,))}

    def ids_of(self, numbers: Iterable[int]) -> list[str]:
        """The ids of the records with these *numbers*."""
        command = f"select id from {self._table} where n = ?"
        return [str(row[0]) for number in numbers for row in self._run(command, (number,))]

    def note(self, pieces: Mapping[int, bytes]) -> None:
        """Take the fingerprints *pieces*, by the number of the record, for those of now.

        Empty stands for a record that is gone.
        """
        known = self._pieces() if pieces else b""
        if not any(pieces.values()) and not known:
            return
        missing = max(pieces, default=0) * FINGERPRINT - len(known)
        if missing > 0:
            self.replace(known + bytes(missing + _SPARE * FINGERPRINT))
        # In place: it is megabytes long, and a few bytes of it change.
        with self._connection.blobopen("written", "pieces", self._place) as blob:
            for number, piece in pieces.items():
                blob.seek((number - 1) * FINGERPRINT)
                blob.write(piece or bytes(FINGERPRINT))

    def replace(self, pieces: bytes) -> None:
        """Take *pieces*, one behind the other, for the fingerprints of all records."""
        command = "insert or replace into written values (?, ?)"
        self._connection.execute(command, (self._place, pieces))

    def _pieces(self) -> bytes:
        rows = self._run("select pieces from written where n = ?", (self._place,))
        return bytes(rows[0][0]) if rows else b""

    def _meta(self, key: str) -> object:
        rows = self._run("select value from meta where key = ?", (f"{self._table} {key}",))
        return rows[0][0] if rows else None

    def _run(self, text: str, parameters: tuple[object, ...]) -> list[sqlite3.Row]:
        return self._connection.execute(text, parameters).fetchall()
