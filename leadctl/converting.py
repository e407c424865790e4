"""What becomes of records when a book is kept in another format, and what that cannot hold."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from leadctl.contacts import split_values
from leadctl.errors import ConflictError
from leadctl.fields import MANY
from leadctl.problems import Problem
from leadctl.records import Event, Record, Value
from leadctl.stamps import Stamp

#: How people call the formats.
NAMES = {"yaml": "one YAML file", "csv": "one CSV file", "dir": "a YAML file each"}
#: So many fields are named that hold lists.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Losses:
    """What the files hold and the new ones cannot."""

    #: Lines with a comment.
    comments: int = 0
    #: Lists in fields of the user's own that become one text, and the names of these fields.
    lists: int = 0
    list_fields: tuple[str, ...] = ()
    #: The contacts will stand in the order of their ids.
    is_reordered: bool = False

    @property
    def is_grave(self) -> bool:
        """True if something goes that converting back does not bring again."""
        return bool(self.comments or self.lists)

    def sentences(self) -> Iterator[str]:
        """What is lost, a sentence each; the order of contacts is told as well."""
        if self.comments:
            lines = "1 comment" if self.comments == 1 else f"{self.comments} comments"
            yield f"{lines} would not be in the new files"
        if self.lists:
            lists = "1 list" if self.lists == 1 else f"{self.lists} lists"
            more = ", …" if len(self.list_fields) > _NAMED else ""
            names = f"{', '.join(self.list_fields[:_NAMED])}{more}"
            yield f"{lists} would become one text, with a ; between the values ({names})"
        if self.is_reordered:
            yield "the contacts would stand in the order of their ids: a folder has no other"


def written_as(
    values: Mapping[str, Value], form: str, *, many: Container[str] = MANY
) -> dict[str, Value]:
    """The fields of a record as they are written in *form*; those in *many* hold several values."""
    written: dict[str, Value] = {}
    for name, value in values.items():
        several = split_values(value) if name in many else ()
        is_flat = form == "csv" and not isinstance(value, str)
        held = several or ("; ".join(value) if is_flat else value)
        if held:
            written[name] = held
    return written


def list_fields(records: Iterable[Record], *, many: Container[str] = MANY) -> Iterator[str]:
    """The field of each list that would not be read out of a cell as one; it is none of *many*."""
    for record in records:
        for name, value in record.values.items():
            if value and not isinstance(value, str) and name not in many:
                yield name


def unheld(records: Iterable[Record]) -> Iterator[Problem]:
    """Values that no cell can hold: with NUL, or one of several with what separates them."""
    for record in records:
        for name, value in record.values.items():
            parts = (value,) if isinstance(value, str) else value
            if any("\0" in part for part in parts):
                message = f"{name} holds a NUL character, which no CSV file can"
                yield Problem(record.at(name), message, "take it out", blocks_writing=True)
            elif name in MANY and not isinstance(value, str):
                yield from (_split(record, name, part) for part in parts if ";" in part)


def _split(record: Record, name: str, part: str) -> Problem:
    message = f'"{part}" in {name} holds the ; that separates values in a CSV cell'
    hint = "write a comma for it, or make it two values"
    return Problem(record.at(name), message, hint, blocks_writing=True)


def columns(rows: Iterable[Mapping[str, Value]], first: Sequence[str] = ()) -> tuple[str, ...]:
    """A column for every field, *first* and then each behind the one that it follows in a row."""
    order = list(first)
    known = set(order)
    for row in rows:
        at = 0
        for name in row:
            if name not in known:
                order.insert(at, name)
                known.add(name)
            at = order.index(name) + 1
    return tuple(order)


def conversion_event(
    stamp: Stamp, path: str, marks: dict[str, tuple[Value, Value]], *, undoes: str = ""
) -> Event:
    """What the journal says of a change of format; *path* is the single file that comes or goes.

    *marks* tells the formats and the files before and after. *undoes* is the operation that it
    takes back.
    """
    event = stamp.event("undone" if undoes else "converted", path, changes=marks)
    return replace(event, undoes=undoes)


def is_conversion(event: Event) -> bool:
    """True if *event* changed the format of the book, also by an undo."""
    return not event.is_about_contact and "format" in event.changes


def require_converted(event: Event, form: str, fingerprint: str) -> None:
    """Refuse to take back the change of format that *event* tells of, once more was written.

    Raises:
        ConflictError: the files are no longer those that it has left.
    """
    before, after = event.changes["format"]
    if (form, fingerprint) != (after, event.changes["files"][1]):
        message = (
            f"operation {event.op} cannot be undone: contacts or follow-ups have changed since; "
            "nothing was changed"
        )
        raise ConflictError(
            message, hint=f"to go back with these changes: leadctl convert {before}"
        )
