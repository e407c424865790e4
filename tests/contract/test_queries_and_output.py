"""What a query accepts and refuses, and what comes out: order, streams, formats, days."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from tests.commands import PROGRAM, NewBook, Outcome, Run, surroundings

CONTACTS = """\
id,name,status,source,owner,tags,budget,created,note
dora,Dora Łoś,New,Fair,marta,vip;cold,300,2026-11-20,
ada,Ada Lovelace,Engage,Referral,marta,vip,900,2026-10-01,=1+1
cleo,Cleo,Closed,Referral,jonah,,,2026-01-05,
bela,Béla Bartók,New,Fair,,cold,300,2026-11-21,likes folk songs
"""
STAGES = """\
default: New
stages:
  Hot: {statuses: [New]}
  Won: {statuses: [Closed], outcome: won}
statuses:
  New: {touch_every: 2 days}
  Engage: {touch_every: 7 days}
  Closed: {touch_every: 90 days}
fields:
  budget: number
views:
  rich: budget:>500
"""


@pytest.fixture(autouse=True)
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, stages=STAGES)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("status:new",), "bela dora"),
        (("status:New,Closed",), "bela cleo dora"),
        (("status!=New",), "ada cleo"),
        (("stage:HOT",), "bela dora"),
        (("source=referral", "owner:Marta"), "ada"),
        (("tag:vip", "-tag:cold"), "ada"),
        (("not:tag:vip",), "bela cleo"),
        (("id:ADA",), "ada"),
        (("name:bartok",), "bela"),
        (("bartók",), "bela"),
        (('name:"ada lovelace"',), "ada"),
        (("name~^C",), "cleo"),
        (("note:FOLK",), "bela"),
        (("budget:300",), "bela dora"),
        (("budget>300",), "ada"),
        (("budget:>=300", "budget<=300"), "bela dora"),
        (("budget:..300",), "bela dora"),
        (("budget:300..900",), "ada bela dora"),
        (("created:2026-11",), "bela dora"),
        (("created:2026Q4",), "ada bela dora"),
        (("created:-2d..today",), "bela dora"),
        (("created<2026-10",), "cleo"),
        (("no:owner",), "bela"),
        (("has:owner", "has:budget"), "ada dora"),
        (("is:won",), "cleo"),
        (("is:never-touched", "is:open", "-is:dnc"), "bela dora"),
        (("@rich",), "ada"),
        (("-@rich", "status:New"), "bela dora"),
        (("status:New", '-"béla bartók"'), "dora"),
        (("tag:nothing-like-it",), ""),
    ],
)
def test_a_query_finds_those_for_whom_all_of_it_holds(
    run: Run, words: tuple[str, ...], ids: str
) -> None:
    assert run("list", *words, "-f", "ids") == Outcome(
        0, "".join(f"{id_}\n" for id_ in ids.split())
    )


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("status:Enage", 'did you mean "Engage"?'),
        ("stage:Hott", 'did you mean "Hot"?'),
        ("statsu:New", 'did you mean "status"?'),
        ("is:owerdue", 'did you mean "overdue"?'),
        ("@rihc", 'did you mean "rich"?'),
        ("budget:", "the shell keeps > and < for itself unless the term is quoted"),
        ("budget:lots", "budget"),
        ("created:someday", "understood are:"),
        ("name~(", "put \\ before a character"),
        ("OR", "OR is reserved"),
        ("(a", "parentheses are reserved"),
        ('name:"Ada', "close the quote"),
    ],
)
@pytest.mark.parametrize("command", [("list",), ("set", "title=X", "--yes", "--where")])
def test_a_query_that_means_nothing_is_refused_by_what_reads_and_what_writes(
    run: Run, command: tuple[str, ...], term: str, told: str
) -> None:
    done = run(*command, term)

    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert "\nhint: " in done.err


def test_what_the_shell_has_taken_out_of_a_query_is_explained(
    private: Path, tmp_path: Path
) -> None:
    line = f'"{PROGRAM}" -b "{tmp_path / "book"}" list budget:>1000'
    done = subprocess.run(
        ["sh", "-c", line], cwd=private, env=surroundings(private), capture_output=True, check=False
    )

    assert done.returncode == 2
    assert b"the shell keeps > and < for itself" in done.stderr
    assert (private / "1000").read_bytes() == b""


@pytest.mark.parametrize("sort", ["budget", "-budget", "status", "-status", "source,-budget"])
def test_equals_stand_by_id_whichever_way_it_is_sorted(run: Run, sort: str) -> None:
    first = run("list", "--sort", sort, "-f", "ids").out.split()

    assert first.index("bela") < first.index("dora")
    assert run("list", "--sort", sort, "-f", "ids").out.split() == first


def test_a_limit_of_nought_is_none(run: Run) -> None:
    assert run("list", "--limit", "0") == run("list")


def test_a_table_off_a_terminal_is_whole_and_plain(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    run("set", "ada", f"note={'long ' * 60}end", "-q")

    shown = run("list", "--columns", "id,note", "ada").out

    assert f"{'long ' * 60}end" in shown
    assert "\x1b" not in shown


def test_nothing_due_is_silence_and_no_failure_unless_asked(run: Run) -> None:
    assert run("prospects", "tag:none") == Outcome(0, "")
    assert run("prospects", "tag:none", "--fail-empty").code == 1


def test_programs_get_dates_as_iso_unknown_as_null_and_lists_as_lists(run: Run) -> None:
    _, _, cleo, dora = json.loads(run("list", "--json").out)

    assert (cleo["created"], cleo["budget"], cleo["tags"]) == ("2026-01-05", None, [])
    assert dora["tags"] == ["vip", "cold"]


@pytest.mark.parametrize(("raw", "shown"), [((), "'=1+1"), (("--raw",), "=1+1")])
def test_a_value_that_a_spreadsheet_would_run_is_guarded(
    run: Run, raw: tuple[str, ...], shown: str
) -> None:
    text = run("list", "ada", "-f", "csv", *raw).out

    assert next(csv.DictReader(io.StringIO(text)))["note"] == shown


def test_a_past_day_is_answered_as_it_was_known(run: Run) -> None:
    before = run("list", "--as-of", "2026-11-20", "-f", "ids")

    run("add", "Eve", "-q")

    assert before == Outcome(0, "ada\ncleo\ndora\n")
    assert run("list", "--as-of", "2026-11-20", "-f", "ids") == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "nobody"), 1),
        (("todo", "done", "nope"), 1),
        (("plan", "show", "nope"), 2),
        (("draft", "ada", "nope"), 2),
        (("undo", "nope"), 2),
        (("list", "@nope"), 2),
        (("check", "nope"), 2),
        (("values", "nope"), 2),
        (("report", "nope"), 2),
        (("stages", "rename", "Nope", "Yes"), 2),
        (("set-status", "Nope", "ada"), 2),
        (("import", "nope.csv"), 2),
        (("list", "-b", "nope"), 2),
        (("add", "Ada", "--set", "external_id="), 0),
    ],
)
def test_what_is_not_there_is_told_by_one_rule(run: Run, words: tuple[str, ...], code: int) -> None:
    done = run(*words)

    assert (done.code, "error" in done.err) == (code, code != 0)


def test_a_bad_record_hides_no_good_one_and_stops_changes_of_its_file_only(
    run: Run, book: Path
) -> None:
    with (book / "contacts.csv").open("a", encoding="utf-8") as file:
        file.write("eve,,New\n")

    read, strict = run("list", "-f", "ids"), run("list", "-f", "ids", "--strict")
    written, planned = run("set", "ada", "title=X"), run("todo", "add", "ada", "x", "--due", "fri")

    assert (read.code, read.out) == (0, "ada\nbela\ncleo\ndora\n")
    assert "contacts.csv:6" in read.err
    assert (strict.code, written.code, planned.code) == (3, 3, 0)
