"""Streams that are closed, full or gone, and surroundings in which nothing can be spelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import Program

READS = [("list",), ("list", "--json"), ("-h",), ("list", "-h"), ("--version",), ("prospects",)]


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_closed_output_is_an_error_of_a_read(
    program: Program, agent: Path, words: tuple[str, ...]
) -> None:
    done = program(*words, cwd=agent, shell=">&-")

    assert done.code == 6
    assert done.err == "leadctl: error: the output cannot be written: it is closed\n"


@pytest.mark.parametrize("words", READS, ids=" ".join)
def test_a_full_output_is_an_error_of_a_read(
    program: Program, agent: Path, words: tuple[str, ...]
) -> None:
    done = program(*words, cwd=agent, shell=">/dev/full")

    assert done.code == 6
    assert "No space left on device" in done.err


def test_a_reader_that_has_seen_enough_is_no_error(program: Program, agent: Path) -> None:
    done = program("list", cwd=agent, shell="| head -1")

    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("shell", ["2>&-", "2>/dev/full", ">&- 2>&-", "2>&- <&-"])
def test_an_error_that_nobody_can_be_told_keeps_its_code(
    program: Program, agent: Path, shell: str
) -> None:
    done = program("list", "nofield:x", cwd=agent, shell=shell)

    assert done.code == 2


@pytest.mark.parametrize("shell", [">&-", ">/dev/full"])
def test_what_is_saved_is_no_failure_because_it_cannot_be_told(
    program: Program, agent: Path, shell: str
) -> None:
    done = program("set", "priya-raman", "company=Analytical", cwd=agent, shell=shell)

    assert done.code == 0
    assert done.err.startswith("leadctl: warning: saved, but the output cannot be written: ")
    assert "Analytical" in (agent / "contacts.yaml").read_text(encoding="utf-8")


def test_what_is_saved_is_saved_if_nobody_listens_at_all(program: Program, agent: Path) -> None:
    done = program("set", "priya-raman", "company=Analytical", cwd=agent, shell=">&- 2>&- <&-")

    assert done.code == 0
    assert "Analytical" in (agent / "contacts.yaml").read_text(encoding="utf-8")


def test_nothing_to_say_needs_no_output(program: Program, agent: Path) -> None:
    assert program("set", "priya-raman", "company=A", "-q", cwd=agent, shell=">&-").code == 0


@pytest.mark.parametrize(
    "surroundings",
    [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"TZ": "No/Where"}, {"TZ": ":::"}],
    ids=str,
)
@pytest.mark.parametrize(
    "words", [("list",), ("show", "wang-meiling"), ("show", "王")], ids=" ".join
)
def test_odd_surroundings_end_no_command(
    program: Program, agent: Path, words: tuple[str, ...], surroundings: dict[str, str]
) -> None:
    done = program(*words, cwd=agent, env=surroundings)

    assert done.code in (0, 1), done.err
    assert "Traceback" not in done.err
