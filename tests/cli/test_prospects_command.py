"""`prospects`: whom to contact, on which day, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run, clock_only

CONTACTS = """\
- {id: ada, name: Ada Lovelace, status: New, created: 2026-11-22, phone: 604-555-0102}
- {id: bela, name: Béla Bartók, status: Engage, created: 2026-10-01, email: b@example.com}
- {id: cleo, name: Cleo, status: Future, created: 2026-11-20}
- {id: dora, name: Dora, status: Inactive, created: 2026-11-20}
- {id: emil, name: Emil, status: Active, created: 2026-10-01, last_touch: 2026-11-11}
"""
JOURNAL = """\
{"id": "1m0000000000000a", "op": "aaaaaa", "at": "2026-10-01T09:00:00+00:00", "kind": "added", \
"contact": "bela", "on": "2026-10-01", "changes": {"status": ["", "New"]}}
{"id": "1m0000000000000b", "op": "bbbbbb", "at": "2026-11-01T10:00:00+00:00", "kind": "touched", \
"contact": "bela", "on": "2026-11-01", "via": "call", "outcome": "reached"}
{"id": "1m0000000000000c", "op": "cccccc", "at": "2026-11-02T10:00:00+00:00", "kind": "status", \
"contact": "bela", "on": "2026-11-02", "changes": {"status": ["New", "Engage"]}}
"""


@pytest.fixture(autouse=True)
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, JOURNAL, stages=clock_only())


def ids(run: Run, *words: str) -> str:
    done = run("prospects", "-f", "ids", *words)
    assert (done.code, done.err) == (0, "")
    return " ".join(done.out.split())


def test_the_list_says_who_why_since_when_and_how(run: Run) -> None:
    assert run("prospects") == Outcome(
        0,
        """\
id    name          status  why                      next
----  ------------  ------  -----------------------  -------------------
ada   Ada Lovelace  New     no touch yet, due today  call 604-555-0102
bela  Béla Bartók   Engage  14 days overdue          write b@example.com
""",
    )


def test_a_program_reads_codes_days_and_urgency(run: Run) -> None:
    first, second = json.loads(run("prospects", "--json").out)

    assert first["why"] == ["never_contacted"]
    assert second == {
        "id": "bela",
        "name": "Béla Bartók",
        "status": "Engage",
        "stage": "Warm",
        "why": ["touch_due"],
        "reasons": ["14 days overdue"],
        "due": "2026-11-08",
        "overdue_days": 14,
        "touched": "2026-11-01",
        "phone": [],
        "email": ["b@example.com"],
        "next": "write b@example.com",
        "urgency": 300,
    }


def test_nothing_due_prints_nothing(run: Run) -> None:
    assert run("prospects", "status:Inactive") == Outcome(0, "")
    assert run("prospects", "status:Inactive", "--json") == Outcome(0, "[]\n")


def test_nothing_due_can_be_told_by_the_exit_code(run: Run) -> None:
    assert run("prospects", "status:Inactive", "--fail-empty") == Outcome(
        1, "", "leadctl: error: nobody is to be contacted\n"
    )
    assert run("prospects", "--fail-empty") == run("prospects")


def test_a_query_and_a_limit_narrow_the_list(run: Run) -> None:
    assert ids(run, "stage:Warm") == "bela"
    assert ids(run, "--limit", "1") == "ada"
    assert ids(run, "-has:phone") == "bela"


def test_another_order_can_be_asked_for(run: Run) -> None:
    assert ids(run, "--sort", "due") == "bela ada"
    assert ids(run, "--sort", "-overdue_days") == "bela ada"


def test_looking_ahead_adds_who_comes_next(run: Run) -> None:
    assert ids(run, "--ahead", "3d") == "ada bela emil"
    assert ids(run, "--ahead", "2 days") == "ada bela"
    assert ids(run, "--ahead", "1 month") == "ada cleo bela emil"


def test_the_list_of_a_day_to_come(run: Run) -> None:
    assert ids(run, "--as-of", "2026-11-25") == "ada bela emil"
    assert ids(run, "--as-of", "eoy") == "cleo ada bela emil"


def test_the_list_of_a_day_that_has_passed_is_what_it_was(run: Run) -> None:
    assert ids(run, "--as-of", "2026-10-31") == "bela"
    assert ids(run, "--as-of", "2026-09-30") == ""
    assert json.loads(run("prospects", "--as-of", "2026-10-31", "--json").out)[0]["status"] == "New"


def test_an_explanation_shows_the_arithmetic(run: Run) -> None:
    done = run("prospects", "--explain", "bela")
    title, line = done.out.splitlines()

    assert done.code == 0
    assert title == "Béla Bartók (bela) is on the list on 2026-11-22, urgency 300"
    assert line == (
        "  touch_due  14 days overdue   "
        "[last touch 2026-11-01, every 7 days: 100 + 100 × 14 days over ÷ 7, at most 900 = 300]"
        "   → write b@example.com"
    )


def test_an_explanation_says_why_somebody_is_not_on_it(run: Run) -> None:
    assert run("prospects", "--explain", "cleo") == Outcome(
        0,
        """\
