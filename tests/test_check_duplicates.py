"""Duplicates: contacts that may be one."""

from __future__ import annotations

import unicodedata

import pytest

from leadctl.checks.duplicates import duplicate_problems
from leadctl.problems import Problem, Where
from leadctl.records import Contact, Record, Value
from tests.people import contact


def duplicates(*contacts: Contact) -> list[Problem]:
    return list(duplicate_problems(contacts, ()))


def person(id_: str, /, **fields: Value) -> Contact:
    return contact(id_, **{"name": f"Name of {id_}", **fields})


def test_contacts_with_nothing_in_common_are_no_duplicates() -> None:
    assert duplicates(person("ada", email="a@x.org"), person("bo", email="b@x.org")) == []


def test_the_same_email_is_told_with_both_ids() -> None:
    (problem,) = duplicates(person("ada", email="a@x.org"), person("bo", email="a@x.org"))

    assert problem.message == 'ada and bo have the same e-mail: "a@x.org"'
    assert (problem.check, problem.is_warning) == ("duplicates", True)


@pytest.mark.parametrize(
    "other", ["Renée@x.org", "renee@x.org", unicodedata.normalize("NFD", "renée@x.org")]
)
def test_case_accents_and_unicode_form_of_an_email_do_not_count(other: str) -> None:
    (problem,) = duplicates(person("ada", email="renée@x.org"), person("bo", email=other))

    assert problem.message == f'ada and bo have nearly the same e-mail: "renée@x.org" or "{other}"'


def test_phones_are_compared_by_their_digits() -> None:
    (problem,) = duplicates(person("ada", phone="+1 555 0100"), person("bo", phone="0015550100"))

    assert problem.message == 'ada and bo have the same phone: "+1 555 0100"'


def test_an_extension_is_no_phone_number() -> None:
    assert duplicates(person("ada", phone="12-34"), person("bo", phone="1234")) == []


def test_the_same_name_in_the_same_company_is_told() -> None:
    pair = [person(id_, name=name, company="ACME") for id_, name in (("a", "Zoë"), ("b", "Zoe"))]
    (problem,) = duplicates(*pair)

    assert problem.message == (
        'a and b have nearly the same name and company: "Zoë, ACME" or "Zoe, ACME"'
    )


def test_the_same_name_in_two_companies_is_two_people() -> None:
    assert (
        duplicates(person("a", name="Jo", company="X"), person("b", name="Jo", company="Y")) == []
    )


def test_namesakes_that_can_be_reached_in_two_ways_are_two_people() -> None:
    one, two = person("a", name="Jo", email="1@x.org"), person("b", name="Jo", phone="555 0100")

    assert duplicates(one, two) == []
    assert len(duplicates(one, person("b", name="Jo"))) == 1


def test_all_that_a_pair_shares_is_one_finding() -> None:
    same: dict[str, Value] = {"email": "a@x.org", "phone": "555 0100"}
    (problem,) = duplicates(person("ada", **same), person("bo", **same))

    assert "the same e-mail" in problem.message
    assert "the same phone" in problem.message


def test_a_large_group_is_one_finding() -> None:
    (problem,) = duplicates(*[person(f"c{n}", phone="555 0100") for n in range(9)])

    assert problem.message.startswith("c0, c1, c2, c3, c4 and 4 more have")


def test_one_contact_with_an_address_twice_is_no_duplicate() -> None:
    assert duplicates(person("ada", email=("a@x.org", "A@x.org"))) == []


def test_ids_that_differ_only_by_case_are_told() -> None:
    records = [
        Record({"id": id_}, Where("contacts.yaml", line), {"id": (line, 7)})
        for line, id_ in enumerate(("ada", "Ada"), start=1)
    ]
    (problem,) = duplicate_problems((), records)

    assert problem.message == 'the ids "ada" and "Ada" differ only by case or accents'
    assert problem.where == Where("contacts.yaml", 2, 7)
