"""`add -`: people from stdin, all of them or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import PROGRAM, NewBook, Outcome, Program, Run, tree

BOB = "- id: bob\n  name: Bob\n  status: New\n  email: bob@example.com\n"
STAGES = "default: New\nstatuses:\n  New: {}\n  Engage: {}\n  Lost: {note: required}\n"


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return new_book(BOB, stages=STAGES)


def people(run: Run) -> list[dict[str, object]]:
    found = json.loads(run("list", "--json", "name!=Bob").out)
    return [{name: value for name, value in each.items() if value} for each in found]


def test_lines_are_names_with_or_without_an_address(run: Run, book: Path) -> None:
    typed = (
        b'Ada Lovelace\n\n# met at the fair\n"Hopper, Grace" <grace@example.com>\n<x@example.com>\n'
    )
    done = run("add", "-", "--source", "Fair", "--tag", "seller", stdin=typed)

    assert done == Outcome(
        0,
        "ada-lovelace\nhopper-grace\nx-example-com\n",
        "added 3 contacts. Undo: leadctl undo OP\n",
    )
    assert [each.get("email") for each in people(run)] == [
        None, ["grace@example.com"], ["x@example.com"],
    ]  # fmt: skip
    assert {str(each["source"]) for each in people(run)} == {"Fair"}
    assert run("check").code == 0


def test_they_are_one_operation(run: Run, book: Path) -> None:
    before = (book / "contacts.yaml").read_bytes()
    run("add", "-", stdin=b"Ada\nEve\n")
    run("undo")

    assert (book / "contacts.yaml").read_bytes() == before


def test_the_same_name_gets_ids_of_its_own(run: Run, book: Path) -> None:
    assert run("add", "-", stdin=b"Ada\nAda\nBob\n").out == "ada\nada-2\nbob-2\n"


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_what_list_prints_is_taken_in(run: Run, book: Path, form: str) -> None:
    run("add", "Ada", "--email", "ada@example.com", "--tag", "vip", "--tag", "cold", "--status",
        "Engage", "--set", "birthday=05-17", "--set", "shoe_size=44")  # fmt: skip
    before = people(run)
    listed = run("list", "-f", form, "name:Ada").out.encode()
    run("undo")
    done = run("add", "-", stdin=listed)

    assert done.out == "ada\n"
    assert people(run) == before


def test_what_a_person_says_goes_before_the_options(run: Run, book: Path) -> None:
    typed = b'{"name": "Ada", "source": "Sign"}\n{"name": "Eve"}\n'
    run("add", "-", "--source", "Fair", "--status", "Engage", stdin=typed)

    assert [each["source"] for each in people(run)] == ["Sign", "Fair"]
    assert {each["status"] for each in people(run)} == {"Engage"}


def test_everybody_who_does_not_fit_is_told_and_nobody_is_added(run: Run, book: Path) -> None:
    before = tree(book)
    typed = b"Ada\nX <bob@example.com>\nY <y@example.com>\nZ <Y@example.com>\n"
    refused = run("add", "-", stdin=typed)

    assert refused.code == 7
    assert "stdin:2: bob@example.com is known already: bob (Bob)" in refused.err
    assert "stdin:4: Y@example.com is known already: line 3" in refused.err
    assert "2 of 4 people cannot be added; nothing was added" in refused.err
    assert tree(book) == before


def test_doubles_are_added_if_that_is_said(run: Run, book: Path) -> None:
    typed = b"X <bob@example.com>\nZ <bob@example.com>\n"

    assert run("add", "-", "--allow-duplicate", stdin=typed).out == "x\nz\n"


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        (b"Ada <ada@example.com\n", 'stdin:1: "Ada <ada@example.com" is no name'),
        (b"Ada\nid,name\n", 'stdin:2: "id,name" is no name'),
        (b'[{"name": "Ada"},\n', "stdin:1: the list has no end"),
        (b'{"name": "Ada"}\n{"name"\n', "stdin:2: this is no JSON"),
        (b'[{"name": "Ada"},\n 7]\n', "stdin:2: a person is written between { and }"),
        (b'{"name": "Ada", "email": {"work": "a"}}', 'stdin:1: "email" holds neither a text'),
        (b'{"name": "Ada", "emial": "a"}', 'stdin:1: no field named "emial"'),
        (b'\n{"email": "a@example.com"}', "stdin:2: a contact needs a name"),
        (b'{"name": "Ada", "status": "Nwe"}', 'stdin:1: no status named "Nwe"'),
        (b'{"name": "Ada", "status": "Lost"}', 'stdin:1: a change to "Lost" needs a note'),
        (b"\xff\n", "what comes in on stdin is not valid UTF-8"),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(
    run: Run, book: Path, typed: bytes, complaint: str
) -> None:
    before = tree(book)
    refused = run("add", "-", stdin=typed)

    assert (refused.code, refused.out) == (2, "")
    assert complaint in refused.err
    assert tree(book) == before


@pytest.mark.parametrize("typed", [b"", b"\n# nobody\n", b"[]"])
def test_where_nobody_comes_in_nothing_is_done(run: Run, book: Path, typed: bytes) -> None:
    before = tree(book)

    assert run("add", "-", stdin=typed) == Outcome(
        0, "", "nobody came in on stdin: nothing to add\n"
    )
    assert tree(book) == before


def test_a_dry_run_gives_the_ids_and_adds_nobody(run: Run, book: Path) -> None:
    before = tree(book)

    assert run("add", "-", "-n", stdin=b"Ada\n") == Outcome(
        0, "ada  Ada\n", "dry run: nothing was changed\n"
    )
    assert tree(book) == before


def test_nobody_shares_an_address_with_everybody(run: Run, book: Path) -> None:
    assert run("add", "-", "--email", "a@example.com", stdin=b"Ada\nEve\n").code == 2


def test_the_ids_are_for_the_next_command_in_the_pipe(program: Program, book: Path) -> None:
    pipe = f"| {PROGRAM} set-status Engage -"
    done = program("add", "-", cwd=book, stdin=b"Ada\nEve\n", shell=pipe)

    assert done.out == "2 contacts changed. Undo: leadctl undo OP\n"
