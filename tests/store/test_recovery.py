"""What a writer finds of another that was killed, on the disk of this machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadctl.errors import FileError, RefusedError
from leadctl.records import Change, FieldEdit
from leadctl.store.book import Book
from leadctl.store.disk import Disk
from leadctl.store.finding import open_book
from leadctl.store.intents import Intent, digest, write_intent
from leadctl.store.recovery import recover
from leadctl.store.steps import Place
from leadctl.store.writing import locked, write

CONTACTS = "- {id: ada, name: Ada, status: New}\n- {id: bela, name: Béla, status: New}\n"
MOVED = Change(op="8f3k", edits=(FieldEdit("ada", "status", "New", "Engage"),))


class PowerCutError(BaseException):
    """Nothing that would have been done after this is done."""


class CutDisk(Disk):
    """The disk of this machine, until the first file is to be exchanged."""

    def exchange(self, one: Path, other: Path) -> None:
        raise PowerCutError


@pytest.fixture
def interrupted(tmp_path: Path) -> Book:
    """A book whose change was promised, and not one file of it changed."""
    (tmp_path / "contacts.yaml").write_text(CONTACTS, encoding="utf-8")
    (tmp_path / "stages.yaml").write_text("default: New\n")
    (tmp_path / "journal.jsonl").write_text("")
    book = open_book(tmp_path)
    with pytest.raises(PowerCutError), locked(book):
        write(book, MOVED, disk=CutDisk())
    return book


def status(book: Book, contact: str = "ada") -> object:
    found = {record.values["id"]: record.values["status"] for record in book.read().records}
    return found[contact]


def left_over(book: Book) -> list[str]:
    names = [path.name for folder in (book.root, book.state) for path in folder.iterdir()]
    return [name for name in names if name.endswith((".tmp", ".new")) or name == "txn"]


def quarantined(book: Book) -> list[str]:
    return [path.read_text() for path in (book.state / "quarantine").iterdir()]


def test_a_reader_sees_the_change_before_it_is_finished_and_writes_nothing(
    interrupted: Book,
) -> None:
    before = {path: path.stat().st_mtime_ns for path in interrupted.root.rglob("*")}

    assert status(interrupted.as_promised()) == "Engage"
    assert status(interrupted) == "New"
    assert {path: path.stat().st_mtime_ns for path in interrupted.root.rglob("*")} == before


def test_the_next_writer_finishes_it_and_says_so_in_a_line(interrupted: Book) -> None:
    with locked(interrupted) as notices:
        found = status(interrupted)

    assert found == "Engage"
    assert notices == ["operation 8f3k had been interrupted; it is finished now"]
    assert left_over(interrupted) == []


def test_what_was_edited_by_hand_meanwhile_stays_and_the_change_is_taken_back(
    interrupted: Book,
) -> None:
    path = interrupted.root / "contacts.yaml"
    path.write_text(CONTACTS.replace("Béla", "Béla Bartók"), encoding="utf-8")
    with locked(interrupted) as notices:
        text = path.read_text(encoding="utf-8")

    assert "Béla Bartók" in text
    assert status(interrupted) == "New"
    assert "was taken back: contacts.yaml was saved by another program" in notices[0]
    assert left_over(interrupted) == []


def test_an_intent_that_was_cut_off_was_never_one(interrupted: Book) -> None:
    intent = interrupted.state / "txn"
    intent.write_bytes(intent.read_bytes()[:-10])
    with locked(interrupted) as notices:
        found = status(interrupted)

    assert found == "New"
    assert notices[0].startswith("an interrupted change was put aside in .leadctl/quarantine/txn-")
    assert left_over(interrupted) == []


def test_an_intent_of_another_machine_is_finished_if_all_is_as_it_says(interrupted: Book) -> None:
    notices = recover(Disk(), Place(interrupted.root), [], host="elsewhere")

    assert notices == ["operation 8f3k had been interrupted; it is finished now"]


def test_an_intent_of_another_machine_is_put_aside_if_files_have_changed(
    interrupted: Book,
) -> None:
    path = interrupted.root / "contacts.yaml"
    path.write_text(f"# mine\n{CONTACTS}", encoding="utf-8")
    notices = recover(Disk(), Place(interrupted.root), [], host="elsewhere")

    assert path.read_text(encoding="utf-8") == f"# mine\n{CONTACTS}"
    assert "the files have changed since" in notices[0]
    assert any("8f3k" in text for text in quarantined(interrupted))


@pytest.mark.parametrize("path", ["../victim", "/etc/victim", "contacts/../../victim", ""])
def test_an_intent_never_reaches_out_of_the_book(interrupted: Book, path: str) -> None:
    _, _, body = (interrupted.state / "txn").read_bytes().partition(b"\n")
    data = json.loads(body)
    data["steps"][0]["path"] = path
    planted = json.dumps(data).encode()
    (interrupted.state / "txn").write_bytes(digest(planted).encode() + b"\n" + planted)
    victim = interrupted.root.parent / "victim"
    victim.write_text("precious")
    with locked(interrupted):
        pass

    assert victim.read_text() == "precious"
    assert left_over(interrupted) == []


def test_an_intent_of_a_later_leadctl_is_left_to_it(interrupted: Book) -> None:
    _, _, body = (interrupted.state / "txn").read_bytes().partition(b"\n")
    later = body.replace(b'"format": 1', b'"format": 2')
    (interrupted.state / "txn").write_bytes(digest(later).encode() + b"\n" + later)
    before = (interrupted.state / "txn").read_bytes()

    with pytest.raises(FileError, match="newer leadctl"), locked(interrupted):
        pass

    assert (interrupted.state / "txn").read_bytes() == before


def test_a_full_disk_during_the_recovery_leaves_it_for_later(interrupted: Book) -> None:
    class FullDisk(Disk):
        def exchange(self, one: Path, other: Path) -> None:
            raise OSError(28, "No space left on device", str(other))

    with pytest.raises(FileError) as caught:
        recover(FullDisk(), Place(interrupted.root), [], host="here")
    with locked(interrupted):
        found = status(interrupted)

    assert "No space left on device" in caught.value.message
    assert found == "Engage"


def test_an_exchange_in_steps_that_was_interrupted_is_brought_to_its_end(
    interrupted: Book,
) -> None:
    (beside,) = interrupted.root.glob(".*.tmp")
    target = interrupted.root / "contacts.yaml"
    spare = beside.with_name(f"{beside.name}.spare")
    spare.hardlink_to(target)
    beside.replace(target)
    with locked(interrupted):
        found = status(interrupted)

    assert found == "Engage"
    assert list(interrupted.root.glob(".*.leadctl-*")) == []


@pytest.mark.parametrize(
    ("journal", "lines", "size"),
    [
        (".git/config", "[core]\n", 0),
        ("contacts.yaml", "- {id: eve}\n", 0),
        ("journal.jsonl", "touch /tmp/x\n", 0),
        ("journal.jsonl", "{}\n", -1),
    ],
)
def test_an_intent_that_somebody_planted_is_put_aside(
    interrupted: Book, journal: str, lines: str, size: int
) -> None:
    (interrupted.root / ".git").mkdir()
    (interrupted.root / ".git/config").write_text("")
    planted = write_intent(Intent("8f3k", "elsewhere", (), journal, size, lines, -1))
    (interrupted.state / "txn").write_bytes(planted)
    with locked(interrupted) as notices:
        texts = [(interrupted.root / name).read_text() for name in (".git/config", "journal.jsonl")]

    assert notices[0].startswith("an interrupted change was put aside")
    assert texts == ["", ""]
    assert (interrupted.root / "contacts.yaml").read_text(encoding="utf-8") == CONTACTS


def test_an_intent_is_not_followed_through_a_link_to_what_is_no_journal(
    interrupted: Book, tmp_path_factory: pytest.TempPathFactory
) -> None:
    victim = tmp_path_factory.mktemp("home") / "profile"
    victim.write_text("umask 077\n")
    (interrupted.root / "journal.jsonl").unlink()
    (interrupted.root / "journal.jsonl").symlink_to(victim)
    planted = write_intent(Intent("8f3k", "here", (), "journal.jsonl", 0, '{"a": "$(b)"}\n', -1))
    (interrupted.state / "txn").write_bytes(planted)

    with pytest.raises(RefusedError), locked(interrupted):
        pass
    assert victim.read_text() == "umask 077\n"
