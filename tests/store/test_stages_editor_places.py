"""Statuses get and change their place in stages.yaml, and take along what belongs to them."""

from __future__ import annotations

import pytest

from leadctl.stage_edits import move_status
from leadctl.stage_order import Place
from tests.people import stages_of
from tests.store.stages_texts import COMPACT, PLAIN, add, done, move, replaced


@pytest.mark.parametrize(
    ("place", "order"),
    [
        (Place(is_first=True), "Active New Engage Future"),
        (Place(after="New"), "New Active Engage Future"),
        (Place(before="future"), "New Engage Active Future"),
        (Place(is_last=True), "New Engage Future Active"),
    ],
)
def test_every_place_can_be_reached(place: Place, order: str) -> None:
    edit = move_status(stages_of(PLAIN), "Active", place, stage=None)
    text = done(PLAIN, edit) if edit.what else PLAIN

    assert [status.name for status in stages_of(text).statuses] == order.split()
    assert sorted(text.splitlines()) == sorted(PLAIN.splitlines())


def test_a_status_takes_its_comments_along() -> None:
    block = (
        "  # We talk.\n  Engage:\n    touch_every: 7 days\n"
        "    # Two months are enough.\n    limit: 60 days\n"
    )
    active = "  Active: # in work\n    touch_every: 14 days\n"

    assert move(PLAIN, "Engage", Place(is_last=True)) == replaced(
        PLAIN, {f"\n{block}": "", active: f"{active}\n{block}"}
    )


def test_the_first_status_leaves_its_blank_line_above_the_next_one() -> None:
    text = "default: B\nstatuses:\n  A:\n\n  B:\n\n  C:\n"

    assert move(text, "A", Place(is_last=True)) == "default: B\nstatuses:\n  B:\n\n  C:\n\n  A:\n"
    assert move(text, "C", Place(is_first=True)) == "default: B\nstatuses:\n  C:\n\n  A:\n\n  B:\n"


def test_a_comment_that_stands_by_itself_stays_where_it_is() -> None:
    text = "default: A\nstatuses:\n  A:\n\n  # --- later ---\n\n  B:\n  C:\n  # the end\n"

    assert move(text, "A", Place(after="B")) == (
        "default: A\nstatuses:\n  # --- later ---\n\n  B:\n\n  A:\n  C:\n  # the end\n"
    )


def test_the_last_line_may_lack_its_end() -> None:
    text = "default: A\nstatuses:\n  A: {limit: 1d}\n  B: {limit: 2d}"

    assert stages_of(move(text, "A", Place(is_last=True))).statuses[1].name == "A"
    assert move(text, "B", Place(is_first=True)) == (
        "default: A\nstatuses:\n  B: {limit: 2d}\n  A: {limit: 1d}\n"
    )
    assert add(text, "C") == f"{text}\n  C: {{}}\n"


def test_another_stage_takes_the_status_in_at_its_place_of_the_pipeline() -> None:
    text = move(PLAIN, "Engage", stage="hot")

    assert text == replaced(
        PLAIN,
        {"[New, Active]": "[New, Engage, Active]", "- Engage  # the many": "# the many"},
    )


def test_a_status_can_leave_its_stage() -> None:
    assert "Hot: {statuses: [New]}  # be quick" in move(PLAIN, "Active", stage="")


def test_a_colour_of_its_own_does_not_hinder_a_status_in_its_move() -> None:
    text = (
        "default: A\nstages: {R: {statuses: [A], colour: red}, S: {statuses: [B], colour: blue}}\n"
        "statuses:\n  A: {colour: red}\n  B: {}\n"
    )

    assert "R: {statuses: [], colour: red}, S: {statuses: [A, B]" in move(text, "A", stage="S")


def test_a_new_status_stands_behind_its_stage_in_the_style_of_its_neighbour() -> None:
    assert add(PLAIN, "Viewing", stage="Hot", touch_every="3 days", limit="30 days") == (
        replaced(
            PLAIN,
            {
                "[New, Active]": "[New, Active, Viewing]",
                "    touch_every: 14 days\n": "    touch_every: 14 days\n"
                "  Viewing:\n    touch_every: 3 days\n    limit: 30 days\n",
            },
        )
    )
    assert "\n  Cold: {touch_every: never}\n" in add(
        PLAIN, "Cold", Place(after="Future"), touch_every="never"
    )


def test_a_new_status_between_brackets() -> None:
    assert "Idle: , No one: {touch_every: 3 days} }" in add(COMPACT, "No one", touch_every="3 days")
    assert "statuses: {First: {}, New:" in add(COMPACT, "First", Place(is_first=True))


def test_a_new_status_in_a_stage_that_had_none() -> None:
    text = "default: A\nstages:\n  S:\nstatuses:\n    A:\n        limit: 1d\n"

    assert add(text, "B", stage="S", limit="2d") == (
        "default: A\nstages:\n  S:\n    statuses: [B]\nstatuses:\n    A:\n        limit: 1d\n"
        "    B:\n        limit: 2 days\n"
    )
