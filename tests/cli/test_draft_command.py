from __future__ import annotations

import email
import email.policy
import json
import os
import stat
from pathlib import Path

import pytest

from tests.cli.drafts import ADA, book_with_a_template, put
from tests.commands import NewBook, Outcome, Run, tree


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return book_with_a_template(new_book)


def test_a_draft_is_printed_with_its_headers(book: Path, run: Run) -> None:
    assert run("draft", "ada", "hello") == Outcome(
        0,
        "To: Ada Lovelace <ada@example.com>\nSubject: About Analytical\n\n"
        "Hello Ada,\n\nhow are you?\n",
    )


def test_a_draft_changes_nothing_in_the_book(book: Path, run: Run) -> None:
    before = tree(book)
    run("draft", "ada", "hello")
    run("draft", "ada", "hello", "--out", "../ada.eml")

    assert tree(book) == before


def test_the_file_is_one_that_a_mail_program_opens_for_writing(book: Path, run: Run) -> None:
    said = run("draft", "ada", "hello", "--out", "ada.eml")
    file = book / "ada.eml"
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)

    assert said == Outcome(0, "ada: draft written to ada.eml\n")
    assert (mail["To"], mail["Subject"], mail["X-Unsent"]) == (
        "Ada Lovelace <ada@example.com>",
        "About Analytical",
        "1",
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in book.iterdir() if path.suffix == ".new") == []


def test_a_file_that_is_there_is_not_written_over(book: Path, run: Run) -> None:
    (book / "ada.eml").write_text("mine")
    refused = run("draft", "ada", "hello", "--out", "ada.eml")

    assert refused == Outcome(
        7,
        "",
        "leadctl: error: ada.eml is there already; it was not changed\n"
        "hint: look at it, then move it away or name another file\n",
    )
    assert (book / "ada.eml").read_text() == "mine"


@pytest.mark.parametrize("out", ["-", "nowhere/ada.eml"])
def test_a_file_needs_a_place(book: Path, run: Run, out: str) -> None:
    assert run("draft", "ada", "hello", "--out", out).code == 2


def test_one_of_several_addresses_can_be_chosen(book: Path, run: Run) -> None:
    shown = run("draft", "ada", "hello", "--to", "Countess@example.org")

    assert shown.out.startswith("To: Ada Lovelace <countess@example.org>\n")


def test_an_address_of_somebody_else_is_not_taken(book: Path, run: Run) -> None:
    assert run("draft", "ada", "hello", "--to", "eve@example.com") == Outcome(
        2,
        "",
        'leadctl: error: Ada Lovelace (ada) has no e-mail address "eve@example.com"\n'
        "hint: they have: ada@example.com, countess@example.org\n",
    )


def test_without_an_address_there_is_a_draft_and_a_note(book: Path, run: Run) -> None:
    assert run("draft", "bob", "hello") == Outcome(
        0,
        "Subject: About you\n\nHello Bob,\n\nhow are you?\n",
        "note: Bob (bob) has no e-mail address; the draft has no recipient\n",
    )


def test_who_is_not_to_be_contacted_gets_no_draft(book: Path, run: Run) -> None:
    refused = run("draft", "eve", "hello", "--out", "eve.eml")

    assert (refused.code, refused.out) == (7, "")
    assert "Eve (eve) is marked do-not-contact: no draft was made" in refused.err
    assert not (book / "eve.eml").exists()


def test_all_that_is_missing_is_told_at_once(book: Path, run: Run) -> None:
    put(book, "offer", "{company}, {title}, {touched}, {phone|-}")

    assert run("draft", "bob", "offer") == Outcome(
        3,
        "",
        'leadctl: error: the template "offer" asks for what Bob (bob) does not have: '
        "company, title, touched\n"
        "hint: `leadctl set bob company=…`, or say in the template what else is to stand there: "
        "{company|…}\n",
    )


def test_a_broken_template_is_told_with_every_place(book: Path, run: Run) -> None:
    put(book, "bad", "Dear {nme},\n{\n")
    refused = run("draft", "ada", "bad")

    assert (refused.code, refused.out) == (3, "")
    assert 'templates/bad.md:1:6: error: no field named "nme"\n' in refused.err
    assert "templates/bad.md:2:1: error: " in refused.err


@pytest.mark.parametrize("word", ["helo", "../contacts", "/etc/passwd", "templates/../x"])
def test_only_what_is_in_the_folder_is_a_template(book: Path, run: Run, word: str) -> None:
    refused = run("draft", "ada", word)

    assert (refused.code, refused.out) == (2, "")
    assert "no template named" in refused.err


@pytest.mark.parametrize("word", ["hello.md", "templates/hello.md"])
def test_a_template_may_be_named_as_its_file(book: Path, run: Run, word: str) -> None:
    assert run("draft", "ada", word) == run("draft", "ada", "hello")


def test_without_a_template_the_error_names_them(book: Path, run: Run) -> None:
    assert run("draft", "ada") == Outcome(
        2, "", "leadctl: error: which template?\nhint: templates: hello\n"
    )


