"""Follow-ups as they stand in a file: what is read, what is complained about, when they repeat."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.dates import shifted
from leadctl.planning.follow_ups import (
    FIELDS,
    FollowUps,
    agendas,
    next_day,
    read_follow_ups,
    read_time,
    repeat_interval,
)
from leadctl.problems import Where
from leadctl.records import FollowUp, Record
from leadctl.store import csv_reader, yaml_reader
from tests.people import unplaced


def read(text: str) -> FollowUps:
    """What *text*, a followups.yaml or, if it begins with its header, a followups.csv, holds."""
    if text.startswith("id,"):
        records, problems = csv_reader.read_records(
            text, "followups.csv", needed=("id", "contact", "due")
        )
    else:
        records, problems = yaml_reader.read_records(text, "followups.yaml")
    assert not problems
    return read_follow_ups(records)


def repeated(due: str, repeat: str, *, start: str = "") -> FollowUp:
    values = {"id": "k7m2", "contact": "ada", "due": due, "repeat": repeat, "start": start}
    (found,) = read_follow_ups([unplaced(values)]).follow_ups
    return found


WHOLE_YAML = """\
- id: k7m2
  contact: ada-lovelace
  due: 2026-11-27
  time: 9.05
  what: send the offer
  via: Email
  owner: marta
  repeat: every 3 months
  start: 2026-08-27
  plan: welcome 2026-11-01
  step: 2/5
  template: offer
  room: [east, west]
