"""Several changes in a row on a disk that may lose power at any moment of them.

    python -m tests.store.crash_histories 1000000

tries that many states and says how many were broken.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from leadctl.store.recovery import recover
from leadctl.store.steps import Place
from leadctl.store.transaction import Replacement, Work, commit
from tests.store.model_disk import KilledError, ModelDisk

ROOT = Path("/book")
PLACE = Place(ROOT)
FOLDERS = [ROOT, ROOT / "contacts"]
JOURNAL = ROOT / "journal.jsonl"
NAMES = (
    *("stages.yaml", "contacts/ada.yaml", "contacts/bela.yaml", "contacts/cleo.yaml"),
    "followups.yaml",
)
Files = dict[Path, bytes]


def states(seed: int) -> Iterator[bool]:
    """For every disk that a crash may leave in the history *seed*: was it as it has to be?"""
    chance = random.Random(seed)
    start: Files = {ROOT / name: b"0\n" for name in NAMES[: chance.randint(1, 4)]}
    start[JOURNAL] = b'{"id": "0"}\n' * chance.randint(0, 2)
    works = list(_works(chance, start))
    after = [start, *(files for _, files in works)]
    # The interesting part of a history is its end: what came before is there already.
    at = 0
    while True:
        disk = ModelDisk.holding(start, dies_at=at)
        done = _do(disk, [work for work, _ in works])
        for found in (disk.after_kill(), *disk.after_power_loss()):
            recover(found, PLACE, FOLDERS, host="here")
            yield _truth(found) in [_whole(each) for each in after[done : done + 2]]
        if done == len(works):
            return
        at += 1


def _works(chance: random.Random, files: Files) -> Iterator[tuple[Work, Files]]:
    """Up to three changes of up to four files and the journal, each with the files after it."""
    for number in range(chance.randint(1, 3)):
        replacements = tuple(_replacements(chance, files, number))
        lines = b"".join(
            b'{"id": "%d.%d", "op": "op%d"}\n' % (number, line, number)
            for line in range(chance.choice([0, 1, 1, 2, 3]))
        )
        before = files.get(JOURNAL, b"")
        work = Work(f"op{number}", replacements, lines, len(before), contacts=number)
        files = {path: text for path, text in files.items() if text is not None}
        for each in replacements:
            files.pop(ROOT / each.path, None)
            if each.new is not None:
                files[ROOT / each.path] = each.new
        if lines:
            files[JOURNAL] = before + lines
        yield work, files


def _replacements(chance: random.Random, files: Files, number: int) -> Iterator[Replacement]:
    for name in chance.sample(NAMES, chance.choice([0, 1, 1, 2, 2, 3])):
        old = files.get(ROOT / name)
        new = None if old is not None and chance.random() < 0.25 else b"%d\n" % (number + 1)
        yield Replacement(name, old, new)


def _do(disk: ModelDisk, works: list[Work]) -> int:
    for number, work in enumerate(works):
        try:
            commit(disk, PLACE, work, host="here")
        except KilledError:
            return number
    return len(works)


def _truth(disk: ModelDisk) -> Files:
    return _whole(disk.truth())


def _whole(files: Files) -> Files:
    """*files* without a torn last line of the journal, which nobody reads."""
    found = dict(files)
    journal = found.pop(JOURNAL, b"")
    return {**found, JOURNAL: journal[: journal.rfind(b"\n") + 1]}


def main(wanted: int) -> int:
    """Try *wanted* states; 1 if one of them was broken."""
    total = bad = seed = 0
    while total < wanted:
        for is_good in states(seed):
            total += 1
            bad += not is_good
        seed += 1
    sys.stdout.write(f"crash states: {total} in {seed} histories, {bad} broken\n")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
