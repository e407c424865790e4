"""Files of plans with mistakes in them: what is told, and what goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running_plans import CONTACTS, PLAN, STAGES, book_with_a_plan
from tests.commands import NewBook, Outcome, Run


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return book_with_a_plan(new_book)


def test_check_finds_what_is_wrong_with_a_plan(run: Run, book: Path) -> None:
    (book / "plans" / "new-lead.yaml").write_text(PLAN.replace("day: 2", "day: two"))

    done = run("check", "plans")

    assert done.code == 1
    assert 'plans/new-lead.yaml:4:11: error: day cannot be "two"\n    4 |   - {day: two' in done.out


def test_check_warns_of_a_template_that_is_not_there(run: Run, book: Path) -> None:
    (book / "plans" / "new-lead.yaml").write_text(PLAN.replace("send a card", "a, template: crad"))
    (book / "templates").mkdir()
    (book / "templates" / "card.md").write_text("Hello\n")

    done = run("check", "plans")

    assert done.code == 0
    assert done.out.startswith('plans/new-lead.yaml:4:5: warning: there is no template "crad"\n')
    assert 'did you mean "card"?' in done.out


def test_a_plan_with_a_mistake_is_not_applied(run: Run, book: Path) -> None:
    (book / "plans" / "new-lead.yaml").write_text(PLAN.replace("day: 2", "day: two"))

    done = run("plan", "apply", "new-lead", "ada")

    assert done.code == 3
    assert "plan new-lead cannot be used" in done.err
    assert "plans/new-lead.yaml:4:11" in done.err


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("steps:\n\t- {day: 0, what: x}\n", "plans/new-lead.yaml:2:1: error: tab used"),
        ("steps: [{day: 0, what: x}]\nsteps: []\n", "plans/new-lead.yaml:2:1: error: "),
        ("", "plans/new-lead.yaml: error: the plan has no steps"),
        (
            "steps: [{day: 0, what: x, unless: 'bogus:1'}]",
            "plans/new-lead.yaml:1:35: error: unless",
        ),
    ],
)
def test_a_plan_that_cannot_be_read_stops_nothing_but_itself(
    run: Run, book: Path, text: str, problem: str
) -> None:
    (book / "plans" / "new-lead.yaml").write_text(text)
    (book / "plans" / "other.yaml").write_text(PLAN)

    assert run("check", "plans").out.startswith(problem)
    assert run("plan", "apply", "new-lead", "ada").code == 3
    assert run("plan", "apply", "other", "ada").code == 0


def test_plans_may_be_something_else_than_a_folder(run: Run, new_book: NewBook) -> None:
    book = new_book(CONTACTS, stages=STAGES)
    (book / "plans").write_text("mine")

    assert run("touch", "ada").code == 0
    assert run("plan", "list", "--json").out == "[]\n"
    assert run("check", "plans").out.startswith("plans: error: the folder of the plans: Not a dir")


def test_a_folder_of_plans_may_hold_other_files(run: Run, book: Path) -> None:
    for name in (".new-lead.yaml.swp", "notes.txt", "new-lead.yaml~"):
        (book / "plans" / name).write_text("x")

    assert run("check", "plans") == Outcome(0, "")
