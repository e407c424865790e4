"""Plans that rules for new contacts begin, for `add` and `import`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running_plans import STAGES, book_with_a_plan, planned
from tests.commands import NewBook, Run, tree


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return book_with_a_plan(new_book)


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

    assert run("add", "Cy", "--source", "Fair").code == 2
    assert tree(book) == before
    assert 'rule "Fair": there is no plan "new-lead"' in run("stages", "check").out
