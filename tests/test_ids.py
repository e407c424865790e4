"""Ids are made from names: readable, each of its own, and fit for the name of a file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.ids import is_valid_id, slug


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=80) | st.sampled_from(["Ada", "nul", "x" * 64, "Ada 2"])))
def test_every_name_gets_an_id_of_its_own(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        found = slug(name, taken)

        assert is_valid_id(found)
        assert found not in taken
        taken.add(found)


@pytest.mark.parametrize(
    "text", ["", "-a", "A", "a_b", "a/b", "..", "x" * 65, "con", "lpt1", "a\n"]
)
def test_some_texts_cannot_be_ids(text: str) -> None:
    assert not is_valid_id(text)


def test_an_id_is_readable_ascii() -> None:
    assert slug("Søren O’Brien-Łukasz & Co.", set()) == "soren-obrien-lukasz-co"
    assert slug("李", set(), otherwise="li.wei") == "li-wei"
    assert slug("x" * 70, {"x" * 64}) == "x" * 62 + "-2"
