"""Records as written become contacts; what cannot be read is told with its place."""

from __future__ import annotations

from datetime import date

import pytest

from leadctl.contacts import (
    read_contact,
    read_contacts,
    read_flag,
    read_pin,
    split_values,
    with_values,
)
from leadctl.dates import NEVER, Interval, quoted
from leadctl.problems import Problem, Where
from leadctl.records import Contact, Pin, Record, Value
from tests.people import contact, unplaced


def record(line: int = 1, /, **values: Value) -> Record:
    """A record whose fields stand below each other from *line* on, values in column 9."""
    places = {name: (line + row, 9) for row, name in enumerate(values)}
    return Record(values, Where("contacts.yaml", line), places)


def ada(**values: Value) -> Record:
    return record(id="ada", name="Ada Lovelace", **values)


def problem_of(given: Record) -> Problem:
    """The one problem of *given*."""
    (problem,) = read_contact(given)[1]
    return problem


def test_a_contact_has_its_fields_as_written_and_those_of_the_clock_typed() -> None:
    found, problems = read_contact(
        ada(
            status="engage",
            created="2026-11-01T08:12",
            touch_every="weekly",
            last_touch="2026-11-02",
            snoozed_until="2026-12-24",
            pinned="2026-12-01",
            do_not_contact="Yes",
            birthday="02-29",
            shoe_size="38",
        )
    )

    assert problems == []
    assert found is not None
    assert (found.id, found.name, found.status) == ("ada", "Ada Lovelace", "engage")
    assert (found.created, found.last_touch) == (date(2026, 11, 1), date(2026, 11, 2))
    assert (found.touch_every, found.snoozed_until) == (Interval(1, "week"), date(2026, 12, 24))
    assert (found.pin, found.do_not_contact) == (Pin(date(2026, 12, 1)), True)
    assert (found.get("created"), found.get("shoe_size")) == ("2026-11-01T08:12", "38")
    assert found.source == Where("contacts.yaml", 1)


def test_a_field_that_is_empty_is_not_set() -> None:
    found, problems = read_contact(ada(company="", tags="", email=(), created=""))

    assert problems == []
    assert found is not None
    assert set(found.values) == {"id", "name"}
    assert (found.get("company"), found.status) == ("", "")


@pytest.mark.parametrize("written", ["a@x.ca; b@x.ca", ("a@x.ca", " b@x.ca "), " a@x.ca ;b@x.ca;"])
def test_several_values_are_a_list_however_they_are_written(written: Value) -> None:
    assert contact(email=written).get("email") == ("a@x.ca", "b@x.ca")


def test_a_list_in_a_field_of_the_users_own_is_kept() -> None:
    assert contact(children=("Tom", "Kim")).get("children") == ("Tom", "Kim")


def test_a_list_where_one_value_belongs_is_reported_and_nothing_of_it_lost() -> None:
    given = ada(company=("ACME", "Ltd"))

    found, (problem,) = read_contact(given)

    assert found is not None
    assert found.get("company") == "ACME; Ltd"
    assert problem.message == '"company" holds one value, not a list'
    assert problem.where == Where("contacts.yaml", 3, 9)


@pytest.mark.parametrize(
    ("field", "text", "check"),
    [
        ("created", "2026-02-30", "dates"),
        ("created", "01/02/2026", "dates"),
        ("last_touch", "yesterday", "dates"),
        ("snoozed_until", "fri", "dates"),
        ("touch_every", "often", "dates"),
        ("pinned", "perhaps", "dates"),
        ("do_not_contact", "please", "dates"),
        ("birthday", "02-30", "dates"),
        ("birthday", "1985-02-29", "dates"),
    ],
)
def test_a_value_that_cannot_be_read_counts_as_not_set_and_is_reported(
    field: str, text: str, check: str
) -> None:
    found, (problem,) = read_contact(ada(**{field: text}))

    assert found == Contact("ada", "Ada Lovelace", "", values=dict(ada(**{field: text}).values))
    assert problem.message.startswith(f"{field}: ")
    assert (problem.where, problem.check) == (Where("contacts.yaml", 3, 9), check)
    assert not problem.blocks_writing


def test_never_is_read_as_never() -> None:
    assert contact(touch_every="never").touch_every == NEVER
    assert contact().touch_every is None


def test_a_contact_without_an_id_is_left_out() -> None:
    problem = problem_of(record(7, name="Ada"))

    assert problem.message == "this contact has no id"
    assert problem.where == Where("contacts.yaml", 7)
    assert problem.blocks_writing


@pytest.mark.parametrize("id_", ["Ada", "-ada", "a b", "ä", "a" * 65, "con"])
def test_a_contact_with_an_impossible_id_is_left_out(id_: str) -> None:
    problem = problem_of(record(id=id_, name="Ada"))

    assert problem.message == f"{quoted(id_)} cannot be an id"
    assert problem.where.column == 9
    assert problem.blocks_writing


def test_a_contact_without_a_name_is_left_out() -> None:
    assert problem_of(record(id="ada")).message == '"ada" has no name'
    assert read_contact(record(id="ada", name=""))[0] is None


def test_a_bad_record_does_not_hide_the_good_ones() -> None:
    held = read_contacts([record(1, id="al", name="Al"), record(5), record(9, id="bo", name="Bo")])

    assert [each.id for each in held.contacts] == ["al", "bo"]
    assert [problem.where.line for problem in held.problems] == [5]


def test_of_two_contacts_with_the_same_id_the_first_counts() -> None:
    held = read_contacts([record(1, id="al", name="Al"), record(5, id="al", name="Alan")])

    (problem,) = held.problems
    assert [each.name for each in held.contacts] == ["Al"]
    assert problem.message == 'the id "al" is used twice; first at contacts.yaml:1'
    assert (problem.where.line, problem.blocks_writing) == (5, True)


def test_other_values_make_other_typed_fields() -> None:
    who = contact(pinned="yes", company="ACME")

    changed = with_values(who, {**who.values, "pinned": "", "touch_every": "never"})

    assert changed == contact(company="ACME", touch_every="never")


def test_values_without_a_name_are_kept_all_the_same() -> None:
    changed = with_values(contact(), {"id": "ada", "name": "", "company": "ACME"})

    assert changed.values == {"id": "ada", "company": "ACME"}


def test_texts_are_split_at_semicolons_and_lists_taken_as_they_are() -> None:
    assert split_values("a; b;;c") == ("a", "b", "c")
    assert split_values(("a; b", " ", "c")) == ("a; b", "c")
    assert split_values("") == ()


@pytest.mark.parametrize("text", ["yes", "TRUE", "on", "1", "Y"])
def test_yes_in_any_usual_spelling_is_yes(text: str) -> None:
    assert read_flag(text)
    assert read_pin(text) == Pin()


@pytest.mark.parametrize("text", ["no", "False", "OFF", "0", "n"])
def test_no_in_any_usual_spelling_is_no(text: str) -> None:
    assert not read_flag(text)
    assert read_pin(text) is None


def test_anything_else_is_neither_yes_nor_no() -> None:
    with pytest.raises(ValueError, match='"maybe" is neither yes nor no'):
        read_flag("maybe")
    with pytest.raises(ValueError, match='"maybe" is no date'):
        read_pin("maybe")


def test_a_record_that_comes_from_no_file_is_read_like_any_other() -> None:
    found, problems = read_contact(unplaced({"id": "ada", "name": "Ada", "created": "soon"}))

    assert found is not None
    assert str(found.source) == ""
    assert [str(problem.where) for problem in problems] == [""]
