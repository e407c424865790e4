"""`todo list`: whose follow-ups, until when, in which order; and what was planned on a past day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.planned import FORMS, ids, make_book, planned
from tests.commands import Run


@pytest.fixture(params=FORMS)
def book(
    request: pytest.FixtureRequest, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    root = make_book(run, tmp_path / "book", request.param)
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), "k7m2 c40x w3dn p9rt"),
        (("--until", "today"), "k7m2 c40x"),
        (("--until", "2026-11-19"), ""),
        (("bo",), "c40x w3dn"),
        (("id:bo-ek",), "c40x w3dn"),
        (("-id:bo-ek", "--until", "2026-12-01"), "k7m2 p9rt"),
        (("status:New", "created:today", "is:never-touched", "no:email"), "k7m2 c40x w3dn p9rt"),
        (("is:due", "--until", "fri"), "k7m2 c40x w3dn"),
        (("name:ada",), "k7m2"),
        (("nobody",), ""),
        (("--limit", "2"), "k7m2 c40x"),
        (("--sort", "-due"), "p9rt w3dn c40x k7m2"),
        (("--sort", "time"), "c40x k7m2 w3dn p9rt"),
        (("--sort", "-time"), "c40x k7m2 w3dn p9rt"),
        (("--sort", "name,-due"), "k7m2 w3dn c40x p9rt"),
        (("--sort", "-overdue_days"), "k7m2 c40x w3dn p9rt"),
        (("--sort", "what", "--limit", "1"), "p9rt"),
    ],
)
def test_a_query_a_day_an_order_and_a_limit_choose_what_is_listed(
    run: Run, book: Path, words: tuple[str, ...], found: str
) -> None:
    assert ids(run, *words) == found.split()


def test_columns_are_the_fields_and_what_is_worked_out(run: Run, book: Path) -> None:
    shown = run("todo", "list", "bo", "--columns", "contact,time,overdue_days", "-f", "csv").out

    assert shown == "contact,time,overdue_days\nbo-ek,15:00,0\nbo-ek,,-3\n"


def test_programs_get_every_column_of_every_row(run: Run, book: Path) -> None:
    (row,) = planned(run, "ada")

    assert row == {
        "id": "k7m2", "contact": "ada-lovelace", "due": "2026-11-20", "time": None,
        "what": "send the offer", "via": "email", "owner": None, "repeat": None, "start": None,
        "plan": None,
        "step": None, "template": None, "name": "Ada Lovelace", "overdue_days": 2,
    }  # fmt: skip


def test_nothing_planned_is_nothing_said(run: Run, book: Path) -> None:
    assert run("todo", "list", "nobody").out == ""
    assert planned(run, "nobody") == []


def test_a_past_day_shows_what_was_planned_then(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = {}
    days = {
        "2026-11-23": ("todo", "add", "ada", "write", "--due", "2026-11-30", "--repeat", "weekly"),
        "2026-11-24": ("todo", "move", "c40x", "2026-11-29"),
        "2026-11-25": ("todo", "done", "w3dn", "k7m2"),
        "2026-11-26": ("undo",),
        "2026-11-27": ("todo", "remove", "k7m2"),
        "2026-11-30": ("todo", "done", "--via", "call", "ada"),
        "2026-12-01": ("touch", "cleo", "--next", "+9d"),
        "2026-12-02": ("todo", "done", "p9rt"),
    }
    for day, words in days.items():
        monkeypatch.setenv("LEADCTL_TODAY", day)
        assert run(*words).code == 0
        shown[day] = planned(run)

    for day, rows in shown.items():
        assert planned(run, "--as-of", day) == rows


def test_a_past_day_knows_what_is_edited_by_hand_only_as_it_is_now(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEADCTL_TODAY", "2026-11-24")
    run("todo", "move", "c40x", "2026-11-29")
    (path,) = book.glob("followups.*")
    text = path.read_text(encoding="utf-8").replace("the inspector said", "they said")
    path.write_text(text, encoding="utf-8")

    (row, _) = planned(run, "bo", "--as-of", "2026-11-23")

    assert (row["due"], row["what"]) == ("2026-11-22", "ask what they said")
