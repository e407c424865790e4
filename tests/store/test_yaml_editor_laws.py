"""Any change to any YAML text: what is set comes back, and all around it stays."""

from __future__ import annotations

import json
from dataclasses import dataclass

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.records import Value
from leadctl.store.yaml_editor import edit, edit_one, render_one
from leadctl.store.yaml_reader import read_record

NASTY = [
    *("+44123456", "0123", "NO", "1e3", "12:30", "~", "null", "a # b", "a: b", "=1+1", "- x"),
    *('"q"', "it's", "one\ntwo", "one\ntwo\n", "a\n\nb", "\n", "a\n\n", " a\nb", "x  ", "\ta"),
    *("a\tb", "😀", "\u2028", "a\x85b", "[x]", "{", "@joe", "%5", "!tag", "&a", "*a", "?", ":"),
    *(",", "a, b", "|", ">", "---", "...", "\\", '\\"', "\r\n", "\0", "\x1b[31m", "2026-11-22"),
    *("# x", "x" * 300, "a\n# b", "a\n---\nb", "a\n  b\nc", "a\n    \nb", "]", "}", "<<", "Ada"),
]


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
