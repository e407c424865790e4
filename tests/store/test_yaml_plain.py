"""Plain records are read without a parser, and say the same."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadctl.records import Record, Value
from leadctl.store import yaml_editor
from leadctl.store.yaml_plain import plain_edit, plain_record, plain_records
from leadctl.store.yaml_reader import find_record, find_records
from leadctl.store.yaml_source import Source

PLAIN = """\
# People

- id: ada
  name: Ada Lovelace
  phone: +44 20 7946 0001
  site: https://ada.example:8080/x
  tags: [buyer, first time]
  created: 2026-01-02T12:30

- id: bo
  name: Bo Núñez
"""
#: Bits that mean something in YAML, put together in every order.
BITS = st.sampled_from(
    (
        *("- ", "\n- ", "\n  ", "\n", "  ", " ", ": ", ":", "id", "name", "id: ada", "bo", "x"),
        *("[", "]", "[a, b]", ", ", "#", " # y", "'", '"', "&a ", "*a", "!!str ", "|", ">"),
        *("? ", "{a: b}", "%", "---", "...", "\t", "\r\n", "\x85", "\ufeff", "\xa0", "😀", "@"),
        *("\n  name: Ada", "\n  tags: [a, b c]", "\n- id: cy", "<<", "<<<<<<< a", "+1", "12:30"),
        *("~", "=", "Ü"),
    )
)
TEXTS = st.lists(BITS, max_size=14).map("".join)


def told(records: Sequence[Record]) -> object:
    return [(list(each.values.items()), each.where, dict(each.places)) for each in records]


@given(TEXTS, st.booleans())
@example("id: a\n  name: b\n    c: d", True)
@example("a: b\n  c: d\n- e: f", True)
@example("a: b: c", True)
@example("a: b \n  c: d", True)
@example("a: [b, c ]\n  d: [e,f]", True)
@example("a: b\n\n  c: d", True)
@example("a: b\n  a: c", True)
@settings(max_examples=1500)
def test_a_list_that_is_read_without_a_parser_says_the_same(text: str, is_list: bool) -> None:
    whole = f"- id: first\n- {text}\n" if is_list else text
    found = plain_records(whole, "x")
    if found is not None:
        source = Source(whole, "x")
        parsed = find_records(source).records

        assert source.problems == []
        assert told(found) == told(parsed)


@given(TEXTS)
@example("id: ada\nname: Ada: b")
@example("id: ada\n\nname: Ada")
@settings(max_examples=1000)
def test_a_file_that_is_read_without_a_parser_says_the_same(text: str) -> None:
    whole = f"id: ada\n{text}\n"
    found = plain_record(whole, "x")
    if found is not None:
        source = Source(whole, "x")
        parsed = find_record(source).records

        assert source.problems == []
        assert told([found]) == told(parsed)


NEW = st.sampled_from(
    ("Bo", "Bo Núñez", "no", "12", "a: b", "x #y", " x", "", ("a", "b"), "2026-01-02")
)
LINES = st.lists(
    st.sampled_from(
        (
            "name: Ada",
            "name: Bo",
            "note: a name: Ada",
            "tags: [a, b]",
            "site: http://x",
            "k: 'q'",
            "",
        )
    ),
    max_size=4,
).map(lambda lines: "".join(f"  {line}\n" if line else "\n" for line in lines))


@given(
    st.lists(LINES, min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(("name", "note", "tags", "k")), NEW, min_size=1, max_size=2),
)
@settings(max_examples=1000)
def test_an_edit_without_a_parser_writes_the_same(
    records: list[str], fields: dict[str, Value]
) -> None:
    text = "".join(f"- id: c{number}\n{lines}" for number, lines in enumerate(records))
    edits = {"c0": fields}
    plainly = plain_edit(text, edits)
    if plainly is not None:
        assert plainly == yaml_editor._edited(text, edits, ())  # the long way


def test_a_usual_edit_needs_no_parser() -> None:
    edited = plain_edit(PLAIN, {"bo": {"name": "Bo Stone"}, "ada": {"created": "2026-01-03"}})

    assert edited is not None
    assert edited == PLAIN.replace("Bo Núñez", "Bo Stone").replace("01-02T12:30", "01-03")


def test_nobody_is_edited_twice_or_in_vain() -> None:
    assert plain_edit("- id: a\n  k: v\n- id: a\n  k: v\n", {"a": {"k": "w"}}) is None
    assert plain_edit(PLAIN, {"cy": {"name": "Cy"}}) is None


def test_what_is_usual_needs_no_parser() -> None:
    found = plain_records(PLAIN, "contacts.yaml")

    assert found is not None
    assert [record.values["name"] for record in found] == ["Ada Lovelace", "Bo Núñez"]
    assert found[0].values["tags"] == ("buyer", "first time")
    assert str(found[1].at("name")) == "contacts.yaml:11:9"


def test_what_is_not_usual_is_parsed_by_itself() -> None:
    quoted = PLAIN + '- id: cy\n  name: "Cy: the third"\n- id: di\n  name: Di\n'
    found = plain_records(quoted, "contacts.yaml")

    assert found is not None
    assert [record.values["name"] for record in found[2:]] == ["Cy: the third", "Di"]
    assert str(found[3].at("name")) == "contacts.yaml:15:9"
