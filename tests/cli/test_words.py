"""How words reach a command: options before and after it, negated terms, errors and exit codes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leadctl import __version__
from leadctl.cli.commands import COMMANDS
from leadctl.cli.meaning import ELSEWHERE
from tests.commands import NewBook, Outcome, Run

CONTACTS = """\
id,name,status,tags,source
ada,Ada,New,cold; vip,Referral
bela,Béla,New,,Referral
cleo,Cleo,Engage,cold,Walk-in
"""


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--book", "BOOK", "-f", "ids", "--limit", "2"),
        ("--book", "BOOK", "-f", "ids", "--limit", "2", "list"),
        ("-b", "BOOK", "list", "--format", "ids", "--limit=2"),
        ("--format=ids", "--limit", "2", "list", "-b", "BOOK"),
        ("-q", "-b", "BOOK", "list", "--limit", "2", "-f", "ids"),
    ],
)
def test_shared_options_stand_before_or_after_the_command(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir("/")

    assert run(*(str(book) if word == "BOOK" else word for word in words)) == Outcome(
        0, "ada\nbela\n"
    )


def test_options_in_front_reach_the_command_of_a_group(run: Run, book: Path) -> None:
    assert run("--json", "report", "status") == run("report", "status", "--json")
    assert run("-f", "csv", "stages") == run("stages", "list", "-f", "csv")


def test_json_is_a_format(run: Run, book: Path) -> None:
    assert run("list", "--json") == run("list", "-f", "json") == run("--json", "list")


@pytest.mark.parametrize(
    "words",
    [
        ("-tag:cold",),
        ("source:Referral", "-tag:cold"),
        ("-tag:cold", "source:Referral"),
        ("-tag:vip", "-status:Engage"),
        ("not:tag:cold",),
        ("--", "-tag:cold"),
        ("-is:won", "-tag=cold"),
        ("-tag~^cold",),
    ],
)
def test_a_minus_negates_a_term_wherever_it_stands(
    run: Run, book: Path, words: tuple[str, ...]
) -> None:
    assert run("list", "-f", "ids", *words) == Outcome(0, "bela\n")


def test_a_negated_term_may_stand_before_and_after_options(run: Run, book: Path) -> None:
    assert run("list", "-tag:cold", "-f", "ids") == Outcome(0, "bela\n")
    assert run("list", "-f", "ids", "-tag:cold", "--no-header") == Outcome(0, "bela\n")
    assert run("set-status", "Engage", "--where", "-tag:cold", "--yes").code == 0


@pytest.mark.parametrize("note", ["-x:y", "-tag:cold", "--where", "-", "- first: second"])
def test_what_follows_an_option_is_its_value(run: Run, book: Path, note: str) -> None:
    done = run("touch", "ada", "-m", note)

    assert done == Outcome(0, "ada: touched. Undo: leadctl undo OP\n")
    assert f'"note": "{note}"' in run("history", "ada", "--json").out


def test_a_note_may_hang_on_its_option(run: Run, book: Path) -> None:
    run("touch", "ada", "-mcalled, no answer")
    run("touch", "bela", "--note=-tag:cold")

    assert [line.split("  ")[3] for line in run("history", "--no-header").out.splitlines()] == [
        "called, no answer",
        "-tag:cold",
    ]


def test_the_version(run: Run) -> None:
    assert run("--version") == Outcome(0, f"leadctl {__version__}\n")


@pytest.mark.parametrize("words", [("-h",), ("--help",)])
def test_the_short_help_names_every_command_on_one_screen(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words)

    assert (done.code, done.err) == (0, "")
    assert [name for name in COMMANDS if not re.search(rf"\b{name}\b", done.out)] == []
    assert len(done.out.splitlines()) <= 40
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples_and_needs_no_book(run: Run, command: str) -> None:
    done = run(command, "-h")

    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: leadctl {command} ")
    assert "Examples:" in done.out


def test_an_unknown_command_is_refused_with_a_suggestion(run: Run) -> None:
    done = run("prospect")

    assert (done.code, done.out) == (2, "")
    assert done.err == (
        'leadctl: error: no command named "prospect"\nhint: did you mean `leadctl prospects`?\n'
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ls", "list"),
        ("set-staus", "set-status"),
        ("new", "add"),
        ("log", "history"),
        ("done", "todo done"),
        ("Delete", "remove"),
        ("todo ls", "todo list"),
        ("todo rm", "todo remove"),
        ("stages mv", "stages move"),
        ("plan shwo", "plan show"),
    ],
)
def test_a_word_of_another_program_leads_to_the_command(run: Run, typed: str, meant: str) -> None:
    done = run(*typed.split(), "ada")

    assert done == Outcome(
        2,
        "",
        f'leadctl: error: no command named "{typed.rsplit(maxsplit=1)[-1]}"\n'
        f"hint: did you mean `leadctl {meant}`?\n",
    )


def test_every_word_of_another_program_leads_to_a_command_that_there_is() -> None:
    groups = {"todo": ["done"]}
    suggested = {each for phrases in ELSEWHERE.values() for each in phrases[-1:]} - {"--version"}

    assert [
        each
        for each in suggested
        if (words := each.split())[0] not in COMMANDS or words[1:] not in ([], groups.get(words[0]))
    ] == []
    assert set(ELSEWHERE) & set(COMMANDS) == set()


def test_a_misspelt_option_is_answered_with_the_right_one(run: Run) -> None:
    assert run("list", "--colums", "id") == Outcome(
        2, "", 'leadctl: error: no such option: --colums\nhint: did you mean "--columns"?\n'
    )


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("list", "--colums", "id"), "no such option: --colums"),
        (("list", "--json=yes"), "option '--json' does not take a value"),
        (("list", "--limit"), "option '--limit' requires an argument"),
        (("list", "-f", "pdf"), "invalid value for '-f' / '--format': 'pdf' is not one of"),
        (("add",), "missing argument 'NAME'"),
        (("show",), "missing argument 'WHO'"),
        (("list", "-n"), "no such option: -n"),
        (("check", "lint"), 'no check named "lint"'),
        (("report", "statuses"), 'no command named "statuses"'),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_where_help_is(
    run: Run, book: Path, words: tuple[str, ...], error: str
) -> None:
    done = run(*words)

    assert (done.code, done.out) == (2, "")
    first, *rest = done.err.splitlines()
    assert first.startswith(f"leadctl: error: {error}")
    assert [line.split(":")[0] for line in rest] == ["hint"]


def test_a_bug_keeps_its_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    # A bug cannot be ordered: this one is put in.
    def broken(*_: object, **__: object) -> int:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("leadctl.cli.program.run", broken)
    done = run("list")

    assert (done.code, done.out) == (70, "")
    assert done.err.startswith("Traceback (most recent call last):\n")
    assert "ZeroDivisionError: division by zero\n" in done.err


def test_a_book_named_in_front_is_that_of_the_follow_ups(agent: Path, run: Run) -> None:
    expected = run("todo", "list", "-f", "csv")

    assert expected.code == 0
    assert run("-b", agent, "todo", "list", "-f", "csv") == expected
    assert run("-b", agent, "-f", "csv", "todo") == expected


@pytest.mark.parametrize("group", ["todo", "stages", "report"])
def test_the_help_of_a_group_needs_no_book(run: Run, group: str) -> None:
    assert run("-b", "nowhere", group, "-h") == run(group, "-h")
    assert run(group, "-h").code == 0


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("todo", "add", "ada"), "hint: leadctl todo add -h\n"),
        (("todo", "bogus"), "hint: leadctl todo has: add, list, done, move, remove\n"),
        (("set-status", "--bogus"), "hint: leadctl set-status -h\n"),
    ],
)
def test_wrong_words_lead_to_the_help_of_the_very_command(
    run: Run, words: tuple[str, ...], hint: str
) -> None:
    outcome = run(*words)

    assert outcome.err.endswith(hint)
