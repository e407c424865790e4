"""The file that the index is kept in: private, disposable, never believed blindly."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from leadctl.cli.indexing import current_index
from leadctl.errors import BusyError, FileError
from leadctl.index import schema as tables
from leadctl.index.cache import build, cache_path, load, load_to_change
from leadctl.index.index import Index
from leadctl.index.material import Filling
from leadctl.query.sql import EVERYTHING
from leadctl.store.book import Book
from tests.people import NO_OWN_FIELDS, contact, entry

FILLING = Filling([entry(contact())], (), (), NO_OWN_FIELDS, {"looks": "s1"})
STAGES = "default: New\nstatuses:\n  New: {touch_every: 2 days}\n"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A book of Ada and Bo whose files are old enough to be told apart by their times."""
    root = tmp_path / "book"
    root.mkdir()
    (root / "stages.yaml").write_text(STAGES, "utf-8")
    write_contacts(root, "ada", "bo")
    return Book(root, "yaml")


@pytest.fixture
def cache_home(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.fixture
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def write_contacts(root: Path, *ids: str) -> None:
    text = "".join(f"- id: {id_}\n  name: {id_}\n  status: New\n" for id_ in ids)
    (root / "contacts.yaml").write_text(text, "utf-8")
    for path in root.iterdir():
        os.utime(path, (1_700_000_000 + len(ids), 1_700_000_000 + len(ids)))


def names(book: Book, environment: dict[str, str]) -> list[str]:
    index, _ = current_index(book, environment)
    with closing(index):
        return [each.contact.id for each in index.entries(EVERYTHING)]


def cache_of(book: Book, environment: dict[str, str]) -> Path:
    path = cache_path(book.root, environment)
    assert path is not None
    return path


def permissions(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_cache_lies_in_the_folder_that_the_environment_names() -> None:
    root = Path("/books/mine")

    named = cache_path(root, {"XDG_CACHE_HOME": "/c", "HOME": "/home/ada"})
    at_home = cache_path(root, {"HOME": "/home/ada"})

    assert named is not None
    assert at_home is not None
    assert named.parent == Path("/c/leadctl")
    assert at_home.parent == Path("/home/ada/.cache/leadctl")
    assert cache_path(root, {"XDG_CACHE_HOME": "relative", "HOME": "/home/ada"}) == at_home
    assert cache_path(root, {}) is None
    assert cache_path(Path("/books/other"), {"HOME": "/home/ada"}) != at_home


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o027, 0o077], indirect=True)
def test_nobody_else_can_read_the_cache_whatever_the_umask(umask: int, tmp_path: Path) -> None:
    path = tmp_path / "cache" / "leadctl" / "x.sqlite"
    build(path, FILLING).close()

    assert (permissions(path), permissions(path.parent)) == (0o600, 0o700)


def test_a_folder_that_was_open_to_others_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "leadctl" / "x.sqlite"
    path.parent.mkdir()
    path.parent.chmod(0o755)

    build(path, FILLING).close()

    assert permissions(path.parent) == 0o700


def test_what_was_built_is_loaded_again(tmp_path: Path) -> None:
    path = tmp_path / "a % ? # folder" / "x.sqlite"
    build(path, FILLING).close()

    index = load(path)

    assert index is not None
    with closing(index):
        assert index.entries(EVERYTHING) == list(FILLING.entries)
        assert index.meta("looks") == "s1"
    assert set(path.parent.iterdir()) == {path, path.resolve()}


def test_the_index_on_disk_cannot_be_written_through_what_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    build(path, FILLING).close()
    before = path.read_bytes()

    index = load(path)
    assert index is not None
    index.count(EVERYTHING)
    index.close()

    assert path.read_bytes() == before


