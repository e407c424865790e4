"""The fields of a book: how they are named, and what else names them."""

from __future__ import annotations

import pytest

from leadctl.errors import RequestError
from leadctl.fields import DERIVED, FIELDS, MANY, STORED, SYNONYMS, Field, Kind, Schema

SCHEMA = Schema({"budget": Field("budget", Kind.MONEY, "")})


def test_every_field_is_stored_or_derived_and_named_once() -> None:
    names = [field.name for field in FIELDS]

    assert len(set(names)) == len(names)
    assert set(STORED) | set(DERIVED) == set(names)
    assert not set(STORED) & set(DERIVED)
    assert {"email", "phone", "tags"} <= MANY


def test_a_synonym_stands_for_a_field_and_is_none_itself() -> None:
    names = {field.name for field in FIELDS}

    assert set(SYNONYMS.values()) <= names
    assert not set(SYNONYMS) & names


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("company", "company"),
        ("Company", "company"),
        ("tag", "tags"),
        ("TAG", "tags"),
        ("DNC", "do_not_contact"),
        ("budget", "budget"),
        ("BUDGET", "budget"),
        ("due", "due"),
    ],
)
def test_a_field_is_found_in_any_case_and_by_any_synonym(word: str, name: str) -> None:
    found = SCHEMA.find(word)

    assert found is not None
    assert found.name == name
    assert SCHEMA.get(word) is found


def test_an_unknown_field_is_refused_with_the_nearest_or_with_all() -> None:
    with pytest.raises(RequestError) as near:
        SCHEMA.get("budgt")
    with pytest.raises(RequestError) as far:
        SCHEMA.get("qqq")

    assert near.value.message == 'no field named "budgt"'
    assert near.value.hint == 'did you mean "budget"?'
    assert far.value.hint == f"fields: {', '.join(SCHEMA.names())}"
    assert SCHEMA.find("qqq") is None


def test_fields_that_only_occur_in_the_contacts_are_text() -> None:
    seen = SCHEMA.with_seen(["company", "hobby", "budget"])

    assert seen.get("hobby") == Field("hobby", Kind.TEXT, "a field of your own")
    assert seen.get("budget").kind is Kind.MONEY
    assert seen.get("company").help == "the organisation a person belongs to"


def test_the_names_are_the_built_in_ones_first_and_each_once() -> None:
    names = SCHEMA.with_seen(["hobby", "id"]).names()

    assert names[: len(FIELDS)] == tuple(field.name for field in FIELDS)
    assert sorted(names[len(FIELDS) :]) == ["budget", "hobby"]
