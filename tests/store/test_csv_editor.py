from __future__ import annotations

import pytest

from leadctl.records import Value
from leadctl.store import csv_editor
from leadctl.store.csv_editor import edit, render
from leadctl.store.edit_error import EditError

LINE_ENDS = ("\n", "\r\n", "\r")


def test_only_the_cell_changes() -> None:
    text = 'id,name,"note"\r\n\r\nann,  Ann ,"a ""b"""\n   \nbob,Bob,"x"'

    assert edit(text, {"ann": {"name": "Anna"}}) == text.replace("  Ann ", "Anna")
    assert edit(text, {"bob": {"note": "y"}}) == text.replace('"x"', '"y"')


def test_several_cells_of_several_rows_change_at_once() -> None:
    text = "id,name,note\nann,Ann,\nbob,Bob,x\ncid,Cid,\n"

    edited = edit(text, {"cid": {"note": "z", "name": "C"}, "ann": {"note": "a"}})

    assert edited == "id,name,note\nann,Ann,a\nbob,Bob,x\ncid,C,z\n"


def test_a_quoted_cell_stays_quoted_and_a_bare_one_is_quoted_where_it_must() -> None:
    text = 'id,a,b\nann,"x",y\n'

    assert edit(text, {"ann": {"a": "z"}}) == 'id,a,b\nann,"z",y\n'
    assert edit(text, {"ann": {"a": ""}}) == 'id,a,b\nann,"",y\n'
    assert edit(text, {"ann": {"b": ""}}) == 'id,a,b\nann,"x",\n'
    assert edit(text, {"ann": {"b": "y,z"}}) == 'id,a,b\nann,"x","y,z"\n'
    assert edit(text, {"ann": {"b": " y"}}) == 'id,a,b\nann,"x"," y"\n'
    assert edit(text, {"ann": {"b": "\ufeffy"}}) == 'id,a,b\nann,"x","\ufeffy"\n'


def test_several_values_are_joined_in_one_cell() -> None:
    text = "id,tags\nann,vip\n"

    assert edit(text, {"ann": {"tags": ("vip", "hot")}}) == "id,tags\nann,vip; hot\n"
    assert edit(text, {"ann": {"tags": ()}}) == "id,tags\nann,\n"


@pytest.mark.parametrize("cell", ["vip;hot", "vip; hot", "vip ;  hot;", '"vip;hot"'])
def test_values_that_are_there_already_stay_as_they_are_joined(cell: str) -> None:
    text = f"id,tags\nann,{cell}\n"

    assert edit(text, {"ann": {"tags": ("vip", "hot")}}) == text


def test_one_of_several_values_cannot_hold_their_separator() -> None:
    with pytest.raises(EditError, match='"a;b"'):
        edit("id,tags\nann,vip\n", {"ann": {"tags": ("a;b", "c")}})


# New columns


def test_a_field_without_a_column_gets_the_last_one() -> None:
    text = 'id,name\r\n\r\nann,"Ann"\r\n \r\nbob,Bob'

    edited = edit(text, {"bob": {"phone": "0123", "a b": "x,y"}})

    assert edited == 'id,name,phone,a b\r\n\r\nann,"Ann",,\r\n \r\nbob,Bob,0123,"x,y"'


def test_a_changed_last_cell_and_a_new_column_meet_at_the_same_place() -> None:
    assert edit("id,a\nann,\n", {"ann": {"a": "x", "b": "y"}}) == "id,a,b\nann,x,y\n"


def test_clearing_a_field_that_has_no_column_changes_nothing() -> None:
    text = "id,name\nann,Ann\n"

    assert edit(text, {"ann": {"phone": "", "tags": ()}}) == text


def test_a_column_name_is_quoted_where_it_must() -> None:
    assert edit("id\nann\n", {"ann": {"a,b": "x"}}) == 'id,"a,b"\nann,x\n'


@pytest.mark.parametrize("name", ["", " ", " padded", "\ufeffx", "a\0b"])
def test_a_column_name_that_would_not_be_read_back_is_refused(name: str) -> None:
    with pytest.raises(EditError):
        edit("id,name\nann,Ann\n", {"ann": {name: "x"}})


# Additions


@pytest.mark.parametrize("end", LINE_ENDS)
def test_an_addition_is_the_last_line_with_the_line_end_of_the_file(end: str) -> None:
    text = end.join(["id,name,note", "ann,Ann,"])

    expected = end.join(["id,name,note", "ann,Ann,", 'bob,"Bob, jr",', ""])
    assert edit(text, {}, [{"name": "Bob, jr", "id": "bob"}]) == expected
    assert edit(text + end, {}, [{"name": "Bob, jr", "id": "bob"}]) == expected