@pytest.mark.parametrize("words", [("draft",), ("draft", "--list")])
def test_templates_are_listed_with_their_subjects(
    book: Path, run: Run, words: tuple[str, ...]
) -> None:
    (book / "templates" / ".#hello.md").symlink_to("nowhere")
    (book / "templates" / "notes.txt").write_text("no template")
    put(book, "offer", "{company} {name}")

    assert run(*words) == Outcome(
        0,
        "template  subject              asks for\n"
        "--------  -------------------  -------------\n"
        "hello     About {company|you}  first_name\n"
        "offer                          company, name\n",
    )


def test_a_list_for_programs_has_what_each_asks_for(book: Path, run: Run) -> None:
    assert json.loads(run("draft", "--json").out) == [
        {"template": "hello", "subject": "About {company|you}", "fields": ["first_name"]}
    ]


def test_a_book_without_templates_lists_none(new_book: NewBook, run: Run) -> None:
    new_book(ADA)

    assert run("draft") == Outcome(0, "")


def test_a_program_gets_the_parts(book: Path, run: Run) -> None:
    assert json.loads(run("draft", "bob", "hello", "--json").out) == {
        "contact": "bob",
        "name": "Bob",
        "to": None,
        "template": "hello",
        "subject": "About you",
        "text": "Hello Bob,\n\nhow are you?\n",
    }


def test_fields_with_line_breaks_add_no_header(new_book: NewBook, run: Run) -> None:
    root = new_book(
        '- {id: ada, name: "Ada\\nBcc: eve@example.org", status: New, email: ada@example.com,'
        ' company: "A\\r\\nBcc: eve@example.org"}\n'
    )
    (root / "templates").mkdir()
    put(root, "hello", "Subject: {company}\n\nHi")
    shown = run("draft", "ada", "hello").out
    run("draft", "ada", "hello", "--out", "ada.eml")
    mail = email.message_from_bytes((root / "ada.eml").read_bytes(), policy=email.policy.default)

    assert [line.partition(":")[0] for line in shown.splitlines()] == ["To", "Subject", "", "Hi"]
    assert mail["Bcc"] is None
    assert [each.addr_spec for each in mail["To"].addresses] == ["ada@example.com"]


def test_what_would_steer_a_terminal_is_shown_as_an_escape(new_book: NewBook, run: Run) -> None:
    root = new_book('- {id: ada, name: Ada, status: New, note: "a\\e[2Jb"}\n')
    (root / "templates").mkdir()
    put(root, "hello", "{note}")

    assert run("draft", "ada", "hello").out == "a\\x1b[2Jb\n"


def test_an_address_that_is_none_is_told(new_book: NewBook, run: Run) -> None:
    root = new_book("- {id: ada, name: Ada, status: New, email: ada at example}\n")
    (root / "templates").mkdir()
    put(root, "hello", "Hi")

    assert run("draft", "ada", "hello") == Outcome(
        3,
        "",
        'leadctl: error: Ada (ada): "ada at example" is not an e-mail address\n'
        "hint: correct it with `leadctl set ada email=…`, or choose one with --to\n",
    )


def test_check_looks_at_all_templates(book: Path, run: Run) -> None:
    put(book, "one", "{nme}")
    put(book, "two", "Subject: x\nno gap {company}")
    found = run("check", "templates")

    assert found.code == 1
    assert [line for line in found.out.splitlines() if line.startswith("templates/")] == [
        'templates/one.md:1:1: error: no field named "nme"',
        "templates/two.md:2:1: error: there is no empty line behind the subject",
    ]


def test_check_knows_fields_that_only_contacts_have(book: Path, run: Run) -> None:
    (book / "contacts.yaml").write_text(ADA + "  spouse: Ann\n", encoding="utf-8")
    put(book, "one", "{spouse|you}")

    assert run("check", "templates") == Outcome(0, "")


@pytest.mark.parametrize("example", ["agent", "brokerage", "calls"])
def test_the_templates_of_the_example_books_are_sound(
    example: str, run: Run, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue(example)
    listed = json.loads(run("draft", "--json").out)

    assert run("check", "templates") == Outcome(0, "")
    assert len(listed) == 2
    assert all(each["subject"] for each in listed)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--out", "x.eml"), "whom is the draft for?"),
        (("--edit",), "whom is the draft for?"),
        (("--list", "ada"), "--list is about nobody"),
    ],
)
def test_a_list_takes_no_wishes(book: Path, run: Run, words: tuple[str, ...], message: str) -> None:
    refused = run("draft", *words)

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith(f"leadctl: error: {message}\n")


def test_a_folder_or_pipe_among_the_templates_hides_no_other(book: Path, run: Run) -> None:
    (book / "templates" / "folder.md").mkdir()
    os.mkfifo(book / "templates" / "pipe.md")
    found = run("check", "templates").out
    listed = run("draft", "--json")

    assert "templates/folder.md: error: it is a folder and not a file\n" in found
    assert "templates/pipe.md: error: it is a pipe or device and not a file\n" in found
    assert [each["template"] for each in json.loads(listed.out)] == ["folder", "hello", "pipe"]
    assert run("draft", "ada", "pipe").code == 3
    assert run("draft", "ada", "hello").code == 0
