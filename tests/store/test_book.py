from __future__ import annotations

from pathlib import Path

import pytest

from leadctl.errors import RequestError
from leadctl.problems import Problem, Where
from leadctl.records import Record
from leadctl.store.book import Book
from leadctl.store.finding import find_book, open_book
from tests.commands import tree


def book(root: Path, **texts: str) -> Book:
    """A book in *root*: `stages`, `journal` and `contacts` with the ending in front of `_`."""
    for name, text in {"stages": "default: New\n", "journal": "", **texts}.items():
        ending = {"stages": "yaml", "journal": "jsonl"}.get(name, "")
        stem, _, form = name.partition("_")
        path = root / f"{stem}.{ending or form}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return open_book(root)


def folder_book(root: Path, **files: str) -> Book:
    (root / "contacts").mkdir(parents=True)
    (root / "stages.yaml").write_text("default: New\n")
    for stem, text in files.items():
        (root / "contacts" / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return open_book(root)


def values(records: tuple[Record, ...]) -> list[dict[str, object]]:
    return [dict(record.values) for record in records]


def messages(opened: Book) -> list[str]:
    return [f"{each.where}: {each.message}" for each in opened.read().problems]


def test_the_three_forms_say_the_same(tmp_path: Path) -> None:
    yaml = book(tmp_path / "a", contacts_yaml="- {id: ada, name: Ada, phone: 0123, status: NO}\n")
    csv = book(tmp_path / "b", contacts_csv="id,name,phone,status\nada,Ada,0123,NO\n")
    folder = folder_book(tmp_path / "c", ada="id: ada\nname: Ada\nphone: 0123\nstatus: NO\n")

    expected = [{"id": "ada", "name": "Ada", "phone": "0123", "status": "NO"}]
    assert [each.format for each in (yaml, csv, folder)] == ["yaml", "csv", "dir"]
    assert values(yaml.read().records) == expected
    assert values(csv.read().records) == expected
    assert values(folder.read().records) == expected


def test_a_book_is_found_from_a_folder_within(tmp_path: Path) -> None:
    opened = book(tmp_path / "book", contacts_yaml="")
    deep = opened.root / "letters" / "2026"
    deep.mkdir(parents=True)

    assert find_book(deep) == opened
    assert find_book(tmp_path) is None


def test_statuses_without_contacts_are_no_book_on_the_way_up(tmp_path: Path) -> None:
    outer = book(tmp_path, contacts_csv="id,name,status\n")
    inner = tmp_path / "templates"
    inner.mkdir()
    (inner / "stages.yaml").write_text("default: New\n")

    assert find_book(inner) == outer


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([], "is not a book: it has no contacts"),
        (["stages.yaml"], "is not a book: it has no contacts"),
        (["contacts.csv"], "is not a book: it has no stages.yaml"),
        (["stages.yaml", "contacts.csv", "contacts.yaml"], "contacts.yaml and contacts.csv"),
    ],
)
def test_what_is_no_book_is_said_with_what_is_missing(
    tmp_path: Path, files: list[str], message: str
) -> None:
    for name in files:
        (tmp_path / name).write_bytes(b"")

    with pytest.raises(RequestError, match=message):
        open_book(tmp_path)


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="there is no folder") as caught:
        open_book(tmp_path / "nope")

    assert caught.value.hint == f"`leadctl init {tmp_path / 'nope'}` makes a book there"


def test_the_looks_name_every_file_that_counts(tmp_path: Path) -> None:
    opened = folder_book(tmp_path, ada="name: Ada\nstatus: New\n", bob="name: Bob\nstatus: New\n")

    assert {line.split("\t")[1] for line in opened.looks().text.split("\n")} == {
        "stages.yaml",
        "contacts/ada.yaml",
        "contacts/bob.yaml",
    }


def test_the_name_of_a_file_is_the_id_of_its_contact(tmp_path: Path) -> None:
    opened = folder_book(tmp_path, ada="name: Ada\nstatus: New\n")

    assert values(opened.read().records) == [{"id": "ada", "name": "Ada", "status": "New"}]


def test_a_file_named_for_another_contact_is_told_and_left_out(tmp_path: Path) -> None:
    opened = folder_book(tmp_path, ada="id: bob\nname: Bob\nstatus: New\n", eve="name: Eve\n")

    assert [record.values["id"] for record in opened.read().records] == ["eve"]
    assert messages(opened) == [
        'contacts/ada.yaml:1:5: the file is named "ada.yaml", but holds the id "bob"'
    ]


def test_an_empty_file_among_the_contacts_is_told(tmp_path: Path) -> None:
    opened = folder_book(tmp_path, ada="", eve="name: Eve\n")

    assert messages(opened) == ["contacts/ada.yaml:1: this file holds no contact"]


@pytest.mark.parametrize(
    "name", [".ada.yaml.swp", "#ada.yaml#", "ada.yaml~", ".ada.yaml.leadctl-12-ab.tmp", "notes.txt"]
)
def test_what_editors_leave_in_the_folder_is_no_contact(tmp_path: Path, name: str) -> None:
    opened = folder_book(tmp_path, ada="name: Ada\nstatus: New\n")
    (opened.root / "contacts" / name).write_text("name: Ada\n")

    assert [record.values["id"] for record in opened.read().records] == ["ada"]
    assert messages(opened) == []


def test_a_sound_record_is_read_beside_a_broken_one(tmp_path: Path) -> None:
    opened = folder_book(tmp_path, ada="name: [Ada\n", eve="name: Eve\nstatus: New\n")

    assert [record.values["id"] for record in opened.read().records] == ["eve"]
    assert [each.where.path for each in opened.read().problems] == ["contacts/ada.yaml"]


def test_reading_leaves_no_trace(tmp_path: Path) -> None:
    opened = book(tmp_path, contacts_yaml="- {id: ada, name: Ada, status: New}\n")
    before = tree(tmp_path)
    opened.read()
    opened.read_stages()
    opened.looks()

    assert tree(tmp_path) == before


def test_a_book_without_a_journal_has_no_events(tmp_path: Path) -> None:
    opened = book(tmp_path, contacts_yaml="")
    opened.journal_path.unlink()

    assert opened.read().events == ()


def test_a_problem_is_shown_with_its_line_whatever_bytes_are_in_it(tmp_path: Path) -> None:
    opened = book(tmp_path, contacts_yaml="")
    (tmp_path / "contacts.yaml").write_bytes(b"\xef\xbb\xbf- id: ada\r\n  name: \xff\n")
    problems = [Problem(Where("contacts.yaml", line), "wrong") for line in (1, 2, 9)]

    shown = [problem.excerpt for problem in opened.with_excerpts(problems)]

    assert shown == ["- id: ada", "  name: \\xff", ""]


def test_a_file_that_an_editor_takes_away_right_after_it_was_seen_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = book(tmp_path, contacts_yaml="", journal="{}\n")
    looks = iter([[], ["yaml"], []])
    monkeypatch.setattr("leadctl.store.finding._formats", lambda _: next(looks))

    assert open_book(tmp_path) == opened
