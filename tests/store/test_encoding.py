from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.store.edit_error import EditError
from leadctl.store.encoding import (
    count_line_ends,
    decode,
    encode,
    line_around,
    merge_conflict,
    place_of,
)


def test_plain_utf8_is_the_text_as_it_stands() -> None:
    decoded = decode("id,name\r\na,Zoë\r\n".encode(), "contacts.csv")

    assert decoded.text == "id,name\r\na,Zoë\r\n"
    assert decoded.bom == b""
    assert decoded.problems == ()


def test_a_byte_order_mark_is_no_text_but_comes_back() -> None:
    decoded = decode(b"\xef\xbb\xbfid,name\n", "contacts.csv")

    assert decoded.text == "id,name\n"
    assert encode(decoded.text, decoded.bom) == b"\xef\xbb\xbfid,name\n"


def test_only_the_first_of_two_byte_order_marks_is_taken_off() -> None:
    data = codecs.BOM_UTF8 * 2 + b"id\n"

    decoded = decode(data, "contacts.csv")

    assert decoded.text == "\ufeffid\n"
    assert encode(decoded.text, decoded.bom) == data


@given(st.text(), st.booleans())
def test_decoding_and_encoding_give_back_the_bytes(text: str, has_mark: bool) -> None:
    data = (codecs.BOM_UTF8 if has_mark else b"") + text.encode()

    decoded = decode(data, "contacts.csv")

    assert decoded.problems or encode(decoded.text, decoded.bom) == data


@given(st.binary())
def test_bytes_are_read_without_loss_or_are_a_problem_that_blocks_writing(data: bytes) -> None:
    decoded = decode(data, "contacts.csv")

    if decoded.problems:
        assert decoded.text == ""
        assert all(problem.blocks_writing for problem in decoded.problems)
    else:
        assert encode(decoded.text, decoded.bom) == data


def test_a_cp1252_byte_is_located_guessed_and_shown() -> None:
    [problem] = decode("id,name\nzoe,Zoë X\n".encode("cp1252"), "my contacts.csv").problems

    assert str(problem.where) == "my contacts.csv:2:7"
    assert problem.message == "not UTF-8 (byte 0xEB); looks like cp1252"
    assert "iconv -f cp1252 -t utf-8 'my contacts.csv'" in problem.hint
    assert problem.excerpt == "zoe,Zoë X"
    assert problem.blocks_writing


def test_the_column_of_a_bad_byte_counts_characters_after_the_mark() -> None:
    data = codecs.BOM_UTF8 + "é,ü,".encode() + b"\xff"

    [problem] = decode(data, "contacts.csv").problems

    assert (problem.where.line, problem.where.column) == (1, 5)


def test_one_bad_byte_among_utf8_is_not_taken_for_cp1252() -> None:
    [problem] = decode("né\n".encode() + b"Ren\xe9\n", "contacts.csv").problems

    assert problem.message == "not UTF-8 (byte 0xE9)"
    assert "iconv" not in problem.hint
    assert problem.excerpt == "Ren\ufffd"


def test_a_byte_that_cp1252_does_not_have_is_not_guessed() -> None:
    [problem] = decode(b"a\x81b", "contacts.csv").problems

    assert problem.message == "not UTF-8 (byte 0x81)"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("id,name\nzoe,Zoë\n".encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + "id\n".encode("utf-16-be"), "UTF-16"),
        ("id\n".encode("utf-32"), "UTF-32"),
        ("id,name\nzoe,Zoë\n".encode("utf-16-le"), "UTF-16LE"),
        ("id,name\nann,Ann\n".encode("utf-16-le"), "UTF-16LE"),
        ("id,name\nann,Ann\n".encode("utf-16-be"), "UTF-16BE"),
    ],
)
def test_wide_encodings_are_named_with_or_without_a_mark(data: bytes, name: str) -> None:
    [problem] = decode(data, "contacts.csv").problems

    assert problem.message.endswith(f"; looks like {name}")
    assert f"iconv -f {name.lower()} -t utf-8" in problem.hint
    assert problem.excerpt in {"id", "id,name"}
    assert decode(data, "contacts.csv").text == ""


@pytest.mark.parametrize("data", [b"a\0b\n", b"\0\0\0\0\0\0"])
def test_a_few_nuls_or_nothing_else_are_not_utf16(data: bytes) -> None:
    assert decode(data, "contacts.csv").problems == ()


def test_half_a_character_is_not_written() -> None:
    with pytest.raises(EditError, match=r"U\+DCE9"):
        encode("Ren\udce9")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_merge_conflict_is_told_with_its_lines(end: str) -> None:
    lines = ["id", "<<<<<<< HEAD", "a", "=======", "b", ">>>>>>> theirs", "c", ""]

    problem = merge_conflict(end.join(lines), "contacts.csv")

    assert problem is not None
    assert problem.message == "unresolved merge conflict, lines 2–6"
    assert str(problem.where) == "contacts.csv:2:1"
    assert problem.excerpt == "<<<<<<< HEAD"
    assert problem.blocks_writing


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< HEAD\na\n=======\nb\n",
        "=======\n<<<<<<< HEAD\n>>>>>>> theirs\n",
        "x <<<<<<< HEAD\n=======\n>>>>>>> theirs\n",
        "<<<<<<< HEAD\n======= x\n>>>>>>> theirs\n",
    ],
)
def test_marks_that_are_incomplete_or_not_in_order_are_no_conflict(text: str) -> None:
    assert merge_conflict(text, "contacts.csv") is None


def test_lines_end_with_lf_cr_or_both_and_with_nothing_else() -> None:
    text = "a\r\nb\rc\nd\u2028e\x0bf\x85g"

    assert place_of(text, text.index("g")) == (4, 7)
    assert count_line_ends(text, 0, len(text)) == 3
    assert line_around(text, text.index("e")) == "d\u2028e\x0bf\x85g"
    assert line_around(text, text.index("b")) == "b"


def test_a_place_can_be_counted_from_a_known_line() -> None:
    assert place_of("a\nbcd\ne", 4, start=2, line=2) == (2, 3)
