"""The funnel: how far people got, and which way."""

from __future__ import annotations

from datetime import date

import pytest

from leadctl.errors import RequestError
from tests.people import contact, event, moved
from tests.reports.asking import Book, rows


def came(who: str, on: str) -> object:
    return event("added", on, who=who, changes={"id": ("", who), "status": ("", "New")})


BOOK = Book(
    [
        contact("al", status="Closed", created="2026-01-10"),
        contact("bo", status="Inactive", created="2026-02-01"),
        contact("cy", status="Engage", created="2026-02-02"),
        contact("di", created="2025-12-31"),
    ],
    [
        came("al", "2026-01-10"),  # type: ignore[list-item]
        moved("New", "Engage", "2026-01-12", who="al"),
        moved("Engage", "Closed", "2026-03-01", who="al"),
        came("bo", "2026-02-01"),  # type: ignore[list-item]
        moved("New", "Engage", "2026-02-11", who="bo"),
        moved("Engage", "Inactive", "2026-02-21", who="bo"),
        came("cy", "2026-02-02"),  # type: ignore[list-item]
        moved("New", "Engage", "2026-02-06", who="cy"),
        moved("Engage", "New", "2026-02-07", who="cy"),
        moved("New", "Engage", "2026-02-08", who="cy"),
    ],
)


def test_who_came_back_to_a_status_is_counted_once() -> None:
    found = rows(BOOK.report("funnel"), "ever", "share", "now", "won", "won_share", "lost")

    assert found == {
        "New": {
            "ever": 4, "share": 100.0, "now": 1, "won": 1, "won_share": 25.0, "lost": 1,
        },
        "Engage": {
            "ever": 3, "share": 75.0, "now": 1, "won": 1, "won_share": 33.3, "lost": 1,
        },
        "Closed": {"ever": 1, "share": 25.0, "now": 1, "won": 1, "won_share": 100.0, "lost": 0},
        "Inactive": {"ever": 1, "share": 25.0, "now": 1, "won": 0, "won_share": 0.0, "lost": 1},
        "all": {"ever": 4, "share": 100.0, "now": 4, "won": 1, "won_share": 25.0, "lost": 1},
    }  # fmt: skip


def test_the_period_is_about_the_arrival() -> None:
    year = (date(2026, 1, 1), date(2026, 12, 31))

    assert rows(BOOK.report("funnel", period=year), "ever")["all"] == {"ever": 3}
    assert rows(BOOK.report("funnel", period=(date(2020, 1, 1), date(2020, 12, 31)))) == {}


def test_every_move_has_a_row_with_its_share_of_all_from_there() -> None:
    table = BOOK.report("funnel", by="move")

    assert [tuple(row.values()) for row in table.rows] == [
        ("New", "Engage", 4, 100.0, 2),
        ("Engage", "Closed", 1, 33.3, 48),
        ("Engage", "Inactive", 1, 33.3, 10),
        ("Engage", "New", 1, 33.3, 1),
    ]


def test_it_cannot_be_made_by_anything_else() -> None:
    with pytest.raises(RequestError) as caught:
        BOOK.report("funnel", by="mvoe")

    assert caught.value.message == '--by: this report cannot be made by "mvoe"'
    assert caught.value.hint == 'did you mean "move"?'
