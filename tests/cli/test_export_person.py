"""`export-person`: all there is about somebody, with its places."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadctl.records import Event
from leadctl.store.finding import open_book
from tests.cli.privacy import CONTACTS, GONE, JOURNAL, data_of
from tests.commands import NewBook, Run, tree


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS, JOURNAL)


def test_an_export_read_back_is_what_the_book_holds(run: Run, book: Path) -> None:
    content = open_book(book).read()
    (record,) = (each for each in content.records if each.values["id"] == "ada")
    told = data_of(run("export-person", "ada", "-f", "json"))

    values = {
        str(row["field"]): tuple(row["value"]) if isinstance(row["value"], list) else row["value"]
        for row in told["fields"]
    }
    assert values == record.values
    assert [event_of(row, told["changes"]) for row in told["events"]] == [
        event for event in content.events if event.contact == "ada"
    ]


def event_of(row: dict[str, object], changes: list[dict[str, object]]) -> Event:
    def value(cell: object) -> str | tuple[str, ...]:
        return tuple(cell) if isinstance(cell, list) else str(cell)

    told = {
        str(each["field"]): (value(each["old"]), value(each["new"]))
        for each in changes
        if each["event"] == row["id"]
    }
    names = set(row) - {"what", "undone_by", "place", "record"}
    texts = value(row["record"] or [])
    return Event(**{name: row[name] or "" for name in names}, changes=told, record=texts)  # type: ignore[arg-type]


def test_everything_says_where_it_stands(run: Run, book: Path) -> None:
    told = data_of(run("export-person", "ada", "-f", "json"))

    assert {row["field"]: row["place"] for row in told["fields"]}["phone"] == "contacts.yaml:5:10"
    assert [row["place"] for row in told["events"]] == [
        "journal.jsonl:1", "journal.jsonl:2", "journal.jsonl:4",
    ]  # fmt: skip


def test_an_event_that_was_undone_is_there_and_says_so(run: Run, book: Path) -> None:
    told = data_of(run("export-person", "ada", "-f", "json"))

    assert [row["undone_by"] for row in told["events"]] == [None, "c4xddx", None]


def test_an_export_has_what_others_and_pieces_put_aside_say(run: Run, book: Path) -> None:
    (book / ".leadctl" / "quarantine").mkdir(parents=True)
    (book / ".leadctl" / "quarantine" / "piece.txt").write_text('{"contact": "ada", "no')
    told = data_of(run("export-person", "ada", "-f", "json"))

    assert [(row["place"], row["contact"], row["field"]) for row in told["mentions"]] == [
        ("contacts.yaml:12:10", "bob", "email"),
        ("contacts.yaml:13:9", "bob", "note"),
        ("journal.jsonl:3", "bob", "note"),
        (".leadctl/quarantine/piece.txt:1", None, None),
    ]


@pytest.mark.parametrize("form", ["table", "md", "json", "jsonl"])
def test_an_export_is_complete_in_every_form(run: Run, book: Path, form: str) -> None:
    shown = run("export-person", "ada", "-f", form).out

    assert [text for text in (*GONE, "05-17", "Fair") if text not in shown] == []


def test_a_form_without_room_for_all_is_refused(run: Run, book: Path) -> None:
    assert run("export-person", "ada", "-f", "csv").code == 2


def test_whom_only_the_journal_knows_is_exported_by_the_id(run: Run, book: Path) -> None:
    (book / "contacts.yaml").write_text(CONTACTS[CONTACTS.index("- id: bob") :])
    told = data_of(run("export-person", "ada", "-f", "json"))

    assert len(told["events"]) == 3
    assert told["fields"] == []


def test_an_export_writes_nothing_into_the_book(run: Run, book: Path) -> None:
    before = tree(book)
    run("export-person", "ada")

    assert tree(book) == before


def test_nobody_cannot_be_exported(run: Run, book: Path) -> None:
    assert run("export-person", "nobody").code == 1
