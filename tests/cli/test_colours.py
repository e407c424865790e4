"""When there is colour: as the user says, as the terminal can, as the variables ask."""

from pathlib import Path

import pytest

from tests.commands import Run
from tests.golden import on_terminal

LIST = ("list", "id:danielle-okafor", "--columns", "id,due", "--no-header")
PLAIN = "danielle-okafor  7 days over\n"
RED = "\x1b[31mdanielle-okafor\x1b[0m  \x1b[31m7 days over\x1b[0m\n"


@pytest.mark.parametrize(
    ("variables", "option", "expected"),
    [
        ({}, (), RED),
        ({"NO_COLOR": "1"}, (), PLAIN),
        ({"NO_COLOR": ""}, (), RED),
        ({"TERM": "dumb"}, (), PLAIN),
        ({"CLICOLOR": "0"}, (), PLAIN),
        ({"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, (), RED),
        ({"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, (), PLAIN),
        ({"NO_COLOR": "1"}, ("--color", "always"), RED),
        ({}, ("--color", "never"), PLAIN),
    ],
)
def test_a_terminal_gets_colours_unless_somebody_is_against_it(
    agent: Path,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    option: tuple[str, ...],
    expected: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert on_terminal(*LIST, *option, width=80) == expected


def test_a_pipe_gets_colours_only_if_somebody_asks(
    run: Run, agent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, asked = run(*LIST).out, run(*LIST, "--color", "always").out
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    forced = run(*LIST).out

    assert plain == "danielle-okafor  2026-11-15\n"
    assert asked == "\x1b[31mdanielle-okafor\x1b[0m  \x1b[31m2026-11-15\x1b[0m\n"
    assert forced == asked


def test_the_width_is_that_of_the_terminal_unless_columns_says_otherwise(
    agent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = on_terminal("prospects", width=300)
    monkeypatch.setenv("COLUMNS", "70")
    narrow = on_terminal("prospects", width=300)

    assert max(map(len, wide.split("\n"))) > 100
    assert max(map(len, narrow.replace("\x1b[0m", "").split("\n"))) < 90


def test_days_are_told_as_seen_from_the_day_that_is_asked_for(agent: Path) -> None:
    words = ("list", "id:danielle-okafor", "--columns", "due", "--no-header", "--color", "never")

    assert on_terminal(*words, "--as-of", "2026-11-16", width=80) == "1 day over\n"
