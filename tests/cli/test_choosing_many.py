"""Many at once: named, listed on stdin, or chosen by a query; all of it or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run, tree

CONTACTS = """\
# Mine.
- {id: ada, name: Ada, status: New, email: ada@example.com}
- {id: bela, name: Béla, status: New}
- {id: cleo, name: Cleo, status: New}
- {id: dora, name: Dora, status: New}
- {id: emil, name: Emil, status: Engage}
"""
PLAN = """\
4 match · 4 will change
  ada   New → Future   never touched
  bela  New → Future   never touched
  cleo  New → Future   never touched
  … 1 more (-v lists all)
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


def statuses(run: Run) -> str:
    return run("list", "--columns", "status", "-f", "tsv", "--no-header").out.replace("\n", " ")


def test_those_who_are_named_change_at_once(run: Run, book: Path) -> None:
    assert run("set-status", "Engage", "ada", "bela", "emil") == Outcome(
        0, "2 contacts changed, 1 already so. Undo: leadctl undo OP\n"
    )
    assert statuses(run) == "Engage Engage New New Engage "


def test_a_single_one_is_told_before_and_after(run: Run, book: Path) -> None:
    assert run("set-status", "engage", "ada") == Outcome(
        0, "ada: New → Engage. Undo: leadctl undo OP\n"
    )
    assert run("set-status", "Engage", "ada") == Outcome(
        0, "nothing to change: 1 contact already so\n"
    )


def test_a_query_asks_and_off_a_terminal_refuses_with_the_plan(run: Run, book: Path) -> None:
    before = tree(book)
    done = run("set-status", "Future", "--where", "status:New")

    assert done == Outcome(
        7,
        "",
        PLAN + "leadctl: error: 4 contacts would change without having been named, "
        "and nobody can be asked\n"
        "hint: nothing was changed; say --yes, or --expect 4\n",
    )
    assert {name: text for name, text in tree(book).items() if ".leadctl" not in name} == before


def test_yes_answers_beforehand(run: Run, book: Path) -> None:
    assert run("set-status", "Future", "--where", "status:New", "--yes") == Outcome(
        0, "4 contacts changed. Undo: leadctl undo OP\n"
    )
    assert statuses(run) == "Future Future Future Future Engage "


def test_all_of_one_command_is_one_operation(run: Run, book: Path) -> None:
    run("set-status", "Future", "--where", "status:New", "-y")
    events = [json.loads(line) for line in (book / "journal.jsonl").read_text().splitlines()]

    assert [event["contact"] for event in events] == ["ada", "bela", "cleo", "dora"]
    assert len({event["op"] for event in events}) == 1
    assert len({event["id"] for event in events}) == 4


def test_the_expected_number_is_as_good_as_yes(run: Run, book: Path) -> None:
    done = run("set-status", "Future", "--where", "status:New", "--expect", "4")

    assert done == Outcome(0, "4 contacts changed. Undo: leadctl undo OP\n")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (("Future", "--where", "status:New", "--expect", "5"), 4),
        (("Future", "--where", "status:New", "--expect", "5", "--yes"), 4),
        (("Future", "--where", "status:Closed", "--expect", "5"), 0),
        (("New", "--where", "status:New", "--expect", "4"), 0),
        (("Future", "ada", "--expect", "2"), 1),
    ],
)
def test_another_number_than_expected_changes_nothing(
    run: Run, book: Path, words: tuple[str, ...], count: int
) -> None:
    expected = words[words.index("--expect") + 1]

    assert run("set-status", *words) == Outcome(
        4,
        "",
        f"leadctl: error: {count} would change, not the expected {expected}\n"
        "hint: nothing was changed; -n shows the plan\n",
    )
    assert statuses(run) == "New New New New Engage "


def test_nobody_matches_is_nothing_to_change(run: Run, book: Path) -> None:
    assert run("set-status", "Future", "--where", "status:Closed") == Outcome(
        0, "nothing to change\n"
    )
    assert run("set-status", "New", "--where", "status:New") == Outcome(
        0, "nothing to change: 4 contacts already so\n"
    )


@pytest.mark.parametrize("query", ["", "  "])
def test_an_empty_query_is_not_everybody(run: Run, book: Path, query: str) -> None:
    assert run("set-status", "Future", "--where", query, "--yes") == Outcome(
        2, "", "leadctl: error: --where is empty\nhint: everybody is chosen by --all\n"
    )


def test_everybody_is_chosen_by_all_and_confirmed(run: Run, book: Path) -> None:
    assert run("set", "--all", "owner=marta").code == 7
    assert run("set", "--all", "owner=marta", "--yes") == Outcome(
        0, "5 contacts changed. Undo: leadctl undo OP\n"
    )


@pytest.mark.parametrize(
    "words",
    [("ada", "--all"), ("ada", "--where", "status:New"), ("--all", "--where", "status:New")],
)
def test_contacts_are_chosen_in_one_way_only(run: Run, book: Path, words: tuple[str, ...]) -> None:
    assert run("set-status", "Future", *words, "--yes") == Outcome(
        2, "", "leadctl: error: name contacts, or use --where, or --all: only one of them\n"
    )


