from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leadctl.records import Value
from leadctl.store.csv_editor import edit, render
from leadctl.store.csv_reader import read_records
from leadctl.store.encoding import decode, encode

NASTY = [
    *["+44123456", "0123", "NO", "1e3", "12:30", "~", "=1+1", "@x", "-1", "'x", "null", "1_000"],
    *["0x1F", "1,5", ",", ";", ";;", "|", "x;y", "a # b", "{{x}}", "<<<<<<< x", "=======", ""],
    *['"q"', '"', '""', 'a"b', '","', "\\", '\\"', "\r", "\n", "\r\n", "a\rb", "a\nb", "a\r\nb"],
    *["\t", "a\tb", " a", "a ", " ", "\ufeffa", "\ufeff", "\u2028", "a\u2028b", "\x85", "\x0b"],
    *["\x1a", "a\x1a", "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL} \N{OHM SIGN}", "\u202eabc"],
]
TEXTS = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(codec="utf-8", exclude_characters="\0"))
)
LINE_ENDS = ("\n", "\r\n", "\r")


def cells_of(text: str) -> list[list[str]]:
    """Every row as the csv module reads it, empty lines left out."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    return [row for row in rows if row]


def values_of(text: str) -> dict[str, dict[str, Value]]:
    records, problems = read_records(text, "contacts.csv")

    assert not [problem for problem in problems if problem.blocks_writing]
    return {str(record.values["id"]): dict(record.values) for record in records}


@dataclass(frozen=True)
class Drawn:
    """A file in pieces: what stands between the cells, and every cell as written."""

    #: Of each row, its cells as they are written; the first row is the header.
    rows: tuple[tuple[str, ...], ...]
    #: What follows each row: a line end and perhaps empty lines.
    ends: tuple[str, ...]

    def text(self) -> str:
        return "".join(",".join(row) + end for row, end in zip(self.rows, self.ends, strict=True))


def said(raw: str) -> str:
    """What a cell that is written as *raw* says."""
    return raw[1:-1].replace('""', '"') if raw.startswith('"') else raw


@st.composite
def raw_cells(draw: st.DrawFn) -> str:
    text = draw(st.one_of(st.sampled_from(NASTY), st.text('ab",\n\r \u2028é;', max_size=6)))
    must = bool(set(text) & set(',"\r\n\x1a'))
    doubled = text.replace('"', '""')
    return f'"{doubled}"' if must or draw(st.booleans()) else text


@st.composite
def files(draw: st.DrawFn) -> Drawn:
    fields = draw(
        st.sampled_from([("id", "x"), ("id", '"x"', "y"), ("y", "id", "x"), ("x", '"id"')])
    )
    ids = [str(n) if n % 2 else f'"{n}"' for n in range(draw(st.integers(1, 4)))]
    rows = [
        tuple(key if said(name) == "id" else draw(raw_cells()) for name in fields) for key in ids
    ]
    end = draw(st.sampled_from(LINE_ENDS))
    ends = [draw(st.sampled_from([end, end, end * 2, f"{end} \t{end}"])) for _ in rows]
    return Drawn((fields, *rows), (*ends, draw(st.sampled_from(["", end, end * 2]))))


@settings(max_examples=200, deadline=None)
@given(files(), TEXTS, st.data())
def test_every_other_character_of_the_file_stays(
    file: Drawn, value: str, data: st.DataObject
) -> None:
    names = [said(name) for name in file.rows[0]]
    at = data.draw(st.integers(1, len(file.rows) - 1))
    field = data.draw(st.sampled_from([name for name in names if name != "id"]))
    key = said(file.rows[at][names.index("id")])
    column = names.index(field)

    edited = edit(file.text(), {key: {field: value}})

    row = file.rows[at]
    before = Drawn((*file.rows[:at], (*row[:column], "")), (*file.ends[:at], "")).text()
    after = file.text()[len(before) + len(row[column]) :]
    assert edited.startswith(before)
    assert edited.endswith(after)
    written = edited[len(before) : len(edited) - len(after)]
    assert said(written) == value
    assert cells_of(f"{written},") == [[value, ""]]
    assert written.startswith('"') or not row[column].startswith('"')
    if value == said(row[column]):
        assert edited == file.text()


@settings(max_examples=100, deadline=None)
@given(files(), st.data())
def test_saying_again_what_is_there_changes_nothing(file: Drawn, data: st.DataObject) -> None:
    names = [said(name) for name in file.rows[0]]
    edits = {
        said(row[names.index("id")]): {
            name: said(cell)
            for name, cell in zip(names, row, strict=True)
            if data.draw(st.booleans())
        }
        for row in file.rows[1:]
    }

    assert edit(file.text(), edits) == file.text()


@settings(max_examples=120, deadline=None)
@given(files(), TEXTS, st.data())
def test_a_new_column_is_put_behind_every_row_and_nowhere_else(
    file: Drawn, value: str, data: st.DataObject
) -> None:
    assume(value)
    names = [said(name) for name in file.rows[0]]
    at = data.draw(st.integers(1, len(file.rows) - 1))
    key = said(file.rows[at][names.index("id")])

    edited = edit(file.text(), {key: {"new": value}})

    written = edited
    for number, (row, end) in enumerate(zip(file.rows, file.ends, strict=True)):
        old = ",".join(row)
        assert written.startswith(f"{old},")
        written = written[len(old) + 1 :]
        cell = {0: "new", at: value}.get(number, "")
        raw = cell if written.startswith(f"{cell}{end}") and said(cell) == cell else ""
        if cell and not raw:
            doubled = cell.replace('"', '""')
            raw = f'"{doubled}"'
        assert written.startswith(f"{raw}{end}")
        written = written[len(raw) + len(end) :]
    assert written == ""


@settings(max_examples=120, deadline=None)
@given(files(), TEXTS, TEXTS)
def test_an_addition_leaves_all_that_was_there(file: Drawn, one: str, two: str) -> None:
    text = file.text()
    names = [said(name) for name in file.rows[0]]

    edited = edit(text, {}, [{"x": one, "id": "new"}, {"id": "other", "x": two}])

    assert edited.startswith(text)
    added = edited[len(text) :]
    x, key = names.index("x"), names.index("id")
    assert [(row[key], row[x]) for row in cells_of(added)] == [("new", one), ("other", two)]
    assert edited[-1] in "\r\n"


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_nasty_texts_come_back_as_typed(pairs: list[tuple[str, str]]) -> None:
    rows = [{"id": str(n), "a": one, "b": two} for n, (one, two) in enumerate(pairs)]

    rendered = render(["id", "a", "b"], rows)

    assert cells_of(rendered) == [["id", "a", "b"], *([*row.values()] for row in rows)]
    assert list(values_of(rendered).values()) == [
        {name: text for name, text in row.items() if text} for row in rows
    ]


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", LINE_ENDS)
def test_nasty_texts_survive_bytes_marks_and_line_ends(value: str, mark: bytes, end: str) -> None:
    data = mark + end.join(["id,name,phone", "ann,Ann,0123", "bob,Bob,+44"]).encode()
    decoded = decode(data, "contacts.csv")

    edited = encode(edit(decoded.text, {"bob": {"phone": value}}), decoded.bom)

    assert edited.startswith(data.removesuffix(b"+44"))
    again = values_of(decode(edited, "contacts.csv").text)
    assert again["bob"].get("phone", "") == value
    assert again["ann"] == {"id": "ann", "name": "Ann", "phone": "0123"}


@settings(max_examples=60, deadline=None)
@given(files(), st.lists(TEXTS, min_size=1, max_size=6))
def test_a_cell_that_is_set_back_leaves_the_file_as_it_was(file: Drawn, values: list[str]) -> None:
    names = [said(name) for name in file.rows[0]]
    first = file.rows[1]
    key, old = said(first[names.index("id")]), said(first[names.index("x")])
    text = file.text()

    for value in [*values, old]:
        text = edit(text, {key: {"x": value}})

    assert cells_of(text) == cells_of(file.text())
