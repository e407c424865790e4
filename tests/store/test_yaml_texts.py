"""The text of one record of a list: as it is shown, and as it is put back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from leadctl.store.edit_error import EditError
from leadctl.store.yaml_texts import record_texts, with_record_texts

TEXT = """\
# all of them
- id: ada   # first
  name: Ada

  note: |
    two

    lines
  # below
# of nobody

-
  # above
  id: bob
  name: "Bob"
- {id: eve, name: Eve}  # in one line
"""


def test_a_record_is_shown_as_if_it_stood_alone() -> None:
    assert record_texts(TEXT, ["ada", "eve", "nobody"]) == {
        "ada": "id: ada   # first\nname: Ada\n\nnote: |\n  two\n\n  lines\n# below\n",
        "eve": "{id: eve, name: Eve}  # in one line\n",
    }


def test_comments_between_the_dash_and_the_first_field_belong_to_it() -> None:
    text = "- # above\n  id: ada\n  name: Ada\n"

    assert record_texts(text, ["ada"]) == {"ada": "# above\nid: ada\nname: Ada\n"}


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_what_was_typed_stands_in_the_list(eol: str) -> None:
    typed = "# new\nid: ada   # first\nname: Ada L.\n\ntags:\n- vip\n# below\n"
    made = with_record_texts(TEXT.replace("\n", eol), {"ada": typed})
    wanted = TEXT.replace(
        "- id: ada   # first\n  name: Ada\n\n  note: |\n    two\n\n    lines\n  # below\n",
        "- # new\n  id: ada   # first\n  name: Ada L.\n\n  tags:\n  - vip\n  # below\n",
    )

    assert made == wanted.replace("\n", eol)


@pytest.mark.parametrize(
    "typed", ["id: ada\nname: Ada\n---\n", "- id: ada\n", "id: ada\nname: [\n", ""]
)
def test_what_is_no_record_is_not_put_into_a_list(typed: str) -> None:
    with pytest.raises(EditError):
        with_record_texts(TEXT, {"ada": typed})


def test_lines_have_no_place_between_brackets() -> None:
    with pytest.raises(EditError):
        with_record_texts("[{id: ada, name: Ada}]\n", {"ada": "id: ada\nname: Bob\n"})


def test_between_brackets_a_record_keeps_its_brackets() -> None:
    text = "[{id: ada, name: Ada},\n {id: bob, name: Bob}]\n"

    assert with_record_texts(text, {"ada": "{id: ada, name: Al}\n"}) == text.replace("Ada", "Al")


LINES = st.sampled_from(
    ["", "# note", "  # deep", "name: Ada", "name: 'A: b'", "tags: [a, b]", "email:",
     "- x@y.example", "note: |", "  one", "   two", "note: >-", "'odd key': \"a\\nb\"", "note: a",
     "  b", "{"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(LINES, max_size=8), st.sampled_from(["", "\n", "  # last\n"]))
def test_a_text_that_is_put_back_unchanged_changes_no_byte(lines: list[str], tail: str) -> None:
    body = "".join(f"  {line}\n" if line else "\n" for line in ["name: Z", *lines])
    text = f"- id: ada\n  name: Ada\n- id: zed\n{body}{tail}- id: bob\n  name: Bob\n"
    try:
        shown = record_texts(text, ["zed"])
    except EditError:
        return
    if "zed" in shown:
        assert with_record_texts(text, shown) == text


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(LINES, max_size=8))
def test_whatever_is_typed_is_there_as_typed_or_refused(lines: list[str]) -> None:
    text = "- id: ada\n  name: Ada\n- id: bob\n  name: Bob\n"
    typed = "".join(f"{line}\n" for line in ["id: ada", *lines]).rstrip() + "\n"
    try:
        made = with_record_texts(text, {"ada": typed})
    except EditError:
        return
    shown = record_texts(made, ["ada"])
    assume(shown)

    assert made.endswith("- id: bob\n  name: Bob\n")
    assert shown["ada"].rstrip() == typed.rstrip()
