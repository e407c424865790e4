from __future__ import annotations

import pytest

from leadctl.problems import Problem
from leadctl.records import Record
from leadctl.store.csv_reader import read_records
from leadctl.store.csv_scanner import CELL_LIMIT


def read(text: str) -> tuple[list[Record], list[Problem]]:
    return read_records(text, "contacts.csv")


def ids(text: str) -> list[str]:
    return [str(record.values["id"]) for record in read(text)[0]]


def told(text: str) -> list[str]:
    return [f"{each.where.line}:{each.where.column} {each.message}" for each in read(text)[1]]


def test_the_header_names_the_values_and_empty_cells_are_left_out() -> None:
    records, problems = read('id,name,tags,note\nann,Ann,vip; hot,\nbob,"Bob, jr",,"a ""b"""\n')

    assert [record.values for record in records] == [
        {"id": "ann", "name": "Ann", "tags": "vip; hot"},
        {"id": "bob", "name": "Bob, jr", "note": 'a "b"'},
    ]
    assert problems == []


def test_a_record_and_its_cells_know_their_places() -> None:
    records, _ = read('id,note,name\r\n\r\nann,"two\r\nlines",Ann\r\nbob,,"Bob"')

    ann, bob = records
    assert str(ann.where) == "contacts.csv:3"
    assert dict(ann.places) == {"id": (3, 1), "note": (3, 5), "name": (4, 8)}
    assert str(bob.at("note")) == "contacts.csv:5:5"
    assert str(bob.at("name")) == "contacts.csv:5:6"
    assert str(bob.at("phone")) == "contacts.csv:5"


@pytest.mark.parametrize("text", ["", "\n\n", "id,name", "id,name\n", "\nid,name\n\n"])
def test_no_rows_are_no_problem(text: str) -> None:
    assert read(text) == ([], [])


# C1


def test_a_quote_that_is_never_closed_is_told_where_it_opens_and_hides_no_other_row() -> None:
    text = 'id,name\nann,"Ann\nbob,Bob\ncid,Cid\n'

    assert told(text) == ["2:5 quote is opened and not closed"]
    assert ids(text) == ["bob", "cid"]
    [problem] = read(text)[1]
    assert problem.excerpt == 'ann,"Ann'
    assert problem.blocks_writing
    assert problem.hint


def test_a_forgotten_quote_is_told_where_it_opens_though_a_later_one_seems_to_close_it() -> None:
    text = 'id,name,x\nann,"Ann,1\nbob,"Bob, jr",2\ncid,"",3\ndan,"Dan",4\n'

    assert told(text) == ["2:5 quote is opened and not closed"]
    assert ids(text) == ["bob", "cid", "dan"]


def test_several_forgotten_quotes_are_all_told() -> None:
    text = 'id,name\nann,"Ann\nbob,"Bob\ncid,Cid\n'

    assert told(text) == [
        "2:5 quote is opened and not closed",
        "3:5 quote is opened and not closed",
    ]
    assert ids(text) == ["cid"]


def test_doubled_quotes_do_not_close_a_cell() -> None:
    text = 'id,name\nann,"Ann ""A\nbob,Bob\n'

    assert told(text) == ["2:5 quote is opened and not closed"]
    assert ids(text) == ["bob"]


# C2


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ('"Ann"x,1', "2:6 text after the closing quote of a cell"),
        ('An"n,1', "2:3 quote in a cell that has none in front"),
        (' "Ann",1', "2:2 quote in a cell that has none in front"),
        ('"Ann" ,1', "2:6 text after the closing quote of a cell"),
        (r'"say \"hi\"",1', "2:8 text after the closing quote of a cell"),
        ('""x,1', "2:3 text after the closing quote of a cell"),
    ],
)
def test_a_stray_quote_is_told_and_costs_its_own_row_only(row: str, problem: str) -> None:
    text = f'id,x\n{row}\nbob,"two\nlines"\n'

    assert told(text) == [problem]
    assert ids(text) == ["bob"]


def test_a_row_with_a_stray_quote_ends_where_its_last_cell_ends() -> None:
    text = 'id,x,note\n"Ann"x,1,"two\nlines"\nbob,2,\n'

    assert told(text) == ["2:6 text after the closing quote of a cell"]
    assert ids(text) == ["bob"]


def test_of_two_breaches_in_one_row_the_first_is_told() -> None:
    text = 'id,x\n"Ann"x,"two\nbob,2\n'

    assert told(text) == ["2:6 text after the closing quote of a cell"]
    assert ids(text) == ["bob"]


def test_of_two_breaches_the_first_is_told_though_the_second_runs_over_lines() -> None:
    text = 'id,x\n"Ann"x,"two\nbob,"2, 3"\n'

    assert told(text) == ["2:6 text after the closing quote of a cell"]
    assert ids(text) == ["bob"]


# C3


def test_short_and_long_rows_are_told_with_their_counts() -> None:
    text = "id,a,b,c,d\nann,1,2\nbob,1,2,3,4\ncid,1,2,3,4,5,6\n"

    assert told(text) == [
        "2:8 row with 3 of 5 columns",
        "4:13 row with 7 cells for 5 columns",
    ]
    assert ids(text) == ["bob"]
    assert all(problem.blocks_writing and problem.hint for problem in read(text)[1])


# C4


def test_of_a_column_that_occurs_twice_the_first_counts() -> None:
    text = "id,name,name\nann,Ann,Anna\n"

    assert told(text) == ['1:9 column "name" occurs twice']
    assert read(text)[0][0].values == {"id": "ann", "name": "Ann"}


