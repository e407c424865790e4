"""Every text as a scalar that all YAML libraries read as that text."""

from __future__ import annotations

import re
import warnings
from typing import Any

import pytest
import ruamel.yaml
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadctl.store.yaml_quoting import literal_mark, scalar
from leadctl.store.yaml_reader import read_record

NASTY = [
    *("+44123456", "0123", "NO", "no", "on", "y", "~", "null", "Null", "true", "1e3", "12:30"),
    *("0x1F", "1_000", "1,000", "1 000", "=", "<<", ".inf", "-.inf", ".nan", "0b1", "0o17", "08"),
    *("190:20:30.15", "._", "-5", "+1", "1.", ".5", "2024-02-30", "2024-1-2", "2026-11-22"),
    *("2024-01-02 3:04:05", "2026-11-22T25:00:00", "2026-11-22T09:30", "[x]", "{", "@joe", "%5"),
    *("!tag", "&a", "*a", "?", ":", ",", "-", "|", ">", "`", "#", "=1+1", "---", "...", "a:b"),
    *("http://x.org", "a?", "x{y", "", " ", "a # b", "a: b", "a:", "- x", '"q"', "it's", "? x"),
    *('it\'s "x"', "a\\b", "x ", " x", "... x", "--- x", "# x", "a #b", "Zoë", "\ue000"),
    *("a\nb", "a\n", "\n", "a\n\n", "\ta", "a\tb", "a\r\nb", "\u2028", "a\x85b", "\ufeffx", "\0"),
    *("\x1b[31m", "a\u202eb", "\xa0", "😀", "👩\u200d👧"),
]
texts = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text("aNo01:.-_+eExX ,#'\"\\\n\t[]{}&*!|>%@`?=<~", max_size=8),
)
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d([T ].*)?")


@pytest.mark.parametrize("text", ["Ada Lovelace", "604-555-1234", "ada@x.org", "it's", "C# dev"])
def test_harmless_texts_stay_plain(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize("text", ["2026-11-22", "2026-11-22T09:30:00", "2026-11-22 09:30:00"])
def test_iso_dates_stay_plain(text: str) -> None:
    assert scalar(text) == text


@pytest.mark.parametrize(
    "text",
    ["+44123456", "0123", "NO", "y", "~", "1e3", "12:30", "0x1F", "1_000", "=", "<<", ".inf"],
)
def test_what_some_library_would_not_read_as_text_gets_quotes(text: str) -> None:
    assert scalar(text) == f'"{text}"'


def test_a_date_that_does_not_exist_gets_quotes_because_some_libraries_refuse_the_file() -> None:
    assert scalar("2024-02-30") == '"2024-02-30"'


def test_single_quotes_are_used_where_double_ones_would_need_escapes() -> None:
    assert scalar('"Ada": hi') == "'\"Ada\": hi'"


def test_what_cannot_be_seen_is_written_as_an_escape() -> None:
    assert scalar("a\u202eb\x1b\u2028") == '"a\\u202Eb\\x1B\\u2028"'


def test_asked_for_quotes_are_used() -> None:
    assert scalar("it's", quote="'") == "'it''s'"
    assert scalar("Ada", quote='"') == '"Ada"'


def test_asked_for_single_quotes_give_way_to_escapes() -> None:
    assert scalar("a\nb", quote="'") == '"a\\nb"'


def test_between_brackets_more_needs_quotes() -> None:
    assert scalar("a, b") == "a, b"
    assert scalar("a, b", in_flow=True) == '"a, b"'


@pytest.mark.parametrize(
    ("text", "mark"),
    [("a\nb", "|-"), ("a\nb\n", "|"), ("a\n\nb", "|-"), ("a", ""), ("a\n\n", ""), (" a\nb", "")],
)
def test_lines_go_into_a_literal_block_that_can_hold_them(text: str, mark: str) -> None:
    assert literal_mark(text) == mark


@given(texts, st.booleans(), st.sampled_from(["", "'", '"']))
@settings(max_examples=300, deadline=None)
@example("a: b", False, "")
def test_every_text_comes_back_in_our_reader_and_in_pyyaml(
    text: str, in_flow: bool, quote: str
) -> None:
    said = scalar(text, in_flow=in_flow, quote=quote)
    document = f"{{k: {said}}}" if in_flow else f"k: {said}\n"
    record, problems = read_record(document, "x.yaml")

    assert not problems
    assert record is not None
    assert record.values["k"] == text
    assert yaml.load(document, Loader=yaml.BaseLoader) == {"k": text}
    if not ISO_DATE.fullmatch(said):
        assert yaml.safe_load(document) == {"k": text}


@given(texts, st.sampled_from(["k: {}\n", "- {}\n", "{{k: {}}}", "[a, {}]", "{}: v\n"]))
@settings(max_examples=200, deadline=None)
def test_every_text_comes_back_in_a_yaml_1_2_library(text: str, place: str) -> None:
    said = scalar(text, in_flow="[" in place or "{{" in place)
    if ISO_DATE.fullmatch(said):
        return
    document = place.format(said)

    assert text in _ruamel(document)


def _ruamel(document: str) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = ruamel.yaml.YAML(typ="safe", pure=True).load(document)
    return [*data.keys(), *data.values()] if isinstance(data, dict) else list(data)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_a_text_is_a_field_name_too(text: str) -> None:
    record, problems = read_record(f"{scalar(text)}: v\n", "x.yaml")

    # Odd blanks and marks in front are no part of a name.
    assert record is not None or text in ("", "<<") or not text[0].isprintable()
    assert record is None or dict(record.values) == {text: "v"}
    assert bool(problems) == (record is None)
