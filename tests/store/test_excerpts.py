"""A file in pieces says what the whole says, and a change to some of them is the change to all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from leadctl.records import Value
from leadctl.store import excerpts
from leadctl.store.edit_error import EditError
from leadctl.store.excerpts import excerpt
from leadctl.store.intents import digest
from leadctl.store.pieces import Pieces
from leadctl.store.tables import OneFile
from tests.store import test_csv_editor_laws as csv_laws
from tests.store import test_yaml_editor_laws as yaml_laws

YAML, CSV = OneFile(Path("/book/contacts.yaml")), OneFile(Path("/book/contacts.csv"))
YAML_TEXTS = yaml_laws.books().map(lambda parts: "".join(part.text for part in parts))
CSV_TEXTS = csv_laws.files().map(lambda drawn: drawn.text().replace("x,", "name,", 1))
FILES = st.one_of(
    YAML_TEXTS.map(lambda text: (YAML, text.encode())),
    CSV_TEXTS.map(lambda text: (CSV, text.encode())),
)
CHANGES = st.dictionaries(st.sampled_from(["k", "t", "x", "hobby"]), yaml_laws.VALUES, min_size=1)


@dataclass
class Known:
    """What an index would know of a file that was read as a whole."""

    pieces: Pieces
    ids: list[str]
    content: bytes

    def digest(self) -> str:
        return digest(self.content)

    def fingerprint(self, number: int) -> bytes:
        return self.pieces.fingerprints()[number - 1]

    def size(self) -> int:
        return len(self.ids)

    def fingerprints(self) -> Mapping[bytes, int]:
        return {piece: n for n, piece in enumerate(self.pieces.fingerprints(), start=1)}

    def numbers(self, ids: Iterable[str]) -> Mapping[str, int]:
        return {id_: self.ids.index(id_) + 1 for id_ in ids if id_ in self.ids}

    def head(self) -> bytes:
        return self.pieces.head


def known(table: OneFile, content: bytes) -> Known:
    """What is known of a sound file whose pieces are its records; others are not looked at."""
    rows, pieces = table.read_as(content), table.cut(content)
    assume(pieces is not None and not rows.problems and pieces.are(rows.records))
    assert pieces
    ids = [str(record.values.get("id", "")) for record in rows.records]
    assume(len(set(ids)) == len(ids) and all(ids))
    return Known(pieces, ids, content)


def said(table: OneFile, content: bytes | None) -> list[Mapping[str, Value]]:
    rows = table.read_as(content or b"")

    assert rows.problems == ()
    return [record.values for record in rows.records]


def parts_of(table: OneFile, content: bytes) -> Sequence[bytes]:
    pieces = table.cut(content)

    assert pieces
    return pieces.parts


@settings(max_examples=300, deadline=None)
@given(FILES, st.randoms(use_true_random=False))
def test_any_pieces_in_any_order_say_what_they_say_in_the_whole(
    file: tuple[OneFile, bytes], chance: object
) -> None:
    table, content = file
    pieces = known(table, content).pieces
    whole = table.read_as(content).records
    numbers = list(range(len(whole)))
    chance.shuffle(numbers)  # type: ignore[attr-defined]
    del numbers[3:]
    rows = table.read_as(pieces.only(numbers).content())

    assert rows.problems == ()
    assert [record.values for record in rows.records] == [whole[n].values for n in numbers]


@settings(max_examples=500, deadline=None)
@given(FILES, CHANGES, st.booleans(), st.booleans(), st.data())
def test_a_change_to_an_excerpt_is_the_change_to_the_whole(
    file: tuple[OneFile, bytes],
    fields: dict[str, Value],
    is_edit: bool,
    is_addition: bool,
    data: st.DataObject,
) -> None:
    table, content = file
    what = known(table, content)
    edits = {data.draw(st.sampled_from(what.ids)): fields} if is_edit and what.ids else {}
    additions = [{"id": "new", "name": "New"}] if is_addition else []
    table = table.holding(content)
    try:
        (wanted,) = table.rewrites(edits, additions)
    except EditError:
        assume(False)
    with patch.object(excerpts, "_FEW", data.draw(st.sampled_from([0, 20]))):
        part = excerpt(table, edits.keys(), what, is_longer=is_addition)
    assert part
    made = part.rewrite(edits, additions)

    if made is None:
        return
    if is_addition:
        # How a new record is laid out is taken from the last ones, not from all.
        assert said(table, made.content) == said(table, wanted.new)
    else:
        assert made.content == wanted.new
    changed = table.read_as(made.content).records
    parts = zip(changed, parts_of(table, made.content), strict=True)
    by_id = {str(record.values["id"]): each for record, each in parts}
    ids = [str(each.values["id"]) for each in part.rows().records]

    assert part.count + len(additions) == len(changed)
    assert list(made.parts.values()) == [
        by_id[id_] for id_ in (*ids, *(["new"] if is_addition else []))
    ]


@settings(max_examples=300, deadline=None)
@given(FILES, st.booleans(), st.data())
def test_records_taken_out_by_an_excerpt_are_those_and_no_others(
    file: tuple[OneFile, bytes], is_addition: bool, data: st.DataObject
) -> None:
    table, content = file
    what = known(table, content)
    assume(what.ids)
    gone = data.draw(st.sets(st.sampled_from(what.ids), min_size=1, max_size=2))
    additions = [{"id": "new", "name": "New"}] if is_addition else []
    table = table.holding(content)
    part = excerpt(table, gone, what, is_longer=True)
    assert part
    made = part.rewrite({}, additions, gone)

    if made is None:
        return
    kept = [each for each in said(table, content) if each["id"] not in gone]
    left = parts_of(table, content)
    assert said(table, made.content) == [*kept, *additions]
    stayed = [each for each, id_ in zip(left, what.ids, strict=True) if id_ not in gone]
    assert all(each in made.content for each in stayed)


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (YAML, "- id: a\n  name: A\n"),
        (YAML, "# top\n\n- id: a\n  name: A\n\n- id: b\n  name: |\n    B\n"),
        (CSV, 'id,name\na,A\nb,"B\nB"\n'),
    ],
)
def test_these_are_cut(table: OneFile, text: str) -> None:
    pieces = table.cut(text.encode())

    assert pieces
    assert pieces.are(table.read_as(text.encode()).records)


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (YAML, ""),
        (YAML, "[]\n"),
        (YAML, "# nobody\n"),
        (YAML, "- id: a\n  name: A"),
        (YAML, "  - id: a\n    name: A\n"),
        (YAML, "-\n  id: a\n  name: A\n"),
        (YAML, "---\n- id: a\n  name: A\n"),
        (YAML, "- id: a\n  name: A\n...\n"),
        (YAML, "%YAML 1.2\n---\n- id: a\n"),
        (YAML, "a: b\n- id: a\n"),
        (CSV, "id,name\na,A"),
        (CSV, "id,name\na,A\n\nb,B\n"),
        (CSV, '"id",name\na,A\n'),
        (CSV, "id,name\na,A\x1a\nb,B\n"),
        (CSV, "id,name\r\na,A\r\n\r\nb,B\r\n"),
        (CSV, "id,name\na,A\rb,B\n"),
        (YAML, "# x\r- id: z\n- id: a\n"),
        (YAML, "- id: a\n  name: A\u2028B\n"),
    ],
)
def test_these_are_left_to_the_reader(table: OneFile, text: str) -> None:
    assert table.cut(text.encode()) is None


def test_a_dash_within_a_text_is_no_piece_of_its_own() -> None:
    content = b'- id: a\n  name: "A\n- id: b"\n'
    pieces = YAML.cut(content)

    assert pieces
    assert not pieces.are(YAML.read_as(content).records)


def test_a_file_that_is_not_as_it_was_known_is_read_as_a_whole() -> None:
    before = b"- id: a\n  name: A\n- id: b\n  name: B\n"
    pieces = YAML.cut(before)
    assert pieces
    what = Known(pieces, ["a", "b"], before)
    after = YAML.holding(before.replace(b"name: B", b"name: C"))

    assert excerpt(YAML.holding(before), ["a"], what, is_longer=False)
    assert excerpt(after, ["a"], what, is_longer=False) is None
    assert excerpt(YAML.holding(before), ["nobody"], what, is_longer=False) is None
