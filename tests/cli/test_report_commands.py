"""The reports as they are called: what they take, and what they say of wrong words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run

CONTACTS = """\
id,name,status,created,owner,source
ada,Ada,New,2026-11-01,marta,Web
bela,Béla,New,2026-11-02,jonah,Fair
cleo,Cleo,New,2026-06-01,marta,Web
"""
REPORTS = ("funnel", "ageing", "touches", "activity", "sources", "speed", "lost")


@pytest.fixture
def book(new_book: NewBook, run: Run) -> Path:
    made = new_book(CONTACTS)
    run("touch", "ada", "--via", "call", "--on", "2026-11-03")
    run("touch", "ada", "bela", "--via", "email", "--outcome", "attempted", "--on", "2026-11-10")
    run("set-status", "Engage", "ada", "--on", "2026-11-05")
    run("set-status", "Inactive", "cleo", "--on", "2026-11-06")
    return made


def table(done: Outcome) -> list[dict[str, str]]:
    assert (done.code, done.err) == (0, "")
    return list(csv.DictReader(io.StringIO(done.out)))


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_has_every_format(run: Run, book: Path, name: str) -> None:
    rows = json.loads(run("report", name, "--json").out)

    assert rows
    assert len(table(run("report", name, "-f", "csv"))) == len(rows)
    assert len(run("report", name, "-f", "jsonl").out.splitlines()) == len(rows)
    assert len(run("report", name, "-f", "md").out.splitlines()) == len(rows) + 2
    assert len(run("report", name).out.splitlines()) == len(rows) + 2


@pytest.mark.parametrize("name", REPORTS)
def test_a_query_says_whose_contacts_it_is_about(run: Run, book: Path, name: str) -> None:
    everybody, nobody = (run("report", name, who, "--json").out for who in ("", "id:nobody"))

    assert json.loads(everybody) != json.loads(nobody)
    assert len(json.loads(nobody)) == (name == "activity")


def test_the_period_is_what_the_report_says(run: Run, book: Path) -> None:
    came = table(run("report", "sources", "--period", "2026-11", "-f", "csv"))
    both = table(run("report", "sources", "--period", "2026-06..2026-11", "-f", "csv"))
    did = table(run("report", "activity", "--period", "2026-11-03", "-f", "csv"))

    assert [row["leads"] for row in came] == ["1", "1", "2"]
    assert both[-1]["leads"] == "3"
    assert [(row["week"], row["touches"]) for row in did] == [("2026-11-02", "1"), ("all", "1")]


def test_a_report_can_be_of_a_day_that_has_passed(run: Run, book: Path) -> None:
    now, then = (
        table(run("report", "funnel", *day, "-f", "csv")) for day in ((), ("--as-of", "2026-11-05"))
    )

    assert {row["status"]: row["now"] for row in now} == {
        "New": "1", "Engage": "1", "Inactive": "1", "all": "3",
    }  # fmt: skip
    # It was typed in today, so nobody knew of it on that day.
    assert {row["status"]: row["now"] for row in then} == {"New": "3", "all": "3"}


def test_an_undone_touch_and_an_undone_move_are_in_no_report(run: Run, book: Path) -> None:
    before = run("report", "activity", "--json").out, run("report", "lost", "--json").out
    run("touch", "cleo", "--via", "visit")
    run("undo")
    run("set-status", "Inactive", "bela")
    run("undo")

    assert before == (run("report", "activity", "--json").out, run("report", "lost", "--json").out)


def test_a_field_of_the_users_own_can_be_counted_by(run: Run, book: Path) -> None:
    run("set", "ada", "hobby=chess")
    found = table(run("report", "sources", "--by", "hobby", "-f", "csv"))

    assert [(row["hobby"], row["leads"]) for row in found] == [
        ("chess", "1"), ("", "2"), ("all", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("lost", "--by", "raeson"), '--by: this report cannot be made by "raeson"'),
        (("funnel", "--by", "owner"), '--by: this report cannot be made by "owner"'),
        (("sources", "--period", "soon"), '--period: "soon" is no date'),
        (("sources", "--period", "2026..2025"), '--period: "2026..2025" ends before it begins'),
        (("speed", "colour:red"), 'no field named "colour"'),
    ],
)
def test_words_that_mean_nothing_are_refused(
    run: Run, book: Path, words: tuple[str, ...], message: str
) -> None:
    done = run("report", *words)

    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_wrong_word_is_answered_with_the_right_one(run: Run, book: Path) -> None:
    assert 'did you mean "reason"?' in run("report", "lost", "--by", "raeson").err
    assert "it can be made by status, move" in run("report", "funnel", "--by", "owner").err


def test_the_same_book_says_the_same_after_a_change_and_from_nothing(
    run: Run, book: Path, private: Path
) -> None:
    run("touch", "bela")
    run("set-status", "Closed", "bela", "-m", "sold")
    said = [run("report", name, "--json").out for name in REPORTS]
    indexes = list(private.rglob("*.sqlite"))
    for file in indexes:
        file.unlink()

    assert len(indexes) == 1
    assert [run("report", name, "--json").out for name in REPORTS] == said


def test_a_report_of_a_day_leaves_out_who_came_later_and_is_in_no_journal(
    run: Run, new_book: NewBook
) -> None:
    new_book(CONTACTS)
    found = table(run("report", "sources", "--as-of", "2026-11-01", "-f", "csv"))

    assert [row["leads"] for row in found] == ["2", "2"]


@pytest.mark.parametrize("word", ["week", "WEEK", "Owner", "tag", " source "])
def test_words_after_by_are_read_in_any_case(run: Run, book: Path, word: str) -> None:
    name = {"tag": "tags"}.get(word, word.strip().lower())
    assert name in json.loads(run("report", "activity", "--by", word, "--json").out)[0]


def test_a_period_may_have_an_open_end(run: Run, book: Path) -> None:
    words = ("--by", "month", "-f", "csv", "--period")
    after, before = (run("report", "sources", *words, when) for when in ("2026-11..", "..2026-10"))

    assert [row["month"] for row in table(after)] == ["2026-11", "all"]
    assert [row["month"] for row in table(before)] == ["2026-06", "all"]
    assert "a range without ends" in run("report", "sources", "--period", "..").err
