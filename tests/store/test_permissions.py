"""Who else can get at a book: modes, owners, links."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leadctl.store.book import Book
from leadctl.store.creation import create_book
from leadctl.store.permissions import close_to_others, open_to_others, permission_problems


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return create_book(tmp_path / "book", preset="classic", format_name="yaml")


def messages(book: Book) -> list[str]:
    found = permission_problems(book)
    assert {each.check for each in found} <= {"permissions"}
    return [each.message for each in found]


def test_a_new_book_is_closed_to_others(book: Book) -> None:
    assert messages(book) == []


def test_all_that_others_can_read_is_one_warning(book: Book) -> None:
    book.root.chmod(0o755)
    book.journal_path.chmod(0o644)
    book.contacts.path.chmod(0o640)
    (problem,) = permission_problems(book)

    assert problem.message == (
        "journal.jsonl, contacts.yaml and the folder of the book can be read by others"
    )
    assert problem.is_warning
    assert "check --fix permissions" in problem.hint


def test_what_others_can_change_is_told_apart(book: Book) -> None:
    book.root.chmod(0o750)
    book.stages_path.chmod(0o660)

    assert messages(book) == [
        "the folder of the book can be read by others",
        "stages.yaml can be changed by others",
    ]


def test_in_a_closed_folder_the_modes_of_files_do_not_matter(book: Book) -> None:
    book.contacts.path.chmod(0o644)

    assert messages(book) == []


def test_the_folder_of_the_lock_has_to_be_closed(book: Book) -> None:
    book.state.chmod(0o755)

    assert messages(book) == [".leadctl can be read by others"]


def test_a_folder_that_everybody_can_write_into_is_an_error(book: Book) -> None:
    book.root.chmod(0o777)
    problems = permission_problems(book)

    assert [each.is_warning for each in problems] == [False, True]
    assert problems[0].message == "everybody on this computer can write into the folder of the book"


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give files away")
def test_a_folder_of_somebody_else_is_an_error(book: Book) -> None:
    os.chown(book.root, 12345, -1)

    assert messages(book) == ["the folder of the book belongs to somebody else, who can change it"]


def test_a_link_out_of_the_book_is_told(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.yaml"
    book.contacts.path.rename(target)
    book.contacts.path.symlink_to(target)

    assert messages(book) == [f"contacts.yaml is a link out of the book, to {target}"]


def test_a_link_within_the_book_is_none_of_our_business(book: Book) -> None:
    inside = book.root / "people.yaml"
    book.contacts.path.rename(inside)
    book.contacts.path.symlink_to(inside.name)

    assert messages(book) == []


def test_a_second_name_of_a_file_is_told(book: Book, tmp_path: Path) -> None:
    os.link(book.journal_path, tmp_path / "copy.jsonl")

    assert messages(book) == ["journal.jsonl has another name elsewhere, a hard link"]


def test_a_password_that_others_can_read_is_an_error(book: Book) -> None:
    path = book.root / "config.yaml"
    path.write_text("book: .\nsmtp_password: hunter2\n")
    path.chmod(0o644)
    (problem,) = permission_problems(book)

    assert problem.message == "there is a password in config.yaml, which others can read"
    assert (problem.where.line, problem.is_warning) == (2, False)


def test_closing_leaves_nothing_open(book: Book) -> None:
    book.root.chmod(0o775)
    book.stages_path.chmod(0o664)
    book.journal_path.chmod(0o444)
    for opening in list(open_to_others(book)):
        close_to_others(opening)

    assert messages(book) == []
    assert [path.stat().st_mode & 0o777 for path in (book.root, book.stages_path)] == [0o700, 0o600]
    assert book.journal_path.stat().st_mode & 0o777 == 0o400
