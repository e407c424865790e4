"""What a shell may be offered behind a half-typed word."""

from __future__ import annotations

import pytest

from leadctl.candidates import (
    DAYS,
    Vocabulary,
    assignments,
    beginning_with,
    is_safe,
    listed,
    query_terms,
)
from leadctl.fields import Field
from tests.people import NO_OWN_FIELDS, STAGES

SEEN = {"tags": ("vip", "$(reboot)", "first home"), "source": ("Zillow",)}


def seen(field: Field) -> tuple[str, ...]:
    return SEEN.get(field.name, ())


WORDS = Vocabulary(STAGES, NO_OWN_FIELDS, seen)


@pytest.mark.parametrize("text", ["vip", "first home", "a.b-c_d", "2026-11"])
def test_plain_words_are_safe(text: str) -> None:
    assert is_safe(text)


@pytest.mark.parametrize("text", ["", "$(x)", "a;b", "-x", "a  b", "a\nb", "`x`", "é", "x" * 65])
def test_what_a_shell_could_read_otherwise_is_not(text: str) -> None:
    assert not is_safe(text)


def test_a_begin_is_completed_in_any_case_and_each_once() -> None:
    assert beginning_with("en", ["Engage", "engage", "Engage", "New"]) == ["Engage", "engage"]


def test_names_follow_commas_and_signs() -> None:
    assert list(listed("id,na", ["name"])) == ["id,name"]
    assert list(listed("-du", ["due"], signs="-")) == ["-due"]
    assert list(listed("name,-du", ["due"], signs="-")) == ["name,-due"]


@pytest.mark.parametrize(
    ("partial", "offered"),
    [
        ("status:", "status:Engage"),
        ("-status:New,", "-status:New,Engage"),
        ("not:stage:", "not:stage:Warm"),
        ("tag:", "tag:first home"),
        ("source:", "source:Zillow"),
        ("is:", "is:overdue"),
        ("has:", "has:phone"),
        ("no:", "no:email"),
        ("do_not_contact:", "do_not_contact:yes"),
        ("due:", f"due:{DAYS[0]}"),
        ("", "status:"),
        ("-", "-is:"),
    ],
)
def test_a_condition_is_offered(partial: str, offered: str) -> None:
    assert offered in list(query_terms(WORDS, partial))


@pytest.mark.parametrize("partial", ["id:", "name:", "nonsense:", "external_id:"])
def test_nothing_is_offered_where_everybody_has_another_value(partial: str) -> None:
    assert list(query_terms(WORDS, partial)) == []


def test_values_that_a_shell_could_run_are_left_out() -> None:
    assert WORDS.values("tags") == ("vip", "first home")


def test_a_field_is_set_added_to_and_taken_from() -> None:
    offered = list(assignments(WORDS, ""))

    assert {"company=", "tags=", "tags+=", "tags-="} <= set(offered)
    assert not {"id=", "due=", "company+="} & set(offered)


def test_the_values_behind_a_field_are_those_of_the_book() -> None:
    assert list(assignments(WORDS, "tags+=")) == ["tags+=vip", "tags+=first home"]
    assert "status=Active" in list(assignments(WORDS, "status="))
