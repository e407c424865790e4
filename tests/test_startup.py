"""Start-up is a promise: what a call loads is pinned, so that nothing heavy creeps in unseen."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from leadctl.store.creation import create_book
from tests.commands import surroundings

#: What typer brings along and what leadctl needs at every call.
ALWAYS = {"typer", "annotated_doc", "shellingham"}
#: Modules of the standard library that cost milliseconds, and are needed by some calls only.
HEAVY = {"sqlite3", "json", "hashlib", "csv", "decimal", "asyncio", "logging", "unittest"} | {
    "importlib.metadata", "importlib.resources", "email", "http", "socket", "zipfile",
}  # fmt: skip
_ASK = """
import sys
from leadctl.cli.main import main
before = set(sys.modules)
sys.stdout = open("/dev/null", "w")
code = main(sys.argv[1:])
print(code, *sys.modules, file=sys.stderr)
"""


def loaded(private: Path, *words: str | Path) -> set[str]:
    """Every module that Python holds once `leadctl WORDS…` is done."""
    done = subprocess.run(
        [sys.executable, "-I", "-c", _ASK, *words],
        env=surroundings(private),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    code, *modules = done.stderr.split()
    assert code == "0"
    return set(modules)


def third_party(modules: set[str]) -> set[str]:
    tops = {name.split(".")[0] for name in modules}
    ours = {"leadctl", "__main__"}
    # What .pth files of the environment load, and what comes inside compiled PyYAML.
    there = ("_distutils", "__editable__", "_virtualenv", "_cython", "cython_runtime")
    return {name for name in tops - ours if not name.startswith(there)} - sys.stdlib_module_names


def rooms(modules: set[str]) -> set[str]:
    parts = (name.split(".") for name in modules if name.startswith("leadctl."))
    return {name[1] for name in parts if len(name) > 2}


@pytest.fixture
def book(private: Path) -> Path:
    """A book whose index is there and up to date."""
    root = private / "book"
    made = create_book(root, preset="classic", format_name="yaml")
    line = "- {id: ada, name: Ada, status: New, created: 2026-11-20, tags: [vip]}\n"
    (made.root / "contacts.yaml").write_text(line, encoding="utf-8")
    # Files that are very young are read anew each time.
    time.sleep(0.2)
    loaded(private, "list", "--json", "--book", root)
    return root


def test_the_version_costs_no_more_than_the_help_of_typer(private: Path) -> None:
    modules = loaded(private, "--version")

    assert third_party(modules) == ALWAYS
    assert modules & HEAVY == set()
    assert rooms(modules) == {"cli"}


def test_the_help_loads_no_format_and_no_codec(private: Path) -> None:
    modules = loaded(private, "-h")

    assert third_party(modules) == ALWAYS
    assert modules & HEAVY == {"sqlite3", "json"}
    assert not [name for name in modules if name.startswith(CODECS)]


#: Modules of leadctl that a read from a warm index has no use for.
CODECS = (
    "leadctl.exchange",
    "leadctl.import",
    "leadctl.store.yaml",
    "leadctl.store.csv",
    "leadctl.store.journal",
    "leadctl.store.writing",
    "leadctl.store.creation",
    "leadctl.render.tables",
    "leadctl.render.delimited",
    "leadctl.render.markdown",
)


def test_the_list_for_a_machine_comes_from_the_index_alone(private: Path, book: Path) -> None:
    modules = loaded(private, "prospects", "--format", "json", "--book", book)

    assert third_party(modules) == ALWAYS
    assert modules & HEAVY == {"sqlite3", "json"}
    assert not [name for name in modules if name.startswith(CODECS)]
    assert rooms(modules) == {"cli", "store", "index", "render", "query", "prospecting"}


def test_the_list_for_people_loads_what_draws_tables_and_no_more(private: Path, book: Path) -> None:
    modules = loaded(private, "prospects", "--book", book)

    assert third_party(modules) == ALWAYS
    assert modules & HEAVY == {"sqlite3", "json"}
    assert not {"yaml", "dateutil", "ruamel", "rich", "jinja2", "pydantic"} & modules


#: A command that is typed all day → how many modules of leadctl it may load.
MOST_MODULES = {
    ("list", "is:due"): 80,
    ("prospects", "--limit=20"): 77,
    ("pipeline", "New"): 76,
    ("show", "ada"): 77,
    ("__complete", "bash", "show", "a"): 66,
}


@pytest.mark.parametrize("words", MOST_MODULES, ids=" ".join)
def test_a_daily_command_loads_few_modules(
    private: Path, book: Path, words: tuple[str, ...]
) -> None:
    # The shell asks about the last word, so the book has to stand before it.
    *front, last = words
    modules = loaded(private, *front, "--book", book, last)

    own = sorted(name for name in modules if name.startswith("leadctl."))
    assert len(own) <= MOST_MODULES[words], own
    assert third_party(modules) == ALWAYS


def test_a_digest_that_is_printed_loads_nothing_that_makes_mails(private: Path, book: Path) -> None:
    modules = loaded(private, "remind", "--once-per-day", "--book", book)

    assert third_party(modules) == ALWAYS
    assert not {"yaml", "email.message", "smtplib", "ssl"} & modules
    assert not [name for name in modules if name.startswith("leadctl.exchange")]


@pytest.mark.parametrize(("name", "is_loaded"), [("Chloé “Ada” – …", False), ("王小明", True)])
def test_how_wide_characters_are_is_looked_up_for_texts_that_have_wide_ones(
    private: Path, book: Path, name: str, is_loaded: bool
) -> None:
    loaded(private, "set", "ada", f"name={name}", "--book", book)

    assert ("wcwidth" in loaded(private, "list", "--book", book)) == is_loaded


def test_a_change_loads_the_codec_of_its_book_only(private: Path, book: Path) -> None:
    modules = loaded(private, "set", "ada", "company=Analytical", "--book", book)

    assert third_party(modules) == {*ALWAYS, "yaml"}
    assert not [
        name for name in modules if name.startswith(("leadctl.store.csv", "leadctl.importing"))
    ]


def test_spoken_dates_come_without_a_library(private: Path, book: Path) -> None:
    modules = loaded(private, "list", "touched:..-30d", "--json", "--book", book)

    assert third_party(modules) == ALWAYS
