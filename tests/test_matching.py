"""How texts are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.matching import closest, did_you_mean, digits, fold

STATUSES = ("New", "Engage", "Future", "Active", "Non Client")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Ada   LOVELACE ", "ada lovelace"),
        ("Tomáš NOVÁK", "tomas novak"),
        ("Weiß", "weiss"),
        ("STRASSE", "strasse"),
        ("ﬁne", "fine"),
        ("İstanbul", "istanbul"),
        ("a\u00a0b", "a b"),
        ("日本", "日本"),
        ("", ""),
    ],
)
def test_case_accents_and_blanks_do_not_tell_texts_apart(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_folded_as_among_accents(text: str) -> None:
    assert fold(f"{text} é").removesuffix("e").strip() == fold(text)


@given(st.text())
def test_a_folded_text_has_no_surplus_blanks(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())


# The Turkish i without a dot becomes a plain I, which has one in small letters.
@given(st.text(st.characters(max_codepoint=0x24F, exclude_characters="ı")))
def test_upper_case_is_the_same_as_lower_case(text: str) -> None:
    assert fold(text.upper()) == fold(text.lower())


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+1 (604) 555-0101", "16045550101"),
        ("001 604 555 0101", "16045550101"),
        ("0604", "0604"),
        ("ext. only", ""),
        ("٣", ""),
    ],
)
def test_a_phone_number_is_its_digits(number: str, expected: str) -> None:
    assert digits(number) == expected


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("Engagd", "Engage"),
        ("ACTIV", "Active"),
        ("non", "Non Client"),
        ("n", ""),
        ("xyz", ""),
        ("", ""),
    ],
)
def test_the_nearest_word_is_found_by_its_beginning_or_by_likeness(word: str, near: str) -> None:
    assert closest(word, STATUSES) == near


def test_how_near_is_near_can_be_said() -> None:
    assert closest("Futire", STATUSES, likeness=0.9) == ""


def test_a_hint_names_the_nearest_or_says_something_else() -> None:
    assert did_you_mean("Engagd", STATUSES) == 'did you mean "Engage"?'
    assert did_you_mean("xyz", STATUSES, "see the list") == "see the list"
    assert did_you_mean("xyz", STATUSES) == ""
