"""stages.yaml as a table."""

from __future__ import annotations

from leadctl.stage_tables import stage_table
from tests.people import STAGES

TABLE = stage_table(STAGES, {"New": 4, "Gone": 2})
ROWS = {row["status"]: row for row in TABLE.rows}


def test_there_is_a_row_for_each_status_in_the_order_of_the_file() -> None:
    assert list(ROWS) == [status.name for status in STAGES.statuses]
    assert (ROWS["New"]["contacts"], ROWS["Engage"]["contacts"]) == (4, 0)


def test_intervals_are_told_as_they_are_and_never_differs_from_not_set() -> None:
    new, friend = ROWS["New"], ROWS["Friend"]

    assert (new["touch_every"], new["first_touch"], new["limit"]) == ("2 days", "0 days", "7 days")
    assert (friend["touch_every"], friend["first_touch"], friend["limit"]) == (None, None, None)
    assert ROWS["Inactive"]["touch_every"] == "never"


def test_what_a_status_asks_for_is_told() -> None:
    asking, easy = ROWS["Disqualified"], ROWS["New"]

    assert (asking["note"], asking["reason"]) == ("required", "required")
    assert asking["reasons"] == ("Wrong contact", "Wrong industry")
    assert (easy["note"], easy["reason"], easy["reasons"]) == ("optional", "optional", ())


def test_the_place_of_a_status_is_told() -> None:
    assert (ROWS["Engage"]["stage"], ROWS["Engage"]["outcome"]) == ("Warm", "open")
    assert (ROWS["Friend"]["stage"], ROWS["Friend"]["outcome"]) == (None, None)
    assert (ROWS["Engage"]["pipeline"], ROWS["Friend"]["pipeline"]) == (True, False)
    assert (ROWS["Engage"]["aliases"], ROWS["Engage"]["next"]) == (
        ("Contacted",),
        ("Active", "Inactive"),
    )
    assert [name for name, row in ROWS.items() if row["is_default"]] == ["New"]


def test_machines_can_read_every_field_that_is_named() -> None:
    for row in TABLE.rows:
        assert set(TABLE.machine_fields) <= set(row)
    assert {column.name for column in TABLE.columns} <= set(TABLE.machine_fields)
    assert TABLE.key == "status"
