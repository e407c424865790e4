"""Shared options before and after the command, twice, and against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import Outcome, Run

#: An option that many commands share, with a command for which it makes a difference.
SHARED = [
    (("-f", "csv"), ("list",)),
    (("--format=ids",), ("list",)),
    (("--json",), ("prospects",)),
    (("--columns", "id,name"), ("list",)),
    (("--sort", "-name"), ("list",)),
    (("--limit", "1"), ("list",)),
    (("--no-header",), ("list",)),
    (("-n",), ("set", "wang-meiling", "title=X")),
    (("--dry-run",), ("set", "wang-meiling", "title=X")),
    (("--expect", "7"), ("set-status", "Engage", "--where", "status:New")),
    (("-n", "-y"), ("set-status", "Engage", "--where", "status:New")),
    (("-n", "-m", "a note: of --words"), ("touch", "wang-meiling")),
    (("-n", "--on", "yesterday"), ("touch", "wang-meiling")),
    (("--as-of", "2026-11-01"), ("prospects",)),
    (("--color", "always"), ("prospects",)),
    (("-nq",), ("set", "wang-meiling", "title=X")),
    (("-v", "-n"), ("set-status", "Engage", "--all")),
    (("--json", "--limit", "1"), ("todo",)),
    (("-f", "csv"), ("report", "status")),
]


@pytest.mark.parametrize(("options", "command"), SHARED, ids=str)
def test_an_option_means_the_same_before_and_after_the_command(
    run: Run, agent: Path, options: tuple[str, ...], command: tuple[str, ...]
) -> None:
    before, after = run(*options, *command), run(*command, *options)

    assert before == after
    # Another number than --expect says is a conflict.
    assert before.code == (4 if "--expect" in options else 0)


@pytest.mark.parametrize(
    ("words", "like"),
    [
        (("--json", "list", "-f", "csv"), ("list", "-f", "csv")),
        (("-f", "csv", "list", "--json"), ("list", "-f", "json")),
        (("-f", "csv", "-f", "ids", "list"), ("list", "-f", "ids")),
        (("--json", "list", "--json"), ("list", "--json")),
        (("--limit", "5", "list", "--limit", "1"), ("list", "--limit", "1")),
        (("-b", "nowhere", "list", "-b", "."), ("list",)),
        (("--color", "always", "list", "--color", "never"), ("list",)),
    ],
)
def test_the_last_of_several_counts(
    run: Run, agent: Path, words: tuple[str, ...], like: tuple[str, ...]
) -> None:
    done = run(*words)

    assert done.code == 0
    assert done == run(*like)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--via", "email", "touch", "wang-meiling"), '"--via" belongs behind the command'),
        (("todo", "--due", "fri", "add", "wang-meiling", "x"), '"--due" belongs behind the'),
        (("stages", "--into", "New", "remove", "Future"), '"--into" belongs behind the'),
        (("--bok", ".", "list"), "no such option: --bok"),
        (("--book", "."), "no command is given"),
        (("list", "--colums", "id"), "no such option: --colums"),
        (("list", "-marcus"), "no such option: -marcus"),
        (("list", "--limit", "few"), "invalid value for '--limit': 'few' is no whole number"),
        (("show", "Wang", "Meiling"), 'unexpected words: "Meiling"'),
        (("set-status",), "no status is given"),
    ],
)
def test_wrong_words_are_told_with_a_way_on(
    run: Run, agent: Path, words: tuple[str, ...], told: str
) -> None:
    done = run(*words)

    assert (done.code, done.out) == (2, "")
    first, hint = done.err.splitlines()
    assert first.startswith(f"leadctl: error: {told}")
    assert hint.startswith("hint: ")


@pytest.mark.parametrize("front", [(), ("-b", "nowhere"), ("--json",), ("-q", "--limit", "3")])
@pytest.mark.parametrize("asked", ["-h", "--help", "--version"])
def test_who_asks_for_help_gets_it_whatever_else_is_said(
    run: Run, front: tuple[str, ...], asked: str
) -> None:
    assert run(*front, asked) == run(asked)
    assert run(asked).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("-tag:buyer", "list", "-f", "ids"),
        ("-f", "ids", "-tag:buyer", "list"),
        ("list", "-tag:buyer", "-f", "ids"),
        ("list", "-f", "ids", "-tag:buyer"),
        ("list", "-f", "ids", "--", "-tag:buyer"),
        ("list", "-f", "ids", "not:tag:buyer"),
    ],
)
def test_a_term_with_a_minus_is_no_option_in_any_place(
    run: Run, agent: Path, words: tuple[str, ...]
) -> None:
    everybody = set(run("list", "-f", "ids").out.splitlines())
    buyers = set(run("list", "tag:buyer", "-f", "ids").out.splitlines())

    done = run(*words)

    assert buyers
    assert set(done.out.splitlines()) == everybody - buyers


@pytest.mark.parametrize("words", [("-@hot", "list"), ("list", "-@hot"), ("list", "not:@hot")])
def test_a_view_can_be_turned_round_in_any_place(
    run: Run, agent: Path, words: tuple[str, ...]
) -> None:
    done = run(*words, "-f", "ids")
    hot = run("list", "@hot", "-f", "ids").out.split()

    assert done.code == 0
    assert sorted([*done.out.split(), *hot]) == run("list", "-f", "ids").out.split()


def test_several_letters_in_one_word_take_the_next_word_in_front_too(run: Run, agent: Path) -> None:
    assert run("-qb", agent, "list", "-f", "ids", "--limit", "1") == Outcome(0, "amir-haddad\n")
