"""The pipeline: one tab for each status that is on it."""

from __future__ import annotations

from leadctl.listing import all_fields
from leadctl.pipelines import COLUMNS, board, off_pipeline, tab_names
from tests.people import NO_OWN_FIELDS, STAGES, TODAY, contact, entry


def test_the_tabs_are_the_statuses_on_the_pipeline_in_the_order_of_stages_yaml() -> None:
    assert tab_names(STAGES, {"Inactive": 3}) == ("New", "Engage", "Active", "Closed")


def test_a_status_that_stages_yaml_does_not_know_gets_a_tab_so_that_nobody_is_lost() -> None:
    assert tab_names(STAGES, {"Zombie": 1, "Gone": 2, "": 1})[4:] == ("", "Gone", "Zombie")


def test_a_tab_shows_its_contacts_and_how_many_there_are() -> None:
    shown = [entry(contact("al")), entry(contact("bo"))]

    made = board([("New", 7, shown)], STAGES, TODAY, schema=NO_OWN_FIELDS)

    (tab,) = made.tabs
    assert (made.by, tab.name, tab.count, tab.colour) == ("status", "New", 7, "red")
    assert [row["id"] for row in tab.table.rows] == ["al", "bo"]


def test_people_get_a_few_columns_and_machines_everything() -> None:
    (tab,) = board([("New", 0, ())], STAGES, TODAY, schema=NO_OWN_FIELDS).tabs

    assert tuple(column.name for column in tab.table.columns) == COLUMNS
    assert tab.table.machine_fields == all_fields(NO_OWN_FIELDS)


def test_columns_that_are_asked_for_are_for_both() -> None:
    tabs = board(
        [("New", 0, ())], STAGES, TODAY, schema=NO_OWN_FIELDS, columns=["name", "due"]
    ).tabs

    assert [column.name for column in tabs[0].table.columns] == ["name", "due"]
    assert tabs[0].table.machine_fields == ("name", "due")


def test_an_unknown_status_is_named_as_such_in_its_heading() -> None:
    tabs = board([("Gone", 1, ()), ("", 1, ())], STAGES, TODAY, schema=NO_OWN_FIELDS).tabs

    assert [(tab.name, tab.heading) for tab in tabs] == [
        ("Gone", "(unknown status: Gone) (1)"),
        ("", "(unknown status: none) (1)"),
    ]


def test_who_is_off_the_pipeline_is_counted() -> None:
    assert off_pipeline(STAGES, {"New": 5, "Inactive": 3, "Friend": 1, "Disqualified": 0}) == (
        "not on the pipeline: Inactive 3, Friend 1"
    )
    assert off_pipeline(STAGES, {"New": 5}) == ""