def test_a_column_without_a_name_is_a_problem_and_passed_over() -> None:
    text = "id, ,name\nann,x,Ann\n"

    assert told(text) == ["1:4 column without a name"]
    assert read(text)[0][0].values == {"id": "ann", "name": "Ann"}


def test_blanks_around_a_column_name_are_trimmed_with_a_warning() -> None:
    records, [problem] = read("id, name\nann,Ann\n")

    assert problem.message == 'blanks around the column name "name"'
    assert problem.is_warning
    assert not problem.blocks_writing
    assert records[0].values == {"id": "ann", "name": "Ann"}


# C5


def test_a_second_byte_order_mark_in_the_header_is_told() -> None:
    assert told("\ufeffid,name\n") == ["1:1 byte order mark in the header"]
    assert told('"\ufeffid",name\n') == ["1:1 byte order mark in the header"]


# C6, as far as a book goes


@pytest.mark.parametrize(
    ("header", "name"),
    [("id;name", "semicolons"), ("id\tname", "tabs"), ("id|name", "bars"), ("sep=;", "semicolons")],
)
def test_another_delimiter_is_one_problem_that_points_to_import(header: str, name: str) -> None:
    records, [problem] = read(f"{header}\nann;Ann\nbob,Bob\n")

    assert records == []
    assert problem.message == f"the header has {name} and no comma"
    assert "leadctl import" in problem.hint


def test_another_delimiter_is_seen_behind_quotes() -> None:
    assert told('"id";"name"\n"ann";"Ann"\n') == ["1:5 the header has semicolons and no comma"]


def test_one_column_needs_no_comma() -> None:
    assert ids('id\nann\n"bob"\n') == ["ann", "bob"]


# C8, C9


def test_a_nul_is_told_at_its_place() -> None:
    text = 'id,name\nann,A\0nn\nbob,"two\n\0"\ncid,Cid\n'

    assert told(text) == ["2:6 NUL character", "4:1 NUL character"]
    assert ids(text) == ["cid"]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_may_have_a_million_characters_and_not_many_more(quote: str) -> None:
    longest, longer = "x" * CELL_LIMIT, "x" * (CELL_LIMIT + 1)
    text = f"id,note\nann,{quote}{longest}{quote}\nbob,{quote}{longer}{quote}\ncid,\n"

    assert told(text) == ["3:5 cell of 1,048,577 characters; the limit is 1,048,576"]
    assert ids(text) == ["ann", "cid"]


# C10, C11


@pytest.mark.parametrize(
    "inside", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x1c", "\x85"]
)
def test_what_looks_like_a_line_end_is_kept_in_a_cell(inside: str) -> None:
    records, problems = read(f'id,note\nann,"a{inside}b"\nbob,x\n')

    assert problems == []
    assert records[0].values["note"] == f"a{inside}b"
    assert records[1].values == {"id": "bob", "note": "x"}


@pytest.mark.parametrize("inside", ["\u2028", "\x0b", "\x0c", "\x1e", "\x85"])
def test_unicode_line_ends_need_no_quotes(inside: str) -> None:
    assert read(f"id,note\nann,a{inside}b\n")[0][0].values["note"] == f"a{inside}b"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_of_three_ways(end: str) -> None:
    records, problems = read(end.join(["id,name", "ann,Ann", "", "bob,Bob"]))

    assert problems == []
    assert [(record.values["name"], record.where.line) for record in records] == [
        ("Ann", 2),
        ("Bob", 4),
    ]


# C12


@pytest.mark.parametrize("ending", ["\x1a", "\n\x1a", "\r\n\x1a\r\n", "\x1a\x1a\n"])
def test_ctrl_z_at_the_end_is_passed_over_with_a_warning(ending: str) -> None:
    records, [problem] = read(f"id,name\nann,Ann{ending}")

    assert [record.values["name"] for record in records] == ["Ann"]
    assert problem.is_warning
    assert "Ctrl-Z" in problem.message
    assert problem.where.line == 2 + ending[: ending.index("\x1a")].count("\n")


def test_ctrl_z_elsewhere_is_text() -> None:
    assert read("id,name\nann,A\x1an\n")[0][0].values["name"] == "A\x1an"


def test_empty_lines_are_nothing_and_lines_of_blanks_a_warning() -> None:
    records, [problem] = read("id,name\n\nann,Ann\n \t \n\nbob,Bob\n")

    assert [record.where.line for record in records] == [3, 6]
    assert str(problem.where) == "contacts.csv:4:1"
    assert problem.is_warning
    assert not problem.blocks_writing


def test_a_merge_conflict_is_the_one_problem_of_the_file() -> None:
    text = "id,name\n<<<<<<< HEAD\nann,Ann\n=======\nann,Anna\n>>>>>>> theirs\n"

    assert told(text) == ["2:1 unresolved merge conflict, lines 2–6"]
    assert read(text)[0] == []


def test_the_marks_of_a_conflict_in_a_quoted_note_are_text() -> None:
    text = 'id,note\nann,"\n<<<<<<< HEAD\n=======\n>>>>>>> x\n"\n'

    assert read(text)[1] == []


def test_of_very_many_problems_fifty_are_listed_and_errors_before_warnings() -> None:
    text = "id,name\n" + " \n" * 60 + "ann\n" * 60 + "bob,Bob\n"

    problems = read(text)[1]

    assert [problem.where.line for problem in problems] == list(range(62, 112))
    assert ids(text) == ["bob"]
