"""Fixes of fields: dates and statuses, where they can only mean one thing."""

from __future__ import annotations

from typing import Any

import pytest

from leadctl.checking import CHECKS
from leadctl.fields import Field, Kind, Schema
from leadctl.fixes import BY_HAND, FIXES, change_of, field_repairs, iso_date, with_fix
from leadctl.foreign_dates import DayOrder
from leadctl.problems import Problem, Where
from leadctl.records import FieldEdit, Record, Value
from tests.people import STAGES, stamp

SCHEMA = Schema({"signed": Field("signed", Kind.DATE, "")})


def edits(*fixes: str, order: DayOrder = "", **values: Value) -> list[FieldEdit]:
    record = Record({"id": "ada", "name": "Ada", "status": "New", **values}, Where("c.yaml", 1))
    found = field_repairs([record], fixes, stages=STAGES, schema=SCHEMA, order=order)
    return [each.edit for each in found]


@pytest.mark.parametrize(
    ("written", "order", "meant"),
    [
        ("2024-1-2", "", "2024-01-02"),
        ("2024/1/2", "", "2024-01-02"),
        ("13/02/2024", "", "2024-02-13"),
        ("03/03/2024", "", "2024-03-03"),
        ("2 Feb 2024", "", "2024-02-02"),
        ("2024-1-2 10:30", "", "2024-01-02T10:30"),
        ("01/02/2024", "", ""),
        ("01.02.2024", "", ""),
        ("01/02/2024", "dmy", "2024-02-01"),
        ("01/02/2024", "mdy", "2024-01-02"),
        ("13/02/2024", "mdy", ""),
        ("2024-02-30", "", ""),
        ("soon", "dmy", ""),
    ],
)
def test_a_date_is_read_where_it_means_one_day(written: str, order: DayOrder, meant: str) -> None:
    assert iso_date(written, order) == meant


@pytest.mark.parametrize("field", ["created", "snoozed_until", "pinned", "birthday", "signed"])
def test_every_field_that_holds_a_date_is_fixed(field: str) -> None:
    values: dict[str, Any] = {field: "2024-1-2"}

    assert edits("dates", **values) == [FieldEdit("ada", field, "2024-1-2", "2024-01-02")]


def test_what_can_be_read_and_what_is_no_date_stays() -> None:
    assert (
        edits("dates", created="2024-01-02", birthday="05-17", pinned="yes", note="2024-1-2") == []
    )


def test_a_status_gets_its_present_name() -> None:
    assert edits("statuses", status="Contacted") == [
        FieldEdit("ada", "status", "Contacted", "Engage")
    ]
    assert edits("statuses", status="engage") == [FieldEdit("ada", "status", "engage", "Engage")]


@pytest.mark.parametrize("status", ["Engage", "Engagd", ""])
def test_a_status_that_is_right_unknown_or_missing_stays(status: str) -> None:
    assert edits("statuses", status=status) == []


def test_nothing_is_done_that_was_not_asked_for() -> None:
    assert edits("statuses", created="2024-1-2") == []


def test_the_fields_of_one_contact_share_an_event() -> None:
    record = Record(
        {"id": "ada", "name": "Ada", "status": "new", "created": "2024-1-2"}, Where("c.yaml", 1)
    )
    found = field_repairs([record], ["dates", "statuses"], stages=STAGES, schema=SCHEMA)
    (event,) = change_of(found, stamp()).events

    assert (event.kind, event.contact) == ("edited", "ada")
    assert event.changes == {"created": ("2024-1-2", "2024-01-02"), "status": ("new", "New")}


def test_a_finding_says_which_fix_mends_it() -> None:
    where = Where("contacts.yaml", 2, 1)
    tab = Problem(where, "tab used for indentation", "use spaces")
    unknown = Problem(where, "something else", "look at it")

    assert with_fix(tab).hint == "use spaces; `leadctl check --fix tabs` does it"
    assert with_fix(unknown) == unknown


def test_what_only_a_person_can_decide_is_a_check_and_no_fix() -> None:
    assert set(BY_HAND) <= set(CHECKS)
    assert set(BY_HAND).isdisjoint(FIXES)