"""
WHOLE_CSV = (
    "id,contact,due,time,what,via,owner,repeat,start,plan,step,template,room\n"
    "k7m2,ada-lovelace,2026-11-27,9.05,send the offer,Email,marta,every 3 months,2026-08-27,"
    "welcome 2026-11-01,2/5,offer,east\n"
)


@pytest.mark.parametrize("text", [WHOLE_YAML, WHOLE_CSV], ids=["yaml", "csv"])
def test_every_field_is_read_from_either_form(text: str) -> None:
    found = read(text)
    (each,) = found.follow_ups

    assert found.problems == ()
    assert (each.id, each.contact, each.due) == ("k7m2", "ada-lovelace", date(2026, 11, 27))
    assert (each.time, each.what, each.via) == ("09:05", "send the offer", "email")
    assert (each.owner, each.repeat, each.template) == ("marta", "every 3 months", "offer")
    assert (each.plan, each.step) == ("welcome 2026-11-01", "2/5")
    assert set(FIELDS) <= set(each.values)


def test_what_is_written_is_kept_as_it_is_written() -> None:
    (each,) = read(WHOLE_YAML).follow_ups

    assert (each.get("time"), each.get("via")) == ("9.05", "Email")
    assert each.get("room") == ("east", "west")
    assert each.get("floor") == ""


def test_three_fields_are_enough() -> None:
    found = read("- {id: a1, contact: ada, due: 2026-11-27}\n")

    assert found.problems == ()
    assert found.follow_ups[0].values == {"id": "a1", "contact": "ada", "due": "2026-11-27"}


@pytest.mark.parametrize(
    ("line", "place", "message", "hint"),
    [
        ("contact: ada, due: 2026-11-27", "1:4", "this follow-up has no id", "give it one of"),
        ("id: A B, contact: ada, due: 2026-11-27", "1:8", '"A B" cannot be an id', "give it one"),
        ("id: a1, due: 2026-11-27", "1:8", 'follow-up "a1" has no contact', "add one, such as"),
        ("id: a1, contact: ada", "1:8", 'follow-up "a1" has no due', "add one, such as `due: 2"),
        ("id: a1, contact: ada, due: soon", "1:31", 'due: "soon" is no date', "write the day as"),
        ("id: a1, contact: ada, due: 2026-02-30", "1:31", "due: ", "write the day as 2026-11-22"),
    ],
)
def test_one_that_cannot_be_told_is_left_out_and_keeps_its_file_from_being_written(
    line: str, place: str, message: str, hint: str
) -> None:
    found = read(f"- {{{line}}}\n- {{id: b2, contact: bo, due: 2026-11-27}}\n")
    (problem,) = found.problems

    assert [each.id for each in found.follow_ups] == ["b2"]
    assert str(problem.where) == f"followups.yaml:{place}"
    assert problem.message.startswith(message)
    assert problem.hint.startswith(hint)
    assert (problem.check, problem.blocks_writing) == ("follow-ups", True)


@pytest.mark.parametrize(
    ("field", "text", "message", "hint"),
    [
        ("time", "25:00", 'time: "25:00" is no time of day', "write it as 14:30"),
        ("time", "noon", 'time: "noon" is no time of day', "write it as 14:30"),
        ("via", "emial", 'via: "emial" is no way to do it', 'did you mean "email"?'),
        ("via", "smoke", 'via: "smoke" is no way to do it', "one of: call, email, text, meeting"),
        ("repeat", "sometimes", 'repeat: "sometimes" is no time between two', "write every 3"),
        ("repeat", "never", 'repeat: "never" is no time between two', "write every 3 months"),
        ("repeat", "0 days", 'repeat: "0 days" is no time between two', "write every 3 months"),
        ("start", "once", 'start: "once" is no date', "write the day as 2026-11-22; without one"),
    ],
)
def test_what_cannot_be_read_counts_as_not_set_and_is_named(
    field: str, text: str, message: str, hint: str
) -> None:
    found = read(f"- {{id: a1, contact: ada, due: 2026-11-27, {field}: '{text}'}}\n")
    (problem,) = found.problems
    (each,) = found.follow_ups

    assert problem.where.line == 1
    assert (problem.message, problem.blocks_writing) == (message, False)
    assert problem.hint.startswith(hint)
    assert (each.time, each.via, each.repeat) == ("", "", "")
    assert each.get(field) == text


def test_mistakes_in_a_csv_are_named_with_row_and_column() -> None:
    found = read(
        "id,contact,due,time,via\n"
        "a1,ada,2026-11-27,9:99,\n"
        ",bo,2026-11-27,,\n"
        "a1,bo,2026-11-28,,\n"
        "c3,,2026-11-28,,\n"
    )

    assert [(str(each.where), each.message) for each in found.problems] == [
        ("followups.csv:2:19", 'time: "9:99" is no time of day'),
        ("followups.csv:3:1", "this follow-up has no id"),
        ("followups.csv:4:1", 'the id "a1" is used twice; first at followups.csv:2'),
        ("followups.csv:5:1", 'follow-up "c3" has no contact'),
    ]
    assert [each.contact for each in found.follow_ups] == ["ada"]


def test_what_is_due_first_stands_first_and_a_day_before_its_hours() -> None:
    found = read("""\
