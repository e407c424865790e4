import json
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.render import Format, Look, render
from leadctl.views import Board, Card, Column, Row, Section, Tab, Table, View

ODD = st.sampled_from('\n\r\t\x1b\x7f\x9b\u2028\u202e\ufeff\U000e0041"\\é漢')
TEXTS = st.text(alphabet=st.one_of(ODD, st.characters(exclude_categories=())), max_size=20)
CELLS = st.one_of(
    TEXTS, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.lists(TEXTS)
)
ROWS = st.lists(st.fixed_dictionaries({"id": TEXTS, "x": CELLS}), max_size=6)


def table_of(*rows: Row, fields: str) -> Table:
    return Table((Column("id"),), rows, fields=tuple(fields.split()))


def shown(view: View, wanted: Format) -> str:
    return "".join(render(view, wanted, Look()))


def machine_table(rows: list[dict[str, object]]) -> Table:
    """*rows* as a view has them: tuples where JSON has lists."""
    cells = [{k: tuple(v) if isinstance(v, list) else v for k, v in row.items()} for row in rows]
    return table_of(*cells, fields="id x")  # type: ignore[arg-type]  # the strategy makes cells


def test_a_table_is_a_list_of_objects_with_the_machine_fields() -> None:
    table = table_of({"tags": ("a",), "id": "zoë", "colour": "red"}, fields="id tags due")

    assert shown(table, Format.JSON) == (
        '[\n  {\n    "id": "zoë",\n    "tags": [\n      "a"\n    ],\n    "due": null\n  }\n]\n'
    )
    assert shown(table, Format.JSONL) == '{"id":"zoë","tags":["a"],"due":null}\n'


def test_no_rows_are_an_empty_list() -> None:
    assert shown(table_of(fields="id"), Format.JSON) == "[]\n"
    assert shown(Board("status"), Format.JSON) == "[]\n"
    assert shown(table_of(fields="id"), Format.JSONL) == ""


def test_a_card_is_its_data_with_a_list_for_each_section() -> None:
    sections = (
        Section("Last events", table_of({"id": "e1", "n": 2}, fields="id n")),
        Section("Deals", table_of(fields="id")),
    )
    card = Card("Ada", (("Name", "Ada"),), {"id": "ada", "tags": ("a",)}, sections)

    expected = {"id": "ada", "tags": ["a"], "last_events": [{"id": "e1", "n": 2}], "deals": []}
    assert json.loads(shown(card, Format.JSON)) == expected
    assert shown(card, Format.JSON).endswith("\n}\n")
    assert shown(card, Format.JSONL).count("\n") == 1
    assert json.loads(shown(card, Format.JSONL)) == expected


def test_a_board_is_a_list_of_tabs_and_as_lines_the_rows_of_all() -> None:
    table = table_of({"id": "ada", "status": "New"}, fields="id status")
    board = Board("status", (Tab("New", table, 7, "red"), Tab("Old", table_of(fields="id"), 0)))

    assert json.loads(shown(board, Format.JSON)) == [
        {"status": "New", "count": 7, "contacts": [{"id": "ada", "status": "New"}]},
        {"status": "Old", "count": 0, "contacts": []},
    ]
    assert shown(board, Format.JSONL) == '{"id":"ada","status":"New"}\n'


def test_characters_that_steer_a_terminal_are_escaped_as_json_does_it() -> None:
    table = table_of({"id": "a\x1b\x7f\x9b\u202e\u2028\ud800\U000e0041"}, fields="id")

    assert shown(table, Format.JSONL) == (
        '{"id":"a\\u001b\\u007f\\u009b\\u202e\\u2028\\ud800\\udb40\\udc41"}\n'
    )


@settings(deadline=None, max_examples=200)
@given(ROWS)
def test_json_is_laid_out_as_usual_and_read_back_gives_the_cells(
    rows: list[dict[str, object]],
) -> None:
    text = shown(machine_table(rows), Format.JSON)

    # A pair of lone surrogates that form a character are read as that character.
    assert json.loads(text) == json.loads(json.dumps(rows))
    assert text.count("\n") == json.dumps(rows, indent=2).count("\n") + 1
    assert len(text.split("\n  {\n")) == len(rows) + 1


@settings(deadline=None, max_examples=200)
@given(ROWS)
def test_each_line_of_jsonl_is_one_object(rows: list[dict[str, object]]) -> None:
    text = shown(machine_table(rows), Format.JSONL)

    lines = text.split("\n")[:-1]
    assert [json.loads(line) for line in lines] == [json.loads(json.dumps(row)) for row in rows]


@settings(deadline=None, max_examples=200)
@given(ROWS)
def test_json_holds_no_raw_control_or_bidi_character(rows: list[dict[str, object]]) -> None:
    table = machine_table(rows)
    card = Card("Ada", (), {"id": "ada"}, (Section("x", table),))

    views: tuple[View, ...] = (table, card, Board("id", (Tab("x", table, 1),)))
    text = "".join(shown(view, f) for view in views for f in (Format.JSON, Format.JSONL))
    found = set(text) - set("\n\u200c\u200d")
    assert not {c for c in found if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
