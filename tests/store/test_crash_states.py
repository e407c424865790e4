"""Power goes at every step of a change: what is found is the book before it or after it.

Each state of the disk that a crash may leave is tried: any part of the names that were not
flushed, with contents that are old, half, zeros or new. The mutants leave out one flush or one
step each, and the same search has to find a state in which the book is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leadctl.store import applying, transaction
from leadctl.store.disk import Disk
from leadctl.store.intents import Intent
from leadctl.store.recovery import promised, recover
from leadctl.store.steps import Place
from leadctl.store.transaction import Replacement, Work, commit
from tests.store.model_disk import KilledError, ModelDisk

ROOT = Path("/book")
PLACE = Place(ROOT)
FOLDERS = [ROOT, ROOT / "contacts"]
ADA, BELA, CLEO = (f"contacts/{name}.yaml" for name in ("ada", "bela", "cleo"))
JOURNAL = b'{"id": "1"}\n'
LINES = b'{"id": "2", "op": "8f3k"}\n{"id": "3", "op": "8f3k"}\n'

WORKS = {
    "one file and the journal": Work(
        "8f3k",
        (Replacement("contacts.yaml", b"name: Ada\n", b"name: Ada L.\n"),),
        LINES,
        len(JOURNAL),
    ),
    "a new file": Work("8f3k", (Replacement(CLEO, None, b"name: Cleo\n"),), LINES, len(JOURNAL)),
    "a file that goes": Work(
        "8f3k", (Replacement(ADA, b"name: Ada\n", None),), LINES, len(JOURNAL)
    ),
    "files in two folders": Work(
        "8f3k",
        (
            Replacement(ADA, b"name: Ada\n", b"name: Ada L.\n"),
            Replacement("stages.yaml", b"default: New\n", b"default: Fresh\n"),
        ),
        LINES,
        len(JOURNAL),
        contacts=2,
    ),
    "a contact, what is planned for it, and the journal": Work(
        "8f3k",
        (
            Replacement("followups.yaml", None, b"- id: k7m2\n"),
            Replacement("contacts.yaml", b"name: Ada\n", b"name: Ada L.\n"),
        ),
        LINES,
        len(JOURNAL),
    ),
    "lines only": Work("8f3k", (), LINES, len(JOURNAL)),
    "one line only": Work("8f3k", (), LINES[:26], len(JOURNAL)),
    "no lines": Work("8f3k", (Replacement(ADA, b"name: Ada\n", b"name: Al\n"),), b"", len(JOURNAL)),
    "the journal itself": Work(
        "8f3k",
        (
            Replacement("journal.jsonl", JOURNAL, b"{}\n"),
            Replacement(ADA, b"name: Ada\n", None),
        ),
    ),
}


def before() -> dict[Path, bytes]:
    return {
        ROOT / "contacts.yaml": b"name: Ada\n",
        ROOT / "stages.yaml": b"default: New\n",
        ROOT / ADA: b"name: Ada\n",
        ROOT / BELA: b"name: Bela\n",
        ROOT / "journal.jsonl": JOURNAL,
        ROOT / ".leadctl/lock": b"",
    }


def truth_after(work: Work) -> dict[Path, bytes]:
    found = {path: text for path, text in before().items() if ".leadctl" not in path.parts}
    for each in work.replacements:
        found.pop(ROOT / each.path, None)
        if each.new is not None:
            found[ROOT / each.path] = each.new
    if work.lines:
        found[ROOT / "journal.jsonl"] = JOURNAL + work.lines
    return dict(sorted(found.items()))


def do(disk: ModelDisk, work: Work) -> bool:
    """True if the change was acknowledged, False if the process died on the way."""
    try:
        commit(disk, PLACE, work, host="here")
    except KilledError:
        return False
    return True


def recovered(disk: ModelDisk) -> dict[Path, bytes]:
    recover(disk, PLACE, FOLDERS, host="here")
    found = disk.truth()
    torn = found[ROOT / "journal.jsonl"]
    # A torn last line is cut by the next writer, and not read by anybody.
    found[ROOT / "journal.jsonl"] = torn[: torn.rfind(b"\n") + 1]
    return found


def crashes(work: Work, **disk: object) -> Iterator[tuple[bool, ModelDisk]]:
    """Every disk that may be found, with whether the change had been acknowledged."""
    at = 0
    while True:
        dying = ModelDisk.holding(before(), dies_at=at, **disk)
        is_done = do(dying, work)
        yield is_done, dying.after_kill()
        for found in dying.after_power_loss():
            yield is_done, found
        if is_done:
            return
        at += 1


def broken(work: Work, **disk: object) -> tuple[int, int]:
    """How many of the states are broken, and how many there are."""
    good = {is_done: [truth_after(work)] for is_done in (True, False)}
    good[False].append(dict(sorted({
        path: text for path, text in before().items() if ".leadctl" not in path.parts
    }.items())))  # fmt: skip
    bad = total = 0
    for is_done, found in crashes(work, **disk):
        total += 1
        bad += recovered(found) not in good[is_done]
    return bad, total


@pytest.mark.parametrize("name", WORKS)
def test_whatever_a_crash_leaves_the_book_is_as_before_or_as_after(name: str) -> None:
    bad, total = broken(WORKS[name])

    assert total > 10
    assert bad == 0


@pytest.mark.parametrize("name", WORKS)
def test_who_reads_before_the_recovery_sees_what_it_will_make(name: str) -> None:
    wrong = 0
    for _, found in crashes(WORKS[name]):
        shown = found.truth()
        for path, content in promised(found, PLACE).items():
            shown.pop(path, None)
            if content is not None:
                shown[path] = content
        torn = shown[ROOT / "journal.jsonl"]
        shown[ROOT / "journal.jsonl"] = torn[: torn.rfind(b"\n") + 1]
        wrong += dict(sorted(shown.items())) != recovered(found)

    assert wrong == 0


@pytest.mark.parametrize("name", ["files in two folders", "a new file", "a file that goes"])
def test_power_may_go_again_and_again_during_the_recovery(name: str) -> None:
    work = WORKS[name]
    pending = [found for _, found in crashes(work) if PLACE.intent in found.entries]
    states = bad = 0
    for found in pending[:: max(1, len(pending) // 12)]:
        contents = {path: held.now for path, held in found.entries.items()}
        good = recovered(found)
        for again in dying_in_recovery(contents):
            states += 1
            bad += recovered(again) != good

    assert states > 100
    assert bad == 0


def dying_in_recovery(contents: dict[Path, bytes]) -> Iterator[ModelDisk]:
    at = 0
    while True:
        disk = ModelDisk.holding(contents, dies_at=at)
        try:
            recover(disk, PLACE, FOLDERS, host="here")
        except KilledError:
            yield disk.after_kill()
            yield from disk.after_power_loss()
        else:
            return
        at += 1


#: What a wrong program would leave out; each has to be noticed by one of the works.
FLUSHES = {
    "the new text beside the file": ("flush", "beside"),
    "the name of what lies beside": ("flush_folder", "contacts"),
    "the intent": ("flush", "txn.new"),
    "the name of the intent": ("flush_folder", ".leadctl"),
    "the journal": ("flush", "journal.jsonl"),
    "the folder of the book": ("flush_folder", "book"),
}


@pytest.mark.parametrize("left_out", FLUSHES)
def test_every_flush_is_needed(left_out: str) -> None:
    deaf = frozenset({FLUSHES[left_out]})

    assert sum(broken(work, deaf=deaf)[0] for work in WORKS.values()) > 0


Patch = Callable[[pytest.MonkeyPatch], None]


def files_before_the_intent(patch: pytest.MonkeyPatch) -> None:
    stage = transaction._stage

    def wrong(disk: Disk, place: Place, work: Work, intent: Intent) -> None:
        stage(disk, place, work, intent)
        for step in intent.steps:
            applying._make(disk, place, step)

    patch.setattr(transaction, "_stage", wrong)


def journal_before_the_intent(patch: pytest.MonkeyPatch) -> None:
    stage = transaction._stage

    def wrong(disk: Disk, place: Place, work: Work, intent: Intent) -> None:
        stage(disk, place, work, intent)
        applying._add_lines(disk, place, intent)

    patch.setattr(transaction, "_stage", wrong)


def no_intent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(transaction, "write_intent", lambda intent: b"nothing\n")


def intent_dropped_before_the_files(patch: pytest.MonkeyPatch) -> None:
    forward = applying.go_forward

    def wrong(disk: Disk, place: Place, intent: Intent) -> None:
        disk.remove(place.intent)
        forward(disk, place, intent)

    patch.setattr(transaction, "go_forward", wrong)


def nothing_flushed_at_the_end(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(applying, "_flush_all", lambda disk, place, intent: None)


@pytest.mark.parametrize(
    "mutate",
    [
        files_before_the_intent,
        journal_before_the_intent,
        no_intent,
        intent_dropped_before_the_files,
        nothing_flushed_at_the_end,
    ],
)
def test_every_step_has_its_place(mutate: Patch, monkeypatch: pytest.MonkeyPatch) -> None:
    mutate(monkeypatch)

    assert sum(broken(work)[0] for work in WORKS.values()) > 0
