"""An editor saves at every step of a change: its text is never lost, whatever happens then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from leadctl.store.recovery import recover
from leadctl.store.transaction import DisturbedError, Work, commit
from tests.store.model_disk import KilledError, ModelDisk
from tests.store.test_crash_states import ADA, CLEO, FOLDERS, PLACE, ROOT, WORKS, before

THEIRS = b"name: Ada\nnote: typed by hand\n"
Save = Callable[[ModelDisk, Path, bytes], None]
SAVES: dict[str, Save] = {
    "in place": ModelDisk.saved_in_place,
    "by rename": ModelDisk.saved_by_rename,
}
#: Work → the file that somebody saves meanwhile.
MET = {
    "one file and the journal": "contacts.yaml",
    "files in two folders": ADA,
    "a file that goes": ADA,
    "a new file": CLEO,
}
#: A file that is not there yet cannot be saved in place.
PAIRS = [(name, how) for name in MET for how in SAVES if (name, how) != ("a new file", "in place")]


def saving(name: str, how: str, acted: list[Path]) -> Callable[[ModelDisk], None]:
    """Who saves the file that *name* is about, if it is there under its name at that moment."""
    path = ROOT / MET[name]

    def save(disk: ModelDisk) -> None:
        if path in disk.entries or how == "by rename":
            SAVES[how](disk, path, THEIRS)
            acted.append(path)

    return save


def outcome(disk: ModelDisk, work: Work) -> str:
    try:
        commit(disk, PLACE, work, host="here")
    except DisturbedError:
        return "not saved"
    except KilledError:
        return "killed"
    return "saved"


def has_theirs(disk: ModelDisk) -> bool:
    """True if the text is in a file of the book or was put aside."""
    kept = [held.now for path, held in disk.entries.items() if not path.name.endswith(".tmp")]
    return THEIRS in kept


def steps_of(work: Work) -> int:
    disk = ModelDisk.holding(before())
    commit(disk, PLACE, work, host="here")
    return disk.steps


@pytest.mark.parametrize(("name", "how"), PAIRS)
def test_a_save_in_between_is_kept_and_the_rest_is_all_or_nothing(name: str, how: str) -> None:
    work, others = WORKS[name], {**before()}
    others.pop(ROOT / MET[name], None)
    seen = set()
    for at in range(steps_of(work)):
        acted: list[Path] = []
        disk = ModelDisk.holding(before(), meets_at=at, stranger=saving(name, how, acted))
        ended = outcome(disk, work)
        seen.add(ended)
        text = disk.read(ROOT / "journal.jsonl") or b""

        assert has_theirs(disk) or not acted, (at, disk.calls)
        assert (work.lines in text) == (ended == "saved"), (at, disk.calls)
        assert PLACE.intent not in disk.entries
        assert not [path for path in disk.entries if path.name.endswith(".tmp")]
        if ended == "not saved":
            assert {path: disk.read(path) for path in others} == others

    assert seen == {"saved", "not saved"}


def away(path: Path, back: int) -> Callable[[ModelDisk], None]:
    """Who takes the file away, as emacs and git do, and writes a new one before step *back*."""

    def come_back(disk: ModelDisk) -> None:
        disk.saved_by_rename(path, THEIRS)

    def take(disk: ModelDisk) -> None:
        disk.removed(path)
        disk.meets_at, disk.stranger = back, come_back

    return take


@pytest.mark.parametrize("name", ["one file and the journal", "files in two folders"])
def test_a_file_that_is_away_for_a_while_comes_back_as_it_was_saved(name: str) -> None:
    work, path = WORKS[name], ROOT / MET[name]
    others = {each: text for each, text in before().items() if each != path}
    seen = set()
    for at in range(steps_of(work)):
        for back in range(at + 1, steps_of(work)):
            disk = ModelDisk.holding(before(), meets_at=at, stranger=away(path, back))
            ended = outcome(disk, work)
            if path not in disk.entries:
                disk.saved_by_rename(path, THEIRS)
            seen.add(ended)

            assert has_theirs(disk), (at, back, disk.calls)
            assert not [each for each in disk.entries if each.name.endswith(".tmp")]
            if ended == "not saved":
                assert {each: disk.read(each) for each in others} == others

    assert seen == {"saved", "not saved"}


@pytest.mark.parametrize("name", ["one file and the journal", "files in two folders"])
@pytest.mark.parametrize("how", SAVES)
def test_it_is_kept_too_if_the_writer_is_killed_after_it(name: str, how: str) -> None:
    work = WORKS[name]
    lost = tried = 0
    for at in range(steps_of(work)):
        for dies in range(at + 1, steps_of(work) + 8):
            disk = ModelDisk.holding(
                before(), meets_at=at, dies_at=dies, stranger=saving(name, how, [])
            )
            if outcome(disk, work) != "killed":
                break
            found = disk.after_kill()
            recover(found, PLACE, FOLDERS, host="here")
            tried += 1
            lost += not has_theirs(found)

    assert tried > 100
    assert lost == 0
