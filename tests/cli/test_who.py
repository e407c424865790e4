"""Whom a word names: id, e-mail, phone, begin of an id, words of a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import NewBook, Outcome, Run

CONTACTS = """\
- {id: ana, name: Ana Popović, status: New, email: ana@example.com, phone: +1 604 555 0101}
- {id: ana-maria-silva, name: Ana María Silva, status: New, phone: [6045550102, 0049 30 5550103]}
- {id: bela-bartok, name: Béla Bartók, status: New, email: [BELA@example.com, b@example.net]}
- {id: berta, name: Berta Strauß, status: New}
- {id: contact, name: 王小明, status: New}
- {id: firm, name: "O'Neil & Sons", status: New, email: b@example.net}
"""


@pytest.fixture(autouse=True)
def book(new_book: NewBook) -> Path:
    return new_book(CONTACTS)


def who(outcome: Outcome) -> str:
    assert outcome.err == ""
    return str(json.loads(outcome.out)["id"])


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ana", "ana"),
        ("ana-", "ana-maria-silva"),
        ("ANA-M", "ana-maria-silva"),
        ("bel", "bela-bartok"),
        ("Ana@Example.com", "ana"),
        ("bela@example.com", "bela-bartok"),
        ("+16045550101", "ana"),
        ("+1 (604) 555-0101", "ana"),
        ("604.555.0102", "ana-maria-silva"),
        ("+49305550103", "ana-maria-silva"),
        ("maria", "ana-maria-silva"),
        ("silva ana", "ana-maria-silva"),
        ("Bartok", "bela-bartok"),
        ("BARTÓK béla", "bela-bartok"),
        ("strauss", "berta"),
        ("王小明", "contact"),
        ("小明", "contact"),
        ("neil", "firm"),
    ],
)
def test_a_word_names_one_contact(run: Run, word: str, meant: str) -> None:
    assert who(run("show", word, "--json")) == meant


@pytest.mark.parametrize(
    ("word", "candidates"),
    [
        ("be", "bela-bartok (Béla Bartók), berta (Berta Strauß)"),
        ("b@example.net", "bela-bartok (Béla Bartók), firm (O'Neil & Sons)"),
    ],
)
def test_a_word_for_several_lists_them(run: Run, word: str, candidates: str) -> None:
    assert run("show", word) == Outcome(
        2, "", f'leadctl: error: "{word}" may be several contacts\nhint: {candidates}\n'
    )


def test_no_more_than_ten_candidates_are_listed(run: Run) -> None:
    for number in range(12):
        run("add", f"Smith {number}")
    done = run("touch", "smith")

    assert (done.code, done.out) == (2, "")
    assert done.err.count("(Smith ") == 10
    assert done.err.endswith(", …\n")


@pytest.mark.parametrize("word", ["zoroaster", "0", "ana@example", "604555010", "", "%", "a_a"])
def test_a_word_for_nobody_is_the_answer_no(run: Run, word: str) -> None:
    done = run("show", word)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f'leadctl: error: no contact "{word}"\nhint: ')


def test_a_slip_in_an_id_is_recognised(run: Run) -> None:
    assert run("show", "bela-batrok") == Outcome(
        1, "", 'leadctl: error: no contact "bela-batrok"\nhint: did you mean "bela-bartok"?\n'
    )


@pytest.mark.parametrize("word", ["ana", "ANA@example.com", " ana "])
def test_exactly_takes_ids_and_addresses(run: Run, word: str) -> None:
    assert run("show", word, "--exact").code == 0


@pytest.mark.parametrize("word", ["bel", "Bartok", "6045550102"])
def test_exactly_takes_no_guess(run: Run, word: str) -> None:
    done = run("touch", "--exact", word)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f'leadctl: error: no contact "{word}"')


def test_ids_from_stdin_are_no_guesses_either(run: Run) -> None:
    done = run("touch", "-", stdin=b"ana\nBartok\n")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith('leadctl: error: no contact "Bartok"')
    assert run("history").out == ""


def test_several_may_be_named_and_each_counts_once(run: Run) -> None:
    done = run("pin", "berta", "ana", "Strauß", "--json")

    assert [each["id"] for each in json.loads(done.out)["changed"]] == ["berta", "ana"]


def test_the_id_of_somebody_removed_is_not_the_begin_of_another_id(run: Run) -> None:
    run("add", "Bo Ek", "-q")
    run("add", "Bo Ek", "-q")
    run("remove", "bo-ek", "-q")
    removed = [run("remove", "bo-ek"), run("touch", "bo-ek")]

    assert [each.code for each in removed] == [1, 1]
    assert "leadctl history bo-ek" in removed[0].err
    assert run("list", "-f", "ids", "id:bo-ek-2").out == "bo-ek-2\n"


def test_forget_takes_who_was_removed_and_nobody_with_the_same_name(run: Run) -> None:
    run("add", "Bo Ek", "-q")
    run("add", "Bo Ek", "-q")
    run("remove", "bo-ek", "-q")
    forgotten = run("forget", "bo-ek", "--yes")

    assert "forgotten: bo-ek is" in forgotten.out
    assert run("list", "-f", "ids", "id:bo-ek-2").out == "bo-ek-2\n"


def test_an_id_without_its_number_is_not_that_of_a_namesake(run: Run, book: Path) -> None:
    (book / "contacts.yaml").write_text("- {id: ada-2, name: Ada Byron, status: New}\n")
    refused = run("touch", "ada")

    assert refused.code == 1
    assert 'did you mean "ada-2"?' in refused.err


def test_a_record_that_cannot_be_read_gives_its_id_to_nobody(run: Run, book: Path) -> None:
    run("touch", "ana")
    text = (book / "contacts.yaml").read_text()
    (book / "contacts.yaml").write_text(text.replace("{id: ana, name", "{id: ana, id: ana, name"))
    refused = run("touch", "ana")

    assert refused.code == 1
    assert "cannot be read" in refused.err
