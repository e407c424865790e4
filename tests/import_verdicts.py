"""Small tables and what an import makes of their rows, for the tests of imports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from leadctl.contacts import read_contacts, with_values
from leadctl.fields import Field, Kind, Schema
from leadctl.importing.contacts import Outcome, Verdict, verdicts
from leadctl.importing.mapping import resolve
from leadctl.importing.rules import Rules, rules_from_options
from leadctl.importing.table import ForeignRow, ForeignTable
from leadctl.records import Contact, Value
from leadctl.stages import Stages, Status
from tests.people import unplaced

TODAY = date(2026, 11, 22)
_REASONS = ("wrong data", "wrong company")
STAGES = Stages(
    statuses=(
        Status("New"),
        Status("Engage", aliases=("Contacted",)),
        Status("Disqualified", note_required=True, reason_required=True, reasons=_REASONS),
        Status("Lost", reason_required=True),
        Status("Asleep", reasons=_REASONS),
    ),
    stages=(),
    default="New",
)
SCHEMA = Schema(
    {
        "budget": Field("budget", Kind.NUMBER, ""),
        "size": Field("size", Kind.CHOICE, "", choices=("Small", "Large")),
        "renewal": Field("renewal", Kind.DATE, "", many=True),
    }
)


def run(
    text: str,
    existing: Sequence[Contact] = (),
    *,
    rules: Rules | None = None,
    on_duplicate: str = "",
) -> tuple[Verdict, ...]:
    """The verdicts on a table whose cells are separated by bars; the first row is line 2."""
    header, *rows = ([cell.strip() for cell in line.split("|")] for line in text.split("\n"))
    table = ForeignTable(
        tuple(header), tuple(ForeignRow(n, tuple(row)) for n, row in enumerate(rows, 2))
    )
    chosen = rules or rules_from_options(on_duplicate=on_duplicate)
    mapping = resolve(chosen, table.header, schema=SCHEMA, source="x.csv")
    return verdicts(table, mapping, existing=existing, stages=STAGES, today=TODAY)


def only(found: Sequence[Verdict]) -> Verdict:
    assert len(found) == 1
    return found[0]


def contact(id_: str, name: str, **values: Value) -> Contact:
    found = read_contacts([unplaced({"id": id_, "name": name, "status": "New", **values})])
    assert not found.problems
    return found.contacts[0]


def imported(found: Sequence[Verdict], existing: Sequence[Contact] = ()) -> list[Contact]:
    """The book after *found* has been written."""
    book = {each.id: each for each in existing}
    for verdict in found:
        if verdict.outcome is Outcome.NEW:
            assert verdict.contact not in book
            added = read_contacts([unplaced(verdict.fields)])
            assert not added.problems
            book[verdict.contact] = added.contacts[0]
        for edit in verdict.edits:
            old = book[edit.contact]
            assert old.get(edit.field) == edit.old
            book[edit.contact] = with_values(old, {**old.values, edit.field: edit.new})
    return list(book.values())


def outcomes(found: Sequence[Verdict]) -> list[tuple[int, str, str]]:
    return [(verdict.line, verdict.outcome.value, verdict.message) for verdict in found]
