"""What a writer finds that another one left behind when it was killed, and what becomes of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from leadctl.errors import FileError, RefusedError
from leadctl.store.applying import give_up, keep_aside
from leadctl.store.disk import Disk
from leadctl.store.files import reason
from leadctl.store.intents import FileStep, Intent, read_intent
from leadctl.store.journal import holds_event
from leadctl.store.steps import Place, State, completed, state_of
from leadctl.store.transaction import DisturbedError, finish

_LEFT = re.compile(r"\.[^/\0]+\.leadctl-([0-9]+)-[0-9a-f]+\.tmp(\.spare)?")


def recover(disk: Disk, place: Place, folders: Iterable[Path], *, host: str) -> list[str]:
    """Finish what a killed writer has begun, and tidy up; what was done, a sentence each.

    The lock must be held. *folders* are those in which writers leave files. Killed in here, the
    next call goes on.

    Raises:
        FileError: the operating system refused; nothing is lost, and a later call goes on.
        RefusedError: a link would lead the change to a file that is none of the book.
    """
    try:
        notices = _finish_pending(disk, place, host)
        for folder in {*folders, place.root, place.quarantine}:
            for name in disk.names(folder):
                if _is_left(name):
                    disk.remove(folder / name)
        for name in ("txn.new", "manifest.json.new"):
            if name in disk.names(place.state):
                disk.remove(place.state / name)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        message = f"an interrupted change cannot be finished yet: {where}{reason(error)}"
        raise FileError(
            message, hint="it is safe; run the command again when that is mended"
        ) from (error)
    return notices


def _is_left(name: str) -> bool:
    """True if *name* is what a writer has left who is dead.

    One who lives may write to another book whose files are links into the same folder.
    """
    match = _LEFT.fullmatch(name)
    if match is None or int(match[1]) == os.getpid():
        return match is not None
    try:
        os.kill(int(match[1]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False


def _finish_pending(disk: Disk, place: Place, host: str) -> list[str]:
    content = disk.read(place.intent)
    if content is None:
        return []
    intent = read_intent(content)
    if intent is None:
        return [_put_aside(disk, place, content, "it was never completed")]
    if intent.host != host and not _is_as_left(disk, place, intent):
        # A sync client has brought it: the machine that began it may be at work on it now.
        why = f"it was begun on {intent.host}, and the files have changed since"
        give_up(disk, place, intent)
        return [_put_aside(disk, place, content, why)]
    _require_near(disk, place, intent)
    try:
        finish(disk, place, intent)
    except DisturbedError as error:
        return [f"operation {intent.op} had been interrupted and was taken back: {error.message}"]
    return [f"operation {intent.op} had been interrupted; it is finished now"]


def _require_near(disk: Disk, place: Place, intent: Intent) -> None:
    """Whoever gave away the book may have put an intent and links into it."""
    root = place.root.resolve()
    ours = [step.path for step in intent.steps if step.path.startswith(".leadctl/")]
    away = [path for path in ours if not place.target(path).is_relative_to(root)]
    journal = place.target(intent.journal)
    if intent.lines and not journal.is_relative_to(root):
        there = (disk.read(journal) or b"").rstrip(b"\0")
        is_begun = intent.lines.encode().startswith(there)
        if not is_begun and not holds_event(there.lstrip().partition(b"\n")[0]):
            away.append(intent.journal)
    if away:
        message = f"{place.root / away[0]} is a link to {place.target(away[0])}, not of this book"
        hint = "nothing was changed; remove .leadctl/txn if you do not know where it came from"
        raise RefusedError(message, hint=hint)


def _is_as_left(disk: Disk, place: Place, intent: Intent) -> bool:
    states = {state_of(disk, place, step) for step in intent.steps}
    return not any(state.is_against or state is State.OVERTAKEN for state in states)


def _put_aside(disk: Disk, place: Place, content: bytes, why: str) -> str:
    kept = keep_aside(disk, place, f"txn-{os.urandom(4).hex()}", content)
    disk.remove(place.intent)
    disk.flush_folder(place.state)
    shown = kept.relative_to(place.root)
    return f"an interrupted change was put aside in {shown}: {why}"


def promised(disk: Disk, place: Place) -> Mapping[Path, bytes | None]:
    """File of the book → what it will hold once a pending change is finished; None: nothing.

    Only files that are to change are in it. Writes nothing and takes no lock.

    Raises:
        OSError: a file cannot be read.
    """
    content = disk.read(place.intent)
    intent = read_intent(content) if content is not None else None
    if intent is None:
        return {}
    states = [(step, state_of(disk, place, step)) for step in intent.steps]
    is_back = any(state.is_against for _, state in states)
    found: dict[Path, bytes | None] = {}
    for step, state in states:
        beside = disk.read(place.beside(step))
        if _lies_beside(step, state, beside, is_back=is_back):
            found[place.root / step.path] = beside
    if intent.lines:
        found[place.root / intent.journal] = _journal(disk, place, intent, is_back=is_back)
    return found


def _journal(disk: Disk, place: Place, intent: Intent, *, is_back: bool) -> bytes:
    there = disk.read(place.root / intent.journal) or b""
    start = intent.size if len(there) >= intent.size else 0
    if is_back:
        is_ours = intent.lines.encode().startswith(there[start:].rstrip(b"\0"))
        return there[:start] if is_ours else there
    return there[:start] + completed(there[start:], intent.lines.encode())


def _lies_beside(step: FileStep, state: State, beside: bytes | None, *, is_back: bool) -> bool:
    """True if what the file of *step* is to hold now lies *beside* it."""
    if not is_back:
        return state is State.READY
    is_there = beside is not None or not step.old
    return is_there and state in (State.CAUGHT, State.MADE)