def test_an_addition_may_bring_new_columns() -> None:
    text = "id,name\nann,Ann\n"

    edited = edit(text, {"ann": {"x": "1"}}, [{"id": "bob", "y": "2", "z": ""}])

    assert edited == "id,name,x,y\nann,Ann,1,\nbob,,,2\n"


@pytest.mark.parametrize(("text", "before"), [("", ""), ("\r\n", "\r\n")])
def test_an_empty_file_gets_a_header(text: str, before: str) -> None:
    end = text or "\n"

    edited = edit(text, {}, [{"id": "ann", "name": "Ann"}, {"id": "bob", "tags": ("a", "b")}])

    assert edited == before + end.join(["id,name,tags", "ann,Ann,", "bob,,a; b", ""])


def test_an_addition_stands_before_a_ctrl_z() -> None:
    assert edit("id,b\nann,x\x1a", {}, [{"id": "bob"}]) == "id,b\nann,x\nbob,\n\x1a"
    assert edit("id,b\nann,x\n\x1a\n", {}, [{"id": "bob"}]) == "id,b\nann,x\nbob,\n\x1a\n"


def test_an_addition_follows_a_last_line_of_blanks() -> None:
    assert edit("id,b\nann,x\n  ", {}, [{"id": "bob"}]) == "id,b\nann,x\n  \nbob,\n"


def test_the_only_cell_of_a_row_is_never_an_empty_line() -> None:
    text = "id\nann\nbob\n"

    assert edit(text, {"ann": {"id": ""}}) == 'id\n""\nbob\n'
    assert edit(text, {}, [{"id": ""}]) == 'id\nann\nbob\n""\n'


# Refusals


def test_an_id_that_is_not_there_is_refused() -> None:
    with pytest.raises(EditError, match='no row has the id "eve"'):
        edit("id,name\nann,Ann\n", {"eve": {"name": "Eve"}})


@pytest.mark.parametrize("text", ["", "name\nAnn\n", "id,name\n,Ann\n"])
def test_where_no_row_has_an_id_none_can_be_edited(text: str) -> None:
    with pytest.raises(EditError):
        edit(text, {"": {"name": "Eve"}})


def test_an_id_that_is_there_twice_is_refused_only_if_it_is_asked_for() -> None:
    text = "id,name\nann,Ann\nbob,Bob\nann,Anna\n"

    assert edit(text, {"bob": {"name": "B"}}) == text.replace("Bob", "B")
    with pytest.raises(EditError, match='the id "ann" occurs twice'):
        edit(text, {"ann": {"name": "A"}})


@pytest.mark.parametrize(
    "text",
    [
        'id,name\nann,Ann\nbob,"Bob\n',
        'id,name\nann,Ann\nbob,B"ob\n',
        "id,name\nann,Ann\nbob\n",
        "id,name,name\nann,Ann,\n",
        "id;name\nann;Ann\n",
        "id,name\nann,Ann\0\n",
    ],
)
def test_a_text_with_a_problem_is_not_edited(text: str) -> None:
    with pytest.raises(EditError, match=r"problem at \d+:\d+"):
        edit(text, {"ann": {"name": "Anna"}})
    with pytest.raises(EditError):
        edit(text, {}, [{"id": "eve"}])


@pytest.mark.parametrize("value", ["a\0b", "x" * 1_100_000])
def test_a_value_that_would_not_be_read_back_is_refused(value: str) -> None:
    with pytest.raises(EditError):
        edit("id,name\nann,Ann\n", {"ann": {"name": value}})


@pytest.mark.parametrize("written", ["oops", "two,cells", "two\nlines", '"open', ""])
def test_a_splice_that_does_something_else_is_refused(
    monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    monkeypatch.setattr(csv_editor, "_written", lambda _text, **_options: written)

    with pytest.raises(EditError):
        edit("id,name\nann,Ann\nbob,Bob\n", {"ann": {"name": "Anna"}})


# New files


def test_a_new_file_has_a_header_and_a_row_each() -> None:
    rows: list[dict[str, Value]] = [{"id": "ann", "tags": ("a", "b")}, {"note": "x\n", "id": "bob"}]

    assert render(["id", "tags", "note"], rows) == 'id,tags,note\nann,a; b,\nbob,,"x\n"\n'


def test_a_new_file_without_rows_is_a_header() -> None:
    assert render(["id", "name"], []) == "id,name\n"


def test_a_value_without_a_column_is_not_dropped_in_silence() -> None:
    with pytest.raises(EditError, match="no column for note"):
        render(["id"], [{"id": "ann", "note": "x"}])


@pytest.mark.parametrize("fields", [["id", "id"], ["id", ""], ["id", " a"]])
def test_a_header_that_would_not_be_read_back_is_refused(fields: list[str]) -> None:
    with pytest.raises(EditError):
        render(fields, [])
