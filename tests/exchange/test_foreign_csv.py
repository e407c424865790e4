from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.errors import RequestError
from leadctl.exchange.foreign_csv import MOST_ROWS, read
from leadctl.formulas import guard
from leadctl.importing.table import ForeignRow, ForeignTable


def table(text: str, *, delimiter: str = "") -> ForeignTable:
    return read(text.encode(), "leads.csv", delimiter=delimiter)


def cells(found: ForeignTable) -> list[tuple[str, ...]]:
    assert not found.problems
    return [row.cells for row in found.rows]


def complaints(found: ForeignTable) -> list[str]:
    return [f"{problem.where}: {problem.message}" for problem in found.problems]


def test_rows_know_the_line_on_which_they_begin() -> None:
    found = table('Name,Note\nAda,"two\nlines"\n\n  \n,\nGrace,x\n')

    assert found.header == ("Name", "Note")
    assert [(row.line, row.cells) for row in found.rows] == [
        (2, ("Ada", "two\nlines")),
        (7, ("Grace", "x")),
    ]
    assert found.notices == ()
    assert found.problems == ()


def test_line_ends_within_cells_are_kept_and_any_line_end_separates_rows() -> None:
    assert cells(table('a,b\r\n1,"x\r\ny"\r\n')) == [("1", "x\r\ny")]
    assert cells(table("a,b\r1,2\r3,4")) == [("1", "2"), ("3", "4")]
    assert cells(table("a,b\n1,x\u2028y\x0bz\x85\n")) == [("1", "x\u2028y\x0bz\x85")]


def test_an_empty_file_is_a_table_without_anything() -> None:
    assert read(b"", "leads.csv") == ForeignTable()
    assert table("Name,Email\n").rows == ()


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_the_delimiter_is_taken_from_the_header_and_told(delimiter: str, name: str) -> None:
    found = table(f'Name{delimiter}"A,B"\nAda{delimiter}1,5\n')

    assert cells(found) == [("Ada", "1,5")]
    assert found.notices == (f"columns are separated by {name}",)


def test_a_header_with_two_possible_delimiters_asks_for_the_right_one() -> None:
    with pytest.raises(RequestError, match=r"leaves open .*: comma and semicolon") as caught:
        table("Name;City, State\nAda;x\n")

    assert "--delimiter" in caught.value.hint
    assert cells(table("Name;City, State\nAda;x\n", delimiter="semicolon")) == [("Ada", "x")]
    assert cells(table("Name;City, State\nAda;x\n", delimiter=";")) == [("Ada", "x")]


def test_a_delimiter_may_be_any_character_but_not_two() -> None:
    assert cells(table("a~b\n1~2\n", delimiter="~")) == [("1", "2")]
    assert cells(table("a\tb\n1\t2\n", delimiter="\\t")) == [("1", "2")]
    with pytest.raises(RequestError, match='"::" cannot be a delimiter'):
        table("a::b\n", delimiter="::")


def test_the_separator_line_of_excel_is_obeyed_and_counted() -> None:
    found = table("sep=;\r\nName;Phone\r\nAda;1,5\r\nGrace\r\n")

    assert found.header == ("Name", "Phone")
    assert found.rows[0].line == 3
    assert found.notices == ("line 1 names the delimiter: semicolon",)
    assert found.ragged == (ForeignRow(4, ("Grace",)),)


def test_short_and_long_rows_are_kept_apart_as_they_are() -> None:
    found = table("a,b,c\n1,2\n1,2,3\n1,2,3,4\n")

    assert found.ragged == (ForeignRow(2, ("1", "2")), ForeignRow(4, ("1", "2", "3", "4")))
    assert found.excerpt(2) == "1,2"
    assert [row.line for row in found.rows] == [3]


def test_columns_without_a_heading_or_with_the_same_are_problems() -> None:
    found = table("Name,,E-Mail, e-mail \n1,2,3,4\n")

    assert complaints(found) == [
        "leads.csv:1: column 2 has no heading",
        'leads.csv:1: columns 3 and 4 are both headed "e-mail"',
    ]


def test_a_quote_that_is_never_closed_is_found_where_it_opens() -> None:
    found = table('a,b\n1,"x"\n2,"Ann\n3,y\n')

    assert complaints(found) == ["leads.csv:3:3: this quote is never closed"]
    assert found.problems[0].excerpt == '2,"Ann'


