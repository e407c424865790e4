"""Broken and hostile YAML: one bad record hides no other, and no file takes long."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest

from leadctl.store.yaml_reader import read_record, read_records, read_tree


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


def test_a_value_of_more_than_a_million_characters_is_refused() -> None:
    for value in ("x" * 1_000_001, f"[{'x' * 1_000_001}]"):
        records, problems = read_records(f"- a: {value}\n- a: y\n", "contacts.yaml")

        assert [dict(record.values) for record in records] == [{"a": "y"}]
        assert "1,000,001 characters" in problems[0].message
        assert len(problems[0].excerpt) <= 200


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
