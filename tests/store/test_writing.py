from __future__ import annotations

import contextlib
import json
import os
import resource
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from leadctl.errors import ConflictError, DataError, FileError
from leadctl.records import Change, Event, FieldEdit, Value
from leadctl.store import writing
from leadctl.store.book import Book
from leadctl.store.finding import open_book
from leadctl.store.writing import locked
from tests.commands import tree

YAML = """\
# The two of them.
- id: ada   # first of all
  name: Ada
  status: New
- {id: bela, name: Béla, status: New}
"""
CSV = 'id,name,status,remark\nada,Ada,New,"one, two"\nbela,Béla,New,\n'


def write(book: Book, change: Change) -> None:
    with locked(book):
        assert not writing.write(book, change).pending


def one_file(root: Path, contacts: str, journal: str = "") -> Book:
    name = "contacts.csv" if contacts.startswith("id,") else "contacts.yaml"
    (root / name).write_text(contacts, encoding="utf-8")
    (root / "stages.yaml").write_text("default: New\n")
    (root / "journal.jsonl").write_text(journal)
    return open_book(root)


def folder(root: Path) -> Book:
    (root / "contacts").mkdir()
    for name in ("ada", "bela"):
        (root / "contacts" / f"{name}.yaml").write_text(f"name: {name.title()}\nstatus: New\n")
    (root / "stages.yaml").write_text("default: New\n")
    return open_book(root)


def event(number: int, contact: str = "ada") -> Event:
    return Event(
        id=f"1m000000000000{number:02}",
        op="aaaaaa",
        at="2026-11-22T10:00:00+00:00",
        kind="touched",
        contact=contact,
        on="2026-11-22",
    )


def moved(*contacts: str, old: Value = "New", new: Value = "Engage") -> Change:
    return Change(
        op="aaaaaa",
        edits=tuple(FieldEdit(contact, "status", old, new) for contact in contacts),
        events=tuple(event(number, contact) for number, contact in enumerate(contacts)),
    )


def adding(**fields: str) -> Change:
    return Change(op="aaaaaa", additions=(fields,), events=(event(0, fields["id"]),))


def truth(book: Book) -> dict[str, bytes]:
    """The files of the book, without those of no truth."""
    return {name: text for name, text in tree(book.root).items() if ".leadctl" not in name}


def values(book: Book) -> dict[str, Mapping[str, Value]]:
    return {str(record.values["id"]): record.values for record in book.read().records}


def test_an_edit_changes_the_bytes_that_it_must(tmp_path: Path) -> None:
    book = one_file(tmp_path, YAML)
    write(book, moved("ada"))

    expected = YAML.replace("status: New\n-", "status: Engage\n-")
    assert (tmp_path / "contacts.yaml").read_text(encoding="utf-8") == expected


def test_a_cell_changes_and_the_other_bytes_stay(tmp_path: Path) -> None:
    book = one_file(tmp_path, CSV)
    write(book, moved("bela"))

    expected = CSV.replace("Béla,New", "Béla,Engage")
    assert (tmp_path / "contacts.csv").read_text(encoding="utf-8") == expected


def test_in_a_folder_only_the_files_concerned_are_written(tmp_path: Path) -> None:
    book = folder(tmp_path)
    before = {path.name: path.stat().st_ino for path in book.contacts.paths()}
    write(book, moved("ada"))
    after = {path.name: path.stat().st_ino for path in book.contacts.paths()}

    assert values(book)["ada"]["status"] == "Engage"
    assert after["ada.yaml"] != before["ada.yaml"]
    assert after["bela.yaml"] == before["bela.yaml"]


def test_a_new_contact_in_a_folder_is_a_file_for_its_owner_only(tmp_path: Path) -> None:
    book = folder(tmp_path)
    write(book, adding(id="cleo", name="Cleo", status="New"))
    path = tmp_path / "contacts" / "cleo.yaml"

    assert path.read_text() == "id: cleo\nname: Cleo\nstatus: New\n"
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("contacts", [YAML, CSV])
def test_a_new_contact_is_written_behind_the_others(tmp_path: Path, contacts: str) -> None:
    book = one_file(tmp_path, contacts)
    write(book, adding(id="cleo", name="Cleo", status="New", hair="red"))
    text = (tmp_path / book.contacts.paths()[0].name).read_text(encoding="utf-8")

    assert list(values(book)) == ["ada", "bela", "cleo"]
    assert values(book)["cleo"]["hair"] == "red"
    assert text.index("Ada") < text.index("Béla") < text.index("Cleo")


def test_the_events_stand_at_the_end_of_the_journal(tmp_path: Path) -> None:
    book = one_file(tmp_path, YAML)
    write(book, Change(op="aaaaaa", events=(event(1),)))
    write(book, Change(op="bbbbbb", events=(event(2), event(3, "bela"))))
    lines = [json.loads(line) for line in book.journal_path.read_text().splitlines()]

    assert [(line["id"][-2:], line["contact"]) for line in lines] == [
        ("01", "ada"),
        ("02", "ada"),
        ("03", "bela"),
    ]
    assert truth(book)["contacts.yaml"] == YAML.encode()


