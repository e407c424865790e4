"""What an import makes of the cells of a row: fields, statuses, reasons, dates and ids."""

from __future__ import annotations

import pytest

from leadctl.errors import RequestError
from leadctl.importing.contacts import Outcome, verdicts
from leadctl.importing.mapping import resolve
from leadctl.importing.rules import Rules, rules_from_options
from leadctl.importing.table import ForeignRow, ForeignTable
from leadctl.records import FieldEdit
from tests.import_verdicts import SCHEMA, STAGES, TODAY, contact, only, outcomes, run


def test_a_new_contact_has_its_fields_in_good_order() -> None:
    found = only(
        run(
            "Extra|LEADID|Email|First Name|Last Name|Phone|Created\nx|7|a@b.c|Ada|Love|"
            "+44 20|15 Apr, 2021 00:03:00"
        )
    )

    assert found.outcome is Outcome.NEW
    assert list(found.fields.items()) == [
        ("id", "ada-love"),
        ("name", "Ada Love"),
        ("status", "New"),
        ("email", ("a@b.c",)),
        ("phone", ("+44 20",)),
        ("created", "2021-04-15T00:03:00"),
        ("external_id", "7"),
        ("extra", "x"),
    ]


def test_a_contact_without_status_or_day_gets_the_default_and_today() -> None:
    found = only(run("Name\nAda"))

    assert found.fields == {"id": "ada", "name": "Ada", "status": "New", "created": "2026-11-22"}


def test_a_name_is_required() -> None:
    found = run("Name|Email\n |a@b.c")

    assert outcomes(found) == [(2, "error", "no name")]


def test_several_values_are_split_and_repeated_ones_dropped() -> None:
    found = only(
        run(
            "Name|Email|Other Email|Phone|Mobile|Tags\n"
            "Ada|a@b.c; d@e.f|A@B.C|1-23456 ::: 99999|(12)3456|vip, old;new"
        )
    )

    assert found.fields["email"] == ("a@b.c", "d@e.f")
    assert found.fields["phone"] == ("1-23456", "99999")
    assert found.fields["tags"] == ("vip", "old", "new")


def test_line_ends_within_a_value_become_one_kind() -> None:
    table = ForeignTable(("Name", "Note"), (ForeignRow(2, (" Ada ", "a\r\nb\rc\n")),))
    mapping = resolve(Rules(), table.header, schema=SCHEMA, source="x.csv")

    found = only(verdicts(table, mapping, existing=(), stages=STAGES, today=TODAY))

    assert (found.fields["name"], found.fields["note"]) == ("Ada", "a\nb\nc\n")


def test_a_phone_that_a_spreadsheet_rounded_is_refused() -> None:
    found = only(run("Name|Phone\nAda|1.23E+11"))

    assert found.outcome is Outcome.ERROR
    assert found.message == 'phone: "1.23E+11" was already rounded by a spreadsheet'
    assert "as text" in found.hint


def test_an_unknown_status_says_how_to_map_it() -> None:
    found = run("Name|Status\nAda|Engaged\nBob|Junk Lead\nCy|contacted")

    assert outcomes(found) == [
        (2, "error", 'status: no status named "Engaged"'),
        (3, "error", 'status: no status named "Junk Lead"'),
        (4, "new", ""),
    ]
    assert found[0].hint == (
        "did you mean \"Engage\"? say so with --map-value 'status:Engaged=Engage'"
    )
    assert "one of New, Engage, Disqualified" in found[1].hint
    assert found[2].fields["status"] == "Engage"


def test_values_are_replaced_before_they_are_read() -> None:
    rules = rules_from_options(
        values=["status:Junk Lead=Lost", "status:*=Engage", "source:web="], reason="gone"
    )

    found = run("Name|Status|Source\nA|JUNK  lead|Web\nB|whatever|Fair\nC||", rules=rules)

    assert [each.fields["status"] for each in found] == ["Lost", "Engage", "New"]
    assert [each.fields.get("source", "") for each in found] == ["", "Fair", ""]


def test_a_status_that_needs_a_reason_gets_it_from_its_row_or_the_option() -> None:
    text = "Name|Status|Why\nA|Disqualified|Wrong Data\nB|Disqualified|\nC|New|wrong data"

    found = run(text, rules=rules_from_options(columns=["Why=reason"], reason="wrong company"))

    assert [each.reason for each in found] == ["wrong data", "wrong company", "wrong data"]
    assert "reason" not in found[0].fields


def test_a_missing_or_unknown_reason_is_an_error() -> None:
    listed, meant = "one of: wrong data, wrong company", 'did you mean "wrong data"?'
    rules = rules_from_options(columns=["Why=reason"])

    found = run(
        "Name|Status|Why\nA|Disqualified|\nB|Disqualified|wrong dta\nC|Lost|\nD|Lost|x", rules=rules
    )

    assert outcomes(found) == [
        (2, "error", f'a change to "Disqualified" needs a reason, {listed}'),
        (3, "error", f'"wrong dta" is no reason for "Disqualified", {listed}; {meant}'),
        (4, "error", 'a change to "Lost" needs a reason'),
        (5, "new", ""),
    ]
    assert found[3].reason == "x"


def test_a_reason_that_a_status_does_not_ask_for_is_kept_or_refused_never_dropped() -> None:
    rules = rules_from_options(columns=["Why=reason"])

    found = run("Name|Status|Why\nA|Asleep|wrong data\nB|Asleep|tired", rules=rules)

    assert found[0].reason == "wrong data"
    assert found[1].outcome is Outcome.ERROR


