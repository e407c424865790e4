"""Records taken out of a text: what they added goes with them, and nobody else loses a letter."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.records import Value
from leadctl.store import csv_editor, yaml_editor
from leadctl.store.csv_reader import read_sheet
from leadctl.store.edit_error import EditError
from leadctl.store.yaml_reader import read_records

PEOPLE = """\
# The people of this year.
- id: ada
  name: Ada # the countess

# met at the fair
- id: bo
  name: Bo
  # called twice

- id: cy
  name: Cy
"""


def ids(text: str) -> list[object]:
    records, problems = read_records(text, "contacts.yaml")
    assert not problems
    return [record.values["id"] for record in records]


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        ("ada", PEOPLE.replace("- id: ada\n  name: Ada # the countess\n", "")),
        ("bo", PEOPLE.replace("- id: bo\n  name: Bo\n", "")),
        ("cy", PEOPLE.replace("- id: cy\n  name: Cy\n", "")),
    ],
)
def test_a_record_goes_with_its_lines_and_every_comment_around_it_stays(
    gone: str, left: str
) -> None:
    assert yaml_editor.edit(PEOPLE, {}, (), [gone]) == left


def test_a_comment_within_a_record_goes_with_it() -> None:
    text = "- id: ada\n  # not sure\n  name: Ada\n- id: bo\n"

    assert yaml_editor.edit(text, {}, (), ["ada"]) == "- id: bo\n"


def test_of_the_two_blank_lines_that_would_meet_one_goes() -> None:
    text = "- id: ada\n\n- id: bo\n\n- id: cy\n\n- id: di\n"

    assert yaml_editor.edit(text, {}, (), ["bo", "cy"]) == "- id: ada\n\n- id: di\n"


@pytest.mark.parametrize("mark", ["|", "|+", ">"])
def test_what_stood_below_does_not_become_part_of_the_block_above(mark: str) -> None:
    text = f"- id: ada\n  note: {mark}\n    one\n- id: bo\n    # later\n\n# us\n- id: cy\n"

    left = yaml_editor.edit(text, {}, (), ["bo"])

    assert left == f"- id: ada\n  note: {mark}\n    one\n# us\n- id: cy\n"


def test_a_block_keeps_the_blank_lines_that_belong_to_it() -> None:
    text = "- id: ada\n  note: |+\n    one\n\n- id: bo\n\n- id: cy\n"

    left = yaml_editor.edit(text, {}, (), ["bo"])

    assert left == "- id: ada\n  note: |+\n    one\n\n- id: cy\n"


def test_a_blank_line_that_a_block_takes_along_is_not_taken_twice() -> None:
    block = "- id: {}\n  note: |+\n    one\n\n"
    text = f"- id: a\n{block.format('b')}- id: c\n{block.format('d')}- id: e\n"

    assert yaml_editor.edit(text, {}, (), ["a", "d", "e"]) == f"{block.format('b')}- id: c\n"


def test_a_dash_on_a_line_of_its_own_goes_too() -> None:
    text = "-\n  id: ada\n- # him\n  id: bo\n-\n  id: cy\n"

    assert yaml_editor.edit(text, {}, (), ["bo"]) == "-\n  id: ada\n-\n  id: cy\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("- id: ada\n", ""),
        ("# ours\n- id: ada\n", "# ours\n"),
        ("---\n- id: ada\n", "---\n"),
        ("- id: ada\n...\n", "[]\n...\n"),
        ("[{id: ada}]\n", "[]\n"),
        ("[{id: ada},]\n", "[]\n"),
    ],
)
def test_without_its_only_record_a_text_is_an_empty_list(text: str, left: str) -> None:
    assert yaml_editor.edit(text, {}, (), ["ada"]) == left
    assert ids(left) == []


@pytest.mark.parametrize(
    ("gone", "left"),
    [
        (["a"], "[{id: b}, {id: c}]\n"),
        (["b"], "[{id: a}, {id: c}]\n"),
        (["c"], "[{id: a}, {id: b}]\n"),
        (["b", "c"], "[{id: a}]\n"),
        (["a", "c"], "[{id: b}]\n"),
        (["a", "b", "c"], "[]\n"),
    ],
)
def test_between_brackets_a_record_goes_with_one_comma(gone: list[str], left: str) -> None:
    assert yaml_editor.edit("[{id: a}, {id: b}, {id: c}]\n", {}, (), gone) == left


@pytest.mark.parametrize("gone", [["a"], ["b"], ["c"], ["a", "b"], ["b", "c"], ["a", "c"]])
def test_between_brackets_comments_stay(gone: list[str]) -> None:
    text = "[\n  {id: a}, # one, first\n  {id: b} # two\n  , # next\n  {id: c}, # three\n]\n"

    left = yaml_editor.edit(text, {}, (), gone)

    assert [each for each in ("# one, first", "# two", "# next", "# three") if each in left] == [
        "# one, first", "# two", "# next", "# three",
    ]  # fmt: skip
    assert ids(left) == [each for each in "abc" if each not in gone]


def test_others_can_change_and_come_while_one_goes() -> None:
    text = "- id: ada\n- id: bo\n"

    done = yaml_editor.edit(text, {"bo": {"name": "Bo"}}, [{"id": "cy"}], ["ada"])

    assert done == "- id: bo\n  name: Bo\n- id: cy\n"


def test_nobody_unknown_can_be_removed() -> None:
    with pytest.raises(EditError, match='no record with the id "zoe"'):
        yaml_editor.edit("- id: ada\n", {}, (), ["zoe"])
    with pytest.raises(EditError, match='no row has the id "zoe"'):
        csv_editor.edit("id,name\nada,Ada\n", {}, (), ["zoe"])


def test_a_row_goes_with_its_line_end_and_the_columns_stay() -> None:
    text = 'id,name,note\nada,Ada,\r\n\nbo,"B\no",x\ncy,Cy,'

    assert csv_editor.edit(text, {}, (), ["ada"]) == 'id,name,note\n\nbo,"B\no",x\ncy,Cy,'
    assert csv_editor.edit(text, {}, (), ["bo"]) == "id,name,note\nada,Ada,\r\n\ncy,Cy,"
    assert csv_editor.edit(text, {}, (), ["ada", "bo", "cy"]) == "id,name,note\n\n"


LINES = st.sampled_from(
    [
        "  name: Ada\n",
        "  name: 'Ada: B'  # who\n",
        "  tags: [a, b]\n",
        "  tags:\n  - a\n  # more\n  - b\n",
        "  note: |\n    one\n\n    two\n",
        "  note: |+\n    one\n\n",
        "  note: >-\n    one\n    two\n",
        "  # a comment\n",
        "    # a deep comment\n",
        "# a comment of the list\n",
        "\n",
    ]
)


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """A list of records, named c0, c1 and so on, with comments and blank lines anywhere."""
    parts = [draw(st.sampled_from(["", "# ours\n", "---\n", "\n"]))]
    for number in range(draw(st.integers(0, 5))):
        # A field may stand in a record only once.
        lines = draw(st.lists(LINES, max_size=5, unique_by=lambda line: line.split(":")[0]))
        parts += [f"- id: c{number}\n", *lines]
    return "".join(parts)


VALUES = st.sampled_from(["x", "a: b", "two\nlines", "# no comment", "", "é", "one\n\n"])
FIELDS = st.dictionaries(st.sampled_from(["name", "note", "source"]), VALUES)


def is_sound(text: str) -> bool:
    return not read_records(text, "contacts.yaml")[1]


def with_id(fields: Mapping[str, Value], number: int) -> dict[str, Value]:
    return {"id": f"n{number}", **fields}


@settings(max_examples=150, deadline=None)
@given(yaml_texts().filter(is_sound), st.lists(FIELDS, min_size=1, max_size=3))
def test_adding_and_then_removing_gives_the_same_text(
    text: str, added: list[dict[str, str]]
) -> None:
    # A blank line at the end could have come with the new record as well.
    text = f"{text.rstrip()}\n" if text.strip() else text
    new = [with_id(fields, number) for number, fields in enumerate(added)]

    longer = yaml_editor.edit(text, {}, new)

    assert yaml_editor.edit(longer, {}, (), [str(fields["id"]) for fields in new]) == text


@settings(max_examples=150, deadline=None)
@given(yaml_texts().filter(is_sound), st.data())
def test_removing_leaves_the_others_to_the_letter(text: str, data: st.DataObject) -> None:
    records, _ = read_records(text, "contacts.yaml")
    known = [str(record.values["id"]) for record in records]
    gone = data.draw(st.sets(st.sampled_from(known))) if known else set()

    left = yaml_editor.edit(text, {}, (), gone)

    kept = [record for record in records if record.values["id"] not in gone]
    assert read_records(left, "contacts.yaml")[0] == kept
    lines = iter(text.split("\n"))
    assert all(line in lines for line in left.split("\n"))
    assert left.count("# a comment of the list") >= text.count("# a comment of the list") - sum(
        part.count("# a comment of the list") for part in _within(text, gone)
    )


def _within(text: str, gone: set[str]) -> list[str]:
    """The text from the first to the last field of each record of *gone*."""
    found = []
    for part in text.split("- id: ")[1:]:
        lines = part.split("\n")
        said = [n for n, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#"]
        if lines[0] in gone:
            found.append("\n".join(lines[: said[-1] + 1]))
    return found


CELLS = st.sampled_from(["", "x", "a,b", 'say "no"', "two\nlines", " blank "])
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=5)


@settings(max_examples=100, deadline=None)
@given(
    ROWS, st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=3), st.sampled_from(["\n", "\r\n"])
)
def test_adding_and_then_removing_rows_gives_the_same_text(
    rows: list[tuple[str, str]], added: list[tuple[str, str]], line_end: str
) -> None:
    old = [{"id": f"c{n}", "name": name, "note": note} for n, (name, note) in enumerate(rows)]
    text = csv_editor.render(["id", "name", "note"], old).replace("\n", line_end)
    new = [{"id": f"n{n}", "name": name, "note": note} for n, (name, note) in enumerate(added)]

    longer = csv_editor.edit(text, {}, new)

    assert csv_editor.edit(longer, {}, (), [fields["id"] for fields in new]) == text


@settings(max_examples=100, deadline=None)
@given(ROWS.filter(bool), st.data())
def test_removing_rows_leaves_the_others_as_they_are(
    rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    old = [{"id": f"c{n}", "name": name, "note": note} for n, (name, note) in enumerate(rows)]
    text = csv_editor.render(["id", "name", "note"], old)
    gone = data.draw(st.sets(st.sampled_from([fields["id"] for fields in old])))

    left = csv_editor.edit(text, {}, (), gone)

    assert left == csv_editor.render(
        ["id", "name", "note"], [fields for fields in old if fields["id"] not in gone]
    )
    assert tuple(read_sheet(left, "contacts.csv").columns) == ("id", "name", "note")
