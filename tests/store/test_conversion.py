"""Books that go from one format to another: the same contacts, and whole at every moment."""

from __future__ import annotations

import io
import itertools
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leadctl.contacts import Contacts, read_contacts
from leadctl.converting import columns, conversion_event
from leadctl.errors import ConflictError, DataError, RefusedError
from leadctl.planning.follow_ups import FollowUps, read_follow_ups
from leadctl.records import Event, Value
from leadctl.stamps import Stamp, event_ids
from leadctl.store import yaml_editor
from leadctl.store.book import Book
from leadctl.store.comments import count_comments
from leadctl.store.conversion import (
    Conversion,
    carry_out,
    current_files,
    replacements,
    way_back,
    work_out,
)
from leadctl.store.disk import Appended, Disk
from leadctl.store.files import read_bytes
from leadctl.store.finding import open_book
from leadctl.store.journal import lines_of
from leadctl.store.kept_files import kept_name
from leadctl.store.recovery import promised, recover
from leadctl.store.steps import Place
from leadctl.store.transaction import Work, commit
from leadctl.store.writing import locked
from tests.store.model_disk import KilledError, ModelDisk

FORMS = ("yaml", "csv", "dir")
PAIRS = list(itertools.permutations(FORMS, 2))
#: What one of the formats, a spreadsheet or a program may take for something else.
NASTY = st.sampled_from(
    ["NO", "~", "0123", "+44 123", "=1+1", "@x", "- a", "a: b", "a #b", "#a", "'", '"', '""',
     "a,b", "two\nlines", "a\n\nb\n", "\r\n", "\tx", " x ", "x;y", ";", "Zoë", "王", "👩‍👩‍👧",
     "\u2028", "\ufeff", "\\n", "\x07", "|", ">", "2026-11-22", "x" * 200]
)  # fmt: skip
TEXTS = NASTY | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=9
)
#: One of several values: blanks around it do not count, and a semicolon parts it from others.
ITEMS = TEXTS.map(lambda text: text.replace(";", ",").strip()).filter(bool)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,3}", fullmatch=True)
CONTACTS = st.lists(
    st.fixed_dictionaries(
        {"id": IDS, "name": TEXTS},
        optional={
            "status": st.sampled_from(["New", "Engage"]),
            "note": TEXTS,
            "own field": TEXTS,
            "tags": st.lists(ITEMS, min_size=1, max_size=3).map(tuple),
            "email": st.lists(ITEMS, min_size=1, max_size=2).map(tuple),
            "created": st.just("2026-11-02"),
        },
    ),
    max_size=4,
    unique_by=lambda fields: fields["id"],
)
FOLLOW_UPS = st.lists(
    st.fixed_dictionaries(
        {"id": IDS, "contact": IDS, "due": st.just("2026-11-25"), "what": TEXTS},
        optional={"time": st.just("09:30"), "own field": TEXTS},
    ),
    max_size=3,
    unique_by=lambda fields: fields["id"],
)
Fields = dict[str, Value]
#: A failing example is small enough to be read as it is.
LAW = settings(
    max_examples=20, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip


def make_book(root: Path, contacts: list[Fields], planned: list[Fields] | None = None) -> Book:
    """A book in one YAML file."""
    root.mkdir(mode=0o700)
    (root / "stages.yaml").write_text("statuses:\n  New: {}\n")
    (root / "journal.jsonl").write_bytes(b"")
    (root / "contacts.yaml").write_text(yaml_editor.edit("", {}, contacts), encoding="utf-8")
    if planned is not None:
        text = yaml_editor.edit("", {}, planned)
        (root / "followups.yaml").write_text(text, encoding="utf-8")
    return open_book(root)


def event_of(found: Conversion, number: int = 0) -> Event:
    stamp = Stamp(f"8f3k{number}", "2026-11-22T09:30:00-08:00", "marta", event_ids(number, number))
    return conversion_event(stamp, found.single, found.marks)


def convert(book: Book, form: str, number: int = 0) -> Book:
    found = work_out(book, form)
    with locked(book):
        assert carry_out(book, found, event_of(found, number)) == ""
    return open_book(book.root)


def held(book: Book) -> tuple[dict[str, object], FollowUps]:
    """The contacts by id, and the follow-ups in their order."""
    read: Contacts = read_contacts(book.contacts.read().records)
    return {each.id: each for each in read.contacts}, read_follow_ups(
        book.follow_ups.read().records
    )


ADA: Fields = {"id": "ada", "name": "Ada", "tags": ("a", "b")}
BELA: Fields = {"id": "bela", "name": "Bela", "note": "two\nlines"}
CALL: Fields = {"id": "k7m2", "contact": "ada", "due": "2026-11-25", "what": "call"}


@LAW
@given(CONTACTS, FOLLOW_UPS, st.permutations(FORMS))
def test_there_and_back_nothing_is_different(
    contacts: list[Fields], planned: list[Fields], forms: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        book = make_book(Path(name) / "book", contacts, planned)
        before = held(book)
        for number, form in enumerate([*forms, forms[0], "yaml"]):
            book = convert(book, form, number) if form != book.format else book

            assert book.format == form
            assert held(book) == before


@LAW
@given(CONTACTS)
def test_the_order_of_contacts_stays_between_files(contacts: list[Fields]) -> None:
    with tempfile.TemporaryDirectory() as name:
        book = make_book(Path(name) / "book", contacts)
        book = convert(convert(book, "csv"), "yaml", 1)
        found = [each.values["id"] for each in book.contacts.read().records]

        assert found == [fields["id"] for fields in contacts]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_the_way_back_is_to_the_byte(tmp_path: Path, old: str, new: str) -> None:
    book = make_book(tmp_path / "book", [ADA, BELA], [CALL])
    book = convert(book, old) if old != "yaml" else book
    before = current_files(book, read_bytes)
    there = convert(book, new, 1)
    back = way_back(there, "8f3k1", old)
    with locked(there):
        carry_out(there, back, event_of(back, 2))

    assert open_book(book.root).format == old
    assert current_files(open_book(book.root), read_bytes) == before


def test_a_folder_that_has_become_empty_goes_with_its_files(tmp_path: Path) -> None:
    book = convert(make_book(tmp_path / "book", [ADA]), "dir")
    convert(book, "csv", 1)

    assert not (book.root / "contacts").exists()


def test_what_else_lies_in_the_folder_of_contacts_stays(tmp_path: Path) -> None:
    book = convert(make_book(tmp_path / "book", [ADA]), "dir")
    (book.root / "contacts/photo.jpg").write_bytes(b"jpg")
    after = convert(book, "csv", 1)

    assert after.format == "csv"
    assert (book.root / "contacts/photo.jpg").read_bytes() == b"jpg"


def test_a_record_that_cannot_be_read_keeps_the_book_as_it_is(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [ADA])
    (book.root / "contacts.yaml").write_text("- id: ada\n  name: Ada\n- name: nobody\n")

    with pytest.raises(DataError) as caught:
        work_out(book, "csv")

    assert "cannot be read" in caught.value.message
    assert caught.value.problems[0].where.line == 3


def test_a_follow_up_that_cannot_be_read_keeps_the_book_as_it_is(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [ADA])
    (book.root / "followups.yaml").write_text("- id: k7m2\n  contact: ada\n")

    with pytest.raises(DataError) as caught:
        work_out(book, "dir")

    assert caught.value.problems[0].message == 'follow-up "k7m2" has no due'


def test_one_of_several_values_with_a_semicolon_has_no_place_in_a_cell(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [{**ADA, "tags": ("a;b", "c")}])

    with pytest.raises(DataError) as caught:
        work_out(book, "csv")

    assert '"a;b" in tags' in caught.value.problems[0].message
    assert work_out(book, "dir").contacts == 1


def test_a_character_that_csv_cannot_hold_is_named(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [{**ADA, "note": "a\0b"}])

    with pytest.raises(DataError) as caught:
        work_out(book, "csv")

    assert "NUL" in caught.value.problems[0].message


def test_lists_in_own_fields_are_told_before_they_become_one_text(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [{**ADA, "languages": ("en", "fr")}])

    assert work_out(book, "csv").losses.list_fields == ("languages",)
    assert not work_out(book, "dir").losses.is_grave


def test_comments_are_counted_but_not_the_line_that_leadctl_writes(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [])
    ours = "# The contacts of this book. Edit them here, or with leadctl.\n"
    (book.root / "contacts.yaml").write_text(f"{ours}# mine\n- id: ada\n  name: 'A # B' # he\n")

    assert work_out(book, "csv").losses.comments == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a: b\n", 0),
        ("a: 'x # y'\n", 0),
        ("a: x#y\n", 0),
        ("# one\na: b # two\n\n  # three\n", 3),
        ("a: | # one\n  # text\n  more\nb: c # two\n", 2),
        ("a: |\n  # text\n# one\n", 1),
        ('a: "x\n  # text"\n', 0),
        ("- a: [x, # one\n  y] # two\n", 2),
        ("# only\n", 1),
        ("a: 👩 # one\nb: '#'\n", 1),
    ],
)
def test_comments_are_told_from_values(text: str, count: int) -> None:
    assert count_comments(text) == count


