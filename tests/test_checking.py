"""The named checks of a book: each mistake with its place, what is sound without a word."""

from __future__ import annotations

import pytest

from leadctl.checking import CHECKS, check_book
from leadctl.fields import Field, Kind, Schema
from leadctl.problems import Problem, Where
from leadctl.records import Event, Record, Value
from tests.people import STAGES, TODAY, event, touched

SCHEMA = Schema({"budget": Field("budget", Kind.MONEY, "")})


def record(line: int = 1, /, **values: Value) -> Record:
    given = {"id": "ada", "name": str(values.get("id", "Ada")), "status": "New", **values}
    kept = {name: value for name, value in given.items() if value}
    places = {name: (line + row, 9) for row, name in enumerate(kept)}
    return Record(kept, Where("contacts.yaml", line), places)


def check(*records: Record, events: tuple[Event, ...] = ()) -> list[Problem]:
    problems = check_book(records, events, stages=STAGES, schema=SCHEMA, today=TODAY)
    assert {problem.check for problem in problems} <= set(CHECKS)
    return problems


def problem_of(*records: Record, events: tuple[Event, ...] = ()) -> Problem:
    (problem,) = check(*records, events=events)
    return problem


def test_a_sound_book_has_no_problems() -> None:
    assert check(record(created="2026-11-22", budget="850k"), events=(touched("2026-11-22"),)) == []


def test_what_reading_the_contacts_finds_is_told_too() -> None:
    assert problem_of(record(created="soon")).check == "dates"
    assert problem_of(record(id="Ada!")).check == "ids"


def test_a_contact_without_a_status_is_told_with_the_command_that_helps() -> None:
    problem = problem_of(record(5, status=""))

    assert (problem.message, problem.check) == ("ada has no status", "statuses")
    assert problem.hint == 'leadctl set-status "New" ada'
    assert problem.where == Where("contacts.yaml", 5)


def test_an_unknown_status_is_told_with_the_nearest() -> None:
    problem = problem_of(record(5, status="Engagd"))

    assert problem.message == 'no status named "Engagd"'
    assert problem.hint == 'did you mean "Engage"?'
    assert problem.where == Where("contacts.yaml", 7, 9)
    assert not problem.is_warning
    assert problem_of(record(status="xyz")).hint.startswith("statuses: New, Engage, ")


def test_a_status_that_was_renamed_by_hand_is_told_with_the_command_that_helps() -> None:
    one, _ = check(record(status="Engagd"), record(9, id="bo", status="Engagd", name="Bo"))
    unlike = problem_of(record(status="Lost in time"))

    assert one.hint == (
        'did you mean "Engage"? If it has a new name: leadctl stages rename Engagd Engage'
    )
    assert unlike.hint.endswith(" If it has a new name: leadctl stages rename 'Lost in time' NAME")


@pytest.mark.parametrize("written", ["Contacted", "ENGAGE"])
def test_an_old_name_or_another_spelling_of_a_status_is_a_warning(written: str) -> None:
    problem = problem_of(record(status=written))

    assert problem.is_warning
    assert problem.hint == 'write "Engage"'


def test_a_list_of_statuses_is_told_once() -> None:
    problem = problem_of(record(status=("New", "Engage")))

    assert problem.message == '"status" holds one value, not a list'


def test_a_field_that_looks_like_a_slip_is_told_where_it_first_occurs() -> None:
    others = [record(line, id=f"c{line}") for line in (20, 30)]
    problem = problem_of(*others, record(40, compny="ACME"))

    assert problem.message == '"compny" is a field of your own; did you mean "company"?'
    assert problem.where == Where("contacts.yaml", 43, 9)
    assert problem.is_warning


def test_a_field_of_the_users_own_that_many_have_is_meant() -> None:
    assert check(*[record(id=f"c{n}", compny="ACME") for n in range(3)]) == []


def test_in_a_large_book_one_contact_in_a_hundred_may_have_a_slip() -> None:
    crowd = [record(id=f"c{n}") for n in range(297)]
    slips = [record(id=f"s{n}", compny="ACME") for n in range(4)]

    assert len(check(*crowd, *slips[:3])) == 1
    assert check(*crowd, *slips) == []


def test_a_synonym_as_a_field_is_a_slip_however_many_have_it() -> None:
    problem = problem_of(*[record(id=f"c{n}", tag="vip") for n in range(9)])

    assert problem.message == '"tag" is a field of your own; did you mean "tags"?'


def test_a_field_like_no_other_is_the_users_own() -> None:
    assert check(record(shoe_size="38")) == []


@pytest.mark.parametrize("field", ["created", "last_touch"])
def test_what_has_happened_does_not_lie_in_the_future(field: str) -> None:
    problem = problem_of(record(4, **{field: "2026-11-23"}))

    assert problem.message == f"{field} of ada lies in the future: 2026-11-23"
    assert (problem.check, problem.is_warning) == ("dates", True)


def test_what_is_planned_may_lie_in_the_future() -> None:
    assert check(record(snoozed_until="2026-12-24", pinned="2026-12-24")) == []


def test_an_event_in_the_future_is_a_warning() -> None:
    problem = problem_of(record(), events=(touched("2026-11-23"),))

    assert problem.message == "this event lies in the future: 2026-11-23"
    assert (problem.check, problem.is_warning) == ("dates", True)


def test_events_of_nobody_are_told_once_for_each_contact() -> None:
    ghosts = (touched("2026-11-01", who="bo"), touched("2026-11-02", who="bo"))

    problem = problem_of(record(), events=(*ghosts, touched("2026-11-03")))
    single = problem_of(record(), events=(event("noted", "2026-11-01", who="cy"),))

    assert problem.message == 'the journal has 2 events of "bo", but there is no such contact'
    assert single.message.startswith('the journal has 1 event of "cy"')
    assert problem.check == "references"
