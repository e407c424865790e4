"""`draft --edit`: what was typed is handed out, or kept."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

import pytest

from tests.cli.drafts import book_with_a_template
from tests.commands import NewBook, Outcome, Program


@pytest.fixture
def book(new_book: NewBook) -> Path:
    return book_with_a_template(new_book)


EDITS = {"EDITOR": "sed -i s/how/who/"}


def test_what_is_edited_is_printed(book: Path, program: Program) -> None:
    shown = program("draft", "ada", "hello", "--edit", cwd=book, env=EDITS)

    assert shown.code == 0
    assert shown.out.endswith("Hello Ada,\n\nwho are you?\n")


def test_an_edited_subject_goes_into_the_file(book: Path, program: Program) -> None:
    editor = {"VISUAL": "sed -i '1s/.*/Subject: Später/'", "EDITOR": "false"}
    program("draft", "ada", "hello", "--edit", "--out", "ada.eml", cwd=book, env=editor)
    mail = email.message_from_bytes((book / "ada.eml").read_bytes(), policy=email.policy.default)

    assert mail["Subject"] == "Später"


def kept_in(folder: Path) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in folder.glob("leadctl-*")]


@pytest.mark.parametrize(
    ("words", "shell"),
    [(("--out", "ada.eml"), ""), ((), ">/dev/full")],
    ids=["the file has come up meanwhile", "the output is full"],
)
def test_what_was_typed_is_kept_if_it_cannot_be_handed_out(
    book: Path, program: Program, tmp_path: Path, words: tuple[str, ...], shell: str
) -> None:
    editor = {"EDITOR": "sh -c 'sed -i s/how/who/ $0; touch ada.eml'", "TMPDIR": str(tmp_path)}
    failed = program("draft", "ada", "hello", "--edit", *words, cwd=book, env=editor, shell=shell)

    assert failed.code != 0
    assert f"what you have typed lies in {tmp_path}/leadctl-ada-" in failed.err
    assert ["who are you?" in text for text in kept_in(tmp_path)] == [True]


@pytest.mark.parametrize("editor", ["sh -c 'sed -i s/how/who/ $0; exit 3'"])
def test_an_editor_that_fails_keeps_what_was_typed(
    book: Path, program: Program, tmp_path: Path, editor: str
) -> None:
    env = {"EDITOR": editor, "TMPDIR": str(tmp_path)}
    failed = program("draft", "ada", "hello", "--edit", cwd=book, env=env)

    assert (failed.code, failed.out) == (1, "")
    assert "ended with 3" in failed.err
    assert len(kept_in(tmp_path)) == 1


@pytest.mark.parametrize("editor", ["true", "false", "sed -i d", "no-such-editor"])
def test_where_nothing_was_typed_no_file_is_left(
    book: Path, program: Program, tmp_path: Path, editor: str
) -> None:
    env = {"EDITOR": editor, "TMPDIR": str(tmp_path)}
    program("draft", "ada", "hello", "--edit", cwd=book, env=env)

    assert kept_in(tmp_path) == []


def test_without_an_editor_the_hint_says_how_to_name_one(book: Path, program: Program) -> None:
    refused = program("draft", "ada", "hello", "--edit", cwd=book, env={"EDITOR": " "})

    assert refused == Outcome(
        2,
        "",
        "leadctl: error: neither VISUAL nor EDITOR names an editor\nhint: export EDITOR=nano\n",
    )
