from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadctl.contacts import read_contacts
from leadctl.errors import ConflictError, DataError, RefusedError
from leadctl.forgetting import Person, Signs, is_traced, stubs
from leadctl.records import Event
from leadctl.store.book import Book
from leadctl.store.finding import open_book
from leadctl.store.forgetting import (
    Oblivion,
    carry_out,
    git_folder,
    lines_about,
    replacements,
    rewritten,
    traced_lines,
)
from leadctl.store.suppressed import read_list
from leadctl.store.writing import accept, locked
from leadctl.suppression import Address
from tests.commands import tree

CONTACTS = """\
# The two of them.
- id: ada
  name: Ada Lovelace
  status: New
  email: ada@example.com
- id: bob
  name: Bob Stone
  status: New
  note: knows Ada Lovelace
"""


def line(number: int, contact: str, **more: object) -> str:
    event = {
        "id": f"1m000000000000{number:02}", "op": "aaaaaa", "at": "2026-11-22T10:00:00+00:00",
        "kind": "touched", "contact": contact, "on": "2026-11-22", **more,
    }  # fmt: skip
    return json.dumps(event)


ADA, BOB = line(1, "ada", note="Ada called"), line(2, "bob", note="hi")
STUB = Event(
    "1m00000000000077", "bbbbbb", "2026-11-22T10:00:00Z", "touched", "~a", "2026-11-22"
)  # fmt: skip
STUB_LINE = (
    b'{"id": "1m00000000000077", "op": "bbbbbb", "at": "2026-11-22T10:00:00Z", '
    b'"kind": "touched", "contact": "~a", "on": "2026-11-22"}'
)
STUBS = {"1m00000000000001": STUB}


def about_ada(text: str) -> bool:
    return "ada" in text.lower()


@pytest.fixture
def book(tmp_path: Path) -> Book:
    (tmp_path / "contacts.yaml").write_text(CONTACTS)
    (tmp_path / "stages.yaml").write_text("default: New\nstatuses: {New: {}}\n")
    (tmp_path / "journal.jsonl").write_text(f"{ADA}\n{BOB}\n")
    return open_book(tmp_path)


def oblivion(book: Book) -> Oblivion:
    content = book.read()
    (ada,) = (c for c in read_contacts(content.records).contacts if c.id == "ada")
    person = Person("ada", ada, tuple(e for e in content.events if e.contact == "ada"))
    signs = Signs(person)
    return Oblivion(
        person=person,
        stubs=stubs(person, signs, alias="~abcdefgh", chances=iter(range(9))),
        event=Event("1m00000000000099", "cccccc", "2026-11-22T11:00:00+00:00", "forgotten",
                    "~abcdefgh", "2026-11-22"),
        addresses=(Address("email", "ada@example.com"),),
        salt=bytes(16),
        is_traced=lambda text: is_traced(text, signs, ()),
    )  # fmt: skip


def forget(book: Book) -> str:
    with locked(book):
        plan = oblivion(book)
        return carry_out(book, plan, replacements(book, plan))


# The journal


def test_lines_of_the_person_become_stubs_and_all_others_stay_as_they_are() -> None:
    odd = f'  {BOB}  \r\n\n{ADA}\n{{"x": 1}}\n'.encode()

    assert rewritten(odd, "ada", STUBS, is_traced=about_ada) == (
        odd.replace(ADA.encode(), STUB_LINE),
        (),
    )


def test_a_line_that_stands_twice_becomes_a_stub_twice() -> None:
    content = f"{ADA}\n{BOB}\n{ADA}".encode()

    new, _ = rewritten(content, "ada", STUBS, is_traced=about_ada)

    assert new == b"\n".join([STUB_LINE, BOB.encode(), STUB_LINE])


def test_a_line_of_the_person_in_escapes_is_found() -> None:
    content = ADA.replace('"ada"', '"\\u0061da"').encode() + b"\n"

    assert rewritten(content, "ada", STUBS, is_traced=about_ada)[0] == STUB_LINE + b"\n"


def test_a_torn_end_about_the_person_goes_and_any_other_stays() -> None:
    torn, other = f'{BOB}\n{{"id": "1", "contact": "ada"', f'{BOB}\n{{"id": "1", "contact": "bob"'

    assert rewritten(torn.encode(), "ada", STUBS, is_traced=about_ada)[0] == f"{BOB}\n".encode()
    assert rewritten(other.encode(), "ada", STUBS, is_traced=about_ada)[0] == other.encode()


def test_a_broken_line_about_the_person_stands_in_the_way() -> None:
    content = f'{BOB}\n{{"contact": "ada", broken\n{BOB}\n'.encode()

    _, problems = rewritten(content, "ada", STUBS, is_traced=about_ada)

    assert [(str(each.where), each.message) for each in problems] == [
        ("journal.jsonl:2", "this line mentions the person and cannot be read")
    ]


# The files


def test_everything_happens_at_once(book: Book) -> None:
    quarantine = book.state / "quarantine"
    quarantine.mkdir(parents=True)
    (quarantine / "journal-1.txt").write_text('{"contact": "ada", "no')
    (quarantine / "journal-2.txt").write_text('{"contact": "bob", "no')

    assert forget(book) == ""
    assert {contact.id for contact in read_contacts(book.read().records).contacts} == {"bob"}
    assert [event.contact for event in book.read().events] == ["~abcdefgh", "bob", "~abcdefgh"]
    assert [path.name for path in quarantine.iterdir()] == ["journal-2.txt"]
    assert read_list(book).holds(Address("email", "ada@example.com"))