def test_a_field_that_somebody_changed_meanwhile_stops_everything(tmp_path: Path) -> None:
    book = one_file(tmp_path, YAML.replace("Béla, status: New", "Béla, status: Future"))
    before = truth(book)

    with pytest.raises(ConflictError, match='status of "bela" was changed meanwhile'):
        write(book, moved("ada", "bela"))

    assert truth(book) == before


def test_a_contact_that_went_away_meanwhile_stops_everything(tmp_path: Path) -> None:
    book = one_file(tmp_path, YAML)
    before = truth(book)

    with pytest.raises(ConflictError, match='"cleo" is no longer in the book'):
        write(book, moved("ada", "cleo"))

    assert truth(book) == before


@pytest.mark.parametrize("make", [lambda root: one_file(root, YAML), folder])
def test_an_id_that_was_taken_meanwhile_stops_everything(tmp_path: Path, make: object) -> None:
    assert callable(make)
    book = make(tmp_path)
    before = truth(book)

    with pytest.raises(ConflictError, match='the id "ada" was taken meanwhile'):
        write(book, adding(id="ada", name="Another", status="New"))

    assert truth(book) == before


def test_an_unsound_file_is_not_written_and_every_problem_is_told(tmp_path: Path) -> None:
    book = one_file(tmp_path, YAML + "- {name: Nobody}\n- {id: ada, name: Again}\n")
    before = truth(book)

    with pytest.raises(DataError) as caught:
        write(book, moved("ada"))

    assert [problem.where.line for problem in caught.value.problems] == [6, 7]
    assert truth(book) == before


def test_an_unsound_file_does_not_keep_events_from_the_journal(tmp_path: Path) -> None:
    book = one_file(tmp_path, YAML + "- {name: Nobody}\n")
    write(book, Change(op="aaaaaa", events=(event(1),)))

    assert len(book.read().events) == 1


def test_in_a_folder_an_unsound_file_blocks_only_itself(tmp_path: Path) -> None:
    book = folder(tmp_path)
    (tmp_path / "contacts" / "bela.yaml").write_text("name: [\n")
    write(book, moved("ada"))

    assert values(book)["ada"]["status"] == "Engage"
    with pytest.raises(DataError):
        write(book, moved("bela"))


@contextlib.contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_nothing_is_left_of_a_change_that_the_disk_refuses(tmp_path: Path) -> None:
    book = one_file(tmp_path, YAML + "# " + "x" * 4000)
    with locked(book):
        before = tree(tmp_path)
        with no_file_longer_than(4000), pytest.raises(FileError, match="File too large"):
            writing.write(book, moved("ada"))

        assert tree(tmp_path) == before


def test_what_the_disk_refuses_after_the_promise_is_read_as_made_and_made_later(
    tmp_path: Path,
) -> None:
    book = one_file(tmp_path, YAML, journal="\n" * 4000)
    with locked(book), no_file_longer_than(4010):
        pending = writing.write(book, moved("ada")).pending
    read_meanwhile = values(book.as_promised())
    with locked(book) as notices:
        pass

    assert "File too large" in pending
    assert read_meanwhile["ada"]["status"] == "Engage"
    assert notices == ["operation aaaaaa had been interrupted; it is finished now"]
    assert values(book)["ada"]["status"] == "Engage"
    assert [each.contact for each in book.read().events] == ["ada"]


def test_a_torn_end_of_the_journal_is_kept_aside(tmp_path: Path) -> None:
    book = one_file(tmp_path, YAML, journal='{"id": "1m0')
    write(book, Change(op="aaaaaa", events=(event(1),)))
    (aside,) = (book.state / "quarantine").iterdir()

    assert aside.read_text() == '{"id": "1m0'
    assert [each.id for each in book.read().events] == [event(1).id]
    assert book.read().problems == ()


def test_what_is_no_change_keeps_the_file_itself(tmp_path: Path) -> None:
    book = one_file(tmp_path, YAML)
    before = (tmp_path / "contacts.yaml").stat().st_ino
    write(book, moved("ada", old="New", new="New"))

    assert (tmp_path / "contacts.yaml").stat().st_ino == before


def test_writers_take_turns(tmp_path: Path) -> None:
    book = one_file(tmp_path, "- {id: ada, name: Ada, status: New, count: 0}\n")

    def count() -> None:
        for _ in range(5):
            with locked(book):
                old = str(values(book)["ada"]["count"])
                writing.write(
                    book,
                    Change(op="aaaaaa", edits=(FieldEdit("ada", "count", old, f"{int(old) + 1}"),)),
                )

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert values(book)["ada"]["count"] == "20"


def test_the_state_is_made_when_a_book_is_first_written(tmp_path: Path) -> None:
    book = one_file(tmp_path, YAML)
    write(book, moved("ada"))

    assert (book.state / ".gitignore").read_text() == "*\n"
    assert json.loads((book.state / "lock").read_text())["pid"] == os.getpid()
