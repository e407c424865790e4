"""Changes to YAML texts: what is set comes back, and nothing else becomes different."""

from __future__ import annotations

import pytest

from leadctl.records import Value
from leadctl.store.yaml_editor import EditError, edit, edit_one

TWO = "one\ntwo"

# One field


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("- id: a\n  k: x\n", "v", "- id: a\n  k: v\n"),
        ("- id: a\n  k: x  # why\n", "v", "- id: a\n  k: v  # why\n"),
        ("- id: a\n  k: 'x'\n", "it's", "- id: a\n  k: 'it''s'\n"),
        ('- id: a\n  k: "x"\n', "+44", '- id: a\n  k: "+44"\n'),
        ("- id: a\n  k: x\n", "0123", '- id: a\n  k: "0123"\n'),
        ("- id: a\n  k:\n", "v", "- id: a\n  k: v\n"),
        ("- id: a\n  k: # todo\n", "v", "- id: a\n  k: v # todo\n"),
        ("- id: a\n  k:\n    x\n  m: z\n", "v", "- id: a\n  k:\n    v\n  m: z\n"),
        ("- id: a\n  k: x\n    x2\n  m: z\n", "v", "- id: a\n  k: v\n  m: z\n"),
        ("- {id: a, k: x, m: z}\n", "p, q", '- {id: a, k: "p, q", m: z}\n'),
        ("- {id: a, k: , m: z}\n", "v", "- {id: a, k: v , m: z}\n"),
        ("- {id: a, k, m: z}\n", "v", "- {id: a, k: v, m: z}\n"),
        ('[{"id":"a","k":"x"}]', 'v"', '[{"id":"a","k":"v\\""}]'),
        ("- id: a\n  k: |\n    x\n\n- id: b\n", "v", "- id: a\n  k: v\n\n- id: b\n"),
        ("- id: a\n  k: | # why\n    x\n  # c\n", "v", "- id: a\n  k: v # why\n  # c\n"),
        ("- id: a\n  k: x # c\n  m: z\n", TWO, "- id: a\n  k: |- # c\n    one\n    two\n  m: z\n"),
        (
            "- id: a\n  k: >\n    x\n\n    z\n\n# c\n",
            TWO,
            "- id: a\n  k: |-\n    one\n    two\n\n# c\n",
        ),
        ("- id: a\n  k: x\n    # deep\n", TWO, '- id: a\n  k: "one\\ntwo"\n    # deep\n'),
        ("- id: a\r\n  k: x\r\n", TWO, "- id: a\r\n  k: |-\r\n    one\r\n    two\r\n"),
        ("- id: a\n  k: x", TWO, "- id: a\n  k: |-\n    one\n    two"),
        ("- id: a\n  k: x", "one\ntwo\n", '- id: a\n  k: "one\\ntwo\\n"'),
        ("- id: a\n  k: [x]\n", "v", "- id: a\n  k: [v]\n"),
        ("-   id: a\n    k: Zoë 😀\n", "😀 z", "-   id: a\n    k: 😀 z\n"),
    ],
)
def test_setting_a_field_changes_its_value_alone(before: str, value: str, after: str) -> None:
    assert edit(before, {"a": {"k": value}}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- id: a\n- id: b\n", "- id: a\n  k: x\n- id: b\n"),
        ("- id: a # c\n\n- id: b\n", "- id: a # c\n  k: x\n\n- id: b\n"),
        ("  -   id: a\n", "  -   id: a\n      k: x\n"),
        ("-\n  id: a\n", "-\n  id: a\n  k: x\n"),
        ("- id: a", "- id: a\n  k: x"),
        ("- id: a\r\n- id: b", "- id: a\r\n  k: x\r\n- id: b"),
        ("- id: a\r\n  m: z\n- id: b\r\n", "- id: a\r\n  m: z\n  k: x\n- id: b\r\n"),
        ("- {id: a}\n", "- {id: a, k: x}\n"),
        ("- {id: a, m: }\n", "- {id: a, m: , k: x }\n"),
        ("- {id: a # c\n  }\n", "- {id: a, k: x # c\n  }\n"),
        ("- id: a\n  t:\n  - x # c\n- id: b\n", "- id: a\n  t:\n  - x # c\n  k: x\n- id: b\n"),
        ("- id: a\n  t: |\n    v\n\n# c\n", "- id: a\n  t: |\n    v\n  k: x\n\n# c\n"),
        ("- id: a\n  t: |+\n    v\n\n# c\n", "- id: a\n  t: |+\n    v\n\n  k: x\n# c\n"),
        ("- id: a\n  t: |\n    v", "- id: a\n  t: |-\n    v\n  k: x"),
        ("- id: a\n  t:\n    # - v\n", "- id: a\n  t:\n  k: x\n    # - v\n"),
    ],
)
def test_a_new_field_goes_below_the_last_of_its_record(before: str, after: str) -> None:
    assert edit(before, {"a": {"k": "x"}}) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- id: a\n  k: x\n  m: v\n", "- id: a\n  m: v\n"),
        ("- id: a\n  k: x", "- id: a\n"),
        ("- id: a\n  k:\n    x\n  m: v\n", "- id: a\n  m: v\n"),
        ("- id: a\n  k: x # c\n", "- id: a\n  k: # c\n"),
        ("- k: x\n  id: a\n", "- k:\n  id: a\n"),
        ("- k: |\n    x\n  id: a\n", "- k:\n  id: a\n"),
        ("- {k: x, id: a}\n", "- {k: '', id: a}\n"),
        ("- id: a\n  k: |\n    x\n    v\n\n# c\n", "- id: a\n\n# c\n"),
        ("- id: a\n  k: | # c\n    x\n  m: v\n", "- id: a\n  k: # c\n  m: v\n"),
        ("- id: a\n  k: [x, v]\n", "- id: a\n"),
        ("- id: a\n  k: [x, # c\n    v]\n", "- id: a\n  k: [ # c\n    ]\n"),
        ("- id: a\n  k:\n  - x\n  - v\n  m: z\n", "- id: a\n  m: z\n"),
        ("- id: a\n  k: # c\n  - x\n  m: z\n", "- id: a\n  k: # c\n  m: z\n"),
        ("- id: a\n  k:\n  - x\n  # own\n  - v\n", "- id: a\n  # own\n"),
        (
            "- id: a\n  m: |\n    x\n  k: v\n    # deep\n",
            "- id: a\n  m: |\n    x\n  k:\n    # deep\n",
        ),
        ("- id: a\n  m: |+\n    x\n  k: v\n\n", "- id: a\n  m: |+\n    x\n  k:\n\n"),
    ],
)
def test_clearing_takes_the_line_but_never_a_comment(before: str, after: str) -> None:
    assert edit(before, {"a": {"k": ""}}) == after
    assert edit(before, {"a": {"k": ()}}) == after


