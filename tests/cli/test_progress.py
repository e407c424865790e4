"""The line that tells how far something is: late, seldom, on a terminal only, and then gone."""

from __future__ import annotations

import io

import pytest

from leadctl.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")


def test_who_waits_for_less_than_a_second_sees_nothing() -> None:
    terminal, clock = Terminal(), Clock()
    line = Progress("reading", terminal, clock=clock)
    clock.now = 0.9
    line.reach(0.5)
    line.clear()

    assert terminal.getvalue() == ""


def test_a_line_grows_and_is_gone_at_the_end() -> None:
    terminal, clock = Terminal(), Clock()
    line = Progress("reading", terminal, clock=clock)
    clock.now = 1.0
    line.reach(0.25)
    line.reach(0.3)
    clock.now = 2.0
    line.reach(1.0)
    line.clear()

    assert terminal.getvalue() == (
        "\rreading [######..................]  25%\rreading [########################] 100%\r\x1b[K"
    )


def test_a_line_is_never_longer_than_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    terminal, clock = Terminal(), Clock()
    line = Progress("reading", terminal, clock=clock)
    clock.now = 1.0
    line.reach(0.5)

    assert terminal.getvalue() == "\rreading [##########"


@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_where_nobody_looks_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    stream, clock = io.StringIO() if term == "xterm" else Terminal(), Clock()
    line = Progress("reading", stream, clock=clock)
    clock.now = 5.0
    line.reach(0.5)
    line.clear()

    assert stream.getvalue() == ""


def test_items_pass_by_and_move_the_line() -> None:
    terminal, clock = Terminal(), Clock()
    line = Progress("reading", terminal, clock=clock)
    clock.now = 3.0
    passed = list(line.along(range(2_000), count=2_000, parts=(0.5, 1.0)))

    assert passed == list(range(2_000))
    assert terminal.getvalue() == "\rreading [############............]  50%"
