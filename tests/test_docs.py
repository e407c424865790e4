"""The documentation is what the program does: commands are run, words looked up, links followed."""

from __future__ import annotations

import re
import runpy
import shutil
from collections.abc import Iterator
from dataclasses import fields
from itertools import chain
from pathlib import Path

import pytest

from leadctl import histories
from leadctl.checking import CHECKS
from leadctl.cli.commands import TOPICS
from leadctl.errors import ExitCode
from leadctl.fields import FIELDS, SYNONYMS
from leadctl.importing import mapping_file
from leadctl.intake_reading import INTAKE_KEYS, INTAKE_RULE_KEYS, MATCHES
from leadctl.messages.mail_routes import SCHEMES
from leadctl.messages.mail_settings import MAIL_KEYS
from leadctl.own_fields import FIELD_KEYS, FIELD_TYPES
from leadctl.planning.action_plans import KINDS
from leadctl.planning.action_plans_reading import END_KEYS, PLAN_KEYS, STEP_KEYS
from leadctl.planning.follow_ups import FIELDS as FOLLOW_UP_FIELDS
from leadctl.prospecting.criteria import CRITERIA
from leadctl.query.flags import FLAGS
from leadctl.records import OUTCOMES, VIAS, Event
from leadctl.render.formats import Foreign, Format
from leadctl.stages_reading import STAGE_KEYS, STATUS_KEYS, TOP_KEYS
from leadctl.store.creation import PRESETS
from tests.doc_blocks import ROOT, Reader, agrees, run, steps, surroundings

PACKAGE = ROOT / "leadctl"
PAGES = {
    str(path.relative_to(ROOT)): path
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
}
REFERENCE = runpy.run_path(str(ROOT / "tools" / "reference.py"))
COMMANDS = REFERENCE["commands"]()
#: Everything that has a help of its own.
HELPED = {**REFERENCE["groups"](), **COMMANDS}

#: What some pages show beside leadctl, and not every machine has.
OTHER_PROGRAMS = ("git", "jq", "mlr", "iconv", "csplit")

#: The files that the examples in the help speak of.
EXAMPLE_FILES = {
    "leads.csv": """\
LEADID,Last Name,Email,Lead Status
501,Marchetti,p.marchetti@example.com,New
502,Oduya,oduya@example.org,Junk Lead
""",
    "calls.csv": """\
TASKID,LEADID,Call Start Time,Subject
9001,501,2026-11-20 10:05:00,first talk
""",
    "moves.csv": """\
id,status,note
ana-ferreira,Closed,keys handed over
""",
    "mapping.yaml": """\
map:
  LEADID: external_id
values:
  status:
    Junk Lead: Inactive
""",
}
#: What has to be done before an example, by how the example begins.
BEFORE = {
    "leadctl import calls.csv": "leadctl import leads.csv --map LEADID=external_id"
    " --map-value 'status:Junk Lead=Inactive'",
}


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def prose(page: str) -> str:
    """The text of *page* without what stands in fences and between backticks."""
    without = re.sub(r"^(```+)\w*\n.*?^\1$", "", text_of(page), flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"`[^`\n]*`", "code", without)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "marta"
    folder.mkdir()
    for name, value in surroundings(folder).items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return folder


def missing_programs(page: str) -> list[str]:
    """What the commands of *page* need beside leadctl, and this machine does not have."""
    words = {word for step in steps(text_of(page)) for word in step.command.split()}
    return [name for name in OTHER_PROGRAMS if name in words and not shutil.which(name)]


@pytest.mark.parametrize("page", [name for name in PAGES if "```console" in text_of(name)])
def test_the_commands_of_a_page_print_what_it_says(page: str, home: Path) -> None:
    if missing := missing_programs(page):
        pytest.skip(f"not installed: {', '.join(missing)}")
    reader = Reader(home)
    for step in steps(text_of(page)):
        printed = reader.masked(reader.output_of(step.command))

        assert agrees(step.expected, printed), (
            f"{page}:{step.line}: $ {step.command}\n{printed}\n"
            f"if that is right: python tests/doc_blocks.py {page}"
        )


@pytest.mark.parametrize("name", HELPED)
def test_the_examples_in_the_help_of_a_command_work(name: str, home: Path) -> None:
    results = {}
    for number, line in enumerate(REFERENCE["examples"](HELPED[name])):
        # None may need what another one has done: people try them in any order.
        book = home / f"book-{number}"
        shutil.copytree(ROOT / "examples" / "agent", book)
        for file, text in EXAMPLE_FILES.items():
            (book / file).write_text(text, encoding="utf-8")
        for beginning, other in BEFORE.items():
            if line.startswith(beginning):
                run(other, book)
        results[line] = run(line, book)

    assert results
    assert {line: done for line, done in results.items() if done[0] != 0} == {}


