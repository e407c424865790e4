"""`check --fix`: mend what is safe to mend, under the lock, and say what is different now."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from leadctl import fixes
from leadctl.choosing import way_back
from leadctl.cli import clock, terminal
from leadctl.cli.saving import held, tell_pending
from leadctl.cli.verifying import Checked
from leadctl.errors import DataError, FileError, RefusedError, RequestError
from leadctl.fields import Schema
from leadctl.fixes import BY_HAND, FIXES, Repair
from leadctl.matching import did_you_mean
from leadctl.problems import Where
from leadctl.store import text_repairs
from leadctl.store.book import Book
from leadctl.store.permissions import close_to_others, open_to_others
from leadctl.store.writing import accept, write

if TYPE_CHECKING:
    from leadctl.cli.options import Options
    from leadctl.cli.session import Visit
    from leadctl.foreign_dates import DayOrder
    from leadctl.records import Change, Event
    from leadctl.stamps import Stamp


@dataclass(slots=True)
class Mended:
    """What was mended, or would be."""

    is_dry_run: bool
    repairs: list[Repair] = field(default_factory=list)
    #: Operations that can be undone.
    operations: list[str] = field(default_factory=list)
    #: Where originals are kept that the journal cannot hold.
    kept: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, object]:
        """What was mended, for `--json`."""
        return {
            "ops": self.operations,
            "dry_run": self.is_dry_run,
            "fixed": [
                {
                    "fix": each.fix,
                    "path": each.where.path,
                    "line": each.where.line or None,
                    "message": each.message,
                }
                for each in self.repairs
            ],
        }


def mend(visit: Visit, names: Sequence[str], *, order: DayOrder) -> Mended:
    """Mend what the fixes *names* can; in a dry run only find out what that would be.

    Raises:
        RequestError: there is no such fix.
        RefusedError: only a person can decide it.
    """
    wanted = _require_fixes(names)
    mended = Mended(visit.options.dry_run)
    if "journal" in wanted:
        # Whoever gets the lock puts it aside.
        mended.repairs += text_repairs.torn_end_repairs(visit.book)
    with _held(visit, mended):
        book = _mend_texts(visit, mended, wanted)
        _mend_fields(visit, book, mended, wanted, order)
        if "permissions" in wanted:
            _mend_permissions(visit.book, mended)
        if "shrunk" in wanted:
            _accept_contacts(visit.book, mended)
    return mended


def tell(options: Options, mended: Mended) -> None:
    """Say what was mended, or would be."""
    if options.json:
        if mended.is_dry_run:
            terminal.say_json(mended.as_data(), is_indented=True)
        return
    done = "would be fixed" if mended.is_dry_run else "fixed"
    for each in () if options.quiet else mended.repairs:
        terminal.say(f"{each.where}: {done} ({each.fix}): {each.message}")
    if mended.is_dry_run:
        terminal.talk("dry run: nothing was changed")
    for path in mended.kept:
        terminal.talk(f"leadctl: the file as it was is kept in {path}")
    for op in mended.operations:
        if not options.quiet:
            terminal.talk(way_back(op))


def _require_fixes(names: Sequence[str]) -> frozenset[str]:
    for name in names:
        if name in BY_HAND:
            raise RefusedError(f'"{name}" cannot be fixed by a program', hint=BY_HAND[name])
        if name not in FIXES:
            hint = did_you_mean(name, FIXES, f"fixes: {', '.join(FIXES)}")
            raise RequestError(f'no fix named "{name}"', hint=hint)
    return frozenset(names)


@contextlib.contextmanager
def _held(visit: Visit, mended: Mended) -> Iterator[None]:
    """The lock of the book, which a dry run does not need."""
    if mended.is_dry_run:
        yield
        return
    with held(visit.book, command=visit.options.command):
        yield


def _mend_texts(visit: Visit, mended: Mended, wanted: frozenset[str]) -> Book:
    """Mend the texts of files; the book as it is afterwards, also in a dry run."""
    book = visit.book.as_promised()
    found = text_repairs.text_repairs(book, wanted) if wanted & _TEXTS else []
    mended.repairs += [repair for each in found for repair in each.repairs]
    if mended.is_dry_run:
        contents = {book.root / each.path: each.new for each in found}
        return replace(book, promised={**book.promised, **contents})
    if found:
        stamp = _stamp(book.read().events)
        try:
            kept = text_repairs.keep_originals(book, found, stamp.op)
        except OSError as error:
            raise FileError(f"{error.filename}: {error.strerror}") from error
        mended.kept += [str(path) for path in kept]
        _write(book, text_repairs.change_of(found, stamp), mended, is_undoable=not kept)
    return book


_TEXTS = frozenset(["encoding", "tabs", "quotes"])


def _mend_fields(
    visit: Visit, book: Book, mended: Mended, wanted: frozenset[str], order: DayOrder
) -> None:
    if not wanted & {"dates", "statuses"}:
        return
    checked = Checked(visit, book)
    if checked.stages is None:
        return
    schema = Schema(checked.stages.fields)
    found = fixes.field_repairs(
        checked.content.records, wanted, stages=checked.stages, schema=schema, order=order
    )
    mended.repairs += [each.repair for each in found]
    if found and not mended.is_dry_run:
        change = fixes.change_of(found, _stamp(checked.content.events))
        _write(book, change, mended, is_undoable=True)


def _write(book: Book, change: Change, mended: Mended, *, is_undoable: bool) -> None:
    tell_pending(write(book, change).pending)
    if is_undoable:
        mended.operations.append(change.op)


def _stamp(events: Sequence[Event]) -> Stamp:
    taken = {event.op for event in events}
    after = max((event.id for event in events), default="")
    return clock.stamp(
        os.environ, is_taken=taken.__contains__, after=after, origin="leadctl check --fix"
    )


def _mend_permissions(book: Book, mended: Mended) -> None:
    for opening in list(open_to_others(book)):
        shown = Where(str(opening.path.relative_to(book.root)))
        message = f"mode {opening.mode:04o} → {opening.closed:04o}"
        mended.repairs.append(Repair("permissions", shown, message))
        if not mended.is_dry_run:
            close_to_others(opening)


def _accept_contacts(book: Book, mended: Mended) -> None:
    from leadctl.store.manifest import missing_contacts, missing_follow_ups

    content = book.as_promised().read()
    blocking = tuple(each for each in content.problems if each.blocks_writing)
    if blocking:
        message = f"nothing was accepted: {blocking[0].where.path} has to be mended first"
        raise DataError(message, problems=book.with_excerpts(blocking))
    lost = {
        book.contacts.path.name: missing_contacts(book.state, len(content.records)),
        book.follow_ups.path.name: missing_follow_ups(book.state, len(content.planned)),
    }
    for name, missing in lost.items():
        if not missing:
            continue
        where = Where(name)
        mended.repairs.append(Repair("shrunk", where, f"accepted: {missing}"))
        if not mended.is_dry_run:
            accept(book)
