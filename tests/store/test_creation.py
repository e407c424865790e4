from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from leadctl.errors import RefusedError
from leadctl.stages_reading import read_stages
from leadctl.store.creation import EXAMPLE_DAY, EXAMPLES, PRESETS, create_book, create_example
from tests.commands import tree


def names(root: Path) -> set[str]:
    return {path for path in tree(root) if not path.startswith(".leadctl/")}


@pytest.mark.parametrize(
    ("form", "contacts"),
    [("yaml", "contacts.yaml"), ("csv", "contacts.csv"), ("dir", "contacts/.gitkeep")],
)
def test_a_new_book_has_statuses_contacts_and_a_journal(
    tmp_path: Path, form: str, contacts: str
) -> None:
    book = create_book(tmp_path / "book", preset="classic", format_name=form)
    content = book.read()

    plans = {"plans/new-lead.yaml", "plans/past-client.yaml"}
    assert names(book.root) - plans == {
        *("stages.yaml", contacts, "journal.jsonl", ".gitattributes"),
    }
    assert (content.records, content.events, content.problems) == ((), (), ())


@pytest.mark.parametrize("preset", PRESETS)
def test_the_statuses_of_a_new_book_can_be_read(tmp_path: Path, preset: str) -> None:
    tree_, _, problems = create_book(tmp_path, preset=preset, format_name="csv").read_stages()
    stages, found = read_stages(tree_) if tree_ else (None, [])

    assert (problems, found) == ([], [])
    assert stages is not None
    assert stages.find(stages.default)


def test_git_leaves_the_state_alone_and_joins_journals(tmp_path: Path) -> None:
    create_book(tmp_path, preset="classic", format_name="yaml")

    assert (tmp_path / ".leadctl" / ".gitignore").read_text() == "*\n"
    assert "journal.jsonl merge=union\n" in (tmp_path / ".gitattributes").read_text()


def test_what_a_book_holds_is_for_its_owner_only(tmp_path: Path) -> None:
    root = tmp_path / "book"
    create_book(root, preset="classic", format_name="yaml")
    modes = {path.name: path.stat().st_mode & 0o777 for path in root.iterdir()}

    assert root.stat().st_mode & 0o777 == 0o700
    assert modes == {
        "stages.yaml": 0o600,
        "contacts.yaml": 0o600,
        "journal.jsonl": 0o600,
        ".gitattributes": 0o600,
        ".leadctl": 0o700,
        "plans": 0o700,
    }


@pytest.mark.parametrize("part", ["stages.yaml", "contacts.csv", "journal.jsonl", "contacts"])
def test_where_there_is_a_part_of_a_book_none_is_made(tmp_path: Path, part: str) -> None:
    (tmp_path / part).write_bytes(b"mine")

    with pytest.raises(RefusedError, match=f"already has a {part}"):
        create_book(tmp_path, preset="classic", format_name="yaml")

    assert tree(tmp_path) == {part: b"mine"}


def test_a_book_may_be_made_among_other_files(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"mine")
    create_book(tmp_path, preset="classic", format_name="yaml")

    assert (tmp_path / "letter.txt").read_bytes() == b"mine"
    assert (tmp_path / "stages.yaml").is_file()


@pytest.mark.parametrize("preset", PRESETS)
def test_an_example_on_its_own_day_is_the_one_in_the_package(tmp_path: Path, preset: str) -> None:
    book = create_example(tmp_path / "book", preset=preset, today=EXAMPLE_DAY)
    original = Path(__file__).parents[2] / "examples" / EXAMPLES[preset][0]
    ours = {"README.md", ".gitattributes"}
    copied = {name: text for name, text in tree(book.root).items() if name in names(book.root)}

    assert book.format == EXAMPLES[preset][1]
    assert {name: text for name, text in copied.items() if name not in ours} == {
        name: text for name, text in tree(original).items() if name not in ours
    }


def test_an_example_is_as_lively_on_any_other_day(tmp_path: Path) -> None:
    early = create_example(tmp_path / "early", preset="classic", today=date(2024, 2, 29))
    late = create_example(tmp_path / "late", preset="classic", today=EXAMPLE_DAY)
    days = [
        [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", text.decode())]
        for text in (book.journal_path.read_bytes() for book in (early, late))
    ]

    assert {after - before for before, after in zip(*days, strict=True)} == {
        EXAMPLE_DAY - date(2024, 2, 29)
    }
    assert early.stages_path.read_bytes() == late.stages_path.read_bytes()
    assert early.read().problems == ()
