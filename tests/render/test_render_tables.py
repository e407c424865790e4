import re
import unicodedata
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from leadctl.render import Format, Look, render
from leadctl.render.widths import width
from leadctl.views import Board, Card, Cell, Column, Row, Section, Tab, Table, View, late_colour

ODD = st.sampled_from(
    "\n\r\t\x1b\x7f\x9b\u200d\u202e\u2028\ufe0f\ufeff\U000e0041\ud800é漢❤🔥🇩🇪 |\\"
)
TEXTS = st.text(alphabet=st.one_of(ODD, st.characters(exclude_categories=())), max_size=25)
CELLS = st.one_of(TEXTS, st.none(), st.integers(), st.booleans(), st.lists(TEXTS).map(tuple))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    names = draw(st.lists(TEXTS, min_size=1, max_size=6, unique=True))
    numbers = draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names)))
    columns = tuple(
        Column(name, is_number=is_number) for name, is_number in zip(names, numbers, strict=True)
    )
    row = st.fixed_dictionaries(dict.fromkeys(names, CELLS))
    return Table(columns, tuple(draw(st.lists(row, min_size=1, max_size=5))))


def table_of(*rows: Row, columns: str) -> Table:
    return Table(tuple(Column(name) for name in columns.split()), rows)


#: Id → days over.
LATENESS = {"over": 3, "today": 0, "ahead": -1, "none": None}


def shown(view: View, wanted: Format = Format.TABLE, look: Look | None = None) -> str:
    return "".join(render(view, wanted, look or Look()))


def test_a_table_has_headings_a_rule_and_two_blanks_between_columns() -> None:
    columns = (
        Column("id"),
        Column("emails", title="e-mail"),
        Column("overdue_days", title="overdue", is_number=True),
    )
    rows: tuple[Row, ...] = (
        {"id": "ada-lovelace", "emails": ("ada@x.org", "a@y.org"), "overdue_days": 12},
        {"id": "bob", "emails": (), "overdue_days": -1},
        {"id": "cy", "emails": None, "overdue_days": None},
    )

    text = shown(Table(columns, rows))

    assert text == (
        "id            e-mail              overdue\n"
        "------------  ------------------  -------\n"
        "ada-lovelace  ada@x.org, a@y.org       12\n"
        "bob                                    -1\n"
        "cy\n"
    )


def test_without_a_header_there_are_only_rows() -> None:
    table = table_of({"id": "ada", "name": "Ada"}, columns="id name")

    assert shown(table, look=Look(header=False)) == "ada  Ada\n"


def test_texts_that_look_like_numbers_stay_as_typed() -> None:
    rows: list[Row] = [{"id": "1e3", "n": " 007"}, {"id": "12345678901234567890.50", "n": "True"}]

    text = shown(table_of(*rows, columns="id n"), look=Look(header=False))

    assert text == "1e3                       007\n12345678901234567890.50  True\n"


def test_a_table_without_rows_or_columns_shows_nothing() -> None:
    assert shown(table_of(columns="id name")) == ""
    assert shown(Table((), ({"id": "ada"},))) == ""


def test_wide_characters_keep_the_columns_straight() -> None:
    rows: list[Row] = [{"name": "山田 太郎", "city": "東京"}, {"name": "Ada 🔥", "city": "London"}]

    text = shown(table_of(*rows, columns="name city"))

    assert text == ("name       city\n---------  ------\n山田 太郎  東京\nAda 🔥     London\n")


def test_a_cell_is_on_one_line_and_cannot_steer_the_terminal() -> None:
    table = table_of({"id": "ada", "note": "one\ntwo\x1b[31m"}, columns="id note")

    assert shown(table, look=Look(header=False)) == "ada  one ↵ two\\x1b[31m\n"


def test_each_column_says_its_cells_in_its_own_way() -> None:
    def in_days(cell: Cell) -> str:
        return f"{cell} days"

    table = Table((Column("idle", say=in_days),), ({"idle": 3},))

    assert shown(table, look=Look(header=False)) == "3 days\n"


def test_the_status_takes_the_colour_of_the_row_else_the_first_cell() -> None:
    row: Row = {"id": "ada", "status": "New", "colour": "bright-green"}

    with_status = shown(table_of(row, columns="id status"), look=Look(colour=True, header=False))
    without = shown(table_of(row, columns="id"), look=Look(colour=True, header=False))

    assert with_status == "ada  \x1b[92mNew\x1b[0m\n"
    assert without == "\x1b[92mada\x1b[0m\n"


