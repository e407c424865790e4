"""New records in YAML texts, and files of one record: in the style of what is there."""

from __future__ import annotations

from textwrap import dedent

import pytest

from leadctl.records import Value
from leadctl.store.yaml_editor import edit, edit_one, render_one
from leadctl.store.yaml_reader import read_records
from tests.store.test_yaml_editor import TWO


def values_of(text: str) -> list[dict[str, Value]]:
    records, problems = read_records(text, "contacts.yaml")
    assert problems == []
    return [dict(record.values) for record in records]


# New records


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "- id: c\n  k: x\n"),
        ("# contacts", "# contacts\n- id: c\n  k: x\n"),
        ("# contacts\r\n", "# contacts\r\n- id: c\r\n  k: x\r\n"),
        ("[]", "- id: c\n  k: x\n"),
        ("# contacts\n[]\n# end\n", "# contacts\n# end\n- id: c\n  k: x\n"),
        ("[] # none\n", " # none\n- id: c\n  k: x\n"),
        ("[ # none\n]\n", "[{id: c, k: x} # none\n]\n"),
        ("---\n...\n", "---\n- id: c\n  k: x\n...\n"),
        ("- id: a\n...\n", "- id: a\n- id: c\n  k: x\n...\n"),
        ("- id: a", "- id: a\n- id: c\n  k: x\n"),
        ("  -   id: a\n", "  -   id: a\n  -   id: c\n      k: x\n"),
        ("-\n  id: a\n", "-\n  id: a\n- id: c\n  k: x\n"),
        ("- {id: a}\n", "- {id: a}\n- id: c\n  k: x\n"),
        ("[{id: a}, # c\n]\n", "[{id: a}, {id: c, k: x}, # c\n]\n"),
        ("- id: a\n\n- id: b\n# end\n", "- id: a\n\n- id: b\n# end\n\n- id: c\n  k: x\n"),
        ("- id: a\r\n- id: b\r\n", "- id: a\r\n- id: b\r\n- id: c\r\n  k: x\r\n"),
        ("- id: a\n  t: |\n    x", "- id: a\n  t: |-\n    x\n- id: c\n  k: x\n"),
        ("- id: a\n  t: |+\n    x\n\n", "- id: a\n  t: |+\n    x\n\n- id: c\n  k: x\n"),
    ],
)
def test_a_new_record_goes_to_the_end_in_the_style_of_the_file(before: str, after: str) -> None:
    assert edit(before, {}, [{"id": "c", "k": "x", "empty": "", "none": ()}]) == after


def test_a_new_record_holds_lines_and_lists() -> None:
    added: dict[str, Value] = {
        "id": "c",
        "note": "one\ntwo\n",
        "tags": ("x", "NO"),
        "email": ("only",),
    }

    assert edit("", {}, [added, {"id": "d"}]) == dedent("""\
        - id: c
          note: |
            one
            two
          tags: [x, "NO"]
          email: only
        - id: d
    """)


def test_edits_and_additions_go_together() -> None:
    text = edit("- id: a\n- id: b", {"a": {"x": "1 2"}, "b": {"x": TWO}}, [{"id": "c"}])

    assert values_of(text) == [{"id": "a", "x": "1 2"}, {"id": "b", "x": TWO}, {"id": "c"}]


# One record a file


def test_a_file_of_one_record_is_edited_the_same_way() -> None:
    text = "# Ada\nname: Ada # c\nnote: >\n  x\n\ntags:\n- a\n"
    fields: dict[str, Value] = {"note": "v", "tags": ("a", "b"), "owner": "kim"}

    assert edit_one(text, fields) == (
        "# Ada\nname: Ada # c\nnote: v\n\ntags:\n- a\n- b\nowner: kim\n"
    )


def test_fields_come_into_an_empty_file() -> None:
    assert edit_one("# nothing yet", {"name": "Ada"}) == "# nothing yet\nname: Ada\n"


def test_fields_come_into_a_mapping_between_brackets() -> None:
    assert edit_one("{}\n", {"name": "Ada"}) == "{name: Ada}\n"


def test_a_new_file_holds_its_fields_in_order() -> None:
    text = render_one({"name": "Ada", "status": "NO", "note": "a\nb", "tags": ("x", "v"), "e": ""})

    assert text == 'name: Ada\nstatus: "NO"\nnote: |-\n  a\n  b\ntags: [x, v]\n'
