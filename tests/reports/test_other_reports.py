"""What the oracle cannot tell: groups by fields and units of time, labels, order, refusals."""

from __future__ import annotations

from datetime import date

import pytest

from leadctl.errors import RequestError
from leadctl.reports.figures import as_time, percentile
from tests.people import contact, event, moved, taken_back, touched
from tests.reports.asking import REPORTS, Book, rows

PEOPLE = Book(
    [
        contact("al", status="Closed", owner="Marta", tags=("buyer", "vip"), created="2026-01-10"),
        contact("bo", status="Inactive", owner="marta", tags="buyer", created="2026-02-01"),
        contact("cy", owner="jonah", created="2026-11-21"),
        contact("di", status="Gone", hobby="chess"),
    ],
    [
        touched("2026-11-20", who="al"),
        touched("2026-11-20", who="bo", outcome="attempted"),
        event("touched", "2026-11-02", who="al", via="visit", outcome="reached"),
        moved("New", "Closed", "2026-03-01", who="al"),
        event(
            "status", "2026-05-01", who="bo", reason="price",
            changes={"status": ("New", "Inactive")},
        ),
    ],
)  # fmt: skip


def test_values_that_differ_in_case_only_are_one_group() -> None:
    found = rows(PEOPLE.report("sources", by="owner"), "leads")

    assert found == {
        "Marta": {"leads": 2},
        "jonah": {"leads": 1},
        None: {"leads": 1},
        "all": {"leads": 4},
    }


def test_who_has_several_values_is_in_several_groups_and_once_in_the_sum() -> None:
    found = rows(PEOPLE.report("sources", by="tags"), "leads", "won", "median_days")

    assert found["buyer"] == {"leads": 2, "won": 1, "median_days": 50}
    assert found["vip"] == {"leads": 1, "won": 1, "median_days": 50}
    assert found["all"] == {"leads": 4, "won": 1, "median_days": 50}


def test_units_of_time_are_in_their_order() -> None:
    table = PEOPLE.report("sources", by="month")

    assert [row["month"] for row in table.rows] == ["2026-01", "2026-02", "2026-11", None, "all"]


def test_a_group_without_a_value_is_shown_as_such() -> None:
    (column, *_) = PEOPLE.report("sources", by="owner").columns

    assert column.say(None) == "(none)"


def test_activity_shows_the_ways_that_occur_and_knows_them_all() -> None:
    table = PEOPLE.report("activity", by="who")

    assert [column.heading for column in table.columns] == [
        "who", "call", "visit", "touches", " ", "reached", "tried",
    ]  # fmt: skip
    assert table.rows[0] == {
        "who": "marta", "call": 2, "email": 0, "text": 0, "meeting": 0, "visit": 1, "letter": 0,
        "other": 0, "touches": 3, "reached": 2, "attempted": 1,
    }  # fmt: skip


def test_activity_has_every_week_from_the_first_touch_on() -> None:
    found = rows(PEOPLE.report("activity"), "touches")

    assert {week: row["touches"] for week, row in found.items()} == {
        "2026-11-02": 1, "2026-11-09": 0, "2026-11-16": 2, "all": 3,
    }  # fmt: skip


def test_activity_can_be_of_some_contacts_and_by_their_fields() -> None:
    assert rows(PEOPLE.report("activity", chosen="al"), "touches")["all"] == {"touches": 2}
    assert rows(PEOPLE.report("activity", by="owner"), "touches")["Marta"] == {"touches": 3}
    one = PEOPLE.report("activity", by="owner", chosen="bo")
    assert rows(one, "touches")["all"] == {"touches": 1}


def test_activity_by_the_status_that_they_are_in_today() -> None:
    found = rows(PEOPLE.report("activity", by="status"), "touches")

    assert found == {
        "Closed": {"touches": 2}, "Inactive": {"touches": 1}, "all": {"touches": 3},
    }  # fmt: skip


def test_what_was_undone_was_not_done() -> None:
    book = Book([contact("ada")], taken_back(touched("2026-11-20")))

    assert rows(book.report("activity"), "touches") == {"all": {"touches": 0}}


def test_losses_by_reason_previous_status_and_month() -> None:
    assert rows(PEOPLE.report("lost"), "lost", "median_days", "back")["price"] == {
        "lost": 1, "median_days": 89, "back": 0,
    }  # fmt: skip
    assert rows(PEOPLE.report("lost", by="from"), "lost") == {
        "New": {"lost": 1}, "all": {"lost": 1},
    }  # fmt: skip
    assert list(rows(PEOPLE.report("lost", by="month"))) == ["2026-05", "all"]


def test_speed_by_a_field_has_the_steps_of_each_group() -> None:
    table = PEOPLE.report("speed", by="owner")

    assert [(row["owner"], row["step"]) for row in table.rows[:5]] == [
        ("Marta", "attempted"), ("Marta", "reached"), ("Marta", "qualified"), ("Marta", "won"),
        ("jonah", "attempted"),
    ]  # fmt: skip


def test_ageing_by_owner_counts_all_that_they_have() -> None:
    found = rows(PEOPLE.report("ageing", by="owner"), "now", "median_now")

    assert found["Marta"] == {"now": 2, "median_now": 205}


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_an_empty_book_has_no_groups(name: str) -> None:
    table = Book().report(name)

    assert all(row.get("touches") == 0 for row in table.rows)


