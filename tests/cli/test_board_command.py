"""`board`: the pipeline as columns side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run
from tests.golden import on_terminal

CONTACTS = """\
id,name,status,created,owner
ada,Ada,New,2026-11-21,marta
bela,Béla,New,2026-11-22,jonah
cleo,Cleo,Future,2026-11-20,marta
dora,Dora,Inactive,2026-11-20,marta
"""


@pytest.fixture
def book(new_book: NewBook, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NO_COLOR", "1")
    return new_book(CONTACTS)


def test_a_terminal_shows_the_statuses_side_by_side(book: Path) -> None:
    assert on_terminal("board", "New", "Future", "--limit", "1", width=40) == (
        "New (2)              Future (1)\n"
        "-------------------  -------------------\n"
        "Ada                  Cleo\n"
        "  1 day over           Sun 20 Dec\n"
        "… 1 more\n"
        "not on the pipeline: Inactive 1\n"
    )


def test_off_a_terminal_one_status_stands_below_another_with_dates(run: Run, book: Path) -> None:
    assert run("board", "New", "Future", "owner:marta") == Outcome(
        0,
        "New (1)\nname  due\n----  ----------\nAda   2026-11-21\n\n"
        "Future (1)\nname  due\n----  ----------\nCleo  2026-12-20\n",
    )


def test_a_card_shows_what_is_asked_for(book: Path) -> None:
    text = on_terminal("board", "Future", "--columns", "owner,id", width=40)

    assert text.splitlines()[2:4] == ["marta", "  cleo"]


def test_people_see_ten_cards_of_a_column(run: Run, book: Path) -> None:
    for number in range(9):
        run("add", f"Number {number}")

    cards = run("board", "New", "--columns", "id", "--no-header").out.splitlines()

    assert (cards[0], len(cards[1:-1]), cards[-1]) == ("New (11)", 10, "… 1 more")


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "ids"])
def test_programs_get_what_the_pipeline_gives_them(run: Run, book: Path, form: str) -> None:
    words = ("New", "owner:marta", "-f", form)

    assert run("board", *words) == run("pipeline", *words)


def test_a_word_that_resembles_a_status_is_told(run: Run, book: Path) -> None:
    done = run("board", "Futur")

    assert done.err == 'note: "Futur" is looked for in names; the status is "Future"\n'
