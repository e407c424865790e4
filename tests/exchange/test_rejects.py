from __future__ import annotations

from leadctl.exchange.foreign_csv import read
from leadctl.exchange.rejects import PROBLEM, rejects_text


def test_rejects_say_in_a_column_of_their_own_what_is_wrong() -> None:
    text = rejects_text(("Name", "Note"), [(("Ada", "x, y"), "no such status")])

    assert text == f'Name,Note,{PROBLEM}\nAda,"x, y",no such status\n'


def test_a_row_with_too_few_or_too_many_cells_stays_wrong_until_it_is_mended() -> None:
    rows = [(("Ada",), "1 of 2 columns"), (("Bob", "a", "b"), "3 of 2 columns")]

    again = read(rejects_text(("Name", "Note"), rows).encode(), "wrong.csv")

    assert [row.line for row in again.ragged] == [2, 3]


def test_what_was_wrong_before_is_replaced_by_what_is_wrong_now() -> None:
    text = rejects_text(("Name", PROBLEM, "Note"), [(("Ada", "old", "x"), "new")])

    assert text == f"Name,Note,{PROBLEM}\nAda,x,new\n"
