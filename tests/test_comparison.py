"""The comparison with other programs: its pages are what was found, and of leadctl it is true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.comparison.page import ROWS, comparison, evidence
from bench.comparison.places import EVIDENCE, PAGE, RECORD
from bench.comparison.probing import NO, NOTHING, PARTLY, YES, Cell, Finding, Homes, Row, judged
from bench.comparison.record import Record, read, write
from bench.comparison.tools import TOOLS

LEADCTL = TOOLS[0]
#: What depends on the machine and its load, or on what Debian has by now.
ELSEWHERE = {"start", "instant", "packaged"}


@pytest.fixture(scope="module")
def homes() -> Iterator[Homes]:
    with Homes([LEADCTL]) as made:
        yield made


def test_every_cell_was_tried() -> None:
    found = read(RECORD).findings
    tools = [tool.name for tool in TOOLS]

    assert {row: sorted(found[row]) for row in found} == {row: sorted(tools) for row in ROWS}


def test_the_pages_are_what_was_found() -> None:
    record = read(RECORD)
    page = PAGE.read_text(encoding="utf-8")

    assert comparison(page, record) == page
    assert evidence(record) == EVIDENCE.read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in ROWS if name not in ELSEWHERE])
def test_what_is_said_of_leadctl_is_still_true(name: str, homes: Homes) -> None:
    finding = homes.probe(ROWS[name], LEADCTL)

    assert finding.verdict == read(RECORD).findings[name]["leadctl"].verdict, (
        f"{finding.printed}\nif that is right: make comparison"
    )


def test_a_probe_sees_nothing_of_the_user_who_runs_it(
    homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADCTL_BOOK", "/nowhere")
    row = Row("x", "x", "echo $HOME ${LEADCTL_BOOK:-none}", yes="^~ none$")

    assert homes.probe(row, LEADCTL).printed == "~ none\n[exit 0]"


def test_a_probe_leaves_nothing_for_the_next_one(homes: Homes) -> None:
    row = Row("x", "x", "ls; touch left-behind", yes="left-behind")

    assert [homes.probe(row, LEADCTL).verdict for _ in range(2)] == [NO, NO]


def test_a_question_without_sense_is_not_run(homes: Homes) -> None:
    row = Row("x", "x", "exit 3", yes="", cells={"leadctl": Cell(nothing="it has no such thing")})

    assert homes.probe(row, LEADCTL) == Finding(NOTHING, note="it has no such thing")


def test_a_question_at_the_terminal_gets_the_answer(homes: Homes) -> None:
    row = Row("x", "x", "answer n 'read -p \"Sure? \" a; echo got $a'", yes="got n")

    assert homes.probe(row, LEADCTL).verdict == YES


@pytest.mark.parametrize(("printed", "verdict"), [("a b", YES), ("b", PARTLY), ("c", NO)])
def test_the_verdict_follows_the_patterns(printed: str, verdict: str) -> None:
    assert judged(printed, "a", "b") == verdict


def test_long_outputs_are_kept_by_their_end(tmp_path: Path) -> None:
    record = Record("2026-11-22", {"leadctl": "1"})
    record.add("x", "leadctl", Finding(YES, "seq 20", "\n".join(map(str, range(20)))))
    write(tmp_path / "record.json", record, ["x"])

    kept = read(tmp_path / "record.json").findings["x"]["leadctl"].printed

    assert kept.splitlines() == ["…", *map(str, range(13, 20))]
