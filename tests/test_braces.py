from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leadctl.braces import Placeholder, Stray, pieces


def parts(text: str) -> list[object]:
    return [piece for _, piece in pieces(text) if piece != ""]


def test_a_field_may_have_a_default() -> None:
    assert parts("a {name} b { phone |none}") == [
        "a ",
        Placeholder("name", None),
        " b ",
        Placeholder("phone", "none"),
    ]


def test_a_doubled_brace_is_a_brace() -> None:
    assert parts("{{x}}") == ["{", "x", "}"]


def test_a_brace_alone_is_told_apart() -> None:
    assert parts("a{b\n}") == ["a", Stray("{"), "b\n", Stray("}")]


@given(st.text(alphabet="{}| ab\n"))
def test_no_character_is_lost_and_each_part_knows_its_place(text: str) -> None:
    places = [place for place, _ in pieces(text)]

    assert places == sorted(places)
    for place, piece in pieces(text):
        if isinstance(piece, str):
            assert text[place:].startswith(piece)
        elif isinstance(piece, Stray):
            assert text[place] == piece.brace
