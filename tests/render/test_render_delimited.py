import csv
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.formulas import unguard
from leadctl.render import Format, Look, render
from leadctl.views import Board, Card, Cell, Column, Row, Tab, Table, View

ODD = st.sampled_from("\n\r\t\0\x1b\x85\u2028\",;'=+-@\\n ")
TEXTS = st.text(alphabet=st.one_of(ODD, st.characters(exclude_categories=())), max_size=20)
ROWS = st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=6)
LOOKS = st.builds(Look, raw=st.booleans())


def table_of(*rows: Row, fields: str) -> Table:
    return Table((Column("id"),), rows, fields=tuple(fields.split()))


def text_table(rows: list[list[str]]) -> Table:
    return table_of(*(dict(zip("abc", row, strict=True)) for row in rows), fields="a b c")


def shown(view: View, wanted: Format, look: Look | None = None) -> str:
    return "".join(render(view, wanted, look or Look()))


def spelt(cell: Cell, look: Look | None = None) -> str:
    table = table_of({"id": "ada", "x": cell}, fields="id x")
    text = shown(table, Format.CSV, look)
    return text.removeprefix("id,x\nada,").removesuffix("\n")


def read_tsv(text: str) -> list[list[str]]:
    plain = {"\\\\": "\\", "\\t": "\t", "\\n": "\n", "\\r": "\r"}
    return [
        [re.sub(r"\\.", lambda found: plain[found[0]], cell) for cell in line.split("\t")]
        for line in text.split("\n")[:-1]
    ]


def test_csv_gives_the_machine_fields_in_their_order() -> None:
    table = table_of({"name": "Ada", "id": "ada", "colour": "red"}, fields="id name due")

    assert shown(table, Format.CSV) == "id,name,due\nada,Ada,\n"
    assert shown(table, Format.CSV, Look(header=False)) == "ada,Ada,\n"


def test_csv_of_no_rows_is_its_header() -> None:
    assert shown(table_of(fields="id name"), Format.CSV) == "id,name\n"
    assert shown(Board("status"), Format.CSV) == ""


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (-3, "-3"),
        (2.5, "2.5"),
        (("a@x.org", "b@y.org"), "a@x.org;b@y.org"),
        ((), ""),
        ('5" pipe', '"5"" pipe"'),
        ("Smith, Ann", '"Smith, Ann"'),
        ("one\rtwo", '"one\rtwo"'),
        ("one\ntwo", '"one\ntwo"'),
        ("+44 20", "'+44 20"),
        (("+44 20", "+1"), "'+44 20;+1"),
        ("-3", "'-3"),
    ],
)
def test_each_kind_of_cell_has_its_spelling_in_csv(cell: Cell, text: str) -> None:
    assert spelt(cell) == text


def test_raw_csv_is_neither_guarded_nor_sanitised() -> None:
    assert spelt("=1\x1b", Look(raw=True)) == "=1\x1b"


def test_raw_csv_is_sanitised_on_a_terminal() -> None:
    assert spelt("=1\x1b", Look(raw=True, terminal=True)) == "=1\\x1b"


def test_csv_on_a_terminal_cannot_steer_it() -> None:
    assert spelt("=1\x1b\u202e", Look(terminal=True)) == "'=1\\x1b\\u202e"
    assert spelt("a\x1b", Look(terminal=False)) == "a\x1b"


def test_a_name_of_a_field_is_guarded_like_a_value() -> None:
    table = Table((), (), fields=("id", "=1+1"))

    assert shown(table, Format.CSV) == "id,'=1+1\n"


def test_tabs_and_line_ends_are_escaped_in_tsv() -> None:
    table = table_of({"id": "ada", "note": 'a\tb\nc\rd\\e "f"'}, fields="id note")

    assert shown(table, Format.TSV) == 'id\tnote\nada\ta\\tb\\nc\\rd\\\\e "f"\n'


def test_a_board_becomes_the_rows_of_all_its_tabs() -> None:
    with_status = [table_of({"id": i, "status": s}, fields="id status") for i, s in ("aA", "bB")]
    without = [table_of({"id": i}, fields="id") for i in "ab"]

    named = Board("status", tuple(Tab(n, t, 1) for n, t in zip("AB", with_status, strict=True)))
    unnamed = Board("status", tuple(Tab(n, t, 1) for n, t in zip("AB", without, strict=True)))

    assert shown(named, Format.CSV) == "id,status\na,A\nb,B\n"
    assert shown(unnamed, Format.CSV) == "status,id\nA,a\nB,b\n"


def test_a_card_becomes_one_row_of_its_data() -> None:
    card = Card("Ada", (("Name", "Ada"),), {"id": "ada", "tags": ("a", "b")})

    assert shown(card, Format.CSV) == "id,tags\nada,a;b\n"
    assert shown(card, Format.TSV) == "id\ttags\nada\ta;b\n"


def test_many_rows_come_in_pieces_and_none_is_lost() -> None:
    table = table_of(*({"id": str(number)} for number in range(2500)), fields="id")

    pieces = list(render(table, Format.CSV, Look(header=False)))

    assert len(pieces) == 3
    assert "".join(pieces).split() == [str(number) for number in range(2500)]


@settings(deadline=None, max_examples=300)
@given(ROWS, LOOKS)
def test_csv_read_back_gives_the_cells(rows: list[list[str]], look: Look) -> None:
    text = shown(text_table(rows), Format.CSV, look)

    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    plain = found if look.raw else [[unguard(cell) for cell in row] for row in found]
    assert plain == [["a", "b", "c"], *rows]


@settings(deadline=None, max_examples=300)
@given(ROWS, LOOKS)
def test_tsv_read_back_gives_the_cells(rows: list[list[str]], look: Look) -> None:
    found = read_tsv(shown(text_table(rows), Format.TSV, look))

    plain = found if look.raw else [[unguard(cell) for cell in row] for row in found]
    assert plain == [["a", "b", "c"], *rows]
