"""What an import makes of each row of a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from leadctl.importing.table import ForeignTable
from leadctl.problems import Problem, Where
from leadctl.records import FieldEdit, Value

#: Of rows with the same mistake so many are named by their line.
_LINES_NAMED = 8


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    #: The book knows all of it.
    SAME = "same"
    UPDATE = "update"
    SKIP = "skip"
    #: About somebody who was forgotten and is not to come back.
    SUPPRESSED = "suppressed"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one row of contacts."""

    #: Where the row begins in the file, from 1.
    line: int
    outcome: Outcome
    #: The id of the contact; empty for an error.
    contact: str = ""
    #: Of a new contact: every field, in the order in which they are to be written.
    fields: Mapping[str, Value] = field(default_factory=dict)
    #: Of an update: the fields that differ.
    edits: tuple[FieldEdit, ...] = ()
    #: For the journal, where the new status takes a reason.
    reason: str = ""
    #: Of a new contact: the file or the mapping tells its status; else it has the default.
    has_status: bool = False
    #: Why it is skipped or wrong, or what is worth knowing; empty if the outcome says it all.
    message: str = ""
    hint: str = ""
    #: What the user should hear of it, although the row can be used.
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignTouch:
    """One touch of a contact that is to be written into the journal."""

    contact: str
    #: ISO date, with its time where the file has one.
    on: str
    via: str
    outcome: str
    note: str = ""
    #: Its key in the system that it comes from.
    ref: str = ""


@dataclass(frozen=True, slots=True)
class TouchVerdict:
    """What becomes of one row of touches."""

    line: int
    outcome: Outcome
    #: Set if the outcome is `new`.
    touch: ForeignTouch | None = None
    message: str = ""
    hint: str = ""


def ragged_rows(table: ForeignTable) -> tuple[Verdict, ...]:
    """The rows of *table* with more or fewer cells than the header, all of them wrong."""
    hint = "a delimiter too many or too few? a cell that holds one must be in quotes"
    width = len(table.header)
    return tuple(
        Verdict(
            row.line,
            Outcome.ERROR,
            message=f"{len(row.cells)} of {width} columns",
            hint=hint,
        )
        for row in table.ragged
    )


def problems_of(
    wrong: Iterable[Verdict | TouchVerdict], table: ForeignTable, shown: str
) -> Iterator[Problem]:
    """One problem for all rows of which the same is to be said, where the first of them is."""
    for (message, hint), found in lines_by_mistake(wrong).items():
        told = f"{counted_lines(found)}: {message}" if len(found) > 1 else message
        excerpt = table.excerpt(found[0])
        yield Problem(Where(shown, found[0]), told, hint, excerpt=excerpt)


def lines_by_mistake(
    wrong: Iterable[Verdict | TouchVerdict],
) -> Mapping[tuple[str, str], Sequence[int]]:
    """Message and hint → the lines of which they are said, in the order of the file."""
    lines: dict[tuple[str, str], list[int]] = {}
    for each in wrong:
        lines.setdefault((each.message, each.hint), []).append(each.line)
    return lines


def warnings_of(verdicts: Iterable[Verdict | TouchVerdict]) -> Iterator[str]:
    """One sentence for all rows of which the same warning is to be said, with their lines."""
    lines: dict[str, list[int]] = {}
    for each in verdicts:
        for warning in each.warnings if isinstance(each, Verdict) else ():
            lines.setdefault(warning, []).append(each.line)
    for warning, found in lines.items():
        where = counted_lines(found) if len(found) > 1 else f"line {found[0]}"
        yield f"{where}: {warning}"


def counted_lines(lines: Sequence[int]) -> str:
    """How many rows there are and where: "2 rows (lines 8, 9)"."""
    named = ", ".join(str(line) for line in lines[:_LINES_NAMED])
    return f"{len(lines)} rows (lines {named}{', …' if len(lines) > _LINES_NAMED else ''})"


def summary(verdicts: Iterable[Verdict | TouchVerdict]) -> dict[str, int]:
    """How many rows have each outcome, all outcomes in their order, zeros included."""
    counts = Counter(verdict.outcome for verdict in verdicts)
    return {outcome.value: counts[outcome] for outcome in Outcome}
