"""What newcomers mistype, and what helps them on: every message leads to the next try."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import Outcome, Run


@pytest.mark.parametrize(
    ("words", "error", "hint"),
    [
        (["lst"], 'no command named "lst"', "did you mean `leadctl list`?"),
        (["search", "ada"], 'no command named "search"', "did you mean `leadctl list`?"),
        (["xyzzy"], 'no command named "xyzzy"', "`leadctl help` lists all commands"),
        (
            ["todo", "delete", "x"],
            'no command named "delete"',
            "`leadctl todo remove`",
        ),
        (["plan", "new-lead", "ada"], 'no command named "new-lead"', "leadctl plan apply new-lead"),
        (["report", "x"], 'no command named "x"', "leadctl report has: status, funnel, "),
    ],
    ids=" ".join,
)
def test_a_slip_leads_to_the_next_try(
    words: list[str], error: str, hint: str, agent: Path, run: Run
) -> None:
    done = run(*words)

    assert (done.code, done.out) == (2, "")
    first, second = done.err.splitlines()
    assert first.startswith(f"leadctl: error: {error}")
    assert second.startswith("hint: ")
    assert hint in second


@pytest.mark.parametrize("text", ["- ask again", "-5 percent", "-7d or so"])
def test_a_text_may_begin_with_a_dash(text: str, agent: Path, run: Run) -> None:
    done = run("todo", "add", "hannah-feldman", text, "--due", "fri")
    listed = run("todo", "list", "id:hannah-feldman", "--template", "<{what}>")

    assert (done.code, done.err) == (0, "")
    assert listed.out == f"<{text.strip()}>\n"


def test_a_file_that_begins_with_a_dash_is_taken_for_an_option_as_everywhere(run: Run) -> None:
    refused = run("import", "- mine.csv")

    assert refused.code == 2
    assert refused.err.startswith("leadctl: error: no such option: -")


def test_swapped_words_of_a_draft_are_put_right(agent: Path, run: Run) -> None:
    assert run("draft", "keys", "chloe-bergeron") == Outcome(
        2,
        "",
        "leadctl: error: whom it is for comes first, then the template\n"
        "hint: leadctl draft chloe-bergeron keys\n",
    )


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("plan", "apply", "nope", "chloe-bergeron"), 'no plan "nope"'),
        (("draft", "chloe-bergeron", "nope"), 'no template named "nope"'),
    ],
)
def test_what_has_no_such_name_is_a_wrong_request(
    words: tuple[str, ...], error: str, agent: Path, run: Run
) -> None:
    done = run(*words)

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"leadctl: error: {error}\nhint: ")


def test_shared_options_of_a_change_may_stand_before_it(agent: Path, run: Run) -> None:
    before = run("--where", "is:due", "-n", "set-status", "Future")

    assert before == run("set-status", "Future", "--where", "is:due", "-n")
    assert before.code == 0
