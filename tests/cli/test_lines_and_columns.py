"""`--template`, `--null`, `--columns` and `--format vcf`, on every command that has rows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import vobject

from tests.commands import Outcome, Program, Run

#: Commands with rows, and a field that each of them has.
WITH_ROWS = {
    "list": "name", "prospects": "reasons", "pipeline": "status", "todo list": "what",
    "history": "op", "values source": "contacts", "stages list": "touch_every",
    "plan list": "plan", "plan status": "plan",
    "report status": "overdue", "report funnel": "status", "report ageing": "status",
    "report touches": "status", "report activity": "week", "report sources": "source",
    "report speed": "step", "report lost": "reason", "show chloe-bergeron": "name",
    "prospects --explain chloe-bergeron": "urgency",
}  # fmt: skip


@pytest.mark.parametrize("words", WITH_ROWS)
def test_a_template_and_columns_name_any_field(words: str, agent: Path, run: Run) -> None:
    field = WITH_ROWS[words]
    lines = run(*words.split(), "--template", f"<{{{field}}}>")
    listed = run(*words.split(), "--columns", field, "-f", "tsv", "--no-header", "--raw")

    assert (lines.code, lines.err) == (0, "")
    assert (listed.code, listed.err) == (0, "")
    assert lines.out.count("\n") == listed.out.count("\n") > 0
    assert all(line.startswith("<") for line in lines.out.splitlines())


@pytest.mark.parametrize("words", WITH_ROWS)
@pytest.mark.parametrize("option", ["--columns=xyzzy", "--template={xyzzy}"])
def test_a_field_that_is_none_is_refused(words: str, option: str, agent: Path, run: Run) -> None:
    refused = run(*words.split(), option)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("leadctl: error: ")
    assert '"xyzzy"\nhint: ' in refused.err


def test_a_mail_merge_is_one_line(agent: Path, run: Run) -> None:
    assert run("list", "tag:first-time", "--template", "{name} <{email}>") == Outcome(
        0,
        """\
Emily Sato <emily.sato@example.org>
Kelsey Tran <kelsey.tran@example.org>
Sofía Márquez <sofia.marquez@example.com>
""",
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--template", "x", "--json"), "--template says how rows look: --json does not go"),
        (("--template", "x", "-f", "csv"), "--template says how rows look: --format does not"),
        (("--template", "x", "--columns", "id"), "--template names its fields itself"),
        (("-0",), "--null ends the rows of --format ids and --template"),
        (("-0", "-f", "json"), "--null ends the rows of --format ids and --template"),
        (("-f", "vcf", "--columns", "id"), "--columns: an address book has none"),
    ],
)
def test_options_that_exclude_each_other_are_refused(
    words: tuple[str, ...], message: str, agent: Path, run: Run
) -> None:
    refused = run("list", *words)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"leadctl: error: {message}")


def test_ids_ended_by_nul_are_what_xargs_takes(agent: Path, program: Program) -> None:
    words = ("list", "tag:first-time", "-f", "ids", "-0")

    assert program(*words, cwd=agent, shell="| xargs -0 -n1 echo").out == (
        "emily-sato\nkelsey-tran\nsofia-marquez\n"
    )


def test_a_template_may_stand_before_the_command(agent: Path, run: Run) -> None:
    before = run("--template", "{id}", "list", "tag:first-time")

    assert before == run("list", "tag:first-time", "-f", "ids")


@pytest.mark.parametrize("words", ["list", "prospects", "show chloe-bergeron"])
def test_an_address_book_has_whom_the_command_shows(words: str, agent: Path, run: Run) -> None:
    book = run(*words.split(), "-f", "vcf")
    shown = json.loads(run(*words.split(), "--json").out)
    people = shown if isinstance(shown, list) else [shown]

    cards: list[Any] = list(vobject.readComponents(book.out))
    assert (book.code, book.err) == (0, "")
    assert [card.uid.value for card in cards] == [f"contact-{row['id']}@leadctl" for row in people]
    assert [card.fn.value for card in cards] == [row["name"] for row in people]
    assert [
        [each.value for each in card.contents.get("email", [])] for card in cards
    ] == [row["email"] for row in people]  # fmt: skip


def test_columns_of_a_card_are_its_lines(agent: Path, run: Run) -> None:
    assert run("show", "emily-sato", "--columns", "phone,tag").out == (
        "Emily Sato (emily-sato)\n  phone  604-555-0145\n  tags   buyer, first-time\n"
    )