def test_a_colour_that_no_terminal_knows_and_an_unasked_one_are_left_out() -> None:
    unknown = table_of({"id": "ada", "colour": "\x1b[31m"}, columns="id")
    known = table_of({"id": "ada", "colour": "red"}, columns="id")

    assert shown(unknown, look=Look(colour=True, header=False)) == "ada\n"
    assert shown(known, look=Look(header=False)) == "ada\n"


def test_a_column_can_have_a_colour_of_its_own_in_a_row() -> None:
    columns = (Column("id"), Column("due", tint=late_colour))
    rows: list[Row] = [{"id": n, "due": "d", "overdue_days": late} for n, late in LATENESS.items()]

    text = shown(Table(columns, tuple(rows)), look=Look(colour=True, header=False))

    assert text == "over   \x1b[31md\x1b[0m\ntoday  \x1b[33md\x1b[0m\nahead  d\nnone   d\n"


def test_headings_are_bold_and_the_rule_below_them_is_dim() -> None:
    text = shown(table_of({"id": "ada"}, columns="id"), look=Look(colour=True))

    assert text == "\x1b[1mid\x1b[0m\n\x1b[2m---\x1b[0m\nada\n"


def test_coloured_cells_do_not_move_the_columns() -> None:
    rows: list[Row] = [
        {"status": "New", "name": "Ada", "colour": "red"},
        {"status": "Engage", "name": "Bob", "colour": "blue"},
    ]
    table = table_of(*rows, columns="status name")

    coloured = shown(table, look=Look(colour=True))

    assert "\x1b[31mNew\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == shown(table)


def test_a_card_aligns_its_labels_and_shows_every_line_of_a_text() -> None:
    events = Section(
        "Last events", table_of({"on": "2026-11-01", "what": "call"}, columns="on what")
    )
    empty = Section("Deals", table_of(columns="id"))
    lines = (("status", "New"), ("note", "one\r\ntwo\n"), ("do_not_contact", ""))

    text = shown(Card("Ada Lovelace", lines, {"id": "ada"}, (events, empty)))

    assert text == (
        "Ada Lovelace\n"
        "  status          New\n"
        "  note            one\n"
        "                  two\n"
        "  do_not_contact\n"
        "\n"
        "Last events\n"
        "on          what\n"
        "----------  ----\n"
        "2026-11-01  call\n"
    )


def test_a_board_has_a_heading_and_a_table_for_each_tab() -> None:
    table = table_of({"id": "ada"}, {"id": "bob"}, columns="id")
    tabs = (Tab("New", table, 10, "red"), Tab("Future", table_of(columns="id"), 0))

    text = shown(Board("status", tabs), look=Look(header=False))

    assert text == "New (10)\nada\nbob\n… 8 more\n\nFuture (0)\n"


def test_headings_of_boards_and_cards_stand_out_on_a_terminal_with_colours() -> None:
    board = Board("status", (Tab("New", table_of(columns="id"), 0, "red"),))

    assert shown(board, look=Look(colour=True)) == "\x1b[1;31mNew (0)\x1b[0m\n"
    assert shown(Card("Ada", (), {}), look=Look(colour=True)) == "\x1b[1mAda\x1b[0m\n"


@settings(deadline=None, max_examples=150)
@given(tables(), TEXTS, TEXTS, st.sampled_from([Format.TABLE, Format.MD]))
def test_nothing_that_people_read_holds_a_raw_control_character(
    table: Table, title: str, text: str, wanted: Format
) -> None:
    data: Mapping[str, Cell] = {}
    views: list[View] = [
        table,
        Card(title, ((title, text),), data, (Section(title, table),)),
        Board(title, (Tab(title, table, 9),)),
    ]

    characters = set("".join(shown(view, wanted) for view in views)) - set("\n\u200c\u200d")

    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not {char for char in characters if unicodedata.category(char) in hidden}


@given(st.text(alphabet=st.characters(max_codepoint=0x2FF, exclude_categories=["Cc", "Cf"])))
def test_a_text_of_western_letters_is_as_wide_as_wcwidth_says(text: str) -> None:
    assert width(f"{text}–—‘’“”„•‹›€™→✓…") == wcswidth(text) + 15