@pytest.mark.parametrize("name", sorted(REPORTS))
@pytest.mark.parametrize("by", ["nothing", "due", "touched"])
def test_no_report_is_made_by_what_is_no_group(name: str, by: str) -> None:
    with pytest.raises(RequestError, match="cannot be made by"):
        PEOPLE.report(name, by=by)


def test_a_percentile_is_a_number_that_occurs() -> None:
    assert percentile({1: 1, 2: 1, 3: 1, 100: 1}, 0.5) == 2
    assert percentile({1: 9, 50: 1}, 0.9) == 1
    assert percentile({1: 9, 50: 1}, 0.95) == 50
    assert percentile({}, 0.5) is None


def test_times_are_told_as_people_say_them() -> None:
    told = [as_time(each) for each in (0, 59, 60, 185, 1440, 4 * 1440, None)]

    assert told == ["0 min", "59 min", "1 h", "3 h 5 min", "1 day", "4 days", ""]


def test_the_present_day_is_the_one_that_is_asked_for() -> None:
    early = PEOPLE.report("touches", today=date(2026, 11, 21))

    assert rows(early, "on_time")["all"] == {"on_time": 2}
    assert rows(PEOPLE.report("touches"), "on_time")["all"] == {"on_time": 1}


def test_who_came_in_as_won_or_lost_took_no_time_for_it() -> None:
    book = Book(
        [
            contact("al", status="Closed", created="2026-01-10"),
            contact("bo", created="2026-01-10"),
            contact("cy", status="Inactive", created="2026-01-10"),
        ]
    )
    won = [row for row in book.report("speed").rows if row["step"] == "won"]

    assert [(row["done"], row["median_days"]) for row in won] == [(1, None)]
    assert rows(book.report("sources"), "won", "median_days")["all"] == {
        "won": 1, "median_days": None,
    }  # fmt: skip
    assert rows(book.report("lost"), "lost", "median_days")["all"] == {
        "lost": 1, "median_days": None,
    }  # fmt: skip


def test_a_touch_with_somebody_who_has_two_tags_is_one_touch() -> None:
    found = rows(PEOPLE.report("activity", by="tags"), "touches")

    assert (found["buyer"], found["vip"], found["all"]) == (
        {"touches": 3}, {"touches": 2}, {"touches": 3},
    )  # fmt: skip


def test_two_spellings_of_one_tag_are_one() -> None:
    people = [contact("al", tags=("red", "Red", "blue")), contact("bo", tags="blue")]
    found = rows(Book(people, [touched("2026-11-20", who="al")]).report("sources", by="tags"))

    assert {tag: row["leads"] for tag, row in found.items()} == {"blue": 2, "red": 1, "all": 2}


def test_a_field_with_the_name_of_a_figure_keeps_its_values() -> None:
    table = Book([contact(email="x@y.org")], [touched("2026-11-20")]).report("activity", by="email")

    assert [row["by"] for row in table.rows] == ["x@y.org", "all"]
    assert table.rows[0]["email"] == 0
    assert table.columns[0].heading == "email"


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("ageing", "now"), ("touches", "contacts"), ("sources", "open"), ("speed", "done"),
        ("lost", "back"),
    ],
)  # fmt: skip
def test_so_does_an_own_field_in_every_report(name: str, figure: str) -> None:
    who = contact(
        "al",
        status="Inactive" if name == "lost" else "New",
        **{figure: "chess"},
        created="2026-11-01",
    )
    table = Book([who], own=[figure]).report(name, by=figure)

    assert table.rows[0]["by"] == "chess"
    assert table.rows[0][figure] != "chess"


def test_who_is_to_come_is_not_there_for_less_than_no_time() -> None:
    found = rows(Book([contact(created="2027-06-01")]).report("ageing"), "median_now")

    assert found == {"New": {"median_now": 0}}


def test_a_stay_belongs_to_the_stage_that_it_was_in() -> None:
    moves = [moved("New", "Active", "2026-10-10"), moved("Active", "Inactive", "2026-10-20")]
    found = rows(Book([contact(status="Inactive")], moves).report("ageing", by="stage"))

    assert {stage: (row["now"], row["ended"], row["median"]) for stage, row in found.items()} == {
        "Hot": (0, 1, 10), "Lost": (1, 0, None),
    }  # fmt: skip


def test_touches_with_people_who_are_gone_were_made() -> None:
    book = Book(
        [contact("al", owner="marta")], [touched("2026-11-20"), touched("2026-11-20", who="al")]
    )

    assert rows(book.report("activity"), "touches")["all"] == {"touches": 2}
    assert rows(book.report("activity", by="owner"), "touches") == {
        "marta": {"touches": 1}, None: {"touches": 1}, "all": {"touches": 2},
    }  # fmt: skip
    assert rows(book.report("activity", chosen="owner:marta"), "touches")["all"] == {"touches": 1}


def test_a_way_that_nobody_knows_is_another_way() -> None:
    fax = event("touched", "2026-11-20", via="fax", outcome="reached")
    found = rows(Book([contact()], [fax]).report("activity"), "other", "touches")

    assert found["all"] == {"other": 1, "touches": 1}
