from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.contacts import read_contacts, unplaced, with_values
from leadctl.errors import RequestError
from leadctl.fields import Field, Kind, Schema
from leadctl.ids import is_valid_id, slug
from leadctl.importing.contacts import Outcome, Verdict, summary, verdicts
from leadctl.importing.mapping import resolve
from leadctl.importing.rules import Rules, rules_from_options
from leadctl.importing.table import ForeignRow, ForeignTable
from leadctl.records import Contact, FieldEdit, Value
from leadctl.stages import Stages, Status

_TODAY = date(2026, 11, 22)
_REASONS = ("wrong data", "wrong company")
_STAGES = Stages(
    statuses=(
        Status("New"),
        Status("Engage", aliases=("Contacted",)),
        Status("Disqualified", note_required=True, reason_required=True, reasons=_REASONS),
        Status("Lost", reason_required=True),
        Status("Asleep", reasons=_REASONS),
    ),
    stages=(),
    default="New",
)
_SCHEMA = Schema(
    {
        "budget": Field("budget", Kind.NUMBER, ""),
        "size": Field("size", Kind.CHOICE, "", choices=("Small", "Large")),
        "renewal": Field("renewal", Kind.DATE, "", many=True),
    }
)


def run(
    text: str,
    existing: Sequence[Contact] = (),
    *,
    rules: Rules | None = None,
    on_duplicate: str = "",
) -> tuple[Verdict, ...]:
    """The verdicts on a table whose cells are separated by bars; the first row is line 2."""
    header, *rows = ([cell.strip() for cell in line.split("|")] for line in text.split("\n"))
    table = ForeignTable(
        tuple(header), tuple(ForeignRow(n, tuple(row)) for n, row in enumerate(rows, 2))
    )
    chosen = rules or rules_from_options(on_duplicate=on_duplicate)
    mapping = resolve(chosen, table.header, schema=_SCHEMA, source="x.csv")
    return verdicts(table, mapping, existing=existing, stages=_STAGES, today=_TODAY)


def only(found: Sequence[Verdict]) -> Verdict:
    assert len(found) == 1
    return found[0]


def contact(id_: str, name: str, **values: Value) -> Contact:
    found = read_contacts([unplaced({"id": id_, "name": name, "status": "New", **values})])
    assert not found.problems
    return found.contacts[0]


def imported(found: Sequence[Verdict], existing: Sequence[Contact] = ()) -> list[Contact]:
    """The book after *found* has been written."""
    book = {each.id: each for each in existing}
    for verdict in found:
        if verdict.outcome is Outcome.NEW:
            assert verdict.contact not in book
            added = read_contacts([unplaced(verdict.fields)])
            assert not added.problems
            book[verdict.contact] = added.contacts[0]
        for edit in verdict.edits:
            old = book[edit.contact]
            assert old.get(edit.field) == edit.old
            book[edit.contact] = with_values(old, {**old.values, edit.field: edit.new})
    return list(book.values())


def outcomes(found: Sequence[Verdict]) -> list[tuple[int, str, str]]:
    return [(verdict.line, verdict.outcome.value, verdict.message) for verdict in found]


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
    mapping = resolve(Rules(), table.header, schema=_SCHEMA, source="x.csv")

    found = only(verdicts(table, mapping, existing=(), stages=_STAGES, today=_TODAY))

    assert (found.fields["name"], found.fields["note"]) == ("Ada", "a\nb\nc")


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


@pytest.mark.parametrize("row", ["A@B.C|", "x@y.z|00 44 123-456", "a@b.c|+44123456"])
def test_a_contact_is_recognised_by_mail_or_phone(row: str) -> None:
    ada = contact("ada", "Ada", email="a@b.c", phone="+44 (123) 456")

    found = only(run(f"Name|Email|Phone\nAda|{row}", [ada], on_duplicate="update"))

    assert found.contact == "ada"
    assert found.outcome is (Outcome.UPDATE if "x@y" in row else Outcome.SAME)


