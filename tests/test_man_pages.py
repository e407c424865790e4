"""The manual: a page for each command and topic, sound roff, and what the help says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from leadctl.cli.commands import COMMANDS, TOPICS
from leadctl.guides import Grid, Guide, Lines, Paragraph
from tools.man_pages import pages, roff, write
from tools.reference import commands, examples, groups, options


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("man")
    write(folder)
    return folder


def require(program: str) -> None:
    """Skip the test on a machine without *program*; where CI runs, it has to be there."""
    if shutil.which(program):
        return
    reason = f"{program} is not on this machine; a package of that name lets this test run"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def shown(page: Path) -> str:
    """What `man` shows of *page*, on lines that are long enough for everything."""
    require("man")
    done = subprocess.run(
        ["man", "--warnings=w", "-l", page],
        env={**os.environ, "MANWIDTH": "400", "MANPAGER": "cat", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return re.sub(".\b", "", done.stdout)


def test_every_command_and_every_topic_has_a_page() -> None:
    names = {"leadctl", *(f"leadctl-{name.replace(' ', '-')}" for name in (*commands(), *COMMANDS))}

    assert set(pages()) == {f"man1/{name}.1" for name in names} | {
        f"man7/leadctl-{name}.7" for name in TOPICS
    }


def test_the_pages_are_the_same_at_every_build() -> None:
    assert pages() == pages()


def test_the_pages_are_plain_ascii_without_what_editors_leave_behind(manual: Path) -> None:
    texts = [path.read_bytes() for path in manual.rglob("*.?")]

    assert all(text.isascii() and text.endswith(b"\n") for text in texts)
    assert [line for text in texts for line in text.splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize(
    "tool", [("groff", "-man", "-ww", "-z"), ("mandoc", "-T", "lint", "-W", "warning")]
)
def test_what_checks_manuals_finds_nothing(manual: Path, tool: tuple[str, ...]) -> None:
    if tool[0] == "mandoc" and not shutil.which("mandoc"):
        pytest.skip("mandoc is not on this machine; the package mandoc lets this test run")
    require(tool[0])
    done = subprocess.run(
        [*tool, *sorted(manual.rglob("*.?"))], capture_output=True, text=True, check=False
    )
    # Pages without a date are the same at every build.
    found = [
        line for line in (done.stdout + done.stderr).splitlines() if "missing date" not in line
    ]

    assert found == []


@pytest.mark.parametrize("name", ["touch", "set-status", "todo add", "import", "list"])
def test_a_page_has_every_option_and_example_of_its_command(manual: Path, name: str) -> None:
    command = commands()[name]
    page = shown(manual / "man1" / f"leadctl-{name.replace(' ', '-')}.1")

    assert [word for word, _ in options(command) if word not in page] == []
    assert [line for line in examples(command) if line not in page] == []


def test_the_page_of_a_group_leads_to_those_of_its_commands(manual: Path) -> None:
    for name in groups():
        inner = [each for each in commands() if each.startswith(f"{name} ")]
        page = shown(manual / "man1" / f"leadctl-{name}.1")

        assert inner
        assert [each for each in inner if f"leadctl-{each.replace(' ', '-')}(1)" not in page] == []


#: Whatever roff could take for its own.
HOSTILE = (
    ".SH NOT A HEADING", "'br", r"\fBnot bold\fR", "-- dashes - and --options", "a\\", "\\",
    "it's `quoted` \"twice\"", "~/.config ^C", "“Zoë” – 王小明 … ↵", ".", "...", "a  b", "\\&",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_shown_as_it_is(tmp_path: Path, text: str) -> None:
    plain = text.replace("`", "")
    guide = Guide(
        "a page", (Paragraph(plain), Grid(("", ""), ((plain, plain),)), Lines("sh", (text,)))
    )
    page = tmp_path / "page.1"
    page.write_text(roff(guide, "page", 1), encoding="ascii")
    lines = [re.sub(" +", " ", line).strip() for line in shown(page).splitlines()]
    wanted = " ".join(plain.split())

    assert lines.count(wanted) >= 1
    assert " ".join(text.split()) in lines
    assert sum(line.count(wanted) for line in lines) >= 3