def test_clearing_what_is_not_there_changes_nothing() -> None:
    text = "- id: a\n  m:\n"

    assert edit(text, {"a": {"k": "", "m": ()}}) is text


def test_setting_what_is_there_gives_the_same_text() -> None:
    text = "- id:   'a' # c\n  k: >\n    x\n  t: [ p,q ]\n  u: [one]\r\n"

    assert edit(text, {"a": {"id": "a", "k": "x\n", "t": ("p", "q"), "u": "one"}}) is text
    assert edit_one(text.replace("- ", "  "), {"u": ("one",)}) == text.replace("- ", "  ")


# Lists


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("- id: a\n", ("x",), "- id: a\n  t: x\n"),
        ("- id: a\n", ("x", "v, z"), '- id: a\n  t: [x, "v, z"]\n'),
        ("- id: a\n  t: x # c\n", ("x", "v"), "- id: a\n  t: [x, v] # c\n"),
        ("- id: a\n  t: |\n    x\n  m: z\n", ("x", "v"), "- id: a\n  t: [x, v]\n  m: z\n"),
        ("- id: a\n  t:\n", ("x", "v"), "- id: a\n  t: [x, v]\n"),
        ("- id: a\n  t: [x]\n", ("x", "v"), "- id: a\n  t: [x, v]\n"),
        ("- id: a\n  t: []\n", ("x",), "- id: a\n  t: [x]\n"),
        ("- id: a\n  t: [ 'x', v ]\n", ("x",), "- id: a\n  t: [ 'x' ]\n"),
        ("- id: a\n  t: [ 'x', v ]\n", ("v",), "- id: a\n  t: [ v ]\n"),
        ("- id: a\n  t: [ 'x', v ]\n", ("z", "v"), "- id: a\n  t: [ 'z', v ]\n"),
        ("- id: a\n  t: [x, # c\n    v]\n", ("x", "v", "z"), "- id: a\n  t: [x, # c\n    v, z]\n"),
        ("- {id: a, t: [x, v]}\n", ("v", "z"), "- {id: a, t: [v, z]}\n"),
        (
            "- id: a\n  t:\n    - x # 1\n    - v # 2\n    - z # 3\n",
            ("x", "z"),
            "- id: a\n  t:\n    - x # 1\n    - z # 3\n",
        ),
        (
            "- id: a\n  t:\n  - x # 1\n  # own\n  - v # 2\n",
            ("w", "x", "v", "NO"),
            '- id: a\n  t:\n  - w\n  - x # 1\n  # own\n  - v # 2\n  - "NO"\n',
        ),
        (
            "- id: a\n  t:\n  - x # 1\n  - v",
            ("z", "v", TWO),
            "- id: a\n  t:\n  - z # 1\n  - v\n  - |-\n    one\n    two",
        ),
        (
            "- id: a\n  t:\n  - x\n  -\n  m: z\n",
            ("x", "v"),
            "- id: a\n  t:\n  - x\n  - v\n  m: z\n",
        ),
        (
            "- id: a\r\n  t:\r\n  - x\r\n  m: z\n",
            ("x", "v"),
            "- id: a\r\n  t:\r\n  - x\r\n  - v\r\n  m: z\n",
        ),
    ],
)
def test_a_list_keeps_its_style_and_its_other_items(before: str, value: Value, after: str) -> None:
    assert edit(before, {"a": {"t": value}}) == after