@pytest.mark.parametrize(("email", "phone"), [("n/a", "0"), ("none", "-"), ("", "")])
def test_a_stopgap_is_nobodys_address(email: str, phone: str) -> None:
    ada = contact("ada", "Ada", email="n/a", phone="0")

    found = run(f"Name|Email|Phone\nBob|{email}|{phone}\nCy|{email}|{phone}", [ada])

    assert [each.contact for each in found] == ["bob", "cy"]
    assert summary(found)["new"] == 2


@pytest.mark.parametrize(
    ("on_duplicate", "outcome", "message"),
    [
        ("", "error", "ada differs in company, status"),
        ("fail", "error", "ada differs in company, status"),
        ("skip", "skip", "ada differs in company, status"),
        ("update", "update", ""),
    ],
)
def test_a_known_contact_that_differs_is_for_the_user_to_decide(
    on_duplicate: str, outcome: str, message: str
) -> None:
    ada = contact("ada", "Ada", email="a@b.c", company="Old")

    found = run(
        "Name|Email|Company|Status\nAda|a@b.c|Acme|Engage", [ada], on_duplicate=on_duplicate
    )

    assert outcomes(found) == [(2, outcome, message)]


def test_an_update_writes_only_what_differs_and_clears_nothing() -> None:
    ada = contact(
        "ada",
        "Ada",
        email=("a@b.c", "x@y.z"),
        phone="12345",
        company="Old",
        title="Countess",
        created="2021-04-15 00:03",
        tags="vip",
    )

    found = only(
        run(
            "Name|Email|Phone|Company|Title|Created|Tags\n"
            "Ada|A@B.C|1 23 45;67890|New||15 Apr 2021 0:03|",
            [ada],
            on_duplicate="update",
        )
    )

    assert found.edits == (
        FieldEdit("ada", "phone", ("12345",), ("12345", "67890")),
        FieldEdit("ada", "company", "Old", "New"),
    )


def test_a_status_under_its_old_name_is_the_same_status() -> None:
    ada = contact("ada", "Ada", email="a@b.c")
    ada = with_values(ada, {**ada.values, "status": "contacted"})

    assert only(run("Name|Email|Status\nAda|a@b.c|Engage", [ada])).outcome is Outcome.SAME


def test_do_not_contact_is_never_taken_back() -> None:
    ada = contact("ada", "Ada", email="a@b.c", do_not_contact="true")

    found = run("Name|Email|DNC\nAda|a@b.c|no", [ada], on_duplicate="update")

    assert only(found).outcome is Outcome.SAME


def test_an_update_into_a_status_needs_its_reason() -> None:
    book = [contact("ada", "Ada", email="a@b.c"), contact("bob", "Bob", email="b@b.c")]
    rules = rules_from_options(columns=["Why=reason"], on_duplicate="update")

    found = run("Name|Email|Status|Why\nAda|a@b.c|Lost|moved\nBob|b@b.c|Lost|", book, rules=rules)

    assert found[0].reason == "moved"
    assert outcomes(found)[1] == (3, "error", 'a change to "Lost" needs a reason')


def test_a_row_that_fits_several_contacts_names_them() -> None:
    book = [contact("ada", "Ada", email="a@b.c"), contact("bob", "Bob", phone="12345")]
    text = "Name|Email|Phone\nAda|a@b.c|12345"

    assert outcomes(run(text, book)) == [(2, "error", "fits ada and bob")]
    assert outcomes(run(text, book, on_duplicate="skip")) == [(2, "skip", "fits ada and bob")]


def test_the_same_contact_twice_in_the_file_names_the_first_line() -> None:
    text = "Name|Email\nAda|a@b.c\nBob|b@b.c\nLovelace|A@b.c"

    assert outcomes(run(text))[2] == (4, "error", "the same contact as line 2")
    assert outcomes(run(text, on_duplicate="skip"))[2] == (4, "skip", "the same contact as line 2")


