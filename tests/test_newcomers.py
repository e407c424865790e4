"""People from stdin: a line each, or JSON."""

from __future__ import annotations

import json

import pytest

from leadctl.errors import RequestError
from leadctl.newcomers import newcomers


def values(text: str) -> list[dict[str, str]]:
    return [dict(each.values) for each in newcomers(text)]


def test_a_line_is_a_name_or_a_name_with_an_address() -> None:
    text = 'Ada Lovelace\n\n# from the fair\n"Bo Ek" <bo@example.com>\n<cy@example.com>\n'

    assert values(text) == [
        {"name": "Ada Lovelace"},
        {"name": "Bo Ek", "email": "bo@example.com"},
        {"name": "cy@example.com", "email": "cy@example.com"},
    ]


def test_each_knows_its_line() -> None:
    text = '\n{"name": "Ada"}\n\n{"name":\n "Bo"}\n{"name": "Cy"}\n'

    assert [each.where.line for each in newcomers(text)] == [2, 4, 6]


@pytest.mark.parametrize("between", ["\n", " "])
def test_objects_stand_in_a_list_or_one_after_the_other(between: str) -> None:
    people = [{"name": "Ada"}, {"name": "Bo"}]

    assert values(json.dumps(people)) == people
    assert values(between.join(map(json.dumps, people))) == people


def test_what_a_book_works_out_by_itself_is_left_out() -> None:
    person = {"id": "ada", "name": "Ada", "due": "2026-11-22", "stage": "Hot", "company": None}

    assert values(json.dumps(person)) == [{"name": "Ada"}]


def test_lists_numbers_and_yes_become_texts() -> None:
    person = {"name": "Ada", "tags": ["vip", "buyer"], "budget": 250000, "pool": True, "phone": []}

    assert values(json.dumps(person)) == [
        {"name": "Ada", "tags": "vip; buyer", "budget": "250000", "pool": "yes"}
    ]


@pytest.mark.parametrize(
    ("text", "complaint", "line"),
    [
        ("Ada\nid,name,status\n", "is no name", 2),
        ("Ada\tada@example.com\n", "is no name", 1),
        ('{"name": "Ada"}\n{"name": \n', "no JSON", 2),
        ('[{"name": "Ada"},\n {"name": "Bo"}\n', "cut off", 2),
        ('{"name": "Ada"}\n"Bo"\n', "between { and }", 2),
        ('{"name": {"first": "Ada"}}', "neither a text nor a list", 1),
    ],
)
def test_what_is_neither_is_refused_with_its_line(text: str, complaint: str, line: int) -> None:
    with pytest.raises(RequestError, match=complaint) as refused:
        newcomers(text)

    assert refused.value.where is not None
    assert refused.value.where.line == line


def test_nothing_is_nobody() -> None:
    assert newcomers("") == newcomers("\n# later\n") == ()
