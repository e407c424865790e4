"""What `import` does: file and rules → verdicts → a plan that is carried out and reported."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leadctl.choosing import as_data, way_back
from leadctl.cli import terminal
from leadctl.cli.changing import carry_out
from leadctl.cli.session import Session
from leadctl.errors import DataError, FileError, NoError, RefusedError, RequestError
from leadctl.exchange import foreign_csv
from leadctl.exchange.rejects import rejects_text
from leadctl.importing import contacts, touches
from leadctl.importing.mapping import FieldMap, resolve
from leadctl.importing.mapping_file import read_mapping
from leadctl.importing.plans import (
    by_rules,
    contact_plan,
    grouped,
    summary_line,
    touch_plan,
    verdict_table,
)
from leadctl.importing.rules import Rules, override
from leadctl.importing.table import ForeignTable
from leadctl.importing.verdicts import (
    Outcome,
    TouchVerdict,
    Verdict,
    problems_of,
    ragged_rows,
    warnings_of,
)
from leadctl.plans import Plan
from leadctl.query.sql import EVERYTHING
from leadctl.stamps import Stamp
from leadctl.store.book import read_yaml
from leadctl.store.files import append, create, discard, read_bytes
from leadctl.store.suppressed import require_list
from leadctl.what_counts import effective

#: No table of 100,000 rows has more bytes than this, and no memory is filled by it.
_LARGEST = 256 * 1024 * 1024
#: So many things worth knowing are said after an import; a file that has more is looked at again.
_WARNINGS_TOLD = 12


@dataclass(frozen=True, slots=True)
class Source:
    """Where the rows come from, and where those go that cannot be used."""

    file: Path
    encoding: str
    delimiter: str
    mapping: Path | None
    rejects: Path | None

    @property
    def name(self) -> str:
        """What the journal calls it."""
        return "stdin" if str(self.file) == "-" else self.file.name


def bring(session: Session, source: Source, given: Rules) -> None:
    """Import the rows of *source* by the rules *given* and those of its mapping file.

    Raises:
        RequestError: the rules do not fit the file.
        DataError: the file is no sound CSV, or rows are wrong and there is no file for them.
        RefusedError: the file for wrong rows is there already.
    """
    rules = override(_file_rules(source.mapping), given) if source.mapping else given
    table = _table(source)
    mapping = resolve(rules, table.header, schema=session.schema, source=source.name)
    for notice in (*table.notices, *mapping.notices):
        terminal.talk(f"note: {notice}")
    found: list[Sequence[Verdict | TouchVerdict]] = []

    def work_out(stamp: Stamp) -> Plan:
        found[:] = [_all_verdicts(session, table, mapping)]
        if not session.options.dry_run:
            _require_place(source, table, found[0])
        plan = _plan(session, mapping, found[0], stamp, is_own_note=bool(rules.note))
        taken, found[0] = by_rules(plan, found[0], session.stages, stamp)
        if not any(each.rule.plan for each in taken.applied):
            return taken.plan
        from leadctl.cli.plan_doing import with_rule_plans

        return with_rule_plans(session, taken.plan, taken.applied, stamp)

    def report(_: Session, plan: Plan) -> None:
        if not session.options.dry_run:
            _put_aside(source, table, found[0])
        _report(session, plan, found[0])
        _name_suppressed(found[0])
        if found[0] and all(each.outcome is Outcome.ERROR for each in found[0]):
            raise NoError("no row could be imported")

    with _place_for_rejects(session, source):
        carry_out(session, work_out, origin=f"import {source.name}", report=report)


def _table(source: Source) -> ForeignTable:
    if source.name == "stdin":
        content = _typed_in()
    elif source.file.exists() and not source.file.is_dir():
        content = read_bytes(source.file, most=_LARGEST)
    else:
        raise RequestError(f'there is no file "{source.file}"')
    table = foreign_csv.read(
        content, source.name, encoding=source.encoding, delimiter=source.delimiter
    )
    if table.problems:
        message = f"{source.name} cannot be used; nothing was imported"
        wrong = problems_of(ragged_rows(table), table, source.name)
        raise DataError(message, problems=(*table.problems, *wrong))
    return table


def _typed_in() -> bytes:
    terminal.await_input("a table with a header")
    content = sys.stdin.buffer.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise FileError(f"stdin: more than {_LARGEST:,} bytes", hint="nothing was imported")
    return content


def _file_rules(path: Path) -> Rules:
    if not path.is_file():
        raise RequestError(f'there is no file "{path}"')
    tree, _, problems = read_yaml(path, shown=path.name)
    rules, found = read_mapping(tree)
    if problems or found:
        raise DataError(f"{path.name} cannot be used", problems=(*problems, *found))
    return rules


def _all_verdicts(
    session: Session, table: ForeignTable, mapping: FieldMap
) -> Sequence[Verdict | TouchVerdict]:
    found = (*_verdicts(session, table, mapping), *ragged_rows(table))
    return sorted(found, key=lambda verdict: verdict.line)


def _verdicts(
    session: Session, table: ForeignTable, mapping: FieldMap
) -> Sequence[Verdict | TouchVerdict]:
    existing = [entry.contact for entry in session.index.entries(EVERYTHING)]
    if mapping.into == "touches":
        # What was imported and undone may come in again.
        events = effective(session.index.events(kinds=("touched", "undone")))
        known = touches.known_touches(events)
        return touches.verdicts(table, mapping, existing=existing, known=known, today=session.today)
    return contacts.verdicts(
        table,
        mapping,
        existing=existing,
        stages=session.stages,
        today=session.today,
        suppressed=require_list(session.book),
        past={event.contact for event in effective(session.index.events())},
    )


def _plan(
    session: Session,
    mapping: FieldMap,
    verdicts: Sequence[Verdict | TouchVerdict],
    stamp: Stamp,
    *,
    is_own_note: bool,
) -> Plan:
    if mapping.into == "touches":
        return touch_plan([each for each in verdicts if isinstance(each, TouchVerdict)], stamp)
    rows = [each for each in verdicts if isinstance(each, Verdict)]
    return contact_plan(rows, session.stages, stamp, note=mapping.note, is_own_note=is_own_note)


def _name_suppressed(verdicts: Sequence[Verdict | TouchVerdict]) -> None:
    """Say how many rows are about people who were forgotten; they are in no file of rejects.

    Raises:
        RefusedError: all of them are.
    """
    count = sum(1 for each in verdicts if each.outcome is Outcome.SUPPRESSED)
    if not count:
        return
    rows_are = "1 row is" if count == 1 else f"{count} rows are"
    message = f"{rows_are} about people who asked to be forgotten"
    if count == len(verdicts):
        hint = "who wants to be in the book again: leadctl add NAME --allow-suppressed -m WHY"
        raise RefusedError(f"{message}; nothing was imported", hint=hint)
    terminal.talk(f"note: {message}; left out")


def _require_place(
    source: Source, table: ForeignTable, verdicts: Sequence[Verdict | TouchVerdict]
) -> None:
    """Without a place for wrong rows nothing is imported at all."""
    wrong = _wrong(verdicts)
    if wrong and source.rejects is None:
        problems = tuple(problems_of(wrong.values(), table, source.name))
        message = f"{len(wrong)} of {len(verdicts)} rows cannot be imported; nothing was imported"
        hint = "mend them, or import the others and keep these: --rejects FILE"
        raise DataError(message, problems=problems, hint=hint)


@contextlib.contextmanager
def _place_for_rejects(session: Session, source: Source) -> Iterator[None]:
    """Make sure that wrong rows have a place before anything is imported; leave it only if used.

    Raises:
        RefusedError: there is such a file already.
        FileError: it cannot be written.
    """
    if source.rejects is None or session.options.dry_run:
        yield
        return
    if source.rejects.exists():
        message = f"{source.rejects} is there already; nothing was imported"
        raise RefusedError(message, hint="look at it, then move it away or name another file")
    if not source.rejects.parent.is_dir():
        raise RequestError(f'there is no folder "{source.rejects.parent}"')
    create(source.rejects, b"")
    try:
        yield
    finally:
        if source.rejects.stat().st_size == 0:
            discard(source.rejects)


def _wrong(verdicts: Sequence[Verdict | TouchVerdict]) -> dict[int, Verdict | TouchVerdict]:
    return {each.line: each for each in verdicts if each.outcome is Outcome.ERROR}


def _put_aside(
    source: Source, table: ForeignTable, verdicts: Sequence[Verdict | TouchVerdict]
) -> None:
    wrong = _wrong(verdicts)
    if not wrong or source.rejects is None:
        return
    everything = sorted((*table.rows, *table.ragged))
    rows = ((row.cells, wrong[row.line].message) for row in everything if row.line in wrong)
    append(source.rejects, rejects_text(table.header, rows).encode())
    rows_were = "1 row was" if len(wrong) == 1 else f"{len(wrong)} rows were"
    terminal.talk(f"note: {rows_were} put into {source.rejects}")


def _warn(verdicts: Sequence[Verdict | TouchVerdict]) -> None:
    """What became of rows otherwise than a reader of the file would think."""
    warnings = list(warnings_of(verdicts))
    for warning in warnings[:_WARNINGS_TOLD]:
        terminal.talk(f"note: {warning}")
    more = len(warnings) - _WARNINGS_TOLD
    if more > 0:
        terminal.talk(f"note: and {more:,} more of these; --dry-run lists them all")


def _report(session: Session, plan: Plan, verdicts: Sequence[Verdict | TouchVerdict]) -> None:
    is_dry_run = session.options.dry_run
    is_shown = is_dry_run or session.options.verbose
    if session.options.json:
        rows = list(verdict_table(verdicts).rows)
        terminal.say_json({**as_data(plan, is_dry_run=is_dry_run), "rows": rows})
    elif is_shown:
        session.show(verdict_table(grouped(verdicts)))
    if not is_shown:
        _warn(verdicts)
    if session.options.json:
        return
    way = "" if is_dry_run or plan.change.is_empty else f". {way_back(plan.change.op)}"
    session.say("; ".join((summary_line(verdicts), *plan.notes)) + way)
    if is_dry_run:
        terminal.talk("dry run: nothing was imported")
