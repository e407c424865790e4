"""`leadctl help`: all commands and topics, the page of a topic, the -h of a command."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from leadctl.cli.commands import COMMANDS, SECTIONS, TOPICS
from leadctl.cli.overview import short_help
from leadctl.cli.program import application
from leadctl.cli.telling import everything, topic
from leadctl.guides import Grid
from leadctl.render.formats import Foreign, Format
from tests.commands import Outcome, Program, Run, tree
from tests.doc_blocks import run as run_line

DOCS = Path(__file__).parent.parent.parent / "docs"
#: The page of the docs that says the same as a topic and more.
PAGES = {
    "query": "reference/query.md",
    "formats": "reference/formats.md",
    "exit-codes": "reference/exit-codes.md",
    "environment": "reference/environment.md",
    "files": "reference/environment.md",
    "safety": "explanation/safety.md",
}


def unlinked(text: str) -> str:
    """*text* without its links and the marks around what is to be typed."""
    text = re.sub(r"; see \[[^]]*\]\([^)]*\)", "", text)
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text).replace("`", "").replace("*", "")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_sums_up_every_command_and_topic_in_a_sentence(run: Run, name: str) -> None:
    assert re.search(rf"^  {name}  +[A-Z].*\.$", run("help").out, re.MULTILINE)


def test_help_has_every_section_and_topic(run: Run) -> None:
    lines = run("help").out.splitlines()

    assert {f"{section}:" for section in (*SECTIONS, "Topics")} <= set(lines)
    assert {line.split()[0] for line in lines[lines.index("Topics:") + 1 :][: len(TOPICS)]} == set(
        TOPICS
    )


@pytest.mark.parametrize("words", [("set-status",), ("todo",), ("todo", "add"), ("stages", "add")])
def test_the_help_of_a_command_is_what_its_own_option_shows(
    run: Run, words: tuple[str, ...]
) -> None:
    assert run("help", *words) == run(*words, "-h")
    assert run("help", *words).code == 0


def test_a_topic_goes_before_the_command_of_its_name_and_leads_to_it(run: Run) -> None:
    page = run("help", "stages").out

    assert page.startswith("Stages and statuses: stages.yaml\n")
    assert page.endswith("`leadctl stages -h` is about the command of the same name.\n")
    assert "`leadctl help stages`" in run("stages", "-h").out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("querry", "query"), ("exit", "exit-codes"), ("set-staus", "set-status"), ("ls", "list")],
)
def test_a_misspelt_topic_is_answered_with_the_right_one(run: Run, typed: str, meant: str) -> None:
    assert run("help", typed) == Outcome(
        2,
        "",
        f'leadctl: error: no command and no topic named "{typed}"\n'
        f"hint: did you mean `leadctl help {meant}`?\n",
    )


def test_a_topic_that_nobody_knows_leads_to_all_of_them(run: Run) -> None:
    assert run("help", "quantum physics") == Outcome(
        2,
        "",
        'leadctl: error: no command and no topic named "quantum physics"\n'
        "hint: `leadctl help` lists all\n",
    )


@pytest.mark.parametrize("width", [80, 60])
@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_is_set_for_its_terminal(
    run: Run, name: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    done = run("help", name)
    typed = {f"  {line}" for block in topic(name).blocks for line in getattr(block, "lines", ())}
    lines = done.out.splitlines()

    assert (done.code, done.err) == (0, "")
    assert [line for line in lines if len(line) > width and line not in typed] == []
    assert [line for line in lines if "{{" in line or line != line.rstrip()] == []


@pytest.mark.parametrize("name", TOPICS)
def test_a_topic_takes_two_screens_at_most(
    run: Run, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    assert len(run("help", name).out.splitlines()) <= 80


@pytest.mark.parametrize("name", PAGES)
def test_what_a_topic_lists_stands_in_the_docs_word_for_word(name: str) -> None:
    page = unlinked((DOCS / PAGES[name]).read_text(encoding="utf-8"))
    cells = [
        unlinked(cell)
        for block in topic(name).blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in (row if name != "files" else row[:1])
    ]

    assert cells
    assert [cell for cell in cells if cell.replace("|", "\\|") not in page] == []


def test_the_topic_of_formats_has_them_all() -> None:
    grids = [block for block in topic("formats").blocks if isinstance(block, Grid)]

    assert {row[0].strip("`") for row in grids[0].rows} == {*Format, *Foreign}


@pytest.mark.parametrize("name", TOPICS)
def test_the_examples_of_a_topic_work(name: str, agent: Path, tmp_path: Path) -> None:
    # Each is for whoever has just read it, so each has a book of its own.
    books = {line: tmp_path / str(number) for number, line in enumerate(topic(name).examples)}
    results = {line: run_line(line, shutil.copytree(agent, book)) for line, book in books.items()}

    assert results
    assert {line: done for line, done in results.items() if done[0] != 0} == {}


def test_the_examples_of_the_short_help_work(agent: Path, tmp_path: Path) -> None:
    root = application(["today", "clockwork", "todo", "look"])
    from typer.main import get_command

    lines = short_help(get_command(root).commands).examples  # type: ignore[attr-defined]
    results = {
        line: run_line(line, shutil.copytree(agent, tmp_path / str(number)))
        for number, line in enumerate(lines)
    }

    assert len(results) == 3
    assert {line: done for line, done in results.items() if done[0] != 0} == {}


def test_every_topic_and_command_is_in_the_overview_once() -> None:
    names = [
        row[0] for block in everything().blocks if isinstance(block, Grid) for row in block.rows
    ]

    assert names == [*COMMANDS, *TOPICS]


def test_help_needs_no_book_no_home_and_no_terminal(program: Program, tmp_path: Path) -> None:
    done = program("help", "query", cwd=tmp_path, env={"HOME": "/nowhere", "LC_ALL": "C"})

    assert (done.code, done.err) == (0, "")
    assert tree(tmp_path) == {}
