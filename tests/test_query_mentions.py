"""Names of statuses in a query are replaced where they are statuses, and nowhere else."""

from __future__ import annotations

import pytest

from leadctl.errors import RequestError
from leadctl.matching import fold
from leadctl.query.mentions import replace_status


def is_engage(word: str) -> bool:
    return fold(word) == "engage"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status:Engage touched:..-60d", "status:Talking touched:..-60d"),
        ("is:due   -status:engage", "is:due   -status:Talking"),
        ("not:status:New,'Engage'", "not:status:New,Talking"),
        ('status:"Non Client",Engage x', 'status:"Non Client",Talking x'),
        ("Status!=ENGAGE", "Status!=Talking"),
        ("status:Talking,Engage", "status:Talking"),
        ("status:Engage,Engage,New", "status:Talking,New"),
    ],
)
def test_a_status_is_replaced_and_all_else_stays(query: str, expected: str) -> None:
    assert replace_status(query, is_engage, "Talking") == expected


@pytest.mark.parametrize(
    "query",
    [
        'Engage name:Engage "status:Engage" status~Engage stage:Engage',
        "status:Engagement",
        "(status:Engage",
        "status:Engage 'open",
        "",
    ],
)
def test_what_is_no_status_or_no_query_stays(query: str) -> None:
    assert replace_status(query, is_engage, "Talking") == query


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Non Client", 'status:"Non Client"'),
        ("a,b:c(d)", 'status:"a,b:c(d)"'),
        ("1..2", 'status:"1..2"'),
        ('say "hi"', "status:'say \"hi\"'"),
        ("Éloigné", "status:Éloigné"),
    ],
)
def test_a_name_that_the_query_would_misread_is_quoted(name: str, expected: str) -> None:
    assert replace_status("status:Engage", is_engage, name) == expected


def test_a_name_that_no_query_can_hold_leaves_the_alias_there() -> None:
    assert replace_status("status:Engage", is_engage, "a\" b' c") == "status:Engage"


def test_one_of_several_can_be_left_out() -> None:
    assert replace_status("status:New,Engage is:due", is_engage, "") == "status:New is:due"


def test_the_only_one_cannot_be_left_out() -> None:
    with pytest.raises(RequestError, match='"Engage" is all that a term of it asks for'):
        replace_status("status:Engage is:due", is_engage, "")