def test_one_date_tells_the_order_of_its_whole_column() -> None:
    found = run("Name|Created|Birthday\nA|01/02/2024|05-17\nB|31/01/2024|17.05.2001\nC|5 May 2024|")

    assert [each.fields["created"] for each in found] == ["2024-02-01", "2024-01-31", "2024-05-05"]
    assert [each.fields.get("birthday") for each in found] == ["05-17", "2001-05-17", None]


def test_a_column_of_dates_that_leaves_the_order_open_asks_for_it() -> None:
    text = "Name|Created\nA|01/02/2024\nB|03/03/2024\nC|soon"

    found = run(text)
    ordered = run(text, rules=rules_from_options(date_order="mdy"))

    assert [each.outcome.value for each in found] == ["error", "new", "error"]
    assert "ambiguous" in found[0].message
    assert "--date-order" in found[0].hint
    assert "is no date" in found[2].message
    assert ordered[0].fields["created"] == "2024-01-02"


def test_a_column_of_dates_that_contradicts_itself_is_refused() -> None:
    found = run("Name|Created\nA|01/02/2024\nB|31/01/2024\nC|01/31/2024\nD|2024-05-06")

    assert [each.outcome.value for each in found] == ["error", "error", "error", "new"]
    assert found[0].message == (
        'created: the column "Created" has the day first and the month first: '
        '"31/01/2024" and "01/31/2024"'
    )


def test_what_has_happened_cannot_lie_in_the_future() -> None:
    found = only(run("Name|Created\nA|2026-11-23"))

    assert (found.outcome, found.message) == (Outcome.ERROR, "created: 2026-11-23 is in the future")


def test_flags_intervals_and_declared_fields_are_normalised() -> None:
    found = only(
        run(
            "Name|DNC|Touch Every|Budget|Size|Renewal|Pinned|Snoozed until\n"
            "A|TRUE|2w|12.5|small|13/02/2024; 01/03/2024|y|24 Dec 2026"
        )
    )

    values = {name: value for name, value in found.fields.items() if name not in ("id", "name")}
    assert values == {
        "status": "New",
        "created": "2026-11-22",
        "touch_every": "2 weeks",
        "snoozed_until": "2026-12-24",
        "pinned": "yes",
        "do_not_contact": "yes",
        "budget": "12.5",
        "size": "Small",
        "renewal": ("2024-02-13", "2024-03-01"),
    }


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    found = only(run("Name|DNC|Touch Every|Budget|Size\nA|maybe|often|much|huge"))

    assert found.outcome is Outcome.ERROR
    assert [part.split(":")[0] for part in found.message.split("; ") if ": " in part] == [
        "do_not_contact",
        "touch_every",
        "budget",
        "size",
    ]
    assert "--map-value 'size:huge=SIZE': one of Small, Large" in run("Name|Size\nA|huge")[0].hint


def test_constants_stand_where_a_row_has_nothing() -> None:
    rules = rules_from_options(constants=["source=Fair", "status=contacted", "tags=a;b"])

    found = run("Name|Source\nA|Web\nB|", rules=rules)

    assert [each.fields["source"] for each in found] == ["Web", "Fair"]
    assert found[0].fields["status"] == "Engage"
    assert found[0].fields["tags"] == ("a", "b")
    with pytest.raises(RequestError, match='no status named "Engagd"'):
        run("Name\nA", rules=rules_from_options(constants=["status=Engagd"]))


def test_constants_change_nothing_that_a_known_contact_has() -> None:
    ada = contact("ada", "Ada", email="a@b.c", source="Web")
    rules = rules_from_options(
        constants=["source=Fair", "owner=Ann", "status=Engage"], on_duplicate="update"
    )

    found = only(run("Name|Email\nAda|a@b.c", [ada], rules=rules))

    assert found.edits == (FieldEdit("ada", "owner", "", "Ann"),)


def test_ids_are_unique_in_the_book_and_in_the_file() -> None:
    found = run("Name\nAda\nada\nÁda\n李\nCON", [contact("ada", "Ada")])

    assert [each.contact for each in found] == ["ada", "ada-2", "ada-3", "contact", "con-2"]
    assert found[0].outcome is Outcome.SAME


def test_a_name_without_letters_takes_its_id_from_the_address() -> None:
    found = run("Name|Email|Company\n李|li.wei@b.c|\n王||Acme")

    assert [each.contact for each in found] == ["li-wei", "acme"]


def test_ids_out_of_the_file_are_used_and_kept_free() -> None:
    found = run("id|Name\n|Ada\nada|Bob\nBob!|Cy\nbob|Dan", [contact("bob", "Bob")])

    assert outcomes(found) == [
        (2, "new", ""),
        (3, "new", ""),
        (4, "error", 'id: "Bob!" cannot be an id'),
        (5, "error", "bob differs in name"),
    ]
    assert [each.contact for each in found] == ["ada-2", "ada", "", "bob"]


def test_an_id_never_changes_and_is_never_given_twice() -> None:
    book = [contact("ada", "Ada", email="a@b.c"), contact("bob", "Bob")]
    rules = rules_from_options(key="email", on_duplicate="update")

    found = run("id|Name|Email\nlovelace|Ada|a@b.c\nbob|Cy|c@d.e", book, rules=rules)

    assert outcomes(found) == [
        (2, "error", 'is ada, whose id cannot become "lovelace"'),
        (3, "error", 'the id "bob" belongs to another contact'),
    ]
