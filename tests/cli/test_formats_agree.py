"""Whatever format a view is asked for in: it can be parsed, and they all say the same."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.commands import Run

TABLES = [
    ("list",),
    ("list", "--columns", "id,name,tags,overdue_days"),
    ("prospects",),
    ("report", "status"),
    ("history", "--limit", "40"),
    ("values", "source"),
    ("stages",),
]
VIEWS = [*TABLES, ("pipeline",)]
KEYS = {"history": "contact", "report": "status", "values": "value", "stages": "status"}


@pytest.fixture(params=["agent", "brokerage", "calls"], autouse=True)
def _book(request: pytest.FixtureRequest) -> Path:
    folder = request.getfixturevalue(request.param)
    assert isinstance(folder, Path)
    return folder


def text(run: Run, *words: str) -> str:
    done = run(*words)
    assert (done.code, done.err) == (0, "")
    return done.out


def flat(value: object) -> str:
    """A value of JSON as a cell of CSV writes it."""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def flattened(rows: Iterable[dict[str, object]]) -> list[dict[str, str]]:
    return [{name: flat(value) for name, value in row.items()} for row in rows]


def unescaped(cell: str) -> str:
    marks = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
    pieces, rest = [], cell
    while rest:
        size = 2 if rest[:2] in marks else 1
        pieces.append(marks.get(rest[:size], rest[:size]))
        rest = rest[size:]
    return "".join(pieces)


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_json_lines_are_the_rows_of_json(run: Run, words: tuple[str, ...]) -> None:
    rows = json.loads(text(run, *words, "-f", "json"))

    assert rows
    assert [json.loads(line) for line in text(run, *words, "-f", "jsonl").splitlines()] == rows


@pytest.mark.parametrize("words", VIEWS, ids=" ".join)
def test_csv_and_tsv_hold_the_same_cells(run: Run, words: tuple[str, ...]) -> None:
    lines = [json.loads(line) for line in text(run, *words, "-f", "jsonl").splitlines()]
    comma = list(csv.DictReader(text(run, *words, "-f", "csv", "--raw").splitlines(keepends=True)))
    header, *tabbed = [
        line.split("\t") for line in text(run, *words, "-f", "tsv", "--raw").splitlines()
    ]

    assert comma == flattened(lines)
    assert [dict(zip(header, map(unescaped, row), strict=True)) for row in tabbed] == comma


@pytest.mark.parametrize("words", VIEWS, ids=" ".join)
def test_a_spreadsheet_gets_the_same_but_guarded(run: Run, words: tuple[str, ...]) -> None:
    raw = list(csv.DictReader(text(run, *words, "-f", "csv", "--raw").splitlines(keepends=True)))
    guarded = list(csv.DictReader(text(run, *words, "-f", "csv").splitlines(keepends=True)))
    cells = [
        (before, after)
        for row, other in zip(raw, guarded, strict=True)
        for before, after in zip(row.values(), other.values(), strict=True)
    ]

    assert {after for before, after in cells if after != before} <= {f"'{b}" for b, _ in cells}
    assert not [after for _, after in cells if after.startswith(("=", "+", "@"))]


@pytest.mark.parametrize("words", VIEWS, ids=" ".join)
def test_the_ids_are_those_of_the_rows(run: Run, words: tuple[str, ...]) -> None:
    lines = [json.loads(line) for line in text(run, *words, "-f", "jsonl").splitlines()]
    key = KEYS.get(words[0], "id")

    assert text(run, *words, "-f", "ids").splitlines() == [line[key] for line in lines]


@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_the_table_and_markdown_show_a_line_for_each_row(run: Run, words: tuple[str, ...]) -> None:
    count = len(text(run, *words, "-f", "jsonl").splitlines())
    _, rule, *rows = text(run, *words).splitlines()
    _, bar, *lines = text(run, *words, "-f", "md").splitlines()

    assert set(rule) == {"-", " "}
    assert set(bar) <= set("|-: ")
    assert len(rows) == len(lines) == count


def test_a_pipeline_in_json_holds_the_rows_of_its_tabs(run: Run) -> None:
    tabs = json.loads(text(run, "pipeline", "--json"))
    lines = [json.loads(line) for line in text(run, "pipeline", "-f", "jsonl").splitlines()]

    assert [row for tab in tabs for row in tab["contacts"]] == lines
    assert all(tab["count"] == len(tab["contacts"]) for tab in tabs)


def test_a_card_says_the_same_to_every_program(run: Run) -> None:
    first = text(run, "list", "-f", "ids", "--limit", "1").strip()
    card = json.loads(text(run, "show", first, "--json"))
    (row,) = json.loads(text(run, "list", f"id:{first}", "--json"))
    (cells,) = csv.DictReader(
        text(run, "show", first, "-f", "csv", "--raw").splitlines(keepends=True)
    )

    assert {name: card[name] for name in row} == row
    assert cells == flattened([row])[0]
    assert json.loads(text(run, "show", first, "-f", "jsonl")) == card
    assert text(run, "show", first, "-f", "ids") == f"{first}\n"


def test_the_history_of_a_card_is_that_of_the_journal_backwards(run: Run) -> None:
    first = text(run, "history", "-f", "ids", "--limit", "1").strip()
    events = json.loads(text(run, "history", first, "--json"))
    card = json.loads(text(run, "show", first, "--json"))

    assert card["history"] == events[:-11:-1]
