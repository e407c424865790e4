"""`todo`: what is planned, done, put off and dropped, in every form of a book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.planned import FORMS, follow_ups_file, ids, make_book, planned
from tests.commands import Outcome, Run, tree


@pytest.fixture(params=FORMS)
def book(
    request: pytest.FixtureRequest, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    root = make_book(run, tmp_path / "book", request.param)
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def one_book(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same in one form, for what has nothing to do with the form."""
    root = make_book(run, tmp_path / "book", "yaml")
    monkeypatch.chdir(root)
    return root


def test_what_is_planned_is_listed_with_what_is_due_first(run: Run, book: Path) -> None:
    assert (
        run("todo", "list").out
        == """\
id    due         time   name          what                         via    owner  repeat
----  ----------  -----  ------------  ---------------------------  -----  -----  --------------
k7m2  2026-11-20         Ada Lovelace  send the offer               email
c40x  2026-11-22  15:00  Bo Ek         ask what the inspector said         marta
w3dn  2026-11-25         Bo Ek         bring the papers             task
p9rt  2026-12-01         Cleo Tan      ask about the roof                         every 6 months
"""
    )


def test_a_follow_up_that_is_added_stands_in_the_file_the_list_and_the_card(
    run: Run, book: Path
) -> None:
    done = run(
        "todo", "add", "ada", "viewing # 2", "--due", "+3d", "--time", "9.30", "--via", "visit"
    )
    (row,) = (each for each in planned(run) if each["what"] == "viewing # 2")
    id_ = str(row["id"])

    assert done == Outcome(
        0, f"ada-lovelace: follow-up {id_} on 2026-11-25: viewing # 2. Undo: leadctl undo OP\n"
    )
    assert (row["due"], row["time"], row["via"]) == ("2026-11-25", "09:30", "visit")
    assert row["overdue_days"] == -3
    assert id_ in follow_ups_file(book).read_text(encoding="utf-8")
    assert f"{id_}  2026-11-25  09:30  viewing # 2" in run("show", "ada").out
    assert run("check").code == 0


def test_a_book_without_follow_ups_gets_its_file_with_the_first(run: Run, book: Path) -> None:
    name = follow_ups_file(book).name
    follow_ups_file(book).unlink()
    assert run("todo", "list") == Outcome(0, "")

    assert run("todo", "add", "ada", "call", "--due", "fri").code == 0

    assert follow_ups_file(book).name == name
    assert follow_ups_file(book).stat().st_mode & 0o077 == 0
    assert [each["what"] for each in planned(run)] == ["call"]


def test_what_is_done_is_a_touch_and_leaves_the_list(run: Run, book: Path) -> None:
    done = run("todo", "done", "k7m2", "-m", "he has read it")

    assert done.out == (
        "ada-lovelace: email, reached; follow-up k7m2 done: send the offer: he has read it. "
        "Undo: leadctl undo OP\n"
    )
    assert ids(run) == ["c40x", "w3dn", "p9rt"]
    assert run("list", "ada", "--columns", "touched,touches", "-f", "csv").out == (
        "touched,touches\n2026-11-22,1\n"
    )


def test_a_task_that_is_done_restarts_no_clock(run: Run, book: Path) -> None:
    assert run("todo", "done", "w3dn").code == 0
    assert run("list", "bo", "--columns", "touches", "-f", "csv").out == "touches\n0\n"
    assert "follow-up w3dn done" in run("history", "bo").out.splitlines()[-1]


def test_nobody_is_touched_if_that_is_said(run: Run, one_book: Path) -> None:
    assert run("todo", "done", "k7m2", "--no-touch").code == 0
    assert run("list", "ada", "--columns", "touches", "-f", "csv").out == "touches\n0\n"


def test_it_may_have_been_done_in_another_way_on_another_day(run: Run, one_book: Path) -> None:
    run("todo", "done", "k7m2", "--via", "text", "--outcome", "attempted", "--on", "yesterday")

    assert run("list", "ada", "--columns", "touched,reached", "-f", "csv").out == (
        "touched,reached\n2026-11-21,\n"
    )


