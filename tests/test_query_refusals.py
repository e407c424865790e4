"""Queries that have no meaning are refused in words, with a suggestion where one is near."""

from __future__ import annotations

from datetime import date

import pytest

from leadctl.errors import RequestError
from leadctl.fields import Field, Kind, Schema
from leadctl.query.language import Query, parse_query
from leadctl.stages import Stage, Stages, Status

TODAY = date(2026, 11, 22)
SCHEMA = Schema(
    {
        "value": Field("value", Kind.MONEY, "worth"),
        "size": Field("size", Kind.CHOICE, "of the firm", choices=("Small", "Large")),
    }
)
STAGES = Stages(
    statuses=(Status("New", "Hot", "open"), Status("Non Client")),
    stages=(Stage("Hot"),),
    default="New",
    views={
        "hot": "stage:Hot",
        "circle": "@circle2",
        "circle2": "ada @circle",
        "broken": "status:Nwe",
    },
)


def parse(text: str) -> Query:
    return parse_query(text, schema=SCHEMA, stages=STAGES, today=TODAY)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("status:Nwe", 'no status named "Nwe"', 'did you mean "New"?'),
        ("status:Lapsed", 'no status named "Lapsed"', ""),
        ("stage:Hott", 'no stage named "Hott"', 'did you mean "Hot"?'),
        ("emial:x", 'no field named "emial"', 'did you mean "email"?'),
        ("12:30", 'no field named "12"', "quotes inside quotes"),
        ("https://x.org", 'no field named "https"', "quotes inside quotes"),
        ("is:overdeu", 'no flag named "overdeu"', 'did you mean "overdue"?'),
        ("is:xyzzy", 'no flag named "xyzzy"', "flags: due, overdue, never-touched"),
        ("has:emial", 'no field named "emial"', 'did you mean "email"?'),
        ("why:overdue", '"why" cannot be queried', "is:overdue"),
        ("has:why", '"why" cannot be queried', "overdue"),
        ("size:smal", 'no size "smal"', 'did you mean "Small"?'),
        ("size:xyzzy", 'no size "xyzzy"', "one of: Small, Large"),
        ("dnc:maybe", "do_not_contact is yes or no", "do_not_contact:yes"),
        ("touch_every:often", 'touch_every: "often" is no interval', "write 14 days"),
        ("phone:none", 'no digits in "none"', "some digits"),
        ("value:lots", 'value: "lots" is no number', "value:5..10"),
        ("value:1e3", 'value: "1e3" is no number', "value:5..10"),
        ("value:..", "value: a range without ends", "value:a..b"),
        ("value:9..1", 'value: "9..1" ends before it begins', "smaller"),
        ("value>1,2", "value> takes one value", "a colon"),
        ("value>1..2", "value> takes one value", "a colon"),
        ("due:..", "due: a range without ends", "due:a..b"),
        ("due:2026..2025", 'due: "2026..2025" ends before it begins', "earlier"),
        ("due:whenever", 'due: "whenever" is no date', "understood are"),
        ("due:2026-02-30", "due: February 2026 has 28 days", ""),
        ("due<+999999999d", "due: 999999999 days from 2026-11-22 is outside the calendar", ""),
        ("touched>3d", 'touched: "3d" may lie ahead or back', "write +3d or -3d"),
        ("name>b", "> cannot be asked of name", "name:value"),
        ("birthday>today", "> cannot be asked of birthday", "birthday:today..+14d"),
        ("birthday:today..", 'birthday comes round every year: "today.."', "both ends"),
        ("name~[", '"[" is no pattern', "unterminated character set"),
        ("name~" + "(" * 5000, '"(((', "put"),
        ("name~a{99999999999999}", '"a{99999999999999}" is no pattern', ""),
        ("touches~3", "touches is a number", "touches:5"),
        ("@hto", 'no view named "hto"', 'did you mean "hot"?'),
        ("@circle", "in view @circle: views refer to each other in a circle", ""),
        ("@broken", 'in view @broken: no status named "Nwe"', 'did you mean "New"?'),
        ("\ud800", "the query is not valid UTF-8", ""),
    ],
)
def test_a_query_without_meaning_is_refused(text: str, message: str, hint: str) -> None:
    with pytest.raises(RequestError) as caught:
        parse(text)

    assert caught.value.message.startswith(message)
    assert hint in caught.value.hint


def test_a_query_that_sqlite_would_refuse_is_refused_before() -> None:
    with pytest.raises(RequestError, match="too long"):
        parse(f"id:{','.join('a' * 30_000)}")


def test_views_that_double_each_other_are_refused_at_once() -> None:
    doubling = {f"v{n}": f"@v{n + 1} @v{n + 1}" for n in range(18)} | {"v18": "ada"}
    stages = Stages(STAGES.statuses, STAGES.stages, "New", views=doubling)

    with pytest.raises(RequestError, match="too long"):
        parse_query("@v0", schema=SCHEMA, stages=stages, today=TODAY)
