"""`set-status --from`: a move a line, each with its own note, reason and day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import Outcome, Run, tree


def moves(run: Run, text: str, *words: str) -> Outcome:
    return run("set-status", "--from", "-", *words, stdin=text.encode())


def last_events(book: Path, count: int) -> list[dict[str, str]]:
    lines = (book / "journal.jsonl").read_text(encoding="utf-8").splitlines()[-count:]
    return [json.loads(line) for line in lines]


def test_each_line_moves_one_contact_its_own_way(run: Run, calls: Path) -> None:
    (calls / "moves.csv").write_text(
        "id,status,note,reason,on\n"
        "sven-akerman,Qualified,has the budget,,2026-11-20\n"
        "greta-sommerfeld,Disqualified,left the firm,wrong contact,yesterday\n"
    )
    done = run("set-status", "--from", "moves.csv")
    first, second = last_events(calls, 2)

    assert done == Outcome(0, "2 contacts changed. Undo: leadctl undo OP\n")
    assert (first["contact"], first["note"], first["on"]) == (
        "sven-akerman", "has the budget", "2026-11-20",
    )  # fmt: skip
    assert (second["contact"], second["reason"], second["on"]) == (
        "greta-sommerfeld", "wrong contact", "2026-11-21",
    )  # fmt: skip
    assert first["op"] == second["op"]


def test_what_a_line_leaves_out_is_taken_from_the_options(run: Run, calls: Path) -> None:
    text = "Status;ID\nQualified;sven-akerman\nQualified;greta-sommerfeld\n"
    done = moves(run, text, "-m", "from the fair", "--on", "2026-11-19")

    assert done.code == 0
    assert {(event["note"], event["on"]) for event in last_events(calls, 2)} == {
        ("from the fair", "2026-11-19")
    }


@pytest.mark.parametrize(
    ("text", "code", "complaint"),
    [
        (
            "id,status,note\nsven-akerman,Qualified,x\nzoe,Qualified,x\n",
            1,
            'stdin:3: no contact "zoe"',
        ),
        (
            "id,status,note\nsven,Qualified,x\n",
            1,
            'stdin:2: no contact "sven"\nhint: did you mean "sven-akerman"?',
        ),
        (
            "id,status,note\nsven-akerman,Qualifed,x\n",
            2,
            'stdin:2: no status named "Qualifed"\nhint: did you mean "Qualified"?',
        ),
        (
            "id,status,note\nsven-akerman,Qualified,\n",
            2,
            'stdin:2: a change to "Qualified" needs a note\n'
            "hint: give it in the column `note` or `reason` of that line",
        ),
        (
            "id,status,note\nsven-akerman,Disqualified,x\n",
            2,
            'stdin:2: a change to "Disqualified" needs a reason, one of: wrong industry,',
        ),
        (
            "id,status,note,on\nsven-akerman,Qualified,x,2026-12-24\n",
            2,
            "stdin:2: a status change cannot lie in the future: 2026-12-24",
        ),
        (
            "id,status,note,on\nsven-akerman,Qualified,x,someday\n",
            2,
            'stdin:2: on: "someday" is no day',
        ),
        ("id,status,note\n,Qualified,x\n", 2, "stdin:2: this line has no id or no status"),
        (
            "id,note\nsven-akerman,x\n",
            2,
            "stdin: it needs the columns id and status\nhint: columns: id, status, note, reason,",
        ),
        (
            "id,status,notes\nsven-akerman,Qualified,x\n",
            2,
            'stdin: unknown column "notes"\nhint: columns: id, status, note, reason, on',
        ),
        ("id,status,note\nsven-akerman,Qualified\n", 3, "stdin cannot be used\nstdin:2: error: "),
    ],
)
def test_a_wrong_line_is_named_and_stops_all(
    run: Run, calls: Path, text: str, code: int, complaint: str
) -> None:
    before = tree(calls)
    done = moves(run, text)

    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"leadctl: error: {complaint}")
    assert tree(calls) == before


def test_nothing_in_the_file_is_nothing_to_do(run: Run, calls: Path) -> None:
    assert moves(run, "") == Outcome(0, "nothing to change\n")
    assert moves(run, "id,status,note\n") == Outcome(0, "nothing to change\n")


def test_who_is_there_already_needs_no_note(run: Run, calls: Path) -> None:
    status = json.loads(run("show", "sven-akerman", "--json").out)["status"]

    assert moves(run, f"id,status\nsven-akerman,{status}\n") == Outcome(
        0, "nothing to change: 1 contact already so\n"
    )


def test_the_status_is_said_once(run: Run, calls: Path) -> None:
    done = run(
        "set-status", "Qualified", "--from", "-", stdin=b"id,status\nsven-akerman,Qualified\n"
    )

    assert done == Outcome(
        2, "", "leadctl: error: --from says the status in each line\nhint: leave STATUS out\n"
    )


def test_a_file_that_is_not_there_is_said_so(run: Run, calls: Path) -> None:
    assert run("set-status", "--from", "moves.csv") == Outcome(
        2, "", 'leadctl: error: there is no file "moves.csv"\n'
    )


def test_the_plan_of_a_file_can_be_seen_first(run: Run, calls: Path) -> None:
    before = tree(calls)
    done = moves(run, "id,status,note\nsven-akerman,Qualified,x\n", "-n")

    assert done.code == 0
    assert done.out.startswith("1 match · 1 will change\n  sven-akerman  ")
    assert tree(calls) == before
