from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadctl.render.formats import Format
from tests.calendars import events
from tests.commands import TODAY, Outcome, Program, Run, tree


@pytest.mark.parametrize("example", ["agent", "brokerage", "calls"])
def test_the_calendar_has_whom_the_list_has(
    example: str, run: Run, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(example)
    calendar = run("prospects", "--ahead", "7d", "--format", "ics")
    listed = json.loads(run("prospects", "--ahead", "7d", "--json").out)

    found = events(calendar.out)

    assert (calendar.code, calendar.err) == (0, "")
    assert [event.uid for event in found] == [f"prospect-{row['id']}@leadctl" for row in listed]
    assert all(event.start >= TODAY for event in found)
    assert [event.codes for event in found] == [row["why"] for row in listed]


def test_a_calendar_of_nobody_is_one(agent: Path, run: Run) -> None:
    done = run("prospects", "nobody-of-that-name", "-f", "ics")

    assert done.code == 0
    assert events(done.out) == []


def test_lines_end_with_cr_lf_in_a_pipe(agent: Path, program: Program) -> None:
    text = program("prospects", "-f", "ics", cwd=agent).out

    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("\r\n") == text.count("\n")


@pytest.mark.parametrize("words", [("list",), ("pipeline",), ("stages", "list"), ("history",)])
def test_what_has_no_days_is_no_calendar(agent: Path, run: Run, words: tuple[str, ...]) -> None:
    refused = run(*words, "--format", "ics")

    assert (refused.code, refused.out) == (2, "")
    assert "'ics' is not one of" in refused.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--explain", "ana-ferreira"), "an explanation is no calendar"),
        (("--columns", "id"), "--columns: a calendar has none"),
    ],
)
def test_what_a_calendar_cannot_show_is_refused(
    agent: Path, run: Run, words: tuple[str, ...], message: str
) -> None:
    refused = run("prospects", "-f", "ics", *words)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"leadctl: error: {message}\n")


def test_json_goes_before_a_calendar_as_before_every_format(agent: Path, run: Run) -> None:
    assert run("prospects", "-f", "ics", "--json") == run("prospects", "--json")


def test_a_calendar_changes_nothing_in_the_book(agent: Path, run: Run) -> None:
    before = tree(agent)
    run("prospects", "-f", "ics")

    assert tree(agent) == before


def test_an_empty_list_can_be_a_failure_here_too(agent: Path, run: Run) -> None:
    refused = run("prospects", "nobody-of-that-name", "-f", "ics", "--fail-empty")

    assert refused == Outcome(1, "", "leadctl: error: nobody is to be contacted\n")


def test_where_there_are_days_all_other_formats_are_there_too(agent: Path, run: Run) -> None:
    for name in Format:
        assert run("todo", "list", "--format", name).code == 0


def test_follow_ups_are_entries_in_the_order_of_the_list(agent: Path, run: Run) -> None:
    listed = json.loads(run("todo", "list", "--until", "fri", "--json").out)
    calendar = run("todo", "list", "--until", "fri", "-f", "ics")

    found = events(calendar.out)

    assert len(found) > 1
    assert [event.uid for event in found] == [f"follow-up-{row['id']}@leadctl" for row in listed]
    assert [event.length is not None for event in found] == [
        bool(row["time"]) and row["due"] >= TODAY.isoformat() for row in listed
    ]


def test_the_calendar_of_follow_ups_ends_where_the_list_ends(agent: Path, run: Run) -> None:
    words = ("todo", "list", "--sort", "-due", "--limit", "1")

    (listed,) = json.loads(run(*words, "--json").out)
    (event,) = events(run(*words, "-f", "ics").out)

    assert event.uid == f"follow-up-{listed['id']}@leadctl"
