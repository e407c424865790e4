"""What the help looks like on a terminal of 80 columns."""

from __future__ import annotations

import pytest

from tests.commands import call


@pytest.mark.parametrize("group", ["todo", "plan", "stages", "report"])
def test_every_command_is_summed_up_in_a_whole_sentence(
    group: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    listed = call(*group.split(), "-h").out.partition("Commands:\n")[2].splitlines()

    assert listed
    assert [line for line in listed if line.endswith("...") or not line.endswith(".")] == []


@pytest.mark.parametrize(
    "command", ["prospects", "dismiss", "todo add", "plan apply", "advance", "touch", "remind"]
)
def test_the_help_of_a_daily_command_fits_a_terminal(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    help_text = call(*command.split(), "-h").out

    assert help_text
    assert [line for line in help_text.splitlines() if len(line) > 80] == []
