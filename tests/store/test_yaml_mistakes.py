"""Mistakes in YAML texts: told with place and hint, and nothing is made of what is refused."""

from __future__ import annotations

import pytest

from leadctl.located import Sequence
from leadctl.problems import Problem, Where
from leadctl.store.yaml_reader import read_records, read_tree


def only_problem(text: str) -> Problem:
    _, problems = read_records(text, "contacts.yaml")
    assert len(problems) == 1
    return problems[0]


def told(text: str) -> tuple[int, int, str, str]:
    problem = only_problem(text)
    return problem.where.line, problem.where.column, problem.message, problem.hint


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


def test_a_quote_closed_by_that_of_the_next_field_is_told_where_it_opened() -> None:
    text = '- name: "Ada\n  title: "Boss"\n- name: Bob\n'

    assert told(text)[:2] == (1, 9)