def test_with_update_the_rows_of_one_contact_are_merged_in_order() -> None:
    found = run(
        "Name|Email|Company|Tags\nAda|a@b.c|Old|x\nAda|a@b.c;l@b.c||y\nAda|l@b.c|New|",
        on_duplicate="update",
    )

    assert outcomes(found) == [
        (2, "new", ""),
        (3, "same", "belongs to line 2"),
        (4, "same", "belongs to line 2"),
    ]
    assert found[0].fields["email"] == ("a@b.c", "l@b.c")
    assert found[0].fields["company"] == "New"
    assert found[0].fields["tags"] == ("x", "y")


def test_rows_merged_onto_a_wrong_one_are_wrong_too() -> None:
    found = run("Name|Email|Status\n|a@b.c|\n|a@b.c|", on_duplicate="update")

    assert outcomes(found) == [
        (2, "error", "no name"),
        (3, "error", "belongs to line 2, which is wrong"),
    ]


def test_the_key_of_the_other_system_tells_contacts_with_one_address_apart() -> None:
    found = run("Name|LEADID|Email\nAda|1|a@b.c\nAda|2|a@b.c\nAda|1|c@d.e")

    assert outcomes(found) == [
        (2, "new", ""),
        (3, "new", ""),
        (4, "error", "the same contact as line 2"),
    ]


def test_a_contact_without_the_key_is_recognised_by_mail_and_takes_the_key() -> None:
    book = [
        contact("ada", "Ada", email="a@b.c"),
        contact("bob", "Bob", email="b@b.c", external_id="7"),
    ]
    text = "Name|LEADID|Email\nAda|1|a@b.c\nBob|2|b@b.c"

    found = run(text, book, on_duplicate="update")
    strict = run(text, book, rules=rules_from_options(key="external_id"))

    assert [(each.outcome.value, each.contact) for each in found] == [
        ("update", "ada"),
        ("new", "bob-2"),
    ]
    assert found[0].edits == (FieldEdit("ada", "external_id", "", "1"),)
    assert [each.contact for each in strict] == ["ada-2", "bob-2"]


def test_a_row_without_the_key_waits_for_those_that_have_it() -> None:
    text = "Name|LEADID|Email\nAda||a@b.c\nAda|1|a@b.c"

    assert outcomes(run(text)) == [(2, "error", "the same contact as line 3"), (3, "new", "")]
    assert outcomes(run(f"{text}\nBob|2|a@b.c", on_duplicate="update")) == [
        (2, "error", "fits line 3 and line 4"),
        (3, "new", ""),
        (4, "new", ""),
    ]


def test_a_part_of_the_key_that_contradicts_is_an_error() -> None:
    ada = contact("ada", "Ada", email="a@b.c", external_id="1")
    rules = rules_from_options(key="external_id,email", on_duplicate="update")

    found = run("Name|LEADID|Email\nAda|2|a@b.c", [ada], rules=rules)

    assert outcomes(found) == [(2, "error", 'looks like ada, but its external_id is "1", not "2"')]


def test_the_key_may_be_any_field() -> None:
    ada = contact("ada", "Ada", vat="GB 7")

    found = run("Name|VAT\nLovelace|gb  7", [ada], rules=rules_from_options(key="vat"))

    assert outcomes(found) == [(2, "error", "ada differs in name, vat")]


def test_rows_without_anything_to_recognise_them_by_are_not_added_twice() -> None:
    text = "Name|Company|Email\nAda|X|\nAda|X|\nAda|Y|"

    first = run(text)
    again = run(text, imported(first))

    assert [each.contact for each in first] == ["ada", "ada-2", "ada-3"]
    assert [(each.outcome.value, each.contact) for each in again] == [
        ("same", "ada"),
        ("same", "ada"),
        ("same", "ada-3"),
    ]


