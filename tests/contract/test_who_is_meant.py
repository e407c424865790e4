"""WHO: which words name a contact, for a person and for a pipe."""

from __future__ import annotations

import pytest

from tests.commands import NewBook, Outcome, Run

CONTACTS = """\
- {id: chloe-bergeron, name: Chloé Bergeron, status: New, email: Chloe@Example.org}
- {id: gunther-weiss, name: Günther Weiß, status: New, phone: +49 (30) 23125-114}
- {id: liam-obrien, name: Liam O'Brien, status: New, phone: 604.555.0172}
- {id: liam, name: Liam, status: New}
"""
MANY = "".join(f"- {{id: bo-{n:02}, name: Bo {n}, status: New}}\n" for n in range(1, 13))


@pytest.fixture(autouse=True)
def book(new_book: NewBook) -> None:
    new_book(CONTACTS + MANY)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("liam", "liam"),
        (" liam ", "liam"),
        ("chloe", "chloe-bergeron"),
        ("CHLOÉ", "chloe-bergeron"),
        ("Chloé Bergeron", "chloe-bergeron"),
        ("bergeron chloe", "chloe-bergeron"),
        ("CHLOE@EXAMPLE.ORG", "chloe-bergeron"),
        ("weiß", "gunther-weiss"),
        ("WEISS", "gunther-weiss"),
        ("Gunther", "gunther-weiss"),
        ("0049 30 23125114", "gunther-weiss"),
        ("+493023125114", "gunther-weiss"),
        ("(604) 555-0172", "liam-obrien"),
        ("tel:604-555-0172", "liam-obrien"),
        ("o'brien", "liam-obrien"),
        ("liam-o", "liam-obrien"),
    ],
)
def test_a_word_names_one_in_any_notation(run: Run, word: str, meant: str) -> None:
    assert f"({meant})" in run("show", word).out


def test_several_are_listed_up_to_ten_and_nothing_is_done(run: Run) -> None:
    done = run("set", "bo", "title=X")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith('leadctl: error: "bo" may be several contacts\nhint: bo-01 (Bo 1),')
    assert done.err.count("(Bo ") == 10
    assert done.err.endswith(", …\n")


@pytest.mark.parametrize("word", ["nobody", "", "@", "example.org", "604", "*"])
def test_nobody_is_the_answer_no(run: Run, word: str) -> None:
    done = run("show", word)

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f'leadctl: error: no contact "{word}"\nhint: ')


@pytest.mark.parametrize("word", ["liam", "chloe@EXAMPLE.org"])
def test_a_pipe_and_exactly_take_ids_and_addresses(run: Run, word: str) -> None:
    assert run("set", "-", "title=X", "-n", stdin=word.encode()).code == 0
    assert run("set", "--exact", word, "title=X", "-n").code == 0


@pytest.mark.parametrize("word", ["chloe", "Liam O'Brien", "604.555.0172", "LIAM"])
def test_a_pipe_and_exactly_take_no_guess(run: Run, word: str) -> None:
    assert run("set", "-", "title=X", "-n", stdin=word.encode()).code == 1
    assert run("set", "--exact", word, "title=X", "-n").code == 1


@pytest.mark.parametrize(
    "ids", [b"liam\r\n\r\n", b"\xef\xbb\xbfliam", b"liam\0", b" liam \nliam\n"]
)
def test_a_pipe_may_come_from_anywhere(run: Run, ids: bytes) -> None:
    done = run("set", "-", "title=X", "-q", stdin=ids)

    assert done == Outcome(0, "")
    assert run("list", "title:X", "-f", "ids").out == "liam\n"


@pytest.mark.parametrize("command", [("set", "-", "title=X"), ("set-status", "Engage", "-")])
def test_an_empty_pipe_is_nothing_to_do(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command) == Outcome(0, "nothing to change\n")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("liam", "Engage"), "Engage liam"),
        (("liam", "engage"), "Engage liam"),
        (("Chloé Bergeron", "Non Client"), "'Non Client' 'Chloé Bergeron'"),
        (("-", "Engage"), "Engage -"),
        (("liam", "chloe-bergeron", "Engage"), "Engage liam chloe-bergeron"),
        (("liam",), "STATUS liam"),
    ],
)
def test_a_status_that_does_not_come_first_is_put_there_by_the_hint(
    run: Run, words: tuple[str, ...], line: str
) -> None:
    told = f"leadctl: error: the status comes first\nhint: leadctl set-status {line}\n"

    assert run("set-status", *words) == Outcome(2, "", told)
