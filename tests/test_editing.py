"""Words such as `tag+=vip` and what they set; how a contact is added."""

from __future__ import annotations

import pytest

from leadctl.editing import (
    add_contact,
    read_assignments,
    same_addresses,
    set_fields,
    split_words,
    stored_value,
)
from leadctl.errors import RequestError
from leadctl.fields import Field, Kind, Schema
from leadctl.moves import Move
from leadctl.plans import Plan
from leadctl.records import Contact, FieldEdit, Value
from tests.people import STAGES, TODAY, contact, stages_of, stamp

SCHEMA = Schema(
    {
        "side": Field("side", Kind.CHOICE, "", many=True, choices=("Buying", "Selling")),
        "lease_ends": Field("lease_ends", Kind.DATE, ""),
        "budget": Field("budget", Kind.MONEY, ""),
        "rooms": Field("rooms", Kind.NUMBER, ""),
    }
)


def changes(who: Contact, *words: str, note: str = "") -> dict[str, tuple[Value, Value]]:
    """The fields of *who* that *words* change."""
    plan = set_fields([who], read_assignments(words, SCHEMA, TODAY), note=note, stamp=stamp())
    return {edit.field: (edit.old, edit.new) for edit in plan.change.edits}


def refusal(word: str) -> RequestError:
    with pytest.raises(RequestError) as caught:
        changes(contact(), word)
    return caught.value


def add(name: str, move: Move | None = None, **values: Value) -> Plan:
    return add_contact(
        {"name": name, **values},
        move or Move(""),
        taken={"ada-lovelace"},
        stages=STAGES,
        today=TODAY,
        stamp=stamp(),
    )


@pytest.mark.parametrize(
    ("who", "word", "old", "new"),
    [
        (contact(), "company=ACME", "", "ACME"),
        (contact(company="ACME"), "company=", "ACME", ""),
        (contact(), "note=a=b, c += d", "", "a=b, c += d"),
        (contact(), "budget=about 850k", "", "about 850k"),
        (contact(), "touch_every=weekly", "", "1 week"),
        (contact(touch_every="1 week"), "touch_every=NEVER", "1 week", "never"),
        (contact(), "do_not_contact=Y", "", "yes"),
        (contact(do_not_contact="yes"), "dnc=off", "yes", "no"),
        (contact(), "birthday=02-29", "", "02-29"),
        (contact(), "birthday=1985-05-17", "", "1985-05-17"),
        (contact(), "pinned=2026-12-01", "", "2026-12-01"),
        (contact(), "created=2026-11-01T09:30", "", "2026-11-01T09:30"),
        (contact(), "last_touch=yesterday", "", "2026-11-21"),
        (contact(), "last_touch=2026-11-22", "", "2026-11-22"),
        (contact(), "snoozed_until=fri", "", "2026-11-27"),
        (contact(), "shoe_size=38", "", "38"),
    ],
)
def test_a_field_is_set_in_its_stored_form(who: Contact, word: str, old: str, new: str) -> None:
    ((name, change),) = changes(who, word, note="said so").items()

    assert change == (old, new)
    assert word.startswith((name, "dnc"))


@pytest.mark.parametrize(
    ("tags", "word", "after"),
    [
        ((), "tag=vip", ("vip",)),
        (("cold",), "tags=vip; new", ("vip", "new")),
        (("cold",), "tag+=vip", ("cold", "vip")),
        (("cold", "vip"), "tag-=COLD", ("vip",)),
        (("cold",), "tag-=cold", ""),
        (("cold",), "tag=", ""),
    ],
)
def test_values_are_replaced_added_and_taken_away(
    tags: tuple[str, ...], word: str, after: Value
) -> None:
    assert changes(contact(tags=tags), word) == {"tags": (tags or "", after)}


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"company": "ACME"}, "company=ACME"),
        ({}, "company="),
        ({}, "tag="),
        ({}, "tag-=cold"),
        ({"tags": ("vip",)}, "tag=vip"),
        ({"tags": ("Vip",)}, "tag+=vip"),
        ({"tags": ("vip",)}, "tag-=cold"),
        ({"side": "Buying"}, "side=buying"),
        ({"side": "Buying; Selling"}, "side+=selling"),
    ],
)
def test_what_already_is_so_is_left_alone(fields: dict[str, Value], word: str) -> None:
    assert changes(contact(**fields), word) == {}


def test_several_assignments_are_one_event_with_a_note() -> None:
    words = ("company=ACME", "tag+=vip", "tag+=new")
    assignments = read_assignments(words, SCHEMA, TODAY)

    plan = set_fields([contact()], assignments, note="card at the fair", stamp=stamp())

    (event,) = plan.change.events
    assert (event.kind, event.note) == ("edited", "card at the fair")
    assert event.changes == {"company": ("", "ACME"), "tags": ("", ("vip", "new"))}