Cleo (cleo) is not on the list on 2026-11-22
  because  next touch due 2026-12-20 (created 2026-11-20, every 30 days of status "Future")
  because  not pinned
  because  not too long in its status before 2027-11-21
  because  the reason gone_quiet is switched off in stages.yaml
  because  the reason unreachable is switched off in stages.yaml
""",
    )


def test_an_explanation_of_another_day(run: Run) -> None:
    assert "Cleo (cleo) is on the list on 2026-12-20" in (
        run("prospects", "--explain", "cleo", "--as-of", "2026-12-20").out
    )


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("--explain", "zoe"), 1, 'no contact "zoe"'),
        (("--ahead", "soon"), 2, '--ahead: "soon" is no interval'),
        (("--as-of", "someday"), 2, '--as-of: "someday" is no day'),
        (("--columns", "whyy"), 2, 'no field named "whyy"\nhint: did you mean "why"?'),
        (("is:dui",), 2, ""),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(
    run: Run, words: tuple[str, ...], code: int, complaint: str
) -> None:
    done = run("prospects", *words)

    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"leadctl: error: {complaint}")


def test_a_reason_that_is_switched_off_puts_nobody_on_the_list(run: Run, book: Path) -> None:
    text = (book / "stages.yaml").read_text(encoding="utf-8")
    off = text.replace("never_contacted: yes", "never_contacted: no")
    (book / "stages.yaml").write_text(off, encoding="utf-8")

    assert ids(run) == "bela"
    assert "never_contacted is switched off" in run("prospects", "--explain", "ada").out


def test_only_what_was_no_reason_on_that_day(run: Run) -> None:
    assert ids(run, "--new-since", "yesterday") == "ada"
    assert ids(run, "--new-since", "2026-11-22") == ""
    assert ids(run, "--new-since", "2026-11-01") == "ada bela"
    assert ids(run, "--new-since", "yesterday", "--ahead", "3d") == "ada emil"
    assert ids(run, "--new-since", "today", "--ahead", "3d") == ""


def test_of_the_new_ones_the_first_few(run: Run) -> None:
    assert ids(run, "--new-since", "2026-11-01", "--limit", "1") == "ada"
    assert ids(run, "--new-since", "2026-11-01", "--sort", "-name", "--limit", "1") == "bela"


def test_a_touch_of_today_makes_nobody_new(run: Run) -> None:
    run("touch", "bela")

    assert ids(run, "--new-since", "2026-11-01") == "ada"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--new-since", "tomorrow"), "--new-since: 2026-11-23 has yet to come"),
        (("--new-since", "someday"), '--new-since: "someday" is no day'),
        (("--new-since", "today", "--explain", "ada"), "--explain is about one contact"),
    ],
)
def test_a_day_that_does_not_do_is_refused(run: Run, words: tuple[str, ...], message: str) -> None:
    done = run("prospects", *words)

    assert (done.code, done.out) == (2, "")
    assert message in done.err