def test_a_repeated_one_comes_again(run: Run, book: Path) -> None:
    assert "again on 2027-06-01" in run("todo", "done", "p9rt").out
    assert planned(run, "cleo")[0]["due"] == "2027-06-01"
    assert follow_ups_file(book).read_text(encoding="utf-8").count("2026-12-01") == 1


def test_a_contact_stands_for_its_only_follow_up(run: Run, one_book: Path) -> None:
    assert run("todo", "done", "ada").code == 0
    assert ids(run) == ["c40x", "w3dn", "p9rt"]


def test_several_are_done_in_one_operation(run: Run, book: Path) -> None:
    done = run("todo", "done", "k7m2", "c40x", "w3", "k7m2")
    assert done == Outcome(0, "2 contacts changed. Undo: leadctl undo OP\n")
    assert ids(run) == ["p9rt"]

    assert run("undo").code == 0
    assert ids(run) == ["k7m2", "c40x", "w3dn", "p9rt"]


def test_ids_come_from_stdin(run: Run, book: Path) -> None:
    assert run("todo", "move", "-", "+9d", stdin=b"k7m2\nw3dn\n").code == 0
    assert [each["due"] for each in planned(run)] == [
        "2026-11-22", "2026-12-01", "2026-12-01", "2026-12-01",
    ]  # fmt: skip
    assert run("todo", "remove", "-", stdin=b"k7m2\0w3dn\0").code == 0
    assert ids(run) == ["c40x", "p9rt"]


def test_what_stdin_says_is_not_guessed_at(run: Run, one_book: Path) -> None:
    before = tree(one_book)

    assert run("todo", "done", "-", stdin=b"k7\n") == Outcome(
        1,
        "",
        'leadctl: error: no follow-up "k7"\nhint: `leadctl todo list -f ids` gives their ids\n',
    )
    assert run("todo", "done", "-", stdin=b"").code == 0
    assert tree(one_book) == before


def test_contacts_from_stdin_get_one_each(run: Run, book: Path) -> None:
    done = run("todo", "add", "-", "send a card", "--due", "+30d", stdin=b"ada-lovelace\nbo-ek\n")

    rows = [each for each in planned(run) if each["what"] == "send a card"]
    assert done.code == 0
    assert sorted(str(each["contact"]) for each in rows) == ["ada-lovelace", "bo-ek"]


def test_what_is_put_off_changes_its_day_and_nothing_else(run: Run, book: Path) -> None:
    before = follow_ups_file(book).read_text(encoding="utf-8")

    done = run("todo", "move", "c40x", "fri", "-m", "she is away")

    assert done.out == ("bo-ek: follow-up c40x → 2026-11-27: she is away. Undo: leadctl undo OP\n")
    assert follow_ups_file(book).read_text(encoding="utf-8") == before.replace(
        "2026-11-22", "2026-11-27"
    )


def test_what_is_dropped_goes_and_touches_nobody(run: Run, book: Path) -> None:
    assert run("todo", "remove", "k7m2", "-m", "no longer needed").code == 0
    assert ids(run) == ["c40x", "w3dn", "p9rt"]
    assert run("list", "ada", "--columns", "touches", "-f", "csv").out == "touches\n0\n"


def test_a_touch_plans_the_next_one(run: Run, book: Path) -> None:
    assert run("touch", "ada", "bo", "--next", "+7d", "--what", "ask again").code == 0
    assert [str(each["what"]) for each in planned(run)].count("ask again") == 2
    assert run("undo").code == 0
    assert ids(run) == ["k7m2", "c40x", "w3dn", "p9rt"]


@pytest.mark.parametrize(
    "words",
    [
        ("todo", "add", "ada", "call", "--due", "fri"),
        ("todo", "done", "k7m2"),
        ("todo", "move", "k7m2", "fri"),
        ("todo", "remove", "k7m2"),
        ("touch", "ada", "--next", "+7d"),
    ],
    ids=" ".join,
)
def test_a_dry_run_says_what_would_happen_and_changes_nothing(
    run: Run, book: Path, words: tuple[str, ...]
) -> None:
    before = tree(book)
    done = run(*words, "-n")

    assert done.code == 0
    assert "ada-lovelace" in done.out
    assert tree(book) == before


