"""Several at once: every change is kept, and the journal tells them in the order they were made."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.commands import PROGRAM, NewBook, Run, surroundings

STATUSES = ("Engage", "Future", "Active", "Closed")


@pytest.mark.slow
def test_writers_that_wait_for_each_other_lose_and_confuse_nothing(
    run: Run, new_book: NewBook, private: Path
) -> None:
    book = new_book("- {id: ada, name: Ada, status: New}\n- {id: bo, name: Bo, status: New}\n")
    calls = [["set-status", status, "ada"] for status in STATUSES]
    calls += [["touch", "bo", "-m", f"call {number}"] for number in range(4)]
    running = [
        subprocess.Popen(
            [PROGRAM, "--book", book, *words], env=surroundings(private), stdout=subprocess.DEVNULL
        )
        for words in calls
    ]
    codes = [each.wait(timeout=60) for each in running]

    events = [json.loads(line) for line in (book / "journal.jsonl").read_text().splitlines()]
    moves = [each["changes"]["status"] for each in events if each["kind"] == "status"]
    assert codes == [0] * len(calls)
    assert [each["id"] for each in events] == sorted(each["id"] for each in events)
    assert [old for old, _ in moves] == ["New", *(new for _, new in moves[:-1])]
    assert {new for _, new in moves} == set(STATUSES)
    assert run("check", "--strict").code == 0
    assert json.loads(run("show", "bo", "--json").out)["touches"] == 4