def test_comments_of_a_cleared_list_do_not_fall_into_the_block_above() -> None:
    text = "- id: bob\n  address: |\n    one\n  tags:\n    - a\n    # about b\n    - b\n"

    after = edit(text, {"bob": {"tags": ""}})

    assert after == "- id: bob\n  address: |\n    one\n  tags:\n    # about b\n"


def test_the_comment_of_an_item_that_stays_is_kept() -> None:
    text = "- id: cyd\n  tags: [vip,  # since May\n    seller]\n"

    after = edit(text, {"cyd": {"tags": ("vip",)}})

    assert after == "- id: cyd\n  tags: [vip,  # since May\n    ]\n"


# Refusals


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- id: b\n", 'no record with the id "a"'),
        ("- id: a\n- id: a\n", 'two records with the id "a"'),
        ("- id: a\n- id: b\n  id: c\n", "stands twice"),
        ("- id: a\n- id: %\n", "cannot start"),
        ("id: a\n", "expected a list"),
        ("- id: a\n- x: {v: z}\n", "is a mapping"),
        ("- id: a\n---\n- id: b\n", "second document"),
    ],
)
def test_an_edit_that_is_not_safe_is_refused(text: str, words: str) -> None:
    with pytest.raises(EditError, match=words):
        edit(text, {"a": {"k": "x"}})


def test_a_text_that_no_file_can_hold_is_refused() -> None:
    with pytest.raises(EditError):
        edit("- id: a\n", {"a": {"k": "\ud83d"}})


def test_a_result_that_is_not_what_was_meant_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from leadctl.store import yaml_editor

    wrong = "- id: a\n  k: v\n- id: c\n"
    monkeypatch.setattr(yaml_editor, "apply", lambda text, splices: wrong)

    with pytest.raises(EditError, match="record 2 did not come out"):
        edit("- id: a\n  k: 'x'\n- id: b\n", {"a": {"k": "v"}})
    wrong = "- id: a\n  k: v\n"
    with pytest.raises(EditError, match="1 records came out, not 2"):
        edit("- id: a\n  k: 'x'\n- id: b\n", {"a": {"k": "v"}})
