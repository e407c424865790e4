"""Changes to YAML texts: what is set comes back, and nothing else becomes different."""

from __future__ import annotations

import json
from dataclasses import dataclass
from textwrap import dedent

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.records import Value
from leadctl.store.yaml_editor import EditError, edit, edit_one, render_one
from leadctl.store.yaml_reader import read_record, read_records

NASTY = [
    *("+44123456", "0123", "NO", "1e3", "12:30", "~", "null", "a # b", "a: b", "=1+1", "- x"),
    *('"q"', "it's", "one\ntwo", "one\ntwo\n", "a\n\nb", "\n", "a\n\n", " a\nb", "x  ", "\ta"),
    *("a\tb", "😀", "\u2028", "a\x85b", "[x]", "{", "@joe", "%5", "!tag", "&a", "*a", "?", ":"),
    *(",", "a, b", "|", ">", "---", "...", "\\", '\\"', "\r\n", "\0", "\x1b[31m", "2026-11-22"),
    *("# x", "x" * 300, "a\n# b", "a\n---\nb", "a\n  b\nc", "a\n    \nb", "]", "}", "<<", "Ada"),
]
TWO = "one\ntwo"


def values_of(text: str) -> list[dict[str, Value]]:
    records, problems = read_records(text, "contacts.yaml")
    assert problems == []
    return [dict(record.values) for record in records]


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
        edit("- id: a\n  k: x\n- id: b\n", {"a": {"k": "v"}})
    wrong = "- id: a\n  k: v\n"
    with pytest.raises(EditError, match="1 records came out, not 2"):
        edit("- id: a\n  k: x\n- id: b\n", {"a": {"k": "v"}})


# Laws


@dataclass(frozen=True)
class Part:
    """Some characters of a text and the field they belong to, if they do."""

    text: str
    record: int = -1
    name: str = ""


words = st.sampled_from(["Ada", "Zoë 😀", "it is", "x-v", "2026-11-22", "a@b.org"])
comments = st.sampled_from(["", "", "", " # c", "  # it's: [x"])


@st.composite
def block_values(draw: st.DrawFn, column: int) -> str:
    """What may stand behind the colon of a key at *column*, with its last line end."""
    word, other, comment = draw(words), draw(words), draw(comments)
    # Deeper than the comments between fields, which would be lines of a block otherwise.
    pad = " " * (column + draw(st.integers(2, 4)))
    dash = " " * (column + draw(st.integers(0, 2)))
    return draw(
        st.sampled_from(
            [
                f" {word}{comment}\n",
                f" '{word}'{comment}\n",
                f" {json.dumps(word + ': ' + other, ensure_ascii=False)}{comment}\n",
                f" '{word}\n{pad}{other}'{comment}\n",
                f" {word}\n{pad}{other}{comment}\n",
                f"{comment}\n{pad}{word}\n",
                f" |{comment}\n{pad}{word}\n{pad} {other}\n",
                f" >-{comment}\n{pad}{word}\n\n{pad}{other}\n",
                f"{comment}\n",
                f" ''{comment}\n",
                f" [{word}, '{other}']{comment}\n",
                f" [ {word}, # in\n{pad}  {other} ]{comment}\n",
                f" []{comment}\n",
                f"{comment}\n{dash}- {word}{comment}\n{dash}- '{other}'\n",
                f"\n{dash}- {word}\n{max(pad, dash)}# own\n{dash}-  {other}{comment}\n",
            ]
        )
    )


between = st.sampled_from(["", "", "", "\n", "# c\n", "   # c\n\n"])


@st.composite
def block_records(draw: st.DrawFn, number: int, margin: str) -> list[Part]:
    gap = " " * draw(st.integers(1, 3))
    column = len(margin) + 1 + len(gap)
    names = draw(st.permutations(["id", "k", "t"]))[: draw(st.integers(1, 3))]
    if "id" not in names:
        names[0] = "id"
    parts = [Part(f"{margin}-{gap}")]
    for name in names:
        if parts[1:]:
            # A field of its own line brings its indentation along.
            parts.append(Part(draw(between)))
        value = f" r{number}{draw(comments)}\n" if name == "id" else draw(block_values(column))
        lead = " " * column if parts[1:] else ""
        parts.append(Part(f"{lead}{name}:{value}", number, name))
    return parts


@st.composite
def flow_records(draw: st.DrawFn, number: int, margin: str) -> list[Part]:
    values = ["", "x", "'v'", "[a, 'b']", "[]", '"p: q"']
    parts = [Part(f"{margin}- {{id: "), Part(f"r{number}", number, "id")]
    for name in draw(st.lists(st.sampled_from(["k", "t"]), unique=True)):
        parts += [Part(", "), Part(f"{name}: {draw(st.sampled_from(values))}", number, name)]
    return [*parts, Part("}" + draw(comments) + "\n")]


@st.composite
def books(draw: st.DrawFn) -> list[Part]:
    """A list of records in all manners of writing, as parts."""
    margin = draw(st.sampled_from(["", "", "  "]))
    parts = [Part(draw(st.sampled_from(["", "# top\n", "---\n", "\n"])))]
    for number in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from([block_records, block_records, flow_records]))
        parts += [*draw(kind(number, margin)), Part(draw(between))]
    if draw(st.booleans()):
        parts = [Part(p.text.replace("\n", "\r\n"), p.record, p.name) for p in parts]
    return parts


