"""The steps of an intent, made or taken back; each looks first how far it has come."""

from __future__ import annotations

import os
from pathlib import Path

from leadctl.errors import FileError
from leadctl.store.disk import Disk
from leadctl.store.intents import FileStep, Intent, digest
from leadctl.store.steps import Place, State, completed, state_of


class MetError(Exception):
    """On the way forward a text of somebody else was met."""


def go_forward(disk: Disk, place: Place, intent: Intent) -> None:
    """Make all that is still to be made of *intent*, to the disk.

    Raises:
        MetError: somebody else's text is in the way; some steps may be made.
        FileError: the journal is gone.
        OSError: the operating system refused.
    """
    states = [(step, state_of(disk, place, step)) for step in intent.steps]
    for step, state in states:
        if state.is_against:
            raise MetError(step.path)
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
        raise MetError(step.path) from error
    if step.old and digest(disk.read(beside)) != step.old:
        raise MetError(step.path)


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
    if intent.size and not disk.is_there(journal):
        # A new one with nothing but these lines would hide that the old one is missing.
        message = f"{journal}: the journal is gone, and a change that was begun has to go into it"
        raise FileError(message, hint="put it back from a copy; nothing else was changed")
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
    if intent.lines and disk.is_there(journal):
        disk.flush(journal)
    folders = {place.target(step.path).parent for step in intent.steps} | {journal.parent}
    for folder in sorted(folders):
        disk.flush_folder(folder)


def drop(disk: Disk, place: Place, step: FileStep) -> None:
    """Remove what lies beside the file of *step*; if it is somebody's text, keep it aside.

    Raises:
        OSError: the operating system refused.
    """
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
        drop(disk, place, step)


def give_up(disk: Disk, place: Place, intent: Intent) -> None:
    """Keep every text aside that lies beside a file and is not ours; *intent* is not finished.

    Raises:
        OSError: the operating system refused.
    """
    for step in intent.steps:
        held = disk.read(place.beside(step))
        if held is not None and digest(held) != step.new:
            keep_aside(disk, place, f"{Path(step.path).name}-{os.urandom(4).hex()}", held)
