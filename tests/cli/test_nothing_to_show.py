"""Where there is nothing to show, a terminal hears what to do next, and a script nothing."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

import pytest

from leadctl.cli.main import main
from tests.commands import NewBook, Run

ADA = "- {id: ada, name: Ada Lovelace, status: Engage, created: 2026-11-22, phone: 604-555-0102}\n"
#: What is empty in a book with one contact of today → what a terminal is told to type.
EMPTY = {
    "list nobody": "`leadctl list` shows everybody",
    "prospects": "`leadctl prospects --ahead 7d`",
    "pipeline nobody": "`leadctl list`",
    "todo list": 'leadctl todo add WHO "what" --due fri',
    "plan status": "leadctl plan apply PLAN WHO",
    "history": "leadctl touch WHO",
    "values source": "leadctl set WHO source=",
    "report lost": "`leadctl report status`",
    "report sources --period 2020": "`leadctl report status`",
}
_NO_CONTACTS = 'the book has no contacts yet: leadctl add "Ada Lovelace"'


class Screen(io.StringIO):
    """Takes what goes to stderr as a terminal does."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen() -> Screen:
    return Screen()


def told(words: str, screen: Screen, run: Run) -> str:
    """What the command says on a terminal beside its data."""
    with redirect_stderr(screen):
        main(words.split())
    return screen.getvalue()


@pytest.mark.parametrize("words", EMPTY)
def test_a_terminal_hears_what_to_type_next(
    words: str, screen: Screen, run: Run, new_book: NewBook
) -> None:
    new_book(ADA)

    assert EMPTY[words] in told(words, screen, run)


@pytest.mark.parametrize("words", EMPTY)
def test_an_empty_book_is_said_to_be_one(
    words: str, screen: Screen, run: Run, new_book: NewBook
) -> None:
    new_book("[]\n")

    assert told(words, screen, run).startswith(_NO_CONTACTS)


@pytest.mark.parametrize("words", EMPTY)
def test_a_script_hears_nothing(words: str, run: Run, new_book: NewBook) -> None:
    new_book(ADA)
    done = run(*words.split())

    assert (done.code, done.err) == (0, "")


def test_quiet_is_quiet(screen: Screen, run: Run, new_book: NewBook) -> None:
    new_book(ADA)

    assert told("list nobody -q", screen, run) == ""