VALUES = st.one_of(
    st.sampled_from(NASTY),
    st.just(""),
    st.lists(st.sampled_from(["Ada", "x-v", *NASTY]), max_size=3).map(tuple),
)


def normal(value: Value) -> Value:
    if isinstance(value, tuple) and len(value) < 2:
        return value[0] if value else ""
    return value


def as_base(text: str) -> list[dict[str, Value]]:
    """What PyYAML alone makes of *text*, empty fields left out."""
    data = yaml.load(text, Loader=yaml.BaseLoader) or []
    found = []
    for record in data:
        values = {k: normal(tuple(v) if isinstance(v, list) else v) for k, v in record.items()}
        found.append({name: value for name, value in values.items() if value})
    return found


@given(books(), st.integers(0, 2), st.sampled_from(["k", "t", "new"]), VALUES, st.booleans())
@settings(max_examples=200, deadline=None)
def test_an_edit_changes_one_field_and_leaves_all_around_it(
    parts: list[Part], number: int, name: str, value: Value, closed: bool
) -> None:
    text = "".join(part.text for part in parts)
    text = text if closed else text.rstrip("\r\n")
    before = as_base(text)
    number %= len(before)
    after = edit(text, {f"r{number}": {name: value}})

    expected = [dict(record) for record in before]
    expected[number][name] = normal(value)
    if not expected[number][name]:
        del expected[number][name]
    assert as_base(after) == expected
    if before == expected:
        assert after is text
    if closed:
        head, tail = _around(parts, number, name)
        assert after.startswith(head)
        assert after.endswith(tail)
        assert len(head) + len(tail) <= len(after)


def _around(parts: list[Part], number: int, name: str) -> tuple[str, str]:
    """The text before and behind the field, or where it is to be put."""
    places = [place for place, part in enumerate(parts) if part.record == number]
    own = [place for place in places if parts[place].name == name]
    first, last = (own[0], own[0] + 1) if own else (places[-1] + 1, places[-1] + 1)
    head = "".join(part.text for part in parts[:first])
    tail = "".join(part.text for part in parts[last:])
    return head, tail


@given(books(), st.lists(VALUES, min_size=1, max_size=3), st.booleans())
@settings(max_examples=80, deadline=None)
def test_a_new_record_leaves_all_others_as_they_are(
    parts: list[Part], values: list[Value], closed: bool
) -> None:
    text = "".join(part.text for part in parts)
    text = text if closed else text.rstrip("\r\n")
    added = [{"id": f"new{place}", "k": value, "m": value} for place, value in enumerate(values)]
    after = edit(text, {}, added)

    wanted = [{name: normal(v) for name, v in record.items() if normal(v)} for record in added]
    assert as_base(after) == as_base(text) + wanted
    if closed:
        assert after.startswith(text)


@given(books(), st.dictionaries(st.sampled_from(["k", "t", "x", "v"]), VALUES, min_size=2))
@settings(max_examples=80, deadline=None)
def test_several_fields_at_once_come_back_as_set(
    parts: list[Part], fields: dict[str, Value]
) -> None:
    text = "".join(part.text for part in parts)
    before = as_base(text)
    ids = [f"r{number}" for number in range(len(before))]
    after = edit(text, dict.fromkeys(ids, fields), [{"id": "z", **fields}])

    wanted = {name: normal(value) for name, value in fields.items()}
    everyone: list[dict[str, Value]] = [*before, {"id": "z"}]
    expected = [{**record, **wanted} for record in everyone]
    assert as_base(after) == [{k: v for k, v in record.items() if v} for record in expected]
    again = edit(after, dict.fromkeys([*ids, "z"], fields))
    assert again is after


@given(st.dictionaries(st.sampled_from(["id", "name", "no", "a b", "ü:"]), VALUES))
@settings(max_examples=100, deadline=None)
def test_a_rendered_file_comes_back_as_it_was_meant(fields: dict[str, Value]) -> None:
    text = render_one(fields)
    record, problems = read_record(text, "x.yaml")

    assert problems == []
    wanted = {name: normal(value) for name, value in fields.items() if normal(value)}
    assert ({} if record is None else dict(record.values)) == wanted
    assert edit_one(text, {"extra": "x"}).startswith(text)


def test_a_hundred_edits_to_and_fro_leave_the_text_as_it_was() -> None:
    text = "- id: a\n  phone: '+44123456' # home\n  note: |\n    x\n    v\n\n- id: b\n"
    changed = text
    for _ in range(50):
        changed = edit(changed, {"a": {"phone": "0123", "note": "p\nq\n", "x": "1"}})
        changed = edit(changed, {"a": {"phone": "+44123456", "note": "x\nv\n", "x": ""}})

    assert changed == text


def test_comments_of_a_cleared_list_do_not_fall_into_the_block_above() -> None:
    text = "- id: bob\n  address: |\n    one\n  tags:\n    - a\n    # about b\n    - b\n"

    after = edit(text, {"bob": {"tags": ""}})

    assert after == "- id: bob\n  address: |\n    one\n  tags:\n    # about b\n"


def test_the_comment_of_an_item_that_stays_is_kept() -> None:
    text = "- id: cyd\n  tags: [vip,  # since May\n    seller]\n"

    after = edit(text, {"cyd": {"tags": ("vip",)}})

    assert after == "- id: cyd\n  tags: [vip,  # since May\n    ]\n"