def test_four_thousand_rows_do_not_take_minutes() -> None:
    rows = "\n".join(
        f"{n}|Johnson {n % 70}|n{n}@b.c|604-555-{n:04}|Engage|{n % 28 + 1} Apr, 2021 00:03:00"
        for n in range(4_000)
    )
    text = f"LEADID|Last Name|Email|Phone|Status|Created\n{rows}"

    start = perf_counter()
    found = run(text)
    took = perf_counter() - start

    assert {name: count for name, count in summary(found).items() if count} == {"new": 4_000}
    # Measured: 0.3 s on two busy cores; the rest is for slower machines.
    # It takes 0.3 s; the rest is for a machine that is busy with other things.
    assert took < 20


_PEOPLE = st.sampled_from(["Ada", "Bob", "李", ""])
_EMAILS = st.sampled_from(["", "a@b.c", "b@b.c", "A@B.C;x@y.z", "n/a"])
_PHONES = st.sampled_from(["", "12345", "1-2345;67890", "67890", "0"])
_KEYS = st.sampled_from(["", "", "1", "2"])
_COMPANIES = st.sampled_from(["", "Acme", "Widgets"])
_ROWS = st.lists(st.tuples(_PEOPLE, _EMAILS, _PHONES, _KEYS, _COMPANIES), max_size=8)
_HEADER = "Name|Email|Phone|LEADID|Company"
_KEY_OPTIONS = st.sampled_from(["", "external_id", "email", "email,phone", "external_id,email"])


def _text(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join([_HEADER, *("|".join(row) for row in rows)])


@settings(max_examples=250, deadline=None)
@given(_ROWS, _ROWS, _KEY_OPTIONS, st.sampled_from(["update", "skip", "fail"]))
def test_importing_the_same_rows_again_changes_nothing(
    before: list[tuple[str, ...]], rows: list[tuple[str, ...]], key: str, on_duplicate: str
) -> None:
    rules = rules_from_options(key=key, on_duplicate=on_duplicate)
    book = imported(run(_text(before), rules=rules))
    first = run(_text(rows), book, rules=rules)
    after = imported(first, book)

    again = run(_text(rows), after, rules=rules)

    assert imported(again, after) == after
    assert [each.line for each in again] == list(range(2, len(rows) + 2))
    changed = [each for each in again if each.outcome in (Outcome.NEW, Outcome.UPDATE)]
    assert changed == []


@settings(max_examples=150, deadline=None)
@given(_ROWS, _ROWS)
def test_no_import_takes_anything_away(
    before: list[tuple[str, ...]], rows: list[tuple[str, ...]]
) -> None:
    rules = rules_from_options(on_duplicate="update")
    book = imported(run(_text(before), rules=rules))

    after = {each.id: each for each in imported(run(_text(rows), book, rules=rules), book)}

    for old in book:
        assert set(old.values) <= set(after[old.id].values)
        assert set(old.get("email")) <= set(after[old.id].get("email"))
        assert set(old.get("phone")) <= set(after[old.id].get("phone"))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=80) | st.sampled_from(["Ada", "nul", "x" * 64, "Ada 2"])))
def test_every_name_gets_an_id_of_its_own(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        found = slug(name, taken)

        assert is_valid_id(found)
        assert found not in taken
        taken.add(found)


@pytest.mark.parametrize(
    "text", ["", "-a", "A", "a_b", "a/b", "..", "x" * 65, "con", "lpt1", "a\n"]
)
def test_some_texts_cannot_be_ids(text: str) -> None:
    assert not is_valid_id(text)


def test_an_id_is_readable_ascii() -> None:
    assert slug("Søren O’Brien-Łukasz & Co.", set()) == "soren-obrien-lukasz-co"
    assert slug("李", set(), otherwise="li.wei") == "li-wei"
    assert slug("x" * 70, {"x" * 64}) == "x" * 62 + "-2"
