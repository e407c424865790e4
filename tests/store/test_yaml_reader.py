"""YAML texts as records and trees: what is read, with its places, and that PyYAML agrees."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.located import Mapping, Scalar, Sequence
from leadctl.problems import Where
from leadctl.records import Value
from leadctl.store.yaml_reader import read_record, read_records, read_tree


def values_of(text: str) -> list[dict[str, Value]]:
    records, problems = read_records(text, "contacts.yaml")
    assert problems == []
    return [dict(record.values) for record in records]


def test_every_scalar_is_the_text_as_written() -> None:
    text = "- phone: +44123456\n  zip: 0123\n  country: NO\n  at: 12:30\n  on: 1e3\n  1: ~\n"

    assert values_of(text) == [
        {
            "phone": "+44123456",
            "zip": "0123",
            "country": "NO",
            "at": "12:30",
            "on": "1e3",
            "1": "~",
        }
    ]


def test_an_integer_of_five_thousand_digits_is_a_text() -> None:
    assert values_of(f"- n: {'9' * 5000}\n") == [{"n": "9" * 5000}]


def test_lists_of_texts_become_tuples_in_any_style() -> None:
    text = "- a: [x, 'y, z']\n  b:\n  - 1\n  - 2\n  c:\n    - q\n  d: []\n"

    assert values_of(text) == [{"a": ("x", "y, z"), "b": ("1", "2"), "c": ("q",), "d": ()}]


def test_an_empty_value_is_the_empty_text() -> None:
    assert values_of("- a:\n  b: ''\n  c: # nothing yet\n") == [{"a": "", "b": "", "c": ""}]


def test_block_texts_keep_their_lines() -> None:
    text = "- a: |\n    x\n      y\n\n  b: >-\n    p\n    q\n"

    assert values_of(text) == [{"a": "x\n  y\n", "b": "p q"}]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "[]", "---\n", "---\n...\n"])
def test_a_text_without_records_is_no_problem(text: str) -> None:
    assert read_records(text, "contacts.yaml") == ([], [])


def test_flow_style_is_read_too() -> None:
    assert values_of("[{id: a, tags: [x]}, {id: b}]") == [{"id": "a", "tags": ("x",)}, {"id": "b"}]


def test_tabs_that_do_not_indent_are_accepted() -> None:
    assert values_of("- a:\tx\t\n  b: y\t# comment\n") == [{"a": "x", "b": "y"}]


def test_places_are_lines_and_columns_from_one() -> None:
    text = "# contacts\n-   name: Zoë 😀\n    tags: [a]\n    note: x\n\n- name: B\n"
    records, _ = read_records(text, "contacts.yaml")

    assert records[0].where == Where("contacts.yaml", 2, 5)
    assert records[0].places == {"name": (2, 11), "tags": (3, 11), "note": (4, 11)}
    assert records[1].where == Where("contacts.yaml", 6, 3)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_places_do_not_depend_on_the_line_ends(end: str) -> None:
    text = end.join(["- name: A", "  note: x", "- name: B", ""])
    records, _ = read_records(text, "contacts.yaml")

    assert [record.where.line for record in records] == [1, 3]


def test_a_line_separator_inside_quotes_is_no_line_of_the_file() -> None:
    records, _ = read_records('- note: "a\u2028b"\n  name: B\n- name: C\n', "contacts.yaml")

    assert records[0].values["note"] == "a\u2028b"
    assert records[0].places["name"] == (2, 9)
    assert records[1].where.line == 3


def test_escapes_in_double_quotes_are_read() -> None:
    assert values_of(r'- a: "\0\e[31m\u202e\u2028"') == [{"a": "\0\x1b[31m\u202e\u2028"}]


def test_a_character_that_json_writes_in_two_halves_is_one() -> None:
    text = r"""- a: "x\ud83d\uDE00 \ud83d\ude01"
  b: \ud83d\ude00
  c: "\\ud83d\\ude00"
  d: '\uD83D\ude00'
