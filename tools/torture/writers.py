"""Many write at once to the same contacts and to different ones, while others read."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from leadctl.cli.main import main
from leadctl.store import locking
from leadctl.store.creation import create_book
from tools.torture.independent import contacts_of, disagreements, events_of
from tools.torture.judge import left_over
from tools.torture.plan import Plan
from tools.torture.totals import Totals

_CONTACTS = 40
#: One of so many edits is of the contact that everybody edits.
_HOT_EVERY = 8
#: One of so many adds a tag, the others write a new note.
_TAG_EVERY = 8
_HOT = "person-000"
_READERS = 2


def crowd_all(plan: Plan) -> Totals:
    """Eight writers with `count` edits each, then 32 with a fifth of that."""
    totals = Totals("writers")
    crowds = [(8, plan.count, "yaml"), (32, plan.count // 5, "dir")]
    for writers, edits, form in crowds[:1] if plan.is_short else crowds:
        root = plan.folder / f"{writers}-{form}"
        _make(root, form)
        _crowd(root, totals, writers=writers, edits=edits, seed=plan.seed)
    return totals


def _make(root: Path, form: str) -> None:
    create_book(root, preset="classic", format_name=form)
    people = [(f"person-{number:03}", f"Person {number}") for number in range(_CONTACTS)]
    if form == "dir":
        for key, name in people:
            (root / "contacts" / f"{key}.yaml").write_text(f"name: {name}\nstatus: New\n")
    else:
        lines = [f"- id: {key}\n  name: {name}\n  status: New\n" for key, name in people]
        (root / "contacts.yaml").write_text("".join(lines))


@dataclass
class _Log:
    """What one process has to tell."""

    #: Token → the contact that it was given to, and the exit code.
    edits: dict[str, tuple[str, int]] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    wrongs: list[str] = field(default_factory=list)
    reads: int = 0
    said: str = ""


def _crowd(root: Path, totals: Totals, *, writers: int, edits: int, seed: int) -> None:
    readers = [_fork(lambda log: _read(root, log)) for _ in range(_READERS)]
    work = partial(_write, root, edits=edits, seed=seed)
    running = [_fork(partial(work, number=number)) for number in range(writers)]
    logs = [_told(pid, end) for pid, end in running]
    (root / ".stop").touch()
    read = [_told(pid, end) for pid, end in readers]
    (root / ".stop").unlink()
    if any(log.said for log in logs):
        os.write(2, "".join(log.said for log in logs)[:2_000].encode())
    for log in [*logs, *read]:
        for wrong in log.wrongs:
            totals.fail("torn", wrong)
    given = {token: edit for log in logs for token, edit in log.edits.items()}
    _judge(root, totals, given)
    waits = sorted(wait for log in logs for wait in log.waits)
    name = f"{writers} × {edits}"
    totals.add(f"{name}: reads", sum(log.reads for log in read))
    totals.add(f"{name}: median wait in ms", statistics.median(waits) * 1000)
    totals.add(f"{name}: p95 in ms", waits[int(len(waits) * 0.95)] * 1000)
    totals.add(f"{name}: longest in ms", waits[-1] * 1000)


def _judge(root: Path, totals: Totals, given: dict[str, tuple[str, int]]) -> None:
    totals.tried += len(given)
    told = Counter(_told_tokens(root))
    tags = Counter(
        (key, tag) for key, values in contacts_of(root).items() for tag in values.get("tags", ())
    )
    for token, (contact, code) in given.items():
        times = told[contact, token]
        if code != 0:
            totals.fail("kept" if times else "refused", f"{token}: exit {code}")
        elif times != 1:
            totals.fail("doubled" if times else "gone", f"{token}: {times} times in the journal")
    for key, times in tags.items():
        if (times, told[key]) != (1, 1):
            totals.fail("doubled", f"{key}: {times} times in the file")
    for wrong in [*disagreements(root), *_breaks(root)]:
        totals.fail("torn", wrong)
    for name in left_over(root):
        totals.fail("left", name)


def _told_tokens(root: Path) -> Iterator[tuple[str, str]]:
    """Contact and token of every change that the journal tells."""
    for event in events_of(root):
        for old, new in event.get("changes", {}).values():
            more = Counter(_several(new)) - Counter(_several(old))
            yield from ((event["contact"], token) for token in more.elements())


def _breaks(root: Path) -> Iterator[str]:
    """Where a change was not worked out from what the one before it has left: a lost update."""
    last: dict[tuple[str, str], list[str]] = {}
    for event in events_of(root):
        for name, (old, new) in event.get("changes", {}).items():
            key = event["contact"], name
            if last.get(key, []) != _several(old):
                yield f"{key}: from {old!r} although {last.get(key)!r} was there"
            last[key] = _several(new)


def _several(value: Any) -> list[str]:
    return [each for each in ([value] if isinstance(value, str) else value) if each]


def _write(root: Path, log: _Log, *, number: int, edits: int, seed: int) -> None:
    chance = random.Random(seed * 1000 + number)
    _time_waits(log)
    for edit in range(edits):
        is_hot = chance.randrange(_HOT_EVERY) == 0
        contact = _HOT if is_hot else f"person-{chance.randrange(1, _CONTACTS):03}"
        token = f"w{number}-{edit}"
        word = "tags+" if chance.randrange(_TAG_EVERY) == 0 else "note"
        code, _, err = _call("--book", str(root), "set", contact, f"{word}={token}")
        log.edits[token] = (contact, code)
        log.said += err


def _time_waits(log: _Log) -> None:
    wait = locking._wait_for

    def timed(*words: Any) -> None:
        start = time.monotonic()
        try:
            wait(*words)
        finally:
            log.waits.append(time.monotonic() - start)

    locking.__dict__["_wait_for"] = timed


def _read(root: Path, log: _Log) -> None:
    stop = root / ".stop"
    while not stop.exists():
        log.wrongs += _wrongs_seen(root)
        log.reads += 3
        time.sleep(0.02)


def _wrongs_seen(root: Path) -> Iterator[str]:
    for words in (("list",), ("prospects",), ("show", _HOT)):
        code, out, err = _call("--book", str(root), *words, "--json")
        if code or err:
            yield f"{words[0]}: exit {code}: {err}"
        elif words[0] == "list" and len(json.loads(out)) != _CONTACTS:
            yield f"list: {len(json.loads(out))} of {_CONTACTS} contacts"
        elif words[0] == "show" and not _agrees(json.loads(out)):
            yield f"show: the card and its history tell different tags: {out}"


def _agrees(card: Any) -> bool:
    """True if tags and note of a card are what its last events have left."""
    changes = [line for event in card.get("history", ()) for line in event["changes"]]
    shown = {"tags": ", ".join(card["tags"]), "note": card["note"]}
    said = {name: [line for line in changes if line.startswith(f"{name}: ")] for name in shown}
    return all(lines[0].partition(" → ")[2] == shown[name] for name, lines in said.items() if lines)


def _call(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = int(main(list(words)))
    return code, out.getvalue(), err.getvalue()


def _fork(work: Callable[[_Log], None]) -> tuple[int, int]:
    """Start *work* in a fork; its pid, and where its log comes out."""
    mine, its = os.pipe()
    pid = os.fork()
    if pid:
        os.close(its)
        return pid, mine
    gc.enable()
    log = _Log()
    try:
        sys.stdin = io.StringIO()
        work(log)
    except BaseException as error:  # it must not go on as its parent
        log.wrongs.append(f"{type(error).__name__}: {error}")
    finally:
        with os.fdopen(its, "wb") as file:
            file.write(json.dumps([log.edits, log.waits, log.wrongs, log.reads, log.said]).encode())
        os._exit(0)


def _told(pid: int, end: int) -> _Log:
    with os.fdopen(end, "rb") as file:
        edits, waits, wrongs, reads, said = json.loads(file.read())
    os.waitpid(pid, 0)
    given = {token: tuple(edit) for token, edit in edits.items()}
    return _Log(given, waits, wrongs, reads, said)
