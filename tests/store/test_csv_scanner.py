from __future__ import annotations

import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.problems import Problem
from leadctl.records import Record
from leadctl.store.csv_reader import read_records
from leadctl.store.csv_scanner import cell_spans, scan

# Small enough that quotes, commas and line ends meet in every way.
TANGLES = st.text(alphabet='"",\n\r ab;', max_size=30)


def read(text: str) -> tuple[list[Record], list[Problem]]:
    return read_records(text, "contacts.csv")


def ids(text: str) -> list[str]:
    return [str(record.values["id"]) for record in read(text)[0]]


def by_csv_module(text: str) -> list[tuple[str, ...]] | None:
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    except csv.Error:
        return None


def more_than_blanks(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Without rows of one blank cell: to the csv module, `" "` is the same as a line of blanks."""
    return [row for row in rows if len(row) > 1 or "".join(row).strip()]


@settings(max_examples=1000, deadline=None)
@given(TANGLES)
def test_a_text_without_flaw_says_what_the_csv_module_reads_in_it(text: str) -> None:
    rows = list(scan(text))
    expected = by_csv_module(text)

    if not any(row.flaw and not row.flaw.is_warning for row in rows):
        assert expected is not None
        assert more_than_blanks([row.cells for row in rows]) == more_than_blanks(expected)


@settings(max_examples=800, deadline=None)
@given(TANGLES)
def test_rows_and_cells_are_where_they_are_said_to_be(text: str) -> None:
    end = 0
    for row in scan(text):
        assert text[end : row.start].strip("\r\n") == ""
        assert row.line == 1 + text[: row.start].replace("\r\n", "\n").replace("\r", "\n").count(
            "\n"
        )
        if not row.flaw:
            spans = cell_spans(text, row)
            assert ",".join(text[start:end] for start, end in spans) == text[row.start : row.end]
            assert len(spans) == len(row.cells)
        end = row.end

    assert text[end:].strip("\r\n") == ""


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(["bob,Bob", 'ann,"Ann', 'An"n,x', "a,b,c", '"x"y,z', "", " "])))
def test_bad_rows_of_one_line_never_take_a_good_one_along(lines: list[str]) -> None:
    text = "\n".join(["id,name", *lines, ""])

    assert ids(text) == ["bob"] * lines.count("bob,Bob")


@settings(max_examples=500, deadline=None)
@given(TANGLES)
def test_every_problem_has_a_place_and_the_line_that_is_there(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    for problem in read(text)[1]:
        assert problem.excerpt == lines[problem.where.line - 1]
        assert 1 <= problem.where.column <= len(problem.excerpt) + 1
        assert problem.blocks_writing != problem.is_warning


@pytest.mark.parametrize("line", ['x","\n', '"a""\n', 'a,"\nb",x"\n', ',"a\n', '"\n""', '""x"\n"'])
def test_hostile_quotes_cost_time_in_proportion_to_the_text(line: str) -> None:
    started = time.perf_counter()
    read("id,name\n" + line * 20_000)
    seconds = time.perf_counter() - started

    # Were each quote looked for to the end of the file, it would be minutes.
    assert seconds < 10


def test_ten_thousand_rows_are_read_in_little_time() -> None:
    row = "Ann Ode,New,Acme,a@example.com,+16045550100,web,me,vip;hot,2024-01-01,text,x\n"
    text = "id,b,c,d,e,f,g,h,i,j,k,l\n" + "".join(f"ann-{n},{row}" for n in range(10_000))

    started = time.perf_counter()
    records, _ = read(text)
    seconds = time.perf_counter() - started

    assert len(records) == 10_000
    # It takes 0.08 s; the rest is for a machine that is busy with other things.
    assert seconds < 5