def test_files_of_a_forgotten_book_are_for_their_owner_only(book: Book) -> None:
    forget(book)

    assert (book.root / "suppressed.txt").stat().st_mode & 0o777 == 0o600


def test_a_torn_end_about_somebody_else_is_put_aside(book: Book) -> None:
    with book.journal_path.open("a") as journal:
        journal.write('{"id": "1", "contact": "bob"')
    forget(book)

    (aside,) = (book.state / "quarantine").glob("journal-*.txt")
    assert aside.read_text() == '{"id": "1", "contact": "bob"'
    assert len(book.read().events) == 3


def test_a_journal_without_its_last_line_end_gets_one(book: Book) -> None:
    book.journal_path.write_text(f"{ADA}\n{BOB}")
    forget(book)

    assert [event.kind for event in book.read().events] == ["touched", "touched", "forgotten"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("contacts.yaml", f"{CONTACTS}- id: ada\n  name: Another\n  status: New\n"),
        ("journal.jsonl", f'{ADA}\n{{"contact": "ada", broken\n{BOB}\n'),
        ("suppressed.txt", "<<<<<<< ours\n"),
    ],
)
def test_nothing_changes_if_a_file_is_not_sound(book: Book, name: str, text: str) -> None:
    with locked(book):
        plan = oblivion(book)
        (book.root / name).write_text(text)
        before = tree(book.root)

        with pytest.raises(DataError):
            replacements(book, plan)

    assert tree(book.root) == before


def test_nothing_changes_if_an_editor_saves_in_between(book: Book) -> None:
    with locked(book):
        plan = oblivion(book)
        steps = replacements(book, plan)
        (book.root / "contacts.yaml").write_text(CONTACTS.replace("Bob Stone", "Bob Stein"))
        before = {name: text for name, text in tree(book.root).items() if "lock" not in name}

        with pytest.raises(ConflictError):
            carry_out(book, plan, steps)

    assert {name: text for name, text in tree(book.root).items() if "lock" not in name} == before


def test_a_contact_that_was_edited_since_is_not_taken_for_the_old_one(book: Book) -> None:
    plan = oblivion(book)
    (book.root / "contacts.yaml").write_text(CONTACTS.replace("Ada Lovelace", "Ida Lovelace", 1))

    with pytest.raises(ConflictError, match="changed meanwhile"):
        replacements(book, plan)


# Who else speaks of them


def test_lines_of_other_files_are_found_with_their_number(book: Book) -> None:
    (book.root / "todo.md").write_text("- call bob\n- call ADA\n")
    (book.root / "picture.png").write_bytes(b"\0ada")
    steps = replacements(book, oblivion(book))

    found = [(str(where), text) for where, text in lines_about(book, about_ada, steps)]

    assert ("todo.md:2", "- call ADA") in found
    assert all("ada" in text.lower() for _, text in found)
    assert {where.split(":")[0] for where, _ in found} == {"todo.md", "contacts.yaml"}


def test_a_piece_put_aside_is_told_line_by_line(book: Book) -> None:
    (book.state / "quarantine").mkdir(parents=True)
    (book.state / "quarantine" / "piece.txt").write_text("bob\nada\n")

    assert [(str(where), text) for where, text in traced_lines(book, about_ada)] == [
        (".leadctl/quarantine/piece.txt:2", "ada")
    ]


def test_git_is_found_above_the_book(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)

    assert git_folder(tmp_path / "a" / "b") == tmp_path


def test_the_text_of_a_file_that_was_mended_goes_out_of_the_journal() -> None:
    mended = line(3, "contacts.yaml", kind="edited", changes={"contacts.yaml": ["\tAda", "Ada"]})
    other = line(4, "stages.yaml", kind="stages", changes={"stages.yaml": ["a", "b"]})
    new, problems = rewritten(f"{mended}\n{other}\n".encode(), "ada", {}, is_traced=about_ada)
    left, kept = (json.loads(each) for each in new.splitlines())

    assert problems == ()
    assert "changes" not in left
    assert left["contact"] == "contacts.yaml"
    assert kept["changes"] == {"stages.yaml": ["a", "b"]}


def test_another_event_with_an_id_that_is_taken_does_not_stay() -> None:
    content = f"{BOB}\n{line(2, 'ada', note='Ada wrote')}\n".encode()

    new, problems = rewritten(content, "ada", STUBS, is_traced=about_ada)

    assert (new, problems) == (f"{BOB}\n\n".encode(), ())


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_an_original_that_was_put_aside_in_another_encoding_goes(book: Book, encoding: str) -> None:
    with locked(book):
        kept = book.state / "quarantine" / "aaaaaa-contacts.yaml"
    kept.write_bytes("- {name: Ada Lovelace, note: café}\n".encode(encoding))
    forget(book)

    assert not kept.exists()


def test_nobody_is_forgotten_in_a_book_whose_contacts_went_away(book: Book) -> None:
    path = book.root / "contacts.yaml"
    more = "".join(f"- {{id: p{n}, name: P{n}, status: New}}\n" for n in range(9))
    path.write_text(CONTACTS + more)
    with locked(book):
        accept(book)
    path.write_text(CONTACTS)
    before = path.read_bytes(), book.journal_path.read_bytes()

    with pytest.raises(RefusedError) as caught:
        forget(book)
    assert "only 2 are there now" in caught.value.message
    assert (path.read_bytes(), book.journal_path.read_bytes()) == before
