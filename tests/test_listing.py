"""Contacts as rows: what stands in each cell, for people and for machines."""

from __future__ import annotations

import pytest

from leadctl.errors import RequestError
from leadctl.fields import DERIVED, FIELDS, STORED, Field, Kind, Schema
from leadctl.listing import (
    LIST_COLUMNS,
    all_fields,
    columns_of,
    contact_row,
    contact_table,
    value_table,
)
from leadctl.records import Entry
from leadctl.views import Cell, Row
from tests.people import STAGES, TODAY, contact, entry, moved, touched

SCHEMA = Schema({"budget": Field("budget", Kind.MONEY, "")})


def row(given: Entry) -> Row:
    return contact_row(given, STAGES, TODAY, schema=SCHEMA)


def shown(name: str, cell: Cell) -> str:
    """How people read *cell* in column *name*."""
    (column,) = columns_of([name], SCHEMA)
    return column.say(cell)


def test_a_row_has_every_field_stored_derived_and_of_the_users_own() -> None:
    found = row(entry(contact()))

    assert set(found) == {field.name for field in FIELDS} | {"budget", "colour"}


def test_what_is_not_set_is_unknown_and_several_values_are_always_several() -> None:
    found = row(entry(contact(status="Gone", email="ada@x.ca")))

    assert (found["company"], found["stage"], found["due"], found["since"]) == (None,) * 4
    assert (found["email"], found["phone"], found["tags"]) == (("ada@x.ca",), (), ())
    assert (found["touches"], found["overdue_days"], found["do_not_contact"]) == (0, None, None)
    assert found["colour"] == ""


def test_a_contact_without_a_status_has_none_in_its_row() -> None:
    assert row(entry(contact(status="")))["status"] is None


def test_derived_fields_are_in_machine_form() -> None:
    who = contact(status="Contacted", created="2026-10-01T08:12")
    found = row(
        entry(
            who,
            [
                moved("New", "Engage", "2026-10-02"),
                touched("2026-11-01"),
                touched("2026-11-08", outcome="attempted"),
            ],
        )
    )

    assert (found["status"], found["stage"]) == ("Engage", "Warm")
    assert (found["since"], found["touched"], found["reached"]) == (
        "2026-10-02",
        "2026-11-08",
        "2026-11-01",
    )
    assert (found["touches"], found["due"], found["overdue_days"]) == (2, "2026-11-15", 7)
    assert found["why"] == ("touch_due",)
    assert found["created"] == "2026-10-01T08:12"


def test_the_colour_of_a_row_is_that_of_the_status() -> None:
    assert row(entry(contact()))["colour"] == "red"


@pytest.mark.parametrize(("text", "cell"), [("yes", True), ("no", False), ("", None)])
def test_a_flag_is_true_or_false(text: str, cell: Cell) -> None:
    assert row(entry(contact(do_not_contact=text)))["do_not_contact"] is cell


def test_a_flag_that_cannot_be_read_is_shown_as_written() -> None:
    who = entry(contact())
    broken = Entry(
        type(who.contact)("ada", "Ada", "New", {"do_not_contact": "maybe"}), who.standing
    )

    assert row(broken)["do_not_contact"] == "maybe"


def test_a_table_shows_some_columns_and_gives_machines_every_field() -> None:
    table = contact_table([entry(contact())], STAGES, TODAY, schema=SCHEMA)

    assert tuple(column.name for column in table.columns) == LIST_COLUMNS
    assert table.machine_fields == (*STORED, "budget", *DERIVED) == all_fields(SCHEMA)
    assert len(table.rows) == 1


def test_columns_that_are_asked_for_are_for_people_and_machines() -> None:
    table = contact_table([], STAGES, TODAY, schema=SCHEMA, columns=["id", "tag", "budget"])

    assert [column.name for column in table.columns] == ["id", "tags", "budget"]
    assert table.machine_fields == ("id", "tags", "budget")
    assert [column.is_number for column in table.columns] == [False, False, True]


def test_a_column_that_is_no_field_is_refused() -> None:
    with pytest.raises(RequestError, match='no field named "colour"'):
        contact_table([], STAGES, TODAY, schema=SCHEMA, columns=["colour"])


def test_of_several_addresses_people_see_the_first_and_how_many_more() -> None:
    assert shown("email", ("a@x.ca", "b@x.ca", "c@x.ca")) == "a@x.ca (+2)"
    assert shown("phone", ("555",)) == "555"
    assert shown("email", ()) == ""
    assert shown("tags", ("vip", "new")) == "vip, new"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (None, ""),
        (0, "today"),
        (1, "1 day over"),
        (7, "7 days over"),
        (-1, "in 1 day"),
        (-3, "in 3 days"),
    ],
)
def test_days_overdue_are_told_in_words(days: int | None, text: str) -> None:
    assert shown("overdue_days", days) == text


def test_values_are_listed_with_their_counts() -> None:
    table = value_table(SCHEMA.get("source"), [("Zillow", 3), ("Walk-in", 1)])

    assert [column.heading for column in table.columns] == ["source", "contacts"]
    assert table.rows == ({"value": "Zillow", "contacts": 3}, {"value": "Walk-in", "contacts": 1})
    assert table.key == "value"
