from __future__ import annotations

from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.messages.letters import Draft, Letter, as_typed, draft_data, draft_text, read_letter


def draft(name: str = "Ada Lovelace", to: str = "ada@example.com", subject: str = "Hi") -> Draft:
    return Draft("ada", name, to, "hello", Letter.of(subject, "Dear Ada,\n\nhello"))


def test_a_draft_has_its_headers_an_empty_line_and_the_text() -> None:
    assert draft_text(draft()) == (
        "To: Ada Lovelace <ada@example.com>\nSubject: Hi\n\nDear Ada,\n\nhello"
    )


def test_headers_that_there_are_not_leave_no_trace() -> None:
    assert draft_text(draft(to="", subject="")) == "Dear Ada,\n\nhello"
    assert draft_text(draft(name="", subject="")).startswith("To: ada@example.com\n\n")


@pytest.mark.parametrize("name", ["Lovelace, Ada", 'Ada "first" Lovelace', "Ada (R&D) \\ Co."])
def test_a_mail_program_reads_the_name_as_it_is(name: str) -> None:
    first, *_ = draft_text(draft(name)).split("\n")

    assert parseaddr(first.removeprefix("To: ")) == (name, "ada@example.com")


@given(st.text(), st.text())
def test_neither_name_nor_subject_can_add_a_line(name: str, subject: str) -> None:
    text = draft_text(draft(name, subject=f"x{subject}"))

    assert [line.partition(":")[0] for line in text.split("\n")[:3]] == ["To", "Subject", ""]


def test_for_programs_what_there_is_not_is_none() -> None:
    data = draft_data(draft(to="", subject=""))

    assert (data["to"], data["subject"], data["text"]) == (None, None, "Dear Ada,\n\nhello\n")


@given(st.text(), st.text())
def test_a_letter_that_nobody_edits_stays_what_it_is(subject: str, text: str) -> None:
    made = Letter.of(subject, text)

    assert read_letter(as_typed(made)) == made


def test_what_is_typed_without_a_subject_is_the_text() -> None:
    assert read_letter("Dear Ada,\nsubject: none\n") == Letter("", "Dear Ada,\nsubject: none\n")


def test_a_text_right_behind_the_subject_is_not_lost() -> None:
    assert read_letter("Subject: Hi\nDear Ada") == Letter("Hi", "Dear Ada\n")