- {id: d4, contact: ada, due: 2026-11-28}
- {id: c3, contact: ada, due: 2026-11-27, time: "14:00"}
- {id: b2, contact: ada, due: 2026-11-27, time: 9.30}
- {id: a1, contact: bo, due: 2026-11-27}
- {id: e5, contact: ada, due: 2026-11-27}
""")
    planned = agendas(found.follow_ups)

    assert [each.id for each in planned["ada"]] == ["e5", "b2", "c3", "d4"]
    assert [each.id for each in planned["bo"]] == ["a1"]


@pytest.mark.parametrize(
    ("text", "time"),
    [("9:05", "09:05"), ("09.05", "09:05"), (" 23:59 ", "23:59"), ("0:00", "00:00")],
)
def test_a_time_of_day_is_read_with_colon_or_point(text: str, time: str) -> None:
    assert read_time(text) == time


@pytest.mark.parametrize("text", ["24:00", "12:60", "12", "12:5", "9 am", "", "12:30:00", "-1:00"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no time of day; write it as 14:30"):
        read_time(text)


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("every 3 months", "3 months"),
        ("Every Month", "1 month"),
        ("week", "1 week"),
        ("monthly", "1 month"),
        ("2w", "2 weeks"),
        ("every day", "1 day"),
        ("every year", "1 year"),
    ],
)
def test_how_often_something_comes_again_is_read_as_people_write_it(
    text: str, interval: str
) -> None:
    assert str(repeat_interval(text)) == interval


@pytest.mark.parametrize("text", ["never", "0 days", "now and then", "", "every", "101 years"])
def test_what_is_no_time_between_two_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no time between two; write every 3 months"):
        repeat_interval(text)


@pytest.mark.parametrize(
    ("follow_up", "after", "day"),
    [
        (repeated("2026-01-31", "every month"), "2026-01-31", "2026-02-28"),
        (repeated("2026-02-28", "every month", start="2026-01-31"), "2026-02-28", "2026-03-31"),
        (repeated("2024-02-29", "every year"), "2024-02-29", "2025-02-28"),
        (repeated("2025-02-28", "yearly", start="2024-02-29"), "2027-03-01", "2028-02-29"),
        (repeated("2026-11-22", "2 weeks"), "2026-12-06", "2026-12-20"),
        (repeated("2026-11-22", "every day"), "2026-12-31", "2027-01-01"),
        (repeated("2026-11-22", "every 3 months"), "2026-11-30", "2027-02-22"),
        # Done before its first day, it is done all the same.
        (repeated("2026-11-25", "month", start="2026-12-01"), "2026-11-25", "2027-01-01"),
        (repeated("2026-11-22", "month", start="once"), "2026-11-22", "2026-12-22"),
    ],
)
def test_a_repeated_one_comes_again_as_counted_from_its_start(
    follow_up: FollowUp, after: str, day: str
) -> None:
    assert next_day(follow_up, date.fromisoformat(after)) == date.fromisoformat(day)


def test_one_that_is_not_repeated_does_not_come_again() -> None:
    assert next_day(repeated("2026-11-22", ""), date(2026, 11, 22)) is None


@pytest.mark.parametrize("after", ["9998-12-01", "9990-01-01"])
def test_nothing_comes_again_after_the_end_of_the_calendar(after: str) -> None:
    follow_up = repeated("9990-01-01", "every 20 years")

    assert next_day(follow_up, date.fromisoformat(after)) is None


UNITS = ("day", "week", "month", "year")
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(
    start=DAYS, count=st.integers(1, 40), unit=st.sampled_from(UNITS), ahead=st.integers(-9, 20_000)
)
def test_the_next_day_is_the_first_that_a_naive_walk_finds(
    start: date, count: int, unit: str, ahead: int
) -> None:
    after = start + timedelta(days=ahead)
    found = next_day(repeated(start.isoformat(), f"every {count} {unit}s"), after)
    times = 1
    while shifted(start, times * count, unit) <= after:
        times += 1

    assert found == shifted(start, times * count, unit)
    assert found > after


@given(due=DAYS, count=st.integers(1, 13), unit=st.sampled_from(UNITS), rounds=st.integers(1, 30))
def test_one_that_is_always_done_in_time_keeps_its_rhythm(
    due: date, count: int, unit: str, rounds: int
) -> None:
    each = repeated(due.isoformat(), f"{count} {unit}s", start=due.isoformat())
    for _ in range(rounds):
        day = next_day(each, each.due)
        assert day
        each = repeated(day.isoformat(), f"{count} {unit}s", start=due.isoformat())

    assert each.due == shifted(due, rounds * count, unit)


def test_a_record_that_is_read_knows_its_place() -> None:
    record = Record({"id": "a1", "contact": "ada", "due": "2026-11-27"}, Where("followups.yaml", 7))
    (each,) = read_follow_ups([record]).follow_ups

    assert str(each.source) == "followups.yaml:7"