"""

    assert values_of(text) == [
        {"a": "x😀 😁", "b": r"\ud83d\ude00", "c": r"\ud83d\ude00", "d": r"\uD83D\ude00"}
    ]


def test_one_mapping_is_one_record() -> None:
    record, problems = read_record("# Ada\nname: Ada\nemail: [a, b]\n", "contacts/ada.yaml")

    assert problems == []
    assert record is not None
    assert dict(record.values) == {"name": "Ada", "email": ("a", "b")}
    assert record.where == Where("contacts/ada.yaml", 2, 1)


def test_an_empty_file_is_no_record() -> None:
    assert read_record("# nothing\n", "x.yaml") == (None, [])


def test_a_list_is_no_single_record() -> None:
    record, problems = read_record("- name: Ada\n", "x.yaml")

    assert record is None
    assert [problem.message for problem in problems] == ["expected a mapping of fields"]


def test_a_tree_knows_every_place() -> None:
    tree, problems = read_tree("stages:\n  - name: Open\n    days: 3\n", "stages.yaml")

    assert problems == []
    assert isinstance(tree, Mapping)
    stages = tree.get("stages")
    assert isinstance(stages, Sequence)
    assert isinstance(stages.items[0], Mapping)
    assert stages.items[0].get("days") == Scalar("3", Where("stages.yaml", 3, 11))


def test_an_empty_tree_is_none() -> None:
    assert read_tree("# nothing\n---\n", "stages.yaml") == (None, [])


def test_quoted_texts_over_several_lines_are_read() -> None:
    text = '- note: "one\n    two: three\n\n    four"\n'

    assert values_of(text) == [{"note": "one two: three\nfour"}]


def test_without_the_parser_in_c_the_one_in_python_does_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = '- a: 1\n  b: [x, "y"]\n- a: "x" y\n- a: {b: c}\n- a: @z\n- a: |\n    x\n'
    expected = read_records(text, "x.yaml")
    monkeypatch.setattr("leadctl.store.yaml_source._LOADER", yaml.Loader)

    assert read_records(text, "x.yaml") == expected


# Laws


LINES = [
    *("- id: a", "- name: 'it''s'  # c", '- "x": "a\\tb"', "-   k: v", "- {a: b, c: [d, e]}", "-"),
    *("  name: Zoë 😀", "  on: NO", "  n: 0123", "  note: |", "  note: >-", "  note: |+", "  t:"),
    *("    text # no comment", "    - item", "  - item", "    more", "", "# comment", "  # c"),
    *("  q: 'two", "    lines'", '  d: "two', "    lines\\", '    more"', "  f: [a, # c", "    b]"),
    *("  e:", "  ? x", "  : y", "  z: ~", "---", "...", "  u: a: b", "\tx: y", "  k: http://a:b"),
]


@given(st.lists(st.sampled_from(LINES), max_size=9), st.sampled_from(["\n", "\r\n"]), st.booleans())
@settings(max_examples=400, deadline=None)
def test_what_is_read_is_what_pyyaml_reads(lines: list[str], end: str, closed: bool) -> None:
    text = end.join(lines) + (end if closed else "")
    records, problems = read_records(text, "x.yaml")
    try:
        expected = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError:
        return
    if problems:
        return

    assert [_plain(record.values) for record in records] == (expected or [])


def _plain(values: object) -> object:
    assert isinstance(values, dict)
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


@given(st.text(st.sampled_from("-:#|>'\"[]{},&*!%@`?\n\r\t ab\\\0\x85\u2028é😀<"), max_size=30))
@settings(max_examples=300, deadline=None)
def test_nothing_that_can_be_typed_makes_a_reader_fail(text: str) -> None:
    for read in (read_tree, read_records, read_record):
        result, problems = read(text, "x.yaml")

        for problem in problems:
            assert 1 <= problem.where.line <= text.count("\n") + text.count("\r") + 2
            assert problem.where.column >= 1
            assert "expected <" not in problem.message
        assert result is None or isinstance(result, list) or result


@given(st.lists(st.sampled_from(["- a: 1\n", "- a: %\n", "- a: {b: c}\n", '- a: "\n']), max_size=8))
@settings(max_examples=100, deadline=None)
def test_each_record_stands_or_falls_by_itself(parts: list[str]) -> None:
    records, problems = read_records("".join(parts), "x.yaml")

    assert [record.where.line for record in records] == [
        number for number, part in enumerate(parts, 1) if part == "- a: 1\n"
    ]
    assert {problem.where.line for problem in problems} == {
        number for number, part in enumerate(parts, 1) if part != "- a: 1\n"
    }