def test_there_is_nothing_to_load_where_there_is_no_file(tmp_path: Path) -> None:
    assert load(None) is None
    assert load(tmp_path / "x.sqlite") is None
    assert load(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_index_is_not_loaded(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(content)

    assert load(path) is None


def test_an_index_of_another_version_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    build(path, FILLING).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("update meta set value = 'older' where key = 'version'")
        connection.commit()

    assert load(path) is None


def test_without_a_place_the_index_lives_in_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", "utf-8")

    for path in (None, blocked / "leadctl" / "x.sqlite"):
        with closing(build(path, FILLING)) as index:
            assert index.entries(EVERYTHING) == list(FILLING.entries)
    assert blocked.read_text("utf-8") == "in the way"


def test_what_a_crash_left_behind_is_swept_away(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    left = tmp_path / f"x.sqlite.{os.getpid()}.new"
    left.write_bytes(b"half")

    with closing(build(path, FILLING)) as index:
        assert index.count(EVERYTHING) == 1

    assert not left.exists()


def test_an_index_that_was_replaced_goes(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    build(path, FILLING).close()

    build(path, FILLING).close()

    assert set(tmp_path.iterdir()) == {path, path.resolve()}


def test_an_index_without_a_link_is_replaced_by_one_with(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"of an older leadctl")

    build(path, FILLING).close()
    build(path, FILLING).close()

    assert set(tmp_path.iterdir()) == {path, path.resolve()}
    assert path.is_symlink()


#: Its journal is one from the first moment on.
_UNFINISHED = "pragma synchronous = off; begin immediate; update meta set value = 'unfinished';"


def test_who_reads_an_index_that_was_replaced_is_not_disturbed_by_a_change_of_the_new_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.sqlite"
    build(path, FILLING).close()
    reader = load(path)
    assert reader is not None
    build(path, FILLING).close()

    with closing(reader), closing(sqlite3.connect(path, isolation_level=None)) as changing:
        changing.executescript(_UNFINISHED)
        assert reader.entries(EVERYTHING) == list(FILLING.entries)


def test_a_change_that_was_under_way_when_the_index_was_replaced_is_no_part_of_the_new_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.sqlite"
    build(path, FILLING).close()

    with closing(sqlite3.connect(path, isolation_level=None)) as changing:
        changing.executescript(_UNFINISHED)
        build(path, FILLING).close()
        index = load_to_change(path)
        assert index is not None
        with closing(index):
            assert index.meta("looks") == "s1"
            assert index.entries(EVERYTHING) == list(FILLING.entries)


def test_an_index_in_use_by_others_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    build(path, FILLING).close()

    with closing(sqlite3.connect(path, isolation_level=None)) as changing:
        reader = Index(sqlite3.connect(path, timeout=0))
        changing.executescript("begin exclusive")
        with closing(reader), pytest.raises(BusyError):
            reader.count(EVERYTHING)


def test_a_link_in_the_place_of_the_new_file_is_not_followed(tmp_path: Path) -> None:
    path, victim = tmp_path / "x.sqlite", tmp_path / "precious"
    victim.write_text("precious", "utf-8")
    (tmp_path / f"x.sqlite.{os.getpid()}.new").symlink_to(victim)

    build(path, FILLING).close()

    assert victim.read_text("utf-8") == "precious"


def test_a_book_that_has_not_changed_is_answered_from_the_cache(
    book: Book, cache_home: dict[str, str]
) -> None:
    names(book, cache_home)
    before = cache_of(book, cache_home).stat().st_ino

    assert names(book, cache_home) == ["ada", "bo"]
    assert cache_of(book, cache_home).stat().st_ino == before


def test_a_book_that_has_changed_is_read_anew(book: Book, cache_home: dict[str, str]) -> None:
    names(book, cache_home)
    write_contacts(book.root, "ada", "bo", "cy")

    assert names(book, cache_home) == ["ada", "bo", "cy"]


def test_a_cache_of_another_version_gives_right_answers(
    book: Book, cache_home: dict[str, str]
) -> None:
    names(book, cache_home)
    with closing(sqlite3.connect(cache_of(book, cache_home))) as connection:
        connection.execute("update meta set value = 'older' where key = 'version'")
        connection.execute("delete from contact")
        connection.commit()

    assert names(book, cache_home) == ["ada", "bo"]


@pytest.mark.parametrize("kept", [0, 1, 15, 16, 100, 4096, 4097, 10_000, -1])
def test_a_cache_that_was_cut_off_gives_right_answers(
    kept: int, book: Book, cache_home: dict[str, str]
) -> None:
    names(book, cache_home)
    path = cache_of(book, cache_home)
    path.write_bytes(path.read_bytes()[:kept])

    assert names(book, cache_home) == ["ada", "bo"]
    assert names(book, cache_home) == ["ada", "bo"]


def test_a_cache_that_cannot_be_written_gives_right_answers(book: Book, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", "utf-8")
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}

    assert names(book, environment) == ["ada", "bo"]
    write_contacts(book.root, "cy")
    assert names(book, environment) == ["cy"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_stale_cache_in_a_folder_that_is_read_only_is_not_believed(
    book: Book, cache_home: dict[str, str]
) -> None:
    names(book, cache_home)
    folder = cache_of(book, cache_home).parent
    folder.chmod(0o500)
    write_contacts(book.root, "cy")

    assert names(book, cache_home) == ["cy"]
    folder.chmod(0o700)


def test_the_version_of_the_tables_is_written_down(tmp_path: Path) -> None:
    with closing(build(tmp_path / "x.sqlite", FILLING)) as index:
        assert index.meta("version") == tables.VERSION


def test_a_cache_that_was_damaged_inside_is_removed_and_the_next_command_is_right(
    book: Book, cache_home: dict[str, str]
) -> None:
    path = cache_path(book.root, cache_home)
    assert path is not None
    current_index(book, cache_home)[0].close()
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("pragma page_size").fetchone()
        where = "select rootpage from sqlite_master where name = 'contact'"
        (page,) = connection.execute(where).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\x55" * size
    path.write_bytes(content)

    with pytest.raises(FileError, match="damaged"):
        current_index(book, cache_home)[0].entries(EVERYTHING)

    assert [each.contact.id for each in current_index(book, cache_home)[0].entries(EVERYTHING)] == [
        "ada",
        "bo",
    ]


def test_what_others_have_left_who_were_killed_goes_too(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    gone, running = subprocess.Popen(["true"]), tmp_path / f"x.sqlite.{os.getppid()}.new"
    gone.wait()
    left = [tmp_path / f"x.sqlite.{gone.pid}.new{end}" for end in ("", ".part")]
    for each in (*left, running):
        each.write_bytes(b"half")

    with closing(build(path, FILLING)):
        pass

    assert set(tmp_path.iterdir()) == {path, path.resolve(), running}