def test_a_link_is_not_converted(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [ADA])
    (book.root / "contacts.yaml").rename(tmp_path / "elsewhere.yaml")
    (book.root / "contacts.yaml").symlink_to(tmp_path / "elsewhere.yaml")

    with pytest.raises(RefusedError, match="is a link"):
        work_out(book, "csv")


def test_columns_stand_behind_those_that_they_follow_in_a_record() -> None:
    rows = [{"id": "a", "name": "A", "note": "x"}, {"id": "b", "name": "B", "email": "e"}]

    assert columns(rows) == ("id", "name", "email", "note")


def test_an_archive_that_was_planted_brings_no_other_files(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [ADA])
    path = book.root / kept_name("8f3k0")
    path.parent.mkdir(parents=True)
    with tarfile.open(path, "w") as archive:
        member = tarfile.TarInfo("../.bashrc")
        archive.addfile(member, io.BytesIO())

    with pytest.raises(RefusedError, match="is damaged"):
        way_back(book, "8f3k0", "csv")


def test_who_opened_the_book_before_it_was_converted_writes_nothing(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [ADA])
    convert(book, "csv")

    with pytest.raises(ConflictError, match="converted to csv meanwhile"), locked(book):
        pass


# What a crash leaves.

ROOT = Path("/book")
PLACE = Place(ROOT)
JOURNAL = b'{"id": "1"}\n'


