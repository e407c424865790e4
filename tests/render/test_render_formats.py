import subprocess
import sys

import pytest

from leadctl.render import Format, Look, render
from leadctl.views import Board, Card, Column, Row, Tab, Table, View

HEAVY = ("wcwidth", "json", "csv")


def table_of(*rows: Row, key: str = "id") -> Table:
    return Table((Column("name"),), rows, key=key)


def ids(view: View, look: Look | None = None) -> str:
    return "".join(render(view, Format.IDS, look or Look()))


def loaded_by(statement: str) -> set[str]:
    """Which of HEAVY a fresh Python has loaded after *statement*."""
    code = f"import sys\n{statement}\nprint(*(m for m in {HEAVY!r} if m in sys.modules))"
    command = [sys.executable, "-c", code]
    return set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("wanted", Format)
def test_every_format_shows_every_kind_of_view(wanted: Format) -> None:
    table = Table((Column("id"),), ({"id": "ada"},))
    views: list[View] = [
        table,
        Card("Ada", (("id", "ada"),), {"id": "ada"}),
        Board("status", (Tab("New", table, 1),)),
    ]

    for view in views:
        pieces = list(render(view, wanted, Look()))

        assert "ada" in "".join(pieces)
        assert pieces[-1].endswith("\n")


def test_ids_are_the_keys_of_the_rows_one_a_line() -> None:
    rows: list[Row] = [{"id": "ada", "op": "8f3k"}, {"id": "bob", "op": None}, {"id": "cy"}]

    assert ids(table_of(*rows)) == "ada\nbob\ncy\n"
    assert ids(table_of(*rows, key="op")) == "8f3k\n"


def test_ids_of_a_board_are_those_of_all_tabs_and_of_a_card_its_own() -> None:
    tabs = (Tab("New", table_of({"id": "ada"}), 5), Tab("Old", table_of({"id": "bob"}), 1))

    assert ids(Board("status", tabs)) == "ada\nbob\n"
    assert ids(Card("Ada", (), {"id": "ada"})) == "ada\n"
    assert ids(Card("Ada", (), {})) == ""


def test_ids_on_a_terminal_cannot_steer_it() -> None:
    assert ids(table_of({"id": "a\x1b"}), Look(terminal=True)) == "a\\x1b\n"


def test_rendering_loads_nothing_until_a_format_is_asked_for() -> None:
    assert loaded_by("import leadctl.render") == set()


def test_a_machine_format_never_loads_the_layout_of_tables() -> None:
    statement = (
        "from leadctl.render import *; from leadctl.views import *\n"
        "''.join(render(Card('', (), {'id': 'ada'}), Format.CSV, Look()))"
    )

    assert loaded_by(statement) == {"csv"}
