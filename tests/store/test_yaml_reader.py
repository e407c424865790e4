"""YAML texts as records and trees: what is read, what is refused, where and with what hint."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.located import Mapping, Scalar, Sequence
from leadctl.problems import Problem, Where
from leadctl.records import Value
from leadctl.store.yaml_reader import read_record, read_records, read_tree


def values_of(text: str) -> list[dict[str, Value]]:
    records, problems = read_records(text, "contacts.yaml")
    assert problems == []
    return [dict(record.values) for record in records]


def only_problem(text: str) -> Problem:
    _, problems = read_records(text, "contacts.yaml")
    assert len(problems) == 1
    return problems[0]


def told(text: str) -> tuple[int, int, str, str]:
    problem = only_problem(text)
    return problem.where.line, problem.where.column, problem.message, problem.hint


# What is read


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


# What is refused


def test_a_problem_shows_its_line_and_keeps_the_file_from_being_written() -> None:
    problem = only_problem("- name: Ada\n  note: call: back\n")

    assert problem.where == Where("contacts.yaml", 2, 13)
    assert problem.excerpt == "  note: call: back"
    assert problem.check == "files"
    assert problem.blocks_writing
    assert not problem.is_warning


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- a: 1\n  b: 2\n  a: 3\n",
            (3, 3, '"a" stands twice in this record, in lines 1 and 3', "keep one of them"),
        ),
        ("- a:\n\t- x\n", (2, 1, "tab used for indentation", "use spaces")),
        ("- a: x\n  \tb: 1\n", (2, 3, "tab used for indentation", "use spaces")),
        (
            '- a: "x\n  b: y\n',
            (1, 6, 'this quote " is not closed', 'add the closing "'),
        ),
        (
            "- note: call: back\n",
            (
                1,
                13,
                "a second colon in an unquoted value",
                'put the value in quotes: note: "call: back"',
            ),
        ),
        (
            "- handle: @joe\n",
            (
                1,
                11,
                'a value cannot start with "@" unless quoted',
                'put the value in quotes: "@joe"',
            ),
        ),
        (
            "- rate: %5\n",
            (
                1,
                9,
                'a value cannot start with "%" unless quoted',
                'put the value in quotes: "%5"',
            ),
        ),
        (
            "- code: `x`\n",
            (
                1,
                9,
                'a value cannot start with "`" unless quoted',
                'put the value in quotes: "`x`"',
            ),
        ),
        (
            "- name: *joe smith\n",
            (
                1,
                9,
                'aliases such as "*joe" are not used here',
                'if it is text, put it in quotes: "*joe smith"',
            ),
        ),
        (
            "- name: &joe Smith\n",
            (
                1,
                9,
                'anchors such as "&joe" are not used here',
                'if it is text, put it in quotes: "&joe Smith"',
            ),
        ),
        (
            "- name: A\n  <<: x\n",
            (2, 3, 'merge keys, "<<", are not used here', "write out the fields"),
        ),
        (
            "- a: [x, y\n  b: z\n",
            (1, 6, "this [ is not closed", "add the closing ]"),
        ),
        (
            "- a: x\n---\n- b: y\n",
            (2, 1, "a second document starts here", "remove the line ---"),
        ),
        (
            "%YAML 3.0\n---\n- a: b\n",
            (1, 1, "this version of YAML is not known", "remove the %YAML line"),
        ),
        (
            '- b: \ue000\n  a: "\\ud83d\\ude00"',
            (2, 7, r'"\ud83d\ude00" is one character in two halves', "write 😀"),
        ),
        (r'- a: "x\ud83d"', (1, 8, r'"\ud83d" is half a character', "remove it")),
        ("- a: x\ud83d\n", (1, 7, "half a character, U+D83D", "remove it")),
        (
            r'- a: "\q"',
            (
                1,
                7,
                r'"\q" has no meaning in double quotes',
                r"write \\ for a backslash, or put the text in single quotes",
            ),
        ),
        (
            "name: Ada\n",
            (
                1,
                1,
                "expected a list of records",
                'start each record with "- ", as in "- name: Ada"',
            ),
        ),
        (
            "- Ada\n",
            (1, 3, "expected a mapping of fields", "write one `field: value` a line"),
        ),
        (
            "- a: {b: c}\n",
            (1, 6, 'the value of "a" is a mapping', "a field holds a text or a list of texts"),
        ),
        (
            "- name: Ada\n  title\n  note: x\n",
            (
                2,
                3,
                "a line without a colon among the fields",
                "write `field: value`; to go on with the value above, indent it deeper",
            ),
        ),
        (
            "- name: Ada\n   title: x\n",
            (
                2,
                9,
                "this field is indented deeper than the one above",
                "indent it like the fields above; if it is part of the value above, "
                "use quotes there",
            ),
        ),
        (
            '- name: "Ada" Lovelace\n',
            (
                1,
                15,
                "text after the closing quote",
                "put the whole value in quotes, and double a quote that belongs to it",
            ),
        ),
    ],
)
def test_a_mistake_is_told_with_place_and_hint(
    text: str, expected: tuple[int, int, str, str]
) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "- a: !!python/object/apply:os.system [x]\n",
        "- a: !foo bar\n",
        "- a: !!int nope\n",
        "- a: !!timestamp nope\n",
        "- !x {a: b}\n",
        "- a: [!x b]\n",
    ],
)
def test_tags_are_refused_and_nothing_is_made_of_them(text: str) -> None:
    assert "tags" in only_problem(text).message


@pytest.mark.parametrize("text", ["- a: &a [*a]\n", "- a: *nowhere\n", "- *a : b\n", "- [&a x]\n"])
def test_references_are_refused(text: str) -> None:
    records, problems = read_records(text, "contacts.yaml")

    assert records == []
    assert problems


@pytest.mark.parametrize("text", ["- ? [a]\n  : b\n", "- {[a]: b}\n", "- ? {a: b}\n  : c\n"])
def test_lists_and_mappings_as_field_names_are_refused(text: str) -> None:
    assert only_problem(text).message == "a list or mapping as a field name"


def test_the_yaml_line_of_a_known_version_is_a_warning() -> None:
    records, problems = read_records("%YAML 1.1\n---\n- on: NO\n", "contacts.yaml")

    assert [dict(record.values) for record in records] == [{"on": "NO"}]
    assert [problem.is_warning for problem in problems] == [True]
    assert not problems[0].blocks_writing


@pytest.mark.parametrize(
    ("text", "column"), [("- a: x\0y\n", 7), ("- ä😀: \x1b\n", 7), ("- a: b\ufffe\n", 7)]
)
def test_a_control_character_is_located(text: str, column: int) -> None:
    problem = only_problem("- name: Ada\n" + text)

    assert (problem.where.line, problem.where.column) == (2, column)
    assert "control character" in problem.message


def test_a_merge_conflict_is_told_with_its_lines() -> None:
    text = dedent("""\
        - id: a
        <<<<<<< HEAD
        - id: b
        =======
        - id: c
        >>>>>>> theirs
        - id: d
    """)
    records, problems = read_records(text, "contacts.yaml")

    assert [problem.message for problem in problems] == ["unresolved merge conflict, lines 2–6"]
    assert problems[0].where.line == 2
    assert [record.values["id"] for record in records] == ["a", "d"]


def test_a_record_with_a_conflict_inside_is_left_out_and_the_others_are_read() -> None:
    text = "- id: a\n<<<<<<< x\n  n: 1\n=======\n  n: 2\n>>>>>>> y\n  z: 3\n- id: b\n"
    records, problems = read_records(text, "contacts.yaml")

    assert [record.values["id"] for record in records] == ["b"]
    assert [problem.message for problem in problems] == ["unresolved merge conflict, lines 2–6"]


def test_trees_are_checked_for_conflicts_too() -> None:
    tree, problems = read_tree("<<<<<<< x\na: b\n=======\na: c\n>>>>>>> y\n", "stages.yaml")

    assert tree is None
    assert "lines 1–5" in problems[0].message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", '"a" stands twice, in lines 1 and 2'),
        ("a: &x y\n", 'anchors such as "&x" are not used here'),
        ("a: *x\n", 'aliases such as "*x" are not used here'),
        ("a: !x y\n", "YAML tags, words that start with !, are not used here"),
        ("<<: y\n", 'merge keys, "<<", are not used here'),
        ("? [a]\n: b\n", "a list, mapping or alias as a field name"),
        ("a: b\n---\nc: d\n", "a second document starts here"),
        ("a: b: c\n", "a second colon in an unquoted value"),
        ("[" * 9 + "]" * 9, "nested deeper than 8"),
    ],
)
def test_a_tree_with_something_refused_is_none(text: str, message: str) -> None:
    tree, problems = read_tree(text, "stages.yaml")

    assert tree is None
    assert [problem.message for problem in problems] == [message]


def test_all_mistakes_of_a_tree_are_told_at_once() -> None:
    _, problems = read_tree("a: 1\na: 2\nb: &x y\nc: !z z\n", "stages.yaml")

    assert [problem.where.line for problem in problems] == [2, 3, 4]


def test_eight_levels_are_not_too_deep() -> None:
    tree, problems = read_tree("[" * 8 + "x" + "]" * 8, "stages.yaml")

    assert problems == []
    assert isinstance(tree, Sequence)


def test_a_long_field_name_is_refused() -> None:
    for text in (f"- a: b\n  {'k' * 1100}: v\n", f"- ? {'k' * 1100}\n  : v\n"):
        assert "longer than 1,024" in only_problem(text).message


def test_a_value_of_more_than_a_million_characters_is_refused() -> None:
    for value in ("x" * 1_000_001, f"[{'x' * 1_000_001}]"):
        records, problems = read_records(f"- a: {value}\n- a: y\n", "contacts.yaml")

        assert [dict(record.values) for record in records] == [{"a": "y"}]
        assert "1,000,001 characters" in problems[0].message
        assert len(problems[0].excerpt) <= 200


# One bad record hides nothing


def test_good_records_around_bad_shapes_are_read() -> None:
    text = "- a: 1\n- x\n- a: {b: c}\n- a: [[d]]\n- [e]\n- a: 2\n"
    records, problems = read_records(text, "contacts.yaml")

    assert [record.values["a"] for record in records] == ["1", "2"]
    assert [problem.where.line for problem in problems] == [2, 3, 4, 5]
    assert all(problem.blocks_writing for problem in problems)


def test_all_broken_records_are_told_and_all_good_ones_read() -> None:
    text = dedent("""\
        # contacts
        - name: Ada
          note: "never closed
        - name: Bob
        - name: @carl
        - name: Dora
          tags:
          - x
        - name: Eve
            title: deep
        - name: Fay
    """)
    records, problems = read_records(text, "contacts.yaml")

    assert [record.values["name"] for record in records] == ["Bob", "Dora", "Fay"]
    assert [(problem.where.line, problem.where.column) for problem in problems] == [
        (3, 9),
        (5, 9),
        (10, 10),
    ]
    assert [record.where.line for record in records] == [4, 6, 11]
    assert records[1].places["tags"] == (8, 3)


def test_records_of_an_indented_list_are_read_around_a_broken_one() -> None:
    text = "  - a: 1\n    t:\n      - x\n  - a: %\n  - a: 3\n"
    records, problems = read_records(text, "contacts.yaml")

    assert [dict(record.values) for record in records] == [{"a": "1", "t": ("x",)}, {"a": "3"}]
    assert [problem.where.line for problem in problems] == [4]


def test_no_more_than_fifty_problems_of_a_broken_file_are_told() -> None:
    records, problems = read_records("- a: %\n- a: ok\n" * 60, "contacts.yaml")

    assert len(problems) == 50
    assert len(records) == 60


def test_a_quote_that_swallows_a_record_is_not_closed() -> None:
    text = '- note: "hello\n- name: Bob\n  note: bye"\n- name: Cid\n'
    records, problems = read_records(text, "contacts.yaml")

    assert [record.values.get("name") for record in records] == ["Bob", "Cid"]
    assert (problems[0].where.line, problems[0].where.column) == (1, 9)
    assert 'quote " is not closed' in problems[0].message


def test_a_quote_closed_by_that_of_the_next_field_is_told_where_it_opened() -> None:
    text = '- name: "Ada\n  title: "Boss"\n- name: Bob\n'

    assert told(text)[:2] == (1, 9)


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


# Hostile files


MERGE_BOMB = "- &a {x: y}\n" + "".join(
    f"- &{chr(98 + n)} {{<<: [{', '.join(['*' + chr(97 + n)] * 9)}]}}\n" for n in range(8)
)
ALIAS_BOMB = '- &a ["lol"]\n' + "".join(
    f"- &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)
HOSTILE = {
    "brackets": "[" * 100_000,
    "braces": "{a: " * 5_000,
    "dashes": "- " * 3_000,
    "blocks": "".join(f"{' ' * depth}a:\n" for depth in range(1_000)),
    "brackets in a record": "- a: " + "[" * 100_000,
    "merge bomb": MERGE_BOMB,
    "alias bomb": ALIAS_BOMB,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once(name: str) -> None:
    text = HOSTILE[name]
    start = time.process_time()
    results = [read(text, "x.yaml")[1] for read in (read_tree, read_records, read_record)]
    spent = time.process_time() - start

    assert all(problems for problems in results)
    # 50 ms each on a quiet machine; the machines of tests are not.
    assert spent < 1


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