def files_of(tmp_path: Path, old: str, new: str) -> tuple[dict[Path, bytes], Work]:
    """A small book as files of the model, and the work that converts it."""
    book = make_book(tmp_path / "book", [{"id": "ada", "name": "Ada"}])
    book = convert(book, old) if old != "yaml" else book
    found = work_out(book, new)
    lines = lines_of([event_of(found)])
    work = Work("8f3k0", replacements(found, "8f3k0"), lines, len(JOURNAL), contacts=1)
    there = {ROOT / name: content for name, content in found.before.items()}
    return {**there, ROOT / "journal.jsonl": JOURNAL, ROOT / ".leadctl/lock": b""}, work


def crashes(there: dict[Path, bytes], work: Work) -> Iterator[tuple[bool, ModelDisk]]:
    """Every disk that may be found, with whether the change had been acknowledged."""
    at = 0
    while True:
        dying = ModelDisk.holding(there, dies_at=at)
        try:
            commit(dying, PLACE, work, host="here")
        except KilledError:
            is_done = False
        else:
            is_done = True
        yield is_done, dying.after_kill()
        for found in dying.after_power_loss():
            yield is_done, found
        if is_done:
            return
        at += 1


def whole(files: dict[Path, bytes]) -> dict[Path, bytes]:
    """*files* without a torn last line of the journal."""
    journal = files[ROOT / "journal.jsonl"]
    return {**files, ROOT / "journal.jsonl": journal[: journal.rfind(b"\n") + 1]}


FOLDERS = [ROOT, ROOT / "contacts", ROOT / ".leadctl/converted"]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_a_crash_leaves_the_old_book_or_the_new_one(tmp_path: Path, old: str, new: str) -> None:
    there, work = files_of(tmp_path, old, new)
    before = whole(ModelDisk.holding(there).truth())
    after = {path: text for path, text in before.items() if path.name in ("journal.jsonl",)}
    after |= {
        ROOT / each.path: each.new
        for each in work.replacements
        if each.new is not None and not each.path.startswith(".leadctl")
    }
    after[ROOT / "journal.jsonl"] = JOURNAL + work.lines
    total = 0
    for is_done, disk in crashes(there, work):
        total += 1
        seen = disk.truth()
        for path, content in promised(disk, PLACE).items():
            if ".leadctl" not in path.parts:
                seen.pop(path, None)
                seen |= {path: content} if content is not None else {}
        recover(disk, PLACE, FOLDERS, host="here")

        assert whole(disk.truth()) in ([after] if is_done else [before, after])
        assert whole(dict(sorted(seen.items()))) == whole(disk.truth())
    assert total > 100


class MortalDisk(Disk):
    """The disk of this machine in the hands of a process that is killed before step *dies_at*."""

    def __init__(self, dies_at: int) -> None:
        self.left = dies_at

    def _step(self) -> None:
        if not self.left:
            raise KilledError
        self.left -= 1

    def create(self, path: Path, content: bytes, *, like: Path | None = None) -> None:
        self._step()
        super().create(path, content, like=like)

    def append(self, path: Path, content: bytes) -> Appended | None:
        self._step()
        return super().append(path, content)

    def move(self, source: Path, target: Path) -> None:
        self._step()
        super().move(source, target)

    def replace(self, source: Path, target: Path) -> None:
        self._step()
        super().replace(source, target)

    def remove(self, path: Path) -> None:
        self._step()
        super().remove(path)


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_an_interrupted_change_is_read_as_one_of_the_two(
    tmp_path: Path, old: str, new: str
) -> None:
    for dies_at in range(60):
        book = make_book(tmp_path / f"{dies_at}", [ADA, BELA], [CALL])
        book = convert(book, old) if old != "yaml" else book
        before = held(book)
        found = work_out(book, new)
        disk = MortalDisk(dies_at)
        with locked(book):
            try:
                carry_out(book, found, event_of(found, 1), disk=disk)
                is_done = True
            except KilledError:
                is_done = False
        seen = open_book(book.root)
        read = held(seen.as_promised())
        with locked(seen):
            pass

        assert read == before
        assert open_book(book.root).format == seen.format
        assert held(open_book(book.root)) == before
        assert not list(book.root.rglob("*.tmp"))
        if is_done:
            assert seen.format == new
            return
    pytest.fail("it never came to its end")
