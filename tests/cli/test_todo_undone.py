"""Follow-ups and undo: what comes back, byte for byte where nothing went; what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.planned import FORMS, follow_ups_file, ids, make_book, planned
from tests.commands import Run, call, surround


@pytest.fixture
def book(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = make_book(run, tmp_path / "book", "yaml")
    monkeypatch.chdir(root)
    return root


def last_op(run: Run) -> str:
    rows = json.loads(run("history", "--limit", "1", "--json").out)
    return str(rows[0]["op"])


def change(book: Path, old: str, new: str) -> None:
    """Somebody changes the file of follow-ups by hand."""
    path = follow_ups_file(book)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


COMMANDS = st.sampled_from(
    [
        ("todo", "add", "ada", "look # again", "--due", "+2d", "--repeat", "monthly"),
        ("todo", "add", "bo", "visit", "--due", "fri", "--time", "9:00"),
        ("todo", "done", "k7m2"),
        ("todo", "done", "p9rt"),
        ("todo", "done", "c40x", "w3dn"),
        ("todo", "done", "ada"),
        ("todo", "move", "p9rt", "+3d", "--time", "8:00"),
        ("todo", "move", "k7m2", "c40x", "today"),
        ("todo", "remove", "w3dn"),
        ("touch", "cleo", "ada", "--next", "+1d"),
        ("touch", "bo", "--status", "Engage", "--next", "+1d"),
    ]
)


def records(book: Path) -> list[str]:
    """The text of each follow-up, its comments and empty lines aside, sorted."""
    path = follow_ups_file(book)
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.suffix == ".csv":
        return sorted(lines)
    kept = "\n".join(line for line in lines if line and not line.startswith("#"))
    parts = re.split(r"(?m)^(?=- )", kept.replace('"15.00"', "15.00"))
    return sorted(part.strip() for part in parts)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=12, deadline=None)
@given(commands=st.lists(COMMANDS, min_size=1, max_size=6))
def test_undoing_all_in_reverse_gives_every_record_back(
    form: str, commands: list[tuple[str, ...]]
) -> None:
    with TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        surround(patch, Path(place))
        root = make_book(call, Path(place) / "book", form)
        contacts, start, before = contacts_of(root), records(root), planned_in(root)
        done = [words for words in commands if "leadctl undo " in call("--book", root, *words).out]
        for _ in done:
            assert call("--book", root, "undo").code == 0

        # What went comes back at the end, and a value that was written as 15.00 in quotes.
        assert records(root) == start
        assert planned_in(root) == before
        assert contacts_of(root) == contacts
        assert call("--book", root, "check").code == 0


def planned_in(root: Path) -> str:
    return call("--book", root, "todo", "list", "--json").out


def contacts_of(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("contacts*") if path.is_file()}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "words",
    [
        ("todo", "add", "ada", "call # 2", "--due", "fri"),
        ("todo", "move", "c40x", "fri"),
        ("todo", "done", "p9rt"),
        ("touch", "bo", "--next", "+1d"),
    ],
    ids=" ".join,
)
def test_the_file_is_the_same_to_the_byte_where_nothing_went(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, words: tuple[str, ...]
) -> None:
    root = make_book(run, tmp_path / "book", form)
    monkeypatch.chdir(root)
    before = follow_ups_file(root).read_bytes()
    assert run(*words).code == 0
    assert follow_ups_file(root).read_bytes() != before

    assert run("undo").code == 0

    assert follow_ups_file(root).read_bytes() == before


@pytest.mark.parametrize("word", ["done", "remove"])
def test_an_undo_can_be_undone(run: Run, book: Path, word: str) -> None:
    run("todo", word, "k7m2", "c40x")
    after = planned(run)
    run("undo")

    assert run("undo", last_op(run)).code == 0
    assert planned(run) == after
    assert run("undo").code == 0
    assert ids(run) == ["k7m2", "c40x", "w3dn", "p9rt"]


def test_a_touch_that_is_undone_takes_its_follow_up_along(run: Run, book: Path) -> None:
    run("touch", "ada", "--next", "+7d")
    assert run("undo").code == 0
    assert ids(run, "ada") == ["k7m2"]
    assert run("list", "ada", "--columns", "touches", "-f", "csv").out == "touches\n0\n"


ADD = ("add", "ada", "call", "--due", "fri")


@pytest.mark.parametrize(
    ("words", "edit", "complaint"),
    [
        (ADD, ("what: call", "what: write"), "what is"),
        (ADD, ("what: call", "what: call\n  room: 2"), "room is"),
        (("move", "k7m2", "fri"), ("due: 2026-11-27", "due: 2026-11-28"), 'due is "2026-11-28"'),
        (("done", "p9rt"), ("due: 2027-06-01", "due: 2027-06-02"), 'due is "2027-06-02"'),
        (("move", "k7m2", "fri"), ("id: k7m2", "id: k8m2"), "follow-up k7m2 is no longer in"),
    ],
)
def test_what_somebody_edited_meanwhile_is_not_undone(
    run: Run, book: Path, words: tuple[str, ...], edit: tuple[str, str], complaint: str
) -> None:
    assert run("todo", *words).code == 0
    change(book, *edit)
    before = follow_ups_file(book).read_bytes()

    refused = run("undo")

    assert refused.code == 4
    assert complaint in refused.err
    assert "it was changed by hand or by another program" in refused.err
    assert follow_ups_file(book).read_bytes() == before


def test_what_has_its_id_again_is_not_brought_back(run: Run, book: Path) -> None:
    run("todo", "done", "k7m2")
    path = follow_ups_file(book)
    path.write_text(path.read_text() + "- {id: k7m2, contact: bo-ek, due: 2026-12-24}\n")

    refused = run("undo")

    assert refused.code == 4
    assert "follow-up k7m2 is in the book already" in refused.err


def test_a_later_command_has_to_be_undone_first(run: Run, book: Path) -> None:
    run("todo", "move", "k7m2", "fri")
    first = last_op(run)
    run("todo", "done", "k7m2")

    refused = run("undo", first)

    assert refused.code == 4
    assert "hint: undo first what came later: leadctl undo OP\n" in refused.err
    assert run("undo", last_op(run)).code == 0
    assert run("undo", first).code == 0


def test_a_contact_is_not_undone_away_from_its_follow_ups(run: Run, book: Path) -> None:
    run("add", "Dora")
    path = follow_ups_file(book)
    path.write_text(path.read_text() + "- {id: z9z9, contact: dora, due: 2026-12-24}\n")

    refused = run("undo")

    assert refused.code == 4
    assert 'follow-up z9z9: contact is "dora"' in refused.err
    assert run("list", "dora", "-f", "ids").out == "dora\n"
    assert run("todo", "remove", "z9z9").code == 0
