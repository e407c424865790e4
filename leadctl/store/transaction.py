"""All that one command does to the files of a book, made as a whole or not at all.

The order is what keeps the promise; docs/explanation/safety.md says why each step is where it
is, and tests/store/test_crash_states.py takes the power away after every one of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from leadctl.errors import ConflictError, FileError
from leadctl.store.applying import MetError, drop, go_forward, take_back
from leadctl.store.disk import Disk
from leadctl.store.files import reason
from leadctl.store.intents import FileStep, Intent, digest, write_intent
from leadctl.store.manifest import Manifest, read_manifest, write_manifest
from leadctl.store.steps import Place, settle


class DisturbedError(ConflictError):
    """Another program saved a file in the very moment; its text stays, ours was taken back."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A file of the book as it was read and as it is to be; None means that it is not there."""

    #: Within the book.
    path: str
    old: bytes | None
    new: bytes | None


@dataclass(frozen=True, slots=True)
class Work:
    """Everything that a command does to the files."""

    op: str
    replacements: tuple[Replacement, ...] = ()
    #: What is added to the journal, and how long that was when this was worked out.
    lines: bytes = b""
    size: int = 0
    journal: str = "journal.jsonl"
    #: How many contacts there are afterwards; -1: as many as before.
    contacts: int = -1
    #: The same of follow-ups.
    follow_ups: int = -1


def commit(disk: Disk, place: Place, work: Work, *, host: str) -> str:
    """Do *work*: on the disk when this returns, whatever happens from then on.

    The result is empty, or says what keeps the change from being finished: it is saved then, and
    the next command that writes goes on with it. The lock must be held, and nothing be pending.

    Raises:
        FileError: the operating system refused before anything was changed.
        DisturbedError: another program saved one of the files meanwhile; nothing was changed.
    """
    intent = _intent(place, work, host)
    if _is_one_line(work):
        return _append_one(disk, place, work)
    staged = place.state / "txn.new"
    try:
        _stage(disk, place, work, intent)
        disk.create(staged, write_intent(intent))
        disk.flush(staged)
        disk.replace(staged, place.intent)
    except OSError as error:
        _discard(disk, [staged, *(place.beside(step) for step in intent.steps)])
        gone = [each.path for each in work.replacements if _is_about(error, place, each)]
        if gone:
            raise _disturbed(gone[0]) from error
        raise FileError(_named(error), hint="nothing was changed") from error
    # From here on the change is made; what goes wrong now is only not finished yet.
    try:
        disk.flush_folder(place.state)
        finish(disk, place, intent)
    except OSError as error:
        return _named(error)
    return ""


def finish(disk: Disk, place: Place, intent: Intent) -> None:
    """Bring *intent* to its end, wherever it stopped; killed in here, it can be called again.

    Raises:
        DisturbedError: somebody's text stood in the way; all of the change was taken back.
        FileError: the same, but it could not be taken back yet; or the journal is gone.
        OSError: the operating system refused; everything is still as the intent says.
    """
    settle(disk, place, intent.steps)
    try:
        go_forward(disk, place, intent)
    except MetError as met:
        disturbed = _disturbed(str(met))
        _take_back_now(disk, place, intent, disturbed.message)
        raise disturbed from met
    _note(disk, place, intent)
    # First what lies beside: without the intent nobody could tell whose it is.
    for step in intent.steps:
        drop(disk, place, step)
    disk.remove(place.intent)
    disk.flush_folder(place.state)


def _disturbed(path: str) -> DisturbedError:
    message = f"{path} was saved by another program at this very moment"
    return DisturbedError(message, hint="nothing was changed; run the command again")


def _is_about(error: OSError, place: Place, replacement: Replacement) -> bool:
    """True if the file to be replaced was gone: editors rename it before they write a new one."""
    is_gone = isinstance(error, FileNotFoundError)
    return is_gone and error.filename == str(place.target(replacement.path))


def _note(disk: Disk, place: Place, intent: Intent) -> None:
    before = read_manifest(disk, place.state)
    contacts = intent.contacts if intent.contacts >= 0 or before is None else before.contacts
    if contacts >= 0:
        size = disk.size(place.root / intent.journal)
        planned = intent.follow_ups
        planned = planned if planned >= 0 or before is None else before.follow_ups
        write_manifest(disk, place.state, Manifest(contacts, intent.op, size, planned))


def _take_back_now(disk: Disk, place: Place, intent: Intent, why: str) -> None:
    try:
        take_back(disk, place, intent)
    except OSError as error:
        # Nobody may be told that it is saved: the next command that writes takes it back.
        hint = "the change does not count; the next command that writes takes it back"
        raise FileError(f"{why}, and then {_named(error)}", hint=hint) from error


def _intent(place: Place, work: Work, host: str) -> Intent:
    steps = []
    for each in work.replacements:
        name = place.target(each.path).name
        temporary = f".{name}.leadctl-{os.getpid()}-{os.urandom(6).hex()}.tmp"
        steps.append(FileStep(each.path, digest(each.old), digest(each.new), temporary))
    lines = work.lines.decode()
    return Intent(
        work.op, host, tuple(steps), work.journal, work.size, lines, work.contacts, work.follow_ups
    )


def _is_one_line(work: Work) -> bool:
    """True if all of *work* is one line of the journal: that is there as a whole or is torn."""
    return not work.replacements and work.lines.strip(b"\n").count(b"\n") == 0


def _append_one(disk: Disk, place: Place, work: Work) -> str:
    journal = place.root / work.journal
    if not work.lines:
        return ""
    try:
        disk.append(journal, work.lines)
        disk.flush(journal)
        if work.size == 0:
            disk.flush_folder(place.root)
    except OSError as error:
        _cut(disk, journal, work.size)
        raise FileError(_named(error), hint="nothing was changed") from error
    return ""


def _cut(disk: Disk, journal: Path, size: int) -> None:
    try:
        if disk.size(journal) > size:
            disk.truncate(journal, size)
    except OSError as error:
        message = f"the journal may end in half a line: {_named(error)}"
        raise FileError(message, hint="nothing was changed; `leadctl check journal`") from error


def _stage(disk: Disk, place: Place, work: Work, intent: Intent) -> None:
    """Everything new lies on the disk beside what it is to replace, under a durable name."""
    pairs = [
        (place.target(each.path), place.beside(step), each)
        for each, step in zip(work.replacements, intent.steps, strict=True)
    ]
    for target, beside, each in pairs:
        if each.new is not None:
            disk.create(beside, each.new, like=target if each.old is not None else None)
    for _, beside, each in pairs:
        if each.new is not None:
            disk.flush(beside)
    for folder in {target.parent for target, _, _ in pairs}:
        disk.flush_folder(folder)


def _discard(disk: Disk, paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            disk.remove(path)
        except OSError:
            # What cannot be removed now is swept away by the next command that writes.
            continue


def _named(error: OSError) -> str:
    return f"{error.filename}: {reason(error)}" if error.filename else reason(error)