def words_and_pages() -> Iterator[tuple[str, str]]:
    """What a user may meet, each with the page of the reference that has to tell of it."""
    options = chain.from_iterable(spellings(command) for command in COMMANDS.values())
    pages = {
        "docs/reference/commands.md": [*(f"leadctl {name}" for name in COMMANDS), *options],
        "docs/reference/fields.md": [*(field.name for field in FIELDS), *SYNONYMS],
        "docs/reference/query.md": [f"is:{flag}" for flag in FLAGS],
        "docs/reference/exit-codes.md": [f"| {code.value} |" for code in ExitCode],
        "docs/reference/environment.md": [*variables(), *MAIL_KEYS, *SCHEMES],
        "docs/reference/formats.md": [*Format, *Foreign],
        "docs/reference/help.md": [f"leadctl help {name}" for name in TOPICS],
        "docs/reference/stages.md": [
            *(*TOP_KEYS, *STAGE_KEYS, *STATUS_KEYS),
            *(*FIELD_KEYS, *FIELD_TYPES, *CRITERIA),
            *(*INTAKE_KEYS, *INTAKE_RULE_KEYS, *MATCHES),
        ],
        "docs/reference/plans.md": [*PLAN_KEYS, *STEP_KEYS, *END_KEYS, *KINDS],
        "docs/explanation/clock.md": CRITERIA,
        "docs/explanation/files.md": [
            *(field.name for field in fields(Event) if field.name != "source"),
            *(*histories._SENTENCES, "noted", *VIAS, *OUTCOMES),
            *(f"| `{name}` |" for name in FOLLOW_UP_FIELDS),
        ],
        "docs/howto/moving-from-another-crm.md": mapping_file._KEYS,
        "README.md": ["stages.yaml", "contacts.yaml", "contacts.csv", "journal.jsonl", ".leadctl"],
        "CHANGELOG.md": PRESETS,
        "docs/architecture.md": [
            str(path.relative_to(PACKAGE))
            for path in PACKAGE.rglob("*.py")
            if not path.name.startswith("__")
        ],
    }
    return ((page, str(word)) for page, words in pages.items() for word in dict.fromkeys(words))


def spellings(command: object) -> Iterator[str]:
    """How the options of *command* are typed."""
    for parameter in getattr(command, "params", ()):
        if parameter.param_type_name == "option":
            yield from (each for each in (*parameter.opts, *parameter.secondary_opts) if each)


def variables() -> set[str]:
    """Every variable that the program asks the environment for."""
    modules = [*PACKAGE.glob("cli/*.py"), PACKAGE / "index" / "cache.py"]
    sources = [text for path in modules if "environment" in (text := path.read_text("utf-8"))]
    found = {name for text in sources for name in re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', text)}
    # Python itself takes these two.
    return found | {"COLUMNS", "TZ"}


def test_every_word_that_a_user_may_meet_is_in_the_docs() -> None:
    texts = {page: text_of(page) for page, _ in words_and_pages()}

    assert [
        f"{page} says nothing of {word}"
        for page, word in words_and_pages()
        if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", texts[page])
    ] == []


def test_every_check_has_its_name_in_the_help() -> None:
    shown = text_of("docs/reference/commands.md").partition("## leadctl check")[2]

    assert [name for name in CHECKS if name not in shown] == []


@pytest.mark.parametrize("name", REFERENCE["pages"]())
def test_the_generated_reference_is_up_to_date(name: str) -> None:
    assert REFERENCE["pages"]()[name] == text_of(f"docs/reference/{name}")


def anchors(page: Path) -> set[str]:
    """The places in *page* that a link may point to, as GitHub names them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


@pytest.mark.parametrize("page", PAGES)
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)", prose(page))
    targets = [
        ((PAGES[page].parent / path) if path else PAGES[page], place) for path, place in links
    ]

    assert [str(path) for path, _ in targets if not path.exists()] == []
    assert [place for path, place in targets if place and place not in anchors(path)] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_one_sentence_on_each_line(page: str) -> None:
    lines = [line for line in prose(page).splitlines() if not line.startswith("|")]

    assert [line for line in lines if re.search(r"[a-z)][.!?] [A-Z]", line)] == []


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = text_of("docs/README.md")
    pages = [name.removeprefix("docs/") for name in PAGES if name.startswith("docs/")]
    # The contents themselves, and what stands behind another page.
    others = {"README.md", "explanation/comparison-evidence.md"}

    assert {page for page in pages if f"({page})" not in contents} == others
