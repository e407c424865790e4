from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadctl.fields import Field, Kind, Schema
from leadctl.listing import contact_row
from leadctl.messages.letters import Letter
from leadctl.messages.templates import (
    Template,
    letter,
    missing,
    read_template,
    subject_of,
    values_of,
)
from leadctl.records import Value
from tests.people import STAGES, TODAY, contact, entry, touched

SCHEMA = Schema(
    {
        "budget": Field("budget", Kind.MONEY, ""),
        "first_name": Field("first_name", Kind.TEXT, ""),
    }
)


def sound(text: str) -> Template:
    template, problems = read_template(text, name="hello", path="templates/hello.md", schema=SCHEMA)
    assert problems == []
    return template


def mistakes(text: str) -> list[str]:
    _, problems = read_template(text, name="hello", path="templates/hello.md", schema=SCHEMA)
    return [f"{each.where}: {each.message}; {each.hint}" for each in problems]


def values(**fields: Value) -> dict[str, str]:
    who = entry(contact(**fields), [touched("2026-11-10")])
    return values_of(contact_row(who, STAGES, TODAY, schema=SCHEMA), TODAY)


def written(text: str, **fields: Value) -> Letter:
    return letter(sound(text), values(**fields))


def test_fields_of_the_contact_stand_where_their_names_are_in_braces() -> None:
    made = written(
        "Subject: {title} at {company}\n\nDear {name},\n\nstill in {stage}?\n",
        title="Countess",
        company="Analytical",
    )

    assert made == Letter("Countess at Analytical", "Dear Ada Lovelace,\n\nstill in Hot?\n")


@pytest.mark.parametrize(
    ("placeholder", "shown"),
    [
        ("first_name", "Ada"),
        ("today", "2026-11-22"),
        ("touched", "2026-11-10"),
        ("due", "2026-11-12"),
        ("overdue_days", "10"),
        ("touches", "1"),
        ("why", "touch_due, stuck"),
        ("tag", "vip, buyer"),
        ("Budget", "1200 EUR"),
        ("owner", "marta"),
    ],
)
def test_all_that_is_known_can_be_named(placeholder: str, shown: str) -> None:
    made = written(
        f"<{{{placeholder}}}>",
        status="New",
        created="2026-11-01",
        tags=("vip", "buyer"),
        budget="1200 EUR",
        owner="marta",
    )

    assert made.text == f"<{shown}>\n"


def test_double_braces_are_braces() -> None:
    assert written("{{name}} is {name}, {{{name}}}").text == (
        "{name} is Ada Lovelace, {Ada Lovelace}\n"
    )


def test_a_default_stands_in_for_what_is_not_set() -> None:
    text = "Hello {company|there}{title|},"

    assert written(text).text == "Hello there,\n"
    assert written(text, company="Analytical").text == "Hello Analytical,\n"


def test_what_is_missing_is_told_in_full_and_once() -> None:
    template = sound("Subject: {budget}\n\n{company} {name} {company} {title|x} {phone}")

    assert missing(template, values()) == ("budget", "company", "phone")


def test_what_a_field_holds_is_no_template() -> None:
    made = written("{note}", note="{name} {{x}} {nonsense")

    assert made.text == "{name} {{x}} {nonsense\n"


def test_a_subject_is_one_line_whatever_stands_in_the_fields() -> None:
    made = written("Subject: For {company}\n\nHi", company="Acme\r\nBcc: eve@example.org")

    assert made.subject == "For Acme Bcc: eve@example.org"


def test_without_a_subject_all_of_it_is_the_text() -> None:
    assert written("Dear {name},\nhello\n") == Letter("", "Dear Ada Lovelace,\nhello\n")


def test_a_field_of_the_users_own_goes_before_what_is_worked_out() -> None:
    assert written("Dear {first_name}", first_name="Countess").text == "Dear Countess\n"


def test_an_organisation_has_no_first_name() -> None:
    text = "Hello {first_name|all of you}"

    assert written(text, name="Keel & Lantern Ltd").text == "Hello all of you\n"


def test_every_mistake_is_told_with_its_place() -> None:
    text = "Subject: {nam}\nDear {}\n{ name\nclosed }\n{zzz|there} {{ok}}\n"

    assert mistakes(text) == [
        'templates/hello.md:1:10: no field named "nam"; did you mean "name"?',
        "templates/hello.md:2:1: there is no empty line behind the subject; "
        "leave the second line empty",
        "templates/hello.md:2:6: no field is named between the braces; "
        'write the name of a field there, as in "{name}"',
        'templates/hello.md:3:1: the brace "{" is never closed on its line; '
        'for the brace itself write "{{"',
        'templates/hello.md:4:8: the brace "}" closes nothing; for the brace itself write "}}"',
        'templates/hello.md:5:1: no field named "zzz"; '
        "declare it under `fields:` in stages.yaml, if it is one of your own",
    ]


def test_a_field_that_is_like_none_is_said_to_be_declared() -> None:
    (told,) = mistakes("{qqqqq}")

    assert told.endswith("declare it under `fields:` in stages.yaml, if it is one of your own")


def test_a_list_shows_the_subject_as_it_is_typed() -> None:
    template = sound("subject:   For {first_name|you} and {company}\n\n")

    assert subject_of(template) == "For {first_name|you} and {company}"


@given(st.text())
def test_text_without_braces_is_taken_as_it_is(text: str) -> None:
    plain = text.replace("{", "").replace("}", "").replace("\r", "")
    made = written(f"Subject: x\n\n{plain}")

    assert made.text.strip("\n") == plain.strip("\n")


@given(st.text())
def test_a_template_is_read_or_its_mistakes_are_told(text: str) -> None:
    template, problems = read_template(text, name="x", path="x.md", schema=SCHEMA)
    known = values(company="x", budget="1", title="x", phone="1", email="a@b.example", owner="m")

    assert problems or missing(template, known) or letter(template, known)
