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
from leadctl.store.disk import Disk
from leadctl.store.files import reason
from leadctl.store.intents import FileStep, Intent, digest, write_intent
from leadctl.store.manifest import write_manifest
from leadctl.store.steps import Place, State, completed, settle, state_of


class DisturbedError(ConflictError):
    """Another program saved a file in the very moment; its text stays, ours was taken back."""


class _MetError(Exception):
    """On the way forward a text of somebody else was met."""


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
        OSError: the operating system refused; everything is still as the intent says.
    """
    settle(disk, place, intent.steps)
    try:
        _go_forward(disk, place, intent)
    except _MetError as met:
        take_back(disk, place, intent)
        message = f"{met} was saved by another program at this very moment"
        raise DisturbedError(message, hint="nothing was changed; run the command again") from met
    if intent.contacts >= 0:
        write_manifest(disk, place.state, contacts=intent.contacts, op=intent.op)
    # First what lies beside: without the intent nobody could tell whose it is.
    for step in intent.steps:
        _drop(disk, place, step)
    disk.remove(place.intent)
    disk.flush_folder(place.state)


def take_back(disk: Disk, place: Place, intent: Intent) -> None:
    """Make every file as it was before *intent*, but for what somebody else has saved since.

    Raises:
        OSError: the operating system refused; called again, this goes on.
    """
    for step in reversed(intent.steps):
        _restore(disk, place, step)
    journal = place.root / intent.journal
    tail = disk.read(journal, intent.size) or b""
    if tail and intent.lines.encode().startswith(tail.rstrip(b"\0")):
        disk.truncate(journal, intent.size)
    _flush_all(disk, place, intent)
    # First the intent: a file that was given back looks like one that is still to be changed.
    disk.remove(place.intent)
    disk.flush_folder(place.state)
    for step in intent.steps:
        _drop(disk, place, step)


def _intent(place: Place, work: Work, host: str) -> Intent:
    steps = []
    for each in work.replacements:
        name = place.target(each.path).name
        temporary = f".{name}.leadctl-{os.getpid()}-{os.urandom(6).hex()}.tmp"
        steps.append(FileStep(each.path, digest(each.old), digest(each.new), temporary))
    lines = work.lines.decode()
    return Intent(work.op, host, tuple(steps), work.journal, work.size, lines, work.contacts)


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


def _go_forward(disk: Disk, place: Place, intent: Intent) -> None:
    states = [(step, state_of(disk, place, step)) for step in intent.steps]
    for step, state in states:
        if state.is_against:
            raise _MetError(step.path)
    _add_lines(disk, place, intent)
    for step, state in states:
        if state is State.READY:
            _make(disk, place, step)
    _flush_all(disk, place, intent)


def _make(disk: Disk, place: Place, step: FileStep) -> None:
    """Make *step*, then look at what was there: a save in this very moment is not lost."""
    target, beside = place.target(step.path), place.beside(step)
    try:
        if step.old and step.new:
            disk.exchange(beside, target)
        elif step.new:
            disk.move(beside, target)
        else:
            disk.move(target, beside)
    except (FileExistsError, FileNotFoundError) as error:
        raise _MetError(step.path) from error
    if step.old and digest(disk.read(beside)) != step.old:
        raise _MetError(step.path)


def _restore(disk: Disk, place: Place, step: FileStep) -> None:
    state = state_of(disk, place, step)
    target, beside = place.target(step.path), place.beside(step)
    if state not in (State.MADE, State.CAUGHT):
        return
    held = disk.read(beside)
    if step.new and held is not None and step.old:
        disk.exchange(beside, target)
        if digest(disk.read(beside)) != step.new:
            # Saved once more, in between: that is the newest text, and it stays.
            disk.exchange(beside, target)
    elif step.new and not step.old:
        disk.move(target, beside)
        if digest(disk.read(beside)) != step.new:
            disk.move(beside, target)
    elif held is not None and not step.new:
        disk.move(beside, target)


def _add_lines(disk: Disk, place: Place, intent: Intent) -> None:
    journal, lines = place.root / intent.journal, intent.lines.encode()
    if not lines:
        return
    # A journal that has become shorter is another one: what is missing goes to its end.
    start = intent.size if disk.size(journal) >= intent.size else 0
    tail = disk.read(journal, start) or b""
    wanted = completed(tail, lines)
    if not wanted.startswith(tail):
        disk.truncate(journal, start)
        tail = b""
    if wanted != tail:
        disk.append(journal, wanted[len(tail) :])


def _flush_all(disk: Disk, place: Place, intent: Intent) -> None:
    journal = place.root / intent.journal
    if intent.lines and disk.read(journal, intent.size) is not None:
        disk.flush(journal)
    folders = {place.target(step.path).parent for step in intent.steps} | {journal.parent}
    for folder in sorted(folders):
        disk.flush_folder(folder)


def _drop(disk: Disk, place: Place, step: FileStep) -> None:
    """Remove what lies beside the file of *step*; if it is somebody's text, keep it aside."""
    beside = place.beside(step)
    held = disk.read(beside)
    if held is None:
        return
    if digest(held) not in (step.old, step.new):
        keep_aside(disk, place, f"{Path(step.path).name}-{os.urandom(4).hex()}", held)
    disk.remove(beside)


def keep_aside(disk: Disk, place: Place, name: str, content: bytes) -> Path:
    """Write *content* into the folder of what was put aside, to the disk; where it is then.

    Raises:
        OSError: the operating system refused.
    """
    folder = place.quarantine
    path = folder / name
    disk.create(path, content)
    disk.flush(path)
    disk.flush_folder(folder)
    return path


def _discard(disk: Disk, paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            disk.remove(path)
        except OSError:
            # What cannot be removed now is swept away by the next command that writes.
            continue


def _named(error: OSError) -> str:
    return f"{error.filename}: {reason(error)}" if error.filename else reason(error)
