"""`plan`: list, show, apply, stop, status; and how plans begin and end in other commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run, tree

STAGES = """\
default: New
statuses:
  New: {touch_every: 2 days}
  Active: {touch_every: 7 days}
intake:
  - name: Fair
    when: {source: Fair}
    set: {owner: marta}
    plan: new-lead
"""
CONTACTS = """\
- {id: ada, name: Ada, status: New, email: ada@example.com, owner: jo}
- {id: bea, name: Bea, status: New, phone: 604-555-0101}
- {id: dot, name: Dot, status: New, do_not_contact: yes}
"""
PLAN = """\
title: New lead
steps:
  - {day: 0, kind: call, what: say hello, unless: 'no:phone'}
  - {day: 2, kind: email, what: send a card}
  - {day: 9, kind: call, what: ask again}
ends: {reached: yes, status: Active}
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    root = new_book(CONTACTS, stages=STAGES)
    (root / "plans").mkdir()
    (root / "plans" / "new-lead.yaml").write_text(PLAN)
    return root


def planned(run: Run) -> list[str]:
    """Whose follow-ups there are, and when: contact, day and step."""
    rows = json.loads(run("todo", "list", "--json").out)
    return [f"{row['contact']} {row['due']} {row['step']}" for row in rows]


def test_the_plans_of_a_book_are_listed(run: Run, book: Path) -> None:
    run("plan", "apply", "new-lead", "ada")

    assert json.loads(run("plan", "list", "--json").out) == [
        {"plan": "new-lead", "title": "New lead", "steps": 3, "days": 9, "running": 1}
    ]


def test_a_book_without_plans_lists_none(run: Run, new_book: NewBook) -> None:
    new_book(CONTACTS)

    assert run("plan", "list", "--json") == Outcome(0, "[]\n")
    assert run("plan", "apply", "x", "ada") == Outcome(
        1, "", 'leadctl: error: no plan "x"\nhint: write plans/NAME.yaml first\n'
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
        (["apply", "new-leed", "ada"], 1, 'no plan "new-leed"'),
        (["apply", "new-lead", "nobody"], 1, 'no contact "nobody"'),
        (["apply", "new-lead"], 2, "nobody is named"),
        (["apply", "new-lead", "dot"], 7, "dot is not to be contacted"),
        (["apply", "new-lead", "ada", "--start", "soon"], 2, '--start: "soon" is no day'),
        (["stop", "ada"], 2, "no plan runs for ada"),
        (["stop", "ada", "new-lead"], 2, "no plan new-lead runs for ada"),
        (["show", "x"], 1, 'no plan "x"'),
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


def test_a_rule_for_new_contacts_begins_a_plan(run: Run, book: Path) -> None:
    done = run("add", "Cy", "--source", "fair", "--phone", "604-555-0199")

    assert done.out == ("added cy\nrule Fair: owner marta, plan new-lead\nUndo: leadctl undo OP\n")
    assert planned(run) == ["cy 2026-11-22 1/3", "cy 2026-11-24 2/3", "cy 2026-12-01 3/3"]
    assert {row["owner"] for row in json.loads(run("todo", "list", "--json").out)} == {"marta"}
    assert run("undo").code == 0
    assert planned(run) == []


def test_the_note_of_a_rule_that_only_begins_a_plan_is_kept(run: Run, book: Path) -> None:
    (book / "stages.yaml").write_text(
        STAGES.replace("set: {owner: marta}", "note: came by at the fair")
    )
    run("add", "Cy", "--source", "Fair")

    notes = [row["note"] for row in json.loads(run("history", "cy", "--json").out)]
    assert "came by at the fair" in notes


def test_an_unless_is_asked_about_the_new_contact_itself(run: Run, book: Path) -> None:
    run("add", "Cy", "--source", "Fair")

    assert planned(run) == ["cy 2026-11-24 1/2", "cy 2026-12-01 2/2"]


def test_who_is_not_to_be_contacted_comes_in_without_a_plan(run: Run, book: Path) -> None:
    done = run("add", "Cy", "--source", "Fair", "--set", "do_not_contact=yes")

    assert "plan new-lead does not begin for cy: not to be contacted\n" in done.out
    assert planned(run) == []


def test_a_plan_without_a_step_for_a_new_contact_says_so(run: Run, book: Path) -> None:
    (book / "plans" / "new-lead.yaml").write_text(
        "steps: [{day: 0, what: call, unless: 'no:phone'}]"
    )

    done = run("add", "Cy", "--source", "Fair")

    assert "plan new-lead does not begin for cy: it has no step for them\n" in done.out


def test_many_new_contacts_are_asked_about_together(run: Run, book: Path) -> None:
    rows = (f"Lead {number},604-555-0{number}\n" for number in range(200, 230))
    Path("leads.csv").write_text(
        "name,phone,source\n"
        + "".join(f"{row.strip()},Fair\n" for row in rows)
        + "No Phone,,Fair\n"
    )

    assert run("import", "leads.csv").code == 0
    assert len(planned(run)) == 30 * 3 + 2


def test_an_import_begins_plans_for_new_contacts_today(run: Run, book: Path) -> None:
    Path("leads.csv").write_text(
        "name,email,source,created\n"
        "Ada,ada@example.com,Fair,\n"
        "Cy,cy@example.com,Fair,2026-10-01\n"
        "Di,di@example.com,Web,\n"
    )

    assert run("import", "leads.csv", "--on-duplicate", "skip").code == 0
    assert planned(run) == ["cy 2026-11-24 1/2", "cy 2026-12-01 2/2"]


def test_a_rule_with_a_plan_that_is_not_there_adds_nobody(run: Run, book: Path) -> None:
    (book / "plans" / "new-lead.yaml").unlink()
    before = tree(book)

    assert run("add", "Cy", "--source", "Fair").code == 1
    assert tree(book) == before
    assert 'rule "Fair": there is no plan "new-lead"' in run("stages", "check").out


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


def test_options_may_stand_in_front_of_plan(run: Run, book: Path) -> None:
    assert run("-b", book, "plan", "list", "--json").out == run("plan", "list", "--json").out
    assert run("-b", book, "plan", "--json").out == run("plan", "list", "--json").out
