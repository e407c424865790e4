from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.messages.first_names import first_name


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Ada Lovelace", "Ada"),
        ("Ada", "Ada"),
        ("Lovelace, Ada", "Ada"),
        ("Lovelace, Dr. Ada", "Ada"),
        ("Prof. Dr. Ada Lovelace", "Ada"),
        ("Jean-Luc Martin", "Jean-Luc"),
        ("Tomáš Novák", "Tomáš"),
        ("王小明", "王小明"),
    ],
)
def test_the_first_name_of_a_person_is_found(name: str, first: str) -> None:
    assert first_name(name) == first


@pytest.mark.parametrize(
    "name",
    [
        "Acme Ltd.",
        "Acme, Inc.",
        "Müller GmbH & Co. KG",
        "Keel & Lantern",
        "The Hub",
        "Harbour Street Bakery",
        "Beth and Carys Howell",
        "Herr Müller",
        "J. Smith",
        "Dr.",
        "3M",
        "",
        " , ",
    ],
)
def test_where_it_is_not_told_there_is_none(name: str) -> None:
    assert first_name(name) == ""


def test_whoever_is_named_like_the_company_is_the_company() -> None:
    assert first_name("Cutlers Lane Surveyors", company="Cutlers lane  surveyors") == ""


@given(st.text(max_size=40), st.text(max_size=20))
def test_a_first_name_is_a_part_of_the_name_without_blanks(name: str, company: str) -> None:
    first = first_name(name, company=company)

    assert first in name
    assert first.split() == ([first] if first else [])
