"""The prospect list and its explanation as people and machines get them."""

from __future__ import annotations

import pytest

from leadctl.errors import RequestError
from leadctl.fields import Field, Kind, Schema
from leadctl.prospecting.prospect_views import COLUMNS, explanation, prospect_table
from leadctl.prospecting.prospects import prospects
from leadctl.records import Entry
from leadctl.views import Table
from tests.people import STAGES, TODAY, contact, entry, event

SCHEMA = Schema({"budget": Field("budget", Kind.MONEY, "")})
ADA = entry(
    contact(pinned="yes", created="2026-11-20", phone=("555",), budget="850k"),
    [event("pinned", "2026-11-20", note="ask")],
)


def table(*entries: Entry, columns: tuple[str, ...] = ()) -> Table:
    found = prospects(entries, STAGES, TODAY)
    return prospect_table(found, STAGES, TODAY, schema=SCHEMA, columns=columns)


def test_a_row_says_whom_to_contact_why_and_how() -> None:
    (row,) = table(ADA).rows

    assert (row["id"], row["status"], row["due"], row["overdue_days"]) == (
        "ada",
        "New",
        "2026-11-20",
        2,
    )
    assert row["why"] == ("pinned", "never_contacted")
    assert row["reasons"] == ("pinned: ask", "no touch yet, 2 days overdue")
    assert (row["urgency"], row["next"]) == (15_480, "call 555")


def test_people_get_some_columns_and_machines_the_codes_as_well() -> None:
    shown = table(ADA)

    assert tuple(column.name for column in shown.columns) == COLUMNS
    assert {"why", "urgency", "phone", *COLUMNS} <= set(shown.machine_fields)


def test_columns_may_be_fields_of_the_contact_or_of_the_list() -> None:
    shown = table(ADA, columns=("id", "tag", "urgency", "budget"))

    assert [column.name for column in shown.columns] == ["id", "tags", "urgency", "budget"]
    assert [column.is_number for column in shown.columns] == [False, False, True, True]
    assert shown.machine_fields == ("id", "tags", "urgency", "budget")


def test_a_column_that_is_no_field_is_refused() -> None:
    with pytest.raises(RequestError, match='no field named "urgncy"'):
        table(ADA, columns=("urgncy",))


def test_a_list_with_nobody_on_it_has_no_rows() -> None:
    assert table(entry(contact(status="Inactive"))).rows == ()


def test_the_explanation_adds_up() -> None:
    card = explanation(ADA, (), STAGES, TODAY)

    assert card.title == "Ada Lovelace (ada) is on the list on 2026-11-22, urgency 15480"
    assert card.lines[0] == ("pinned", "pinned: ask   [by hand: 10000]   → call 555")
    assert card.data["listed"] is True
    assert (card.data["urgency"], card.data["why"]) == (15_480, ("pinned", "never_contacted"))


def test_who_is_not_on_the_list_gets_every_reason_why_not() -> None:
    card = explanation(entry(contact(do_not_contact="yes", pinned="yes")), (), STAGES, TODAY)

    assert card.title == "Ada Lovelace (ada) is not on the list on 2026-11-22"
    assert {label for label, _ in card.lines} == {"because"}
    assert card.lines[0][1].startswith("marked do-not-contact")
    assert (card.data["listed"], card.data["urgency"], card.data["why"]) == (False, 0, ())
    assert card.data["explanation"] == tuple(text for _, text in card.lines)


def test_a_dismissed_reason_is_told_with_who_dismissed_it_and_until_when_it_rests() -> None:
    said = event("dismissed", "2026-11-21", reason="never_contacted", note="on holiday")
    who = contact(pinned="yes", created="2026-11-20", phone=("555",))

    card = explanation(entry(who, [said]), [said], STAGES, TODAY)

    assert [label for label, _ in card.lines] == ["pinned", "but"]
    assert card.lines[1][1] == (
        "never_contacted was dismissed on 2026-11-21 by marta (on holiday); "
        "it rests until it arises anew after a touch"
    )
