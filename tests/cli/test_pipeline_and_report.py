"""`pipeline`, `report status`, `stages`: the whole book at one glance."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run

CONTACTS = """\
id,name,status,created,owner
ada,Ada,New,2026-11-21,marta
bela,Béla,New,2026-11-22,jonah
cleo,Cleo,Future,2026-11-20,marta
dora,Dora,Inactive,2026-11-20,marta
emil,Emil,Prospecting,2026-11-20,jonah
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


def test_every_status_of_the_pipeline_has_a_tab_and_an_unknown_one_as_well(
    run: Run, book: Path
) -> None:
    assert run("pipeline", "--columns", "id,due") == Outcome(
        0,
        """\
New (2)
id    due
----  ----------
ada   2026-11-21
bela  2026-11-22

Engage (0)

Future (1)
id    due
----  ----------
cleo  2026-12-20

Active (0)

Closed (0)

(unknown status: Prospecting) (1)
id    due
----  ---
emil
""",
    )


def test_tabs_can_be_chosen_those_off_the_pipeline_too(run: Run, book: Path) -> None:
    assert run("pipeline", "inactive", "engage", "--columns", "id", "--no-header") == Outcome(
        0, "Inactive (1)\ndora\n\nEngage (0)\n"
    )


def test_a_query_narrows_the_tabs_and_their_counts(run: Run, book: Path) -> None:
    done = run("pipeline", "New", "owner:marta", "--columns", "id", "--no-header")

    assert done == Outcome(0, "New (1)\nada\n")


def test_people_see_five_of_a_tab_and_programs_all(run: Run, book: Path) -> None:
    for number in range(6):
        run("add", f"Number {number}")

    table = run("pipeline", "New", "--columns", "id", "--no-header").out.splitlines()
    assert table[0] == "New (8)"
    assert (len(table[1:-1]), table[-1]) == (5, "… 3 more")
    assert len(run("pipeline", "New", "--limit", "0", "--no-header").out.splitlines()) == 9
    assert len(run("pipeline", "New", "-f", "ids").out.splitlines()) == 8
    assert len(json.loads(run("pipeline", "New", "--json").out)[0]["contacts"]) == 8
    assert len(run("pipeline", "-f", "csv", "--limit", "2").out.splitlines()) == 5


def test_a_program_reads_tabs(run: Run, book: Path) -> None:
    tabs = json.loads(run("pipeline", "--json").out)

    assert {tab["status"]: tab["count"] for tab in tabs} == {
        "New": 2, "Engage": 0, "Future": 1, "Active": 0, "Closed": 0,
        "Prospecting": 1,
    }  # fmt: skip
    assert all(tab["count"] == len(tab["contacts"]) for tab in tabs)


def test_a_tab_that_is_no_status_is_a_word_to_look_for(run: Run, book: Path) -> None:
    done = run("pipeline", "béla", "--columns", "id", "--no-header")

    assert done.out.splitlines()[:2] == ["New (1)", "bela"]


def test_a_pipeline_of_a_wrong_query_is_refused(run: Run, book: Path) -> None:
    done = run("pipeline", "onwer:marta")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith('leadctl: error: no field named "onwer"\nhint: did you mean "owner"')


def test_the_report_counts_every_contact_once(run: Run, book: Path) -> None:
    assert run("report", "status") == Outcome(
        0,
        """\
status                  stage  contacts    share  due  overdue  never touched  stuck
----------------------  -----  --------  -------  ---  -------  -------------  -----
New                     Hot           2   40.0 %    2        1              2      0
Engage                  Warm          0    0.0 %    0        0              0      0
Future                  Cold          1   20.0 %    0        0              1      0
Active                  Hot           0    0.0 %    0        0              0      0
Closed                  Won           0    0.0 %    0        0              0      0
Inactive                Lost          1   20.0 %    0        0              1      0
Non Client                            0    0.0 %    0        0              0      0
(unknown: Prospecting)                1   20.0 %    0        0              1      0
all                                   5  100.0 %    2        1              5      0
""",
    )


@pytest.mark.parametrize("example", ["agent", "brokerage", "calls"])
@pytest.mark.parametrize("query", [(), ("is:due",), ("-is:won", "created:..2026-10")])
def test_the_columns_of_the_report_add_up(
    run: Run, example: str, query: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(example)
    *rows, total = json.loads(run("report", "status", *query, "--json").out)
    count = len(run("list", *query, "-f", "ids").out.split())
    overdue = len(run("list", *query, "is:overdue", "-f", "ids").out.split())

    assert total["status"] == "all"
    assert (total["contacts"], total["overdue"]) == (count, overdue)
    for name in ("contacts", "due", "overdue", "never_touched", "stuck"):
        assert sum(row[name] for row in rows) == total[name]
    assert abs(sum(row["share"] for row in rows) - 100) < 0.1 * len(rows)


def test_the_report_of_a_past_day(run: Run, agent: Path) -> None:
    now = json.loads(run("report", "status", "--json").out)[-1]["contacts"]
    past = json.loads(run("report", "status", "--json", "--as-of", "2026-06-30").out)[-1]

    assert 0 < past["contacts"] < now


def test_the_report_of_nobody_has_no_shares(run: Run, book: Path) -> None:
    done = run("report", "status", "zoroaster", "--json")

    assert {row["share"] for row in json.loads(done.out)} == {None}


def test_there_is_no_report_of_everything(run: Run, book: Path) -> None:
    done = run("report", "everything")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith('leadctl: error: no command named "everything"')


def test_the_statuses_are_listed_with_their_rules(run: Run, book: Path) -> None:
    done = run("stages")
    row = next(line for line in done.out.splitlines() if line.startswith("New "))

    assert done == run("stages", "list")
    assert row.split("  ")[-1] == "Engage, Inactive"
    assert row.split()[:3] == ["New", "Hot", "2"]


def test_a_program_reads_the_statuses_in_order(run: Run, book: Path) -> None:
    names = [row["status"] for row in csv.DictReader(run("stages", "-f", "csv").out.splitlines())]

    assert names[:7] == ["New", "Engage", "Future", "Active", "Closed", "Inactive", "Non Client"]


def test_sound_statuses_pass_in_silence(run: Run, book: Path) -> None:
    assert run("stages", "check") == Outcome(0, "")


def test_every_mistake_in_the_statuses_is_located(run: Run, book: Path) -> None:
    (book / "stages.yaml").write_text(
        "default: Nwe\nstatuses:\n  New:\n    touch_evry: 2 days\n  Old:\n    limit: often\n"
    )
    done = run("stages", "check")
    problems = [line for line in done.out.splitlines() if ": error: " in line]

    assert (done.code, done.err) == (1, "leadctl: error: 3 problems found\n")
    assert [line.split(": ")[0] for line in problems] == [
        "stages.yaml:1:10", "stages.yaml:4:5", "stages.yaml:6:12",
    ]  # fmt: skip


def test_a_tab_that_is_misspelt_is_doubted(run: Run, book: Path) -> None:
    done = run("pipeline", "Activ", "--limit", "1")

    assert done.code == 0
    assert done.err == 'note: "Activ" is looked for in names; the status is "Active"\n'
