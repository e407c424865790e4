"""Whom a change is about, how it is confirmed, and what a program reads of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import Program, Run, tree

#: One call of each command that writes, in an order in which all of them find what they change.
WRITERS = [
    ("add", "Ada Lovelace", "--email", "ada@example.com"),
    ("set", "ada-lovelace", "title=X"),
    ("set-status", "Engage", "ada-lovelace"),
    ("touch", "ada-lovelace", "--next", "+3d"),
    ("snooze", "ada-lovelace", "+3d"),
    ("pin", "ada-lovelace"),
    ("todo", "add", "ada-lovelace", "call", "--due", "fri"),
    ("todo", "done", "k7m2"),
    ("todo", "move", "c40x", "+3d"),
    ("todo", "remove", "w3dn"),
    ("dismiss", "wang-meiling", "stuck"),
    ("plan", "apply", "new-lead", "ada-lovelace"),
    ("plan", "stop", "ada-lovelace"),
    ("advance",),
    ("stages", "add", "Someday"),
    ("stages", "rename", "Someday", "Later"),
    ("stages", "remove", "Later"),
    ("import", "-"),
    ("undo",),
]


def in_files(book: Path) -> dict[str, bytes]:
    return {name: text for name, text in tree(book).items() if not name.startswith(".leadctl")}


def test_every_writer_tells_a_program_in_one_shape_what_it_did(run: Run, agent: Path) -> None:
    shapes = {}
    for words in WRITERS:
        done = run(*words, "--json", stdin=b"name,email\nBob,bob@example.com\n")
        data = json.loads(done.out or "{}")
        shapes[words] = (
            done.code,
            data.get("dry_run"),
            type(data.get("changed")),
            type(data.get("unchanged")),
            "op" in data,
        )

    assert shapes == dict.fromkeys(WRITERS, (0, False, list, int, True))


def test_every_writer_can_say_what_it_would_do_and_does_not(run: Run, agent: Path) -> None:
    could = [words for words in WRITERS if "ada-lovelace" not in words and "Later" not in words]
    before = in_files(agent)
    told = {}
    for words in could:
        done = run(*words, "-n", "--json", stdin=b"name,email\nBob,bob@example.com\n")
        data = json.loads(done.out or "{}")
        told[words] = (done.code, data.get("op", "none"), data.get("dry_run"))

    assert told == dict.fromkeys(could, (0, None, True))
    assert in_files(agent) == before


def test_what_changed_has_its_old_and_new_value(run: Run, agent: Path) -> None:
    data = json.loads(run("set", "ana-ferreira", "title=", "tags+=x", "--json").out)

    assert data["changed"] == [
        {"id": "ana-ferreira", "field": "title", "old": "ER nurse", "new": None},
        {"id": "ana-ferreira", "field": "tags", "old": ["buyer", "vip"],
         "new": ["buyer", "vip", "x"]},
    ]  # fmt: skip


@pytest.mark.parametrize("shell", ["</dev/null", "<&-", "| cat", "</dev/null | cat"])
def test_off_a_terminal_nobody_is_asked_and_the_plan_goes_to_stderr(
    program: Program, agent: Path, shell: str
) -> None:
    before = in_files(agent)

    done = program(
        "set-status", "Engage", "--where", "status:New", cwd=agent, stdin=b"y\n", shell=shell
    )

    # Behind a pipe the code is that of cat.
    assert done.code == (0 if "cat" in shell else 7)
    assert done.out == ""
    assert done.err.startswith("6 match · 6 will change\n")
    assert "[y/N]" not in done.err
    assert done.err.endswith("hint: nothing was changed; say --yes, or --expect 6\n")
    assert in_files(agent) == before


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((), 7),
        (("--json",), 7),
        (("--quiet",), 7),
        (("--yes",), 0),
        (("--expect", "6"), 0),
        (("--expect", "6", "--yes"), 0),
        (("--expect", "5"), 4),
        (("--expect", "5", "--yes"), 4),
        (("-n",), 0),
        (("-n", "--expect", "6"), 0),
        (("-n", "--expect", "5"), 4),
    ],
)
def test_a_query_is_confirmed_beforehand_or_refused(
    run: Run, agent: Path, options: tuple[str, ...], code: int
) -> None:
    before = in_files(agent)
    done = run("set-status", "Engage", "--where", "status:New", *options)

    assert done.code == code
    assert (in_files(agent) == before) is (code != 0 or "-n" in options)


@pytest.mark.parametrize(
    "words",
    [
        ("--where", ""),
        ("--where", "  "),
        ("--where", "status:New", "--where", ""),
        ("--all", "--where", "status:New"),
        ("--all", "ana-ferreira"),
        ("--all", "-"),
        ("-", "ana-ferreira"),
        (),
    ],
)
def test_it_is_never_guessed_who_is_meant(run: Run, agent: Path, words: tuple[str, ...]) -> None:
    before = in_files(agent)

    done = run("set-status", "Engage", *words, "--yes", stdin=b"ana-ferreira\n")

    assert (done.code, done.out) == (2, "")
    assert in_files(agent) == before


def test_a_file_of_moves_gives_each_its_note_reason_and_day(run: Run, calls: Path) -> None:
    moves = (
        b"id,status,note,reason,on\n"
        b"anneliese-vogt,Disqualified,makes pumps,wrong industry,2026-11-20\n"
    )

    done = run("set-status", "--from", "-", "--json", stdin=moves)
    last = json.loads(run("history", "anneliese-vogt", "--json").out)[-1]

    assert done.code == 0
    told = (last["note"], last["reason"].lower(), last["on"])
    assert told == ("makes pumps", "wrong industry", "2026-11-20")


def test_one_command_is_taken_back_by_one_undo(run: Run, agent: Path) -> None:
    before = run("list", "--json")
    run("set-status", "Engage", "--where", "status:New", "--yes", "-q")

    assert run("list", "--json") != before
    assert run("undo", "-q").code == 0
    assert run("list", "--json") == before