def test_a_quote_closed_by_a_later_row_is_found_where_it_opens() -> None:
    found = table('a,b\n"o\nk","Ann\n3,"Bob"\n')

    assert complaints(found) == ["leads.csv:3:4: text after the closing quote"]


def test_what_is_wrong_below_a_quote_that_is_never_closed_is_told_too() -> None:
    found = table('a,b\n1,"x\n2,y\n"3"z,y\n4\n5,"\n')

    assert complaints(found) == [
        "leads.csv:2:3: text after the closing quote",
        "leads.csv:4:1: text after the closing quote",
        "leads.csv:6:3: this quote is never closed",
    ]
    assert [row.line for row in found.ragged] == [5]


def test_a_table_longer_than_any_book_is_refused() -> None:
    found = table("name\n" + "a\n" * (MOST_ROWS + 1))

    assert complaints(found) == ["leads.csv:100002: more than 100,000 rows"]


def test_a_doubled_quote_is_a_quote() -> None:
    assert cells(table('a,b\n"5"" pipe",6" pipe\n')) == [('5" pipe', '6" pipe')]


def test_a_ctrl_z_at_the_end_is_no_row() -> None:
    assert cells(table("a\n1\n\x1a\r\n")) == [("1",)]
    assert cells(table("a\n1\x1a")) == [("1",)]


def test_what_spreadsheets_wrap_around_a_text_is_taken_off() -> None:
    found = table("a,b,c,d,e\n=\"0123\",'+44 20,'=1+1,'tis,''=x\n")

    assert cells(found) == [("0123", "+44 20", "=1+1", "'tis", "'=x")]


def test_a_cell_beyond_a_megabyte_is_a_problem_and_one_below_is_not() -> None:
    assert cells(table(f"a\n{'x' * 900_000}\n")) == [("x" * 900_000,)]

    found = table(f"a\n{'x' * 1_000_001}\n")

    assert complaints(found) == ["leads.csv:2: a cell has more than 1,000,000 characters"]
    assert len(found.problems[0].excerpt) == 200


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(encoding: str) -> None:
    found = read('"Name",Ort\nZoë,Köln\n'.encode(encoding), "leads.csv")

    assert found.header == ("Name", "Ort")
    assert cells(found) == [("Zoë", "Köln")]
    assert found.notices == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen_by_its_bytes(encoding: str) -> None:
    found = read("Name,Ort\nZoë,Köln\n".encode(encoding), "leads.csv")

    assert cells(found) == [("Zoë", "Köln")]
    assert found.notices == (f"read as {encoding}, by the look of its bytes",)


def test_what_is_not_utf_8_is_read_as_windows_text_and_told() -> None:
    found = read("Name\nAda\nZoë €\n".encode("cp1252"), "leads.csv")

    assert cells(found) == [("Ada",), ("Zoë €",)]
    assert found.notices == (
        "line 3 is not UTF-8: read as cp1252 (Windows); --encoding says otherwise",
    )


def test_an_encoding_that_is_asked_for_wins_and_must_fit() -> None:
    data = "Name\nAda\nZoë\n".encode("latin-1")

    assert cells(read(data, "leads.csv", encoding="mac-roman"))[1] == ("ZoÎ",)
    assert complaints(read(data, "leads.csv", encoding="utf-8")) == [
        "leads.csv:3:3: byte 0xeb cannot be read as utf-8"
    ]


@pytest.mark.parametrize("name", ["utf-9", "base64", "a\0b"])
def test_an_unknown_encoding_is_refused(name: str) -> None:
    with pytest.raises(RequestError, match="no encoding named"):
        read(b"Name\n", "leads.csv", encoding=name)


def test_a_nul_byte_is_a_problem_with_its_place() -> None:
    assert complaints(table("a,b\n1,x\0y\n")) == ["leads.csv:2:4: a NUL byte in the text"]


_CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.just("n"), _CELLS, _CELLS), max_size=5), st.sampled_from(",;\t|"))
def test_whatever_is_written_guarded_is_read_back(
    rows: list[tuple[str, ...]], delimiter: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "b", "c"])
    writer.writerows([guard(cell) for cell in row] for row in rows)

    found = read(out.getvalue().encode(), "x.csv")

    assert cells(found) == rows


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_make_it_fail_otherwise_than_by_telling(data: bytes) -> None:
    found = read(data, "x.csv", delimiter=",")

    width = len(found.header)
    assert all(len(row.cells) == width for row in found.rows)
    assert all(
        1 <= problem.where.line <= data.count(b"\n") + data.count(b"\r") + 1
        for problem in found.problems
    )
