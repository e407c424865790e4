"""What `set-status` is told: a status first, or a file with a move in each line."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from leadctl.cli.changing import look_again
from leadctl.cli.session import Session
from leadctl.errors import DataError, LeadctlError, RequestError
from leadctl.moves import Move
from leadctl.problems import Where
from leadctl.records import Contact

_COLUMNS = ("id", "status", "note", "reason", "on")


def require_status(session: Session, status: str, who: Sequence[str]) -> None:
    """Refuse a call without a status, and one with status and contact the wrong way round.

    Raises:
        RequestError: so it is.
    """
    if not status:
        raise RequestError("no status is given", hint="leadctl set-status STATUS WHO...")
    if session.stages.find(status) is None:
        _require_order(session, status, who)
    session.stages.get(status)


def _require_order(session: Session, first: str, rest: Sequence[str]) -> None:
    found = {word: session.stages.find(word) for word in rest}
    meant = next((status.name for status in found.values() if status), "")
    names = [first, *(word for word, status in found.items() if not status)]
    if not meant and not rest and session.index.has(first):
        meant = "STATUS"
    if meant:
        hint = f"leadctl set-status {' '.join(map(shlex.quote, [meant, *names]))}"
        raise RequestError("the status comes first", hint=hint)


def read_moves(
    session: Session, path: Path, status: str, common: Move
) -> Callable[[], list[tuple[Contact, Move]]]:
    """The moves in the CSV file *path*, `-` for stdin; *common* fills what a line leaves out.

    Raises:
        RequestError: the file lacks a column, or a line has no id, no status or a bad date.
        DataError: it is no sound CSV.
    """
    rows = _rows(path)
    if str(path) == "-":
        # Whoever wrote that may have changed the book while it was awaited.
        look_again(session)
    if status:
        raise RequestError("--from says the status in each line", hint="leave STATUS out")
    moves = [_move(session, row, common, where) for where, row in rows]

    def contacts() -> list[tuple[Contact, Move]]:
        return [(_contact(session, who, move), move) for who, move in moves]

    return contacts


def _contact(session: Session, who: str, move: Move) -> Contact:
    try:
        return session.one(who, is_exact=True).contact
    except LeadctlError as error:
        error.where = move.where
        raise


def _rows(path: Path) -> list[tuple[Where, Mapping[str, str]]]:
    from leadctl.exchange.foreign_csv import read
    from leadctl.importing.verdicts import problems_of, ragged_rows

    shown = "stdin" if str(path) == "-" else str(path)
    table = read(_content(path), shown)
    ragged = tuple(problems_of(ragged_rows(table), table, shown))
    if table.problems or ragged:
        raise DataError(f"{shown} cannot be used", problems=(*table.problems, *ragged))
    header = [name.strip().lower() for name in table.header]
    unknown = [name for name in header if name not in _COLUMNS]
    if table.header and ("id" not in header or "status" not in header or unknown):
        wrong = (
            f'unknown column "{unknown[0]}"' if unknown else "it needs the columns id and status"
        )
        raise RequestError(f"{shown}: {wrong}", hint=f"columns: {', '.join(_COLUMNS)}")
    return [
        (Where(shown, row.line), dict(zip(header, row.cells, strict=True))) for row in table.rows
    ]


def _content(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    if not path.is_file():
        raise RequestError(f'there is no file "{path}"')
    return path.read_bytes()


def _move(session: Session, row: Mapping[str, str], common: Move, where: Where) -> tuple[str, Move]:
    if not row["id"].strip() or not row["status"].strip():
        raise RequestError("this line has no id or no status", where=where)
    try:
        day = session.day(row.get("on", "").strip() or common.on, "on")
    except RequestError as error:
        raise RequestError(error.message, hint=error.hint, where=where) from error
    move = Move(
        status=row["status"].strip(),
        note=row.get("note", "").strip() or common.note,
        reason=row.get("reason", "").strip() or common.reason,
        on=day.isoformat() if day else "",
        where=where,
    )
    return row["id"].strip(), move
