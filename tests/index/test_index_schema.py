"""Contacts go into the index and come back as they were; numbers and days in texts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.contacts import read_contact
from leadctl.fields import Field, Kind, Schema
from leadctl.index.cache import build
from leadctl.index.material import Filling
from leadctl.index.values import amount, value_rows
from leadctl.lifecycle import standing
from leadctl.problems import Where
from leadctl.query.sql import EVERYTHING
from leadctl.records import Contact, Entry, Event, Record
from tests.people import STAGES, contact, event, moved, touched

SCHEMA = Schema(
    {
        "budget": Field("budget", Kind.MONEY, ""),
        "side": Field("side", Kind.CHOICE, "", many=True, choices=("a", "b")),
    }
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DAYS = st.dates().map(str)
ODD = TEXTS | DAYS | st.sampled_from(["yes", "no", "never", "1 month", "2026-13-01", "02-29"])
VALUES = st.dictionaries(
    st.sampled_from(
        [
            "status", "company", "email", "phone", "tags", "created", "birthday", "touch_every",
            "last_touch", "snoozed_until", "pinned", "do_not_contact", "budget", "side", "hobby",
        ]
    ),
    ODD | st.lists(TEXTS, max_size=3).map(tuple),
)  # fmt: skip


def sloppy_contact(values: dict[str, str | tuple[str, ...]], line: int) -> Contact:
    """A contact of any texts; those that cannot be read are reported and not typed."""
    given = {**values, "id": f"c{line}", "name": "Ada"}
    found, _ = read_contact(Record(given, Where("contacts.yaml", line)))
    assert found is not None
    return found


PAST_DAYS = st.dates().map(str)
PAST = st.lists(
    st.builds(touched, PAST_DAYS)
    | st.builds(moved, st.just("New"), st.sampled_from(["Engage", "Gone"]), PAST_DAYS)
    | st.builds(lambda on, note: event("pinned", on, note=note), PAST_DAYS, TEXTS),
    max_size=3,
)


@settings(max_examples=200, deadline=None)
@given(VALUES, st.integers(1, 10**6), PAST)
def test_a_contact_and_its_standing_come_back_as_they_went_in(
    values: dict[str, str | tuple[str, ...]], line: int, past: list[Event]
) -> None:
    who = sloppy_contact(values, line)
    given = Entry(who, standing(who, past, STAGES))
    index = build(None, Filling([given], (), (), SCHEMA, {}))
    (back,) = index.entries(EVERYTHING)
    index.close()

    assert back == given
    assert back.contact.source.path == who.source.path


def rows(who: Contact, field: str) -> list[tuple[object, ...]]:
    """text, folded, digits, number and day of every value of *field*."""
    return [row[2:] for row in value_rows(1, who, SCHEMA.find) if row[1] == field]


@pytest.mark.parametrize(
    ("field", "written", "expected"),
    [
        ("company", "Straße  9", ("Straße  9", "strasse 9", None, None, None)),
        ("phone", "00 44-20", ("00 44-20", "00 44-20", "4420", None, None)),
        ("created", "2026-11-01T08:12", ("2026-11-01T08:12", "2026-11-01t08:12", None, None,
                                         "2026-11-01")),
        ("birthday", "05-17", ("05-17", "05-17", None, None, "0000-05-17")),
        ("birthday", "1985-05-17", ("1985-05-17", "1985-05-17", None, None, "1985-05-17")),
        ("do_not_contact", "Yes", ("Yes", "yes", None, 1.0, None)),
        ("budget", "CAD 850,000.50", ("CAD 850,000.50", "cad 850,000.50", None, 850000.5, None)),
        ("budget", "a lot", ("a lot", "a lot", None, None, None)),
    ],
)  # fmt: skip
def test_a_value_is_kept_with_what_it_is_compared_by(
    field: str, written: str, expected: tuple[object, ...]
) -> None:
    assert rows(contact(**{field: written}), field) == [expected]


@pytest.mark.parametrize(("field", "written"), [("created", "soon"), ("do_not_contact", "maybe")])
def test_a_value_that_cannot_be_read_has_no_day_and_no_number(field: str, written: str) -> None:
    assert rows(sloppy_contact({field: written}, 1), field) == [
        (written, written, None, None, None)
    ]


@pytest.mark.parametrize("written", ["a; b", ("a", "b")])
def test_several_values_of_a_declared_field_are_several_rows(
    written: str | tuple[str, ...],
) -> None:
    assert [row[0] for row in rows(contact(side=written), "side")] == ["a", "b"]


def test_a_semicolon_in_a_field_that_holds_one_value_is_a_letter() -> None:
    assert [row[0] for row in rows(contact(hobby="a; b"), "hobby")] == ["a; b"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("850k", 850.0),
        ("-3.5", -3.5),
        ("$1,200", 1200.0),
        ("1.234,50 €", 1234.5),
        ("1,234.50", 1234.5),
        ("1,5", 1.5),
        ("1,234,567", 1234567.0),
        ("", None),
        ("-", None),
        ("1-2", None),
    ],
)
def test_an_amount_is_the_number_in_a_text(text: str, number: float | None) -> None:
    assert amount(text) == number
