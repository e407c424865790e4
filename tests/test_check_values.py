"""Checks of texts in fields: characters that hide, numbers that a spreadsheet has spoilt."""

from __future__ import annotations

import pytest

from leadctl.checks.values import own_date_problems, text_problems
from leadctl.fields import Field, Kind, Schema
from leadctl.problems import Problem, Where
from leadctl.records import Record, Value


def texts(**values: Value) -> list[Problem]:
    return list(text_problems([Record(values, Where("contacts.yaml", 1))]))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Ada\x1b[31m", "the control character U+001B"),
        ("Ada\u202eadA", "the mark for another direction of writing U+202E"),
        ("A\u200bda", "the invisible character U+200B"),
        ("A\u200dda", "a joiner or selector that joins nothing"),
    ],
)
def test_a_character_that_hides_is_told(written: str, told: str) -> None:
    (problem,) = texts(name=written)

    assert problem.message.startswith(f"name holds {told}: ")
    assert problem.message.isprintable()
    assert (problem.check, problem.is_warning) == ("files", True)


@pytest.mark.parametrize("written", ["Zoë", "two\nlines\tand a tab", "👩\u200d🚒", "क्\u200dष"])
def test_what_people_write_is_no_finding(written: str) -> None:
    assert texts(note=written) == []


@pytest.mark.parametrize("field", ["phone", "external_id"])
@pytest.mark.parametrize("written", ["1.23E+11", "4,4E+10", "5E+12"])
def test_a_number_that_a_spreadsheet_has_rounded_is_told(field: str, written: str) -> None:
    (problem,) = texts(**{field: (written,)})

    assert problem.message == f'{field} "{written}" is a number that a spreadsheet has rounded'


def test_other_numbers_are_no_finding() -> None:
    assert texts(phone=("+44 123", "1e3"), external_id="12E4", note="1.23E+11") == []


def test_a_date_in_a_field_of_the_users_own_is_read_too() -> None:
    schema = Schema({"signed": Field("signed", Kind.DATE, "")})
    where = Where("contacts.yaml", 1)
    records = [
        Record({"signed": text}, where, {"signed": (2, 9)}) for text in ("2026-1-2", "2026-01-02")
    ]
    (problem,) = own_date_problems(records, schema)

    assert problem.where.line == 2
    assert problem.check == "dates"