def test_a_program_is_told_every_field_that_changed(run: Run, one_book: Path) -> None:
    said = json.loads(run("todo", "move", "k7m2", "fri", "--time", "9:00", "--json").out)

    assert said["follow_ups"] == [
        {"id": "k7m2", "field": "due", "old": "2026-11-20", "new": "2026-11-27"},
        {"id": "k7m2", "field": "time", "old": None, "new": "09:00"},
    ]


@pytest.mark.parametrize(
    ("words", "code", "complaint"),
    [
        (("add", "ada", "", "--due", "fri"), 2, "what is to be done is empty"),
        (("add", "ada", "call", "--due", ""), 2, "--due is empty"),
        (("add", "ada", "call", "--due", "yesterday"), 2, "2026-11-21 has passed"),
        (("add", "ada", "call", "--due", "someday"), 2, '--due: "someday" is no day'),
        (("add", "ada", "call"), 2, "missing option '--due'"),
        (("add", "ada", "call", "--due", "fri", "--time", "late"), 2, '--time: "late" is no time'),
        (("add", "ada", "call", "--due", "fri", "--via", "cal"), 2, 'did you mean "call"?'),
        (("add", "ada", "call", "--due", "fri", "--repeat", "never"), 2, '--repeat: "never" is no'),
        (("add", "zoe", "call", "--due", "fri"), 1, 'no contact "zoe"'),
        (("done", "k8m2"), 1, 'no follow-up "k8m2"\nhint: did you mean "k7m2"?'),
        (("done", ""), 1, 'no follow-up ""'),
        (("done", "bo"), 2, '"bo" may be several follow-ups\nhint: c40x (2026-11-22: ask what'),
        (("done", "k7m2", "--on", "tomorrow"), 2, "a touch cannot lie in the future: 2026-11-23"),
        (("done", "w3dn", "--on", "tomorrow"), 2, "what is done cannot lie in the future: 2026"),
        (("done", "k7m2", "--via", "task"), 2, '"task" is no way to touch somebody'),
        (("done", "k7m2", "--via", "call", "--no-touch"), 2, "--no-touch has no --via"),
        (("done", "k7m2", "-"), 2, "- stands alone"),
        (("move", "k7m2"), 2, "todo move wants to know which follow-up and until when"),
        (("move", "k7m2", "2026-11-21"), 2, "2026-11-21 has passed"),
        (("move", "k7m2", "c40x"), 2, 'DATE: "c40x" is no day'),
        (("move", "k7m2", "fri", "--time", "99:00"), 2, '--time: "99:00" is no time of day'),
        (("remove", "nobody"), 1, 'no follow-up "nobody"'),
        (("list", "--columns", "id,dew"), 2, 'follow-ups have no column "dew"\nhint: did you mean'),
        (("list", "--sort", "later"), 2, 'follow-ups have no column "later"'),
        (("list", "--until", "someday"), 2, '--until: "someday" is no day'),
        (("list", "staus:New"), 2, 'no field named "staus"'),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    run: Run, one_book: Path, words: tuple[str, ...], code: int, complaint: str
) -> None:
    before = tree(one_book)
    done = run("todo", *words)

    assert (done.code, done.out) == (code, "")
    assert complaint in done.err
    assert tree(one_book) == before


def test_what_a_touch_plans_needs_a_day(run: Run, one_book: Path) -> None:
    done = run("touch", "ada", "--what", "ask again")

    assert (done.code, done.err) == (
        2, "leadctl: error: --what is for --next\nhint: add --next +7d\n"
    )  # fmt: skip


def test_a_follow_up_for_somebody_who_is_not_there_can_be_seen_and_dropped(
    run: Run, one_book: Path
) -> None:
    path = follow_ups_file(one_book)
    path.write_text(path.read_text().replace("ada-lovelace", "zoe"), encoding="utf-8")

    assert planned(run)[0]["name"] is None
    assert run("todo", "remove", "k7m2").code == 0
    assert ids(run) == ["c40x", "w3dn", "p9rt"]
