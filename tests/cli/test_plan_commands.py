"""`plan`: list, show, apply, stop, status; and how plans end in other commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running_plans import CONTACTS, PLAN, book_with_a_plan, planned
from tests.commands import NewBook, Outcome, Run, tree


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return book_with_a_plan(new_book)


def test_the_plans_of_a_book_are_listed(run: Run, book: Path) -> None:
    run("plan", "apply", "new-lead", "ada")

    assert json.loads(run("plan", "list", "--json").out) == [
        {"plan": "new-lead", "title": "New lead", "steps": 3, "days": 9, "running": 1}
    ]


def test_a_book_without_plans_lists_none(run: Run, new_book: NewBook) -> None:
    new_book(CONTACTS)

    assert run("plan", "list", "--json") == Outcome(0, "[]\n")
    assert run("plan", "apply", "x", "ada") == Outcome(
        2, "", 'leadctl: error: no plan "x"\nhint: write plans/NAME.yaml first\n'
    )


def test_a_plan_is_shown_with_its_steps(run: Run, book: Path) -> None:
    shown = json.loads(run("plan", "show", "new-lead", "--json").out)

    assert (shown["ends_reached"], shown["ends_status"]) == (True, ["Active"])
    assert [(each["day"], each["what"], each["unless"]) for each in shown["steps"]] == [
        (0, "say hello", "no:phone"),
        (2, "send a card", None),
        (9, "ask again", None),
    ]


def test_a_plan_is_applied_and_one_undo_takes_it_back(run: Run, book: Path) -> None:
    assert run("plan", "apply", "new-lead", "bea", "--start", "tomorrow") == Outcome(
        0,
        "bea: plan new-lead since 2026-11-23: 3 steps, 2026-11-23 to 2026-12-02. "
        "Undo: leadctl undo OP\n",
    )
    assert planned(run) == ["bea 2026-11-23 1/3", "bea 2026-11-25 2/3", "bea 2026-12-02 3/3"]
    assert run("undo").code == 0
    assert planned(run) == []


def test_a_step_is_left_out_for_whom_its_unless_holds(run: Run, book: Path) -> None:
    run("plan", "apply", "new-lead", "ada")

    assert planned(run) == ["ada 2026-11-24 1/2", "ada 2026-12-01 2/2"]


def test_a_dry_run_changes_nothing(run: Run, book: Path) -> None:
    before = tree(book)

    done = run("plan", "apply", "new-lead", "ada", "--dry-run")

    assert "ada  plan new-lead since 2026-11-22: 2 steps" in done.out
    assert tree(book) == before


def test_a_query_needs_to_be_confirmed_and_leaves_out_who_cannot_have_it(
    run: Run, book: Path
) -> None:
    run("plan", "apply", "new-lead", "ada")

    assert run("plan", "apply", "new-lead", "--where", "status:New").code == 7
    done = run("plan", "apply", "new-lead", "--where", "status:New", "--yes")

    assert done.out == (
        "bea: plan new-lead since 2026-11-22: 3 steps, 2026-11-22 to 2026-12-01\n"
        "left out, the plan runs for them already: ada\n"
        "left out, not to be contacted: dot\n"
        "Undo: leadctl undo OP\n"
    )


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["apply", "new-leed", "ada"], 2, 'no plan "new-leed"'),
        (["apply", "new-lead", "nobody"], 1, 'no contact "nobody"'),
        (["apply", "new-lead"], 2, "nobody is named"),
        (["apply", "new-lead", "dot"], 7, "dot is not to be contacted"),
        (["apply", "new-lead", "ada", "--start", "soon"], 2, '--start: "soon" is no day'),
        (["stop", "ada"], 2, "no plan runs for ada"),
        (["stop", "ada", "new-lead"], 2, "no plan new-lead runs for ada"),
        (["show", "x"], 2, 'no plan "x"'),
        (["status", "nobody"], 1, 'no contact "nobody"'),
    ],
)
def test_what_cannot_be_done_is_refused(
    run: Run, book: Path, words: list[str], code: int, error: str
) -> None:
    done = run("plan", *words)

    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"leadctl: error: {error}")


def test_the_same_plan_does_not_run_twice(run: Run, book: Path) -> None:
    run("plan", "apply", "new-lead", "ada")

    assert run("plan", "apply", "new-lead", "ada") == Outcome(
        7,
        "",
        "leadctl: error: plan new-lead since 2026-11-22 runs for ada already\n"
        "hint: leave them out, or begin anew: leadctl plan stop ada new-lead\n",
    )


def test_a_plan_is_stopped(run: Run, book: Path) -> None:
    run("plan", "apply", "new-lead", "ada")

    assert run("plan", "stop", "ada", "new-lead", "-m", "asked for it") == Outcome(
        0, "ada: plan new-lead since 2026-11-22: 2 steps dropped. Undo: leadctl undo OP\n"
    )
    assert planned(run) == []


def test_the_status_tells_how_far_a_plan_is(run: Run, book: Path) -> None:
    run("plan", "apply", "new-lead", "ada", "bea")
    run("todo", "done", json.loads(run("todo", "list", "--json").out)[0]["id"], "--no-touch")

    rows = json.loads(run("plan", "status", "--json").out)

    assert [(row["id"], row["done"], row["left"], row["next"], row["due"]) for row in rows] == [
        ("ada", 0, 2, "send a card", "2026-11-24"),
        ("bea", 1, 2, "send a card", "2026-11-24"),
    ]
    assert [row["id"] for row in json.loads(run("plan", "status", "bea", "--json").out)] == ["bea"]


def test_the_card_of_a_contact_has_its_plans(run: Run, book: Path) -> None:
    run("plan", "apply", "new-lead", "ada")

    (row,) = json.loads(run("show", "ada", "--json").out)["plans"]
    assert (row["plan"], row["since"], row["done"], row["left"]) == ("new-lead", "2026-11-22", 0, 2)


@pytest.mark.parametrize(
    "words",
    [
        ["touch", "ada"],
        ["touch", "ada", "--outcome", "attempted", "--status", "Active"],
        ["set-status", "Active", "ada"],
        ["set-status", "Active", "--where", "owner:jo", "--yes"],
    ],
)
def test_a_plan_ends_in_the_operation_that_ends_it(run: Run, book: Path, words: list[str]) -> None:
    run("plan", "apply", "new-lead", "ada")

    done = run(*words)

    assert "\nplan new-lead ends: " in done.out
    assert planned(run) == []
    run("undo")
    assert planned(run) == ["ada 2026-11-24 1/2", "ada 2026-12-01 2/2"]


def test_a_dry_run_tells_of_the_plan_that_would_end(run: Run, book: Path) -> None:
    run("plan", "apply", "new-lead", "ada")

    assert "plan new-lead ends: reached (ada)\n" in run("touch", "ada", "--dry-run").out
    assert len(planned(run)) == 2


def test_a_plan_with_a_mistake_goes_on_and_says_so(run: Run, book: Path) -> None:
    run("plan", "apply", "new-lead", "ada")
    (book / "plans" / "new-lead.yaml").write_text(PLAN.replace("day: 2", "day: two"))

    done = run("touch", "ada")

    assert "plan new-lead cannot be read and goes on: leadctl check plans\n" in done.out
    assert len(planned(run)) == 2


def test_an_import_of_touches_ends_plans(run: Run, book: Path) -> None:
    run("plan", "apply", "new-lead", "ada")
    Path("calls.csv").write_text("Email,When\nada@example.com,2026-11-22 10:00\n")

    done = run(
        "import", "calls.csv", "--into", "touches", "--map", "When=on", "--map", "Email=contact"
    )

    assert done.code == 0, done
    assert "plan new-lead ends: reached (ada)" in done.out
    assert planned(run) == []


def test_options_may_stand_in_front_of_plan(run: Run, book: Path) -> None:
    assert run("-b", book, "plan", "list", "--json").out == run("plan", "list", "--json").out
    assert run("-b", book, "plan", "--json").out == run("plan", "list", "--json").out