@pytest.mark.parametrize("command", [("set-status", "Future"), ("touch",), ("pin",)])
def test_nobody_named_is_refused(run: Run, book: Path, command: tuple[str, ...]) -> None:
    done = run(*command)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("leadctl: error: nobody is named\nhint: ")


@pytest.mark.parametrize(
    "ids", [b"ada\nbela\n", b"ada\r\n\n bela", b"ada@example.com\nbela\nada\n", b"ada\0bela\0"]
)
def test_ids_come_in_on_stdin(run: Run, book: Path, ids: bytes) -> None:
    assert run("set-status", "Engage", "-", stdin=ids) == Outcome(
        0, "2 contacts changed. Undo: leadctl undo OP\n"
    )


@pytest.mark.parametrize("command", [("set-status", "Future"), ("touch",), ("set", "owner=me")])
def test_empty_stdin_is_nothing_to_do(run: Run, book: Path, command: tuple[str, ...]) -> None:
    assert run(*command, "-") == Outcome(0, "nothing to change\n")


def test_the_ids_of_a_list_feed_a_change(run: Run, book: Path) -> None:
    ids = run("list", "status:New", "-f", "ids").out.encode()

    assert run("set-status", "Engage", "-", stdin=ids).code == 0
    assert statuses(run) == "Engage Engage Engage Engage Engage "


def test_one_who_does_not_exist_stops_all(run: Run, book: Path) -> None:
    before = tree(book)
    done = run("set-status", "Engage", "ada", "zoe")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith('leadctl: error: no contact "zoe"\n')
    assert tree(book) == before


def test_a_dry_run_shows_the_plan_and_writes_nothing(run: Run, book: Path) -> None:
    before = tree(book)

    assert run("set-status", "Future", "--where", "status:New", "-n") == Outcome(
        0, PLAN, "dry run: nothing was changed\n"
    )
    assert tree(book) == before


def test_the_whole_plan_is_shown_when_asked_for(run: Run, book: Path) -> None:
    done = run("set-status", "Future", "--where", "status:New", "-n", "-v")

    assert [line.split()[0] for line in done.out.splitlines()[1:]] == [
        "ada",
        "bela",
        "cleo",
        "dora",
    ]


def test_a_program_reads_what_was_changed(run: Run, book: Path) -> None:
    done = run("set-status", "Future", "ada", "emil", "--json", "-m", "later")

    assert json.loads(done.out) == {
        "op": "OP",
        "dry_run": False,
        "changed": [
            {"id": "ada", "field": "status", "old": "New", "new": "Future"},
            {"id": "emil", "field": "status", "old": "Engage", "new": "Future"},
        ],
        "events": [
            {"id": "ada", "kind": "status", "on": "2026-11-22", "note": "later"},
            {"id": "emil", "kind": "status", "on": "2026-11-22", "note": "later"},
        ],
        "unchanged": 0,
    }


def test_a_program_reads_what_would_be_changed(run: Run, book: Path) -> None:
    data = json.loads(run("set-status", "Future", "--all", "-n", "--json").out)

    assert (data["op"], data["dry_run"], data["unchanged"]) == (None, True, 0)
    assert len(data["changed"]) == 5
    assert statuses(run) == "New New New New Engage "


def test_quiet_says_nothing_of_what_went_well(run: Run, book: Path) -> None:
    assert run("set-status", "Future", "ada", "-q") == Outcome(0, "")


def test_a_rule_that_one_breaks_stops_all_of_them(run: Run, calls: Path) -> None:
    before = tree(calls)

    assert run("set-status", "Qualified", "--where", "stage:Warm", "--yes") == Outcome(
        2,
        "",
        'leadctl: error: a change to "Qualified" needs a note\n'
        'hint: say how it came about: -m "…"\n',
    )
    assert {name: text for name, text in tree(calls).items() if name in before} == before


def test_a_reason_out_of_the_list_is_asked_for_in_bulk_too(run: Run, calls: Path) -> None:
    asked = run("set-status", "Disqualified", "--where", "stage:Warm", "-y", "-m", "no fit")
    wrong = run(
        "set-status", "Disqualified", "--all", "-y", "-m", "no fit", "--reason", "wrong comp"
    )
    right = run(
        "set-status", "Disqualified", "sven-akerman", "-m", "no fit", "--reason", "WRONG company"
    )

    assert asked.code == wrong.code == 2
    assert "needs a reason, one of: wrong industry, wrong company" in asked.err
    assert 'did you mean "wrong company"?' in wrong.err
    assert right.code == 0
    assert '"reason": "wrong company"' in (calls / "journal.jsonl").read_text().splitlines()[-1]


def test_status_and_contact_the_wrong_way_round_are_recognised(run: Run, book: Path) -> None:
    assert run("set-status", "ada", "Engage") == Outcome(
        2, "", "leadctl: error: the status comes first\nhint: leadctl set-status Engage ada\n"
    )


def test_several_queries_must_all_hold(run: Run, book: Path) -> None:
    done = run("set-status", "Future", "--where", "status:New", "--where", "has:email", "--yes")

    assert done == Outcome(0, "ada: New → Future. Undo: leadctl undo OP\n")