def test_contacts_that_already_are_so_are_counted() -> None:
    people = [contact("al", company="ACME"), contact("bo")]

    plan = set_fields(
        people, read_assignments(["company=ACME"], SCHEMA, TODAY), note="", stamp=stamp()
    )

    assert (plan.changed, plan.unchanged) == (("bo",), ("al",))


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("vip", '"vip" sets nothing'),
        ("status=Engage", "the status is not set like a field"),
        ("id=bo", "the id of a contact never changes"),
        ("due=fri", '"due" follows from the journal and cannot be set'),
        ("company+=ACME", '"company" holds one value: it cannot be added to'),
        ("compny=ACME", 'no field named "compny"'),
        ("Größe=1", 'no field named "Größe"'),
        ("created=31.2.2026", "created: "),
        ("touch_every=often", "touch_every: "),
        ("dnc=maybe", 'do_not_contact: "maybe" is neither yes nor no'),
        ("birthday=13-01", 'birthday: "13-01" is no birthday; write 05-17 or 2001-05-17'),
        ("pinned=often", 'pinned: "often" is no date'),
        ("budget=a lot", 'budget: "a lot" is no number'),
        ("rooms=two", 'rooms: "two" is no number'),
        ("side=renting", 'side: "renting" is none of: Buying, Selling'),
        ("name=", "a contact needs a name: it cannot be cleared"),
        ("name=  ", "a contact needs a name: it cannot be cleared"),
        ("note=\x1b[2J", "note holds a control character"),
        ("last_touch=2026-11-23", "last_touch: a touch cannot lie in the future: 2026-11-23"),
    ],
)
def test_what_does_not_fit_is_refused(word: str, message: str) -> None:
    assert refusal(word).message.startswith(message)


def test_a_slip_in_the_name_of_a_field_is_answered_with_the_nearest() -> None:
    assert refusal("compny=ACME").hint == 'did you mean "company"?'
    assert refusal("Größe=1").hint == "a field of your own is named with a-z, 0-9 and _"


def test_words_are_told_apart_from_assignments() -> None:
    words = ["ada", "tag+=vip", "b@x.ca", "tag-=cold", "title=", "=x"]

    assert split_words(words) == (("ada", "b@x.ca", "=x"), ("tag+=vip", "tag-=cold", "title="))


def test_a_choice_is_stored_as_stages_yaml_spells_it() -> None:
    assert stored_value(SCHEMA.get("side"), "selling; BUYING", TODAY) == ("Selling", "Buying")


def test_a_date_of_the_users_own_may_lie_in_the_future() -> None:
    assert stored_value(SCHEMA.get("lease_ends"), "2027-06-30", TODAY) == "2027-06-30"


def test_a_contact_that_is_added_gets_an_id_the_default_status_and_todays_date() -> None:
    plan = add("Ada Lovelace", email=("ada@x.ca",))

    (fields,) = plan.change.additions
    assert fields == {
        "id": "ada-lovelace-2",
        "name": "Ada Lovelace",
        "status": "New",
        "email": ("ada@x.ca",),
        "created": "2026-11-22",
    }
    (event,) = plan.change.events
    assert (event.kind, event.contact) == ("added", "ada-lovelace-2")
    assert event.changes == {name: ("", value) for name, value in fields.items()}


def test_the_fields_of_a_new_contact_have_an_order_and_the_note_comes_last() -> None:
    plan = add("Bo", note="tall", shoe_size="38", tags=("vip",), company="ACME", title="")

    assert list(plan.change.additions[0]) == [
        "id", "name", "status", "company", "tags", "created", "shoe_size", "note",
    ]  # fmt: skip


def test_a_day_of_creation_that_is_given_is_kept() -> None:
    assert add("Bo", created="2026-10-01").change.additions[0]["created"] == "2026-10-01"


def test_a_contact_may_be_added_in_another_status_by_the_rules_of_that() -> None:
    move = Move("disqualified", "wrong number", "wrong contact")

    plan = add("Bo", move)

    assert plan.change.additions[0]["status"] == "Disqualified"
    assert (plan.change.events[0].note, plan.change.events[0].reason) == (
        "wrong number",
        "Wrong contact",
    )


@pytest.mark.parametrize(
    ("name", "move", "message"),
    [
        (" ", Move(""), "a contact needs a name"),
        ("Bo", Move("Closd"), 'no status named "Closd"'),
        ("Bo", Move("Closed"), 'a change to "Closed" needs a note'),
        ("Bo", Move("Disqualified", "x"), 'a change to "Disqualified" needs a reason'),
        ("Bo", Move("", "\x1b"), "the note holds a control character"),
        ("Bo", Move("", "", "\x1b"), "the reason holds a control character"),
    ],
)
def test_a_contact_that_breaks_a_rule_is_not_added(name: str, move: Move, message: str) -> None:
    with pytest.raises(RequestError) as caught:
        add(name, move)

    assert caught.value.message.startswith(message)


def test_adding_is_no_change_of_status_so_the_default_status_asks_for_no_note() -> None:
    stages = stages_of("default: A\nstatuses:\n  A: {touch_every: never, note: required}\n")

    plan = add_contact(
        {"name": "Bo"}, Move(""), taken=(), stages=stages, today=TODAY, stamp=stamp()
    )

    assert plan.changed == ("bo",)


@pytest.mark.parametrize(
    ("values", "same"),
    [
        ({"email": ("ADA@x.ca",)}, ("ADA@x.ca",)),
        ({"phone": "001 604-555-0101"}, ("001 604-555-0101",)),
        ({"email": ("bo@x.ca",), "phone": ("555",)}, ()),
        ({"phone": ("unknown",)}, ()),
        ({}, ()),
    ],
)
def test_an_address_is_the_same_however_it_is_written(
    values: dict[str, Value], same: tuple[str, ...]
) -> None:
    who = contact(email=("ada@x.ca",), phone=("+1 (604) 555 0101", "n/a"))

    assert same_addresses(values, who) == same


def test_taking_a_value_away_edits_only_that_field() -> None:
    plan = set_fields(
        [contact(tags=("a", "b"), company="ACME")],
        read_assignments(["tag-=a"], SCHEMA, TODAY),
        note="",
        stamp=stamp(),
    )

    assert plan.change.edits == (FieldEdit("ada", "tags", ("a", "b"), ("b",)),)
