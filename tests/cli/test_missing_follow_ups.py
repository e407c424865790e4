"""A file of follow-ups that was emptied past leadctl: noticed before anything is written to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import NewBook, Run

ADA = "- {id: ada, name: Ada, status: New}\n- {id: bela, name: Bela, status: New}\n"


@pytest.fixture
def book(new_book: NewBook, run: Run) -> Path:
    """Four follow-ups for Ada, all written by leadctl."""
    root = new_book(ADA)
    for day in ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"):
        assert run("todo", "add", "ada", f"call on {day}", "--due", day).code == 0
    return root


@pytest.mark.parametrize("how", ["emptied", "removed"])
def test_who_reads_is_warned(book: Path, run: Run, how: str) -> None:
    path = book / "followups.yaml"
    path.write_text("") if how == "emptied" else path.unlink()
    said = run("list")

    assert "warning: the book had 4 follow-ups when leadctl last wrote to it" in said.err
    assert said.code == 0


def test_nothing_is_written_over_what_is_gone(book: Path, run: Run) -> None:
    (book / "followups.yaml").write_text("")
    said = run("todo", "add", "ada", "another", "--due", "2026-12-01")

    assert said.code == 7
    assert "nothing was written: the book had 4 follow-ups" in said.err
    assert "leadctl check --fix shrunk" in said.err
    assert (book / "followups.yaml").read_text() == ""


def test_what_has_nothing_to_do_with_it_can_be_written(book: Path, run: Run) -> None:
    (book / "followups.yaml").write_text("")

    assert run("set", "ada", "company=Mills").code == 0


def test_nobody_converts_or_forgets_over_it(book: Path, run: Run) -> None:
    (book / "followups.yaml").write_text("")

    assert run("convert", "csv", "--yes").code == 7
    assert run("forget", "bela", "--yes").code == 7


def test_check_finds_it_and_can_be_told_that_it_is_meant(book: Path, run: Run) -> None:
    (book / "followups.yaml").write_text("")
    assert "the book had 4 follow-ups" in run("check").out
    assert run("check", "--fix", "shrunk").code == 0

    assert run("list").err == ""
    assert run("todo", "add", "ada", "another", "--due", "2026-12-01").code == 0


def test_those_that_leadctl_took_out_are_not_missing(book: Path, run: Run) -> None:
    ids = run("todo", "list", "-f", "ids").out.split()
    assert run("todo", "remove", *ids).code == 0

    assert run("list").err == ""


def test_those_that_went_with_a_person_are_not_missing(book: Path, run: Run) -> None:
    assert run("forget", "ada", "--yes").code == 0

    assert run("list").err == ""


def test_a_few_may_be_taken_out_by_hand(new_book: NewBook, run: Run) -> None:
    book = new_book(ADA)
    run("todo", "add", "ada", "call", "--due", "2026-11-25")
    (book / "followups.yaml").write_text("")

    assert run("list").err == ""


def test_a_conversion_keeps_count(book: Path, run: Run) -> None:
    assert run("convert", "csv", "--yes").code == 0
    (book / "followups.csv").write_text("id,contact,due\n")

    assert "the book had 4 follow-ups" in run("list").err
