"""What the columns of a table of another program become: fields, keys, values and notices."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadctl.errors import RequestError
from leadctl.fields import STORED, Field, Kind, Schema
from leadctl.importing.headers import own_field_name
from leadctl.importing.mapping import FieldMap, resolve
from leadctl.importing.rules import Rules, rules_from_options

_SCHEMA = Schema({"budget": Field("budget", Kind.NUMBER, "")})


def mapping(header: str, rules: Rules | None = None) -> FieldMap:
    return resolve(rules or Rules(), header.split(","), schema=_SCHEMA, source="Leads.csv")


def fields(found: FieldMap) -> dict[str, str]:
    return {column.header: column.field.name for column in found.columns}


def test_the_headings_of_a_crm_export_are_understood() -> None:
    found = mapping("LEADID,Last Name,Company,Lead Owner,Email,Mobile,Lead Source,Created Time")

    assert fields(found) == {
        "LEADID": "external_id",
        "Last Name": "name",
        "Company": "company",
        "Lead Owner": "owner",
        "Email": "email",
        "Mobile": "phone",
        "Lead Source": "source",
        "Created Time": "created",
    }
    assert found.notices == ()
    assert found.note == "imported from Leads.csv"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("E-Mail", "email"),
        ("E-mail 1 - Value", "email"),
        ("TELEPHONE", "phone"),
        ("Account Name", "company"),
        ("Organisation", "company"),
        ("Job Title", "title"),
        ("Date of Birth", "birthday"),
        ("Do Not Contact", "do_not_contact"),
        ("tag", "tags"),
        ("Description", "note"),
        ("Budget", "budget"),
        ("id", "id"),
        ("Id", "external_id"),
        ("Record Id", "external_id"),
        ("Lead_Status", "status"),
    ],
)
def test_usual_headings_have_a_meaning(heading: str, name: str) -> None:
    assert fields(mapping(heading)) == {heading: name}


def test_other_headings_become_fields_of_the_users_own() -> None:
    found = mapping("Name,month_Created Time1,Größe,2nd try,Телефон,Stage,Reason,is,A b,A-b")

    assert fields(found) == {
        "Name": "name",
        "month_Created Time1": "month_created_time1",
        "Größe": "grosse",
        "2nd try": "field_2nd_try",
        "Телефон": "field",
        "Stage": "imported_stage",
        "Reason": "imported_reason",
        "is": "imported_is",
        "A b": "a_b",
        "A-b": "a_b_2",
    }
    assert found.notices[0].startswith("kept as fields of your own: month_Created Time1 as month")


def test_columns_that_leadctl_works_out_itself_are_left_out_and_told() -> None:
    found = mapping("id,name,overdue_days")

    assert fields(found) == {"id": "id", "name": "name"}
    assert found.notices == ('"overdue_days" is left out: it follows from the journal',)


def test_first_names_come_first_wherever_they_stand() -> None:
    found = mapping("Last Name,Email,First Name")

    names = [column.header for column in found.columns if column.field.name == "name"]
    assert names == ["First Name", "Last Name"]


def test_a_full_name_leaves_its_parts_to_themselves() -> None:
    found = mapping("First Name,Full Name,Last Name")

    assert fields(found) == {
        "First Name": "first_name",
        "Full Name": "name",
        "Last Name": "last_name",
    }


def test_the_second_column_of_a_field_for_one_value_is_kept_under_its_own_name() -> None:
    found = mapping("Name,Company,Account Name,Email,Other Email")

    assert fields(found)["Company"] == "company"
    assert fields(found)["Account Name"] == "account_name"
    assert fields(found)["Other Email"] == "email"


def test_of_several_possible_keys_none_is_taken_for_granted() -> None:
    found = mapping("Name,LEADID,CONTACTID")

    assert fields(found) == {"Name": "name", "LEADID": "leadid", "CONTACTID": "contactid"}
    assert "--map 'LEADID=external_id'" in found.notices[0]
    assert (
        fields(mapping("LEADID,CONTACTID", rules_from_options(columns=["leadid=external_id"])))[
            "LEADID"
        ]
        == "external_id"
    )


def test_what_the_user_says_about_a_column_wins() -> None:
    rules = rules_from_options(
        columns=["e-mail=work_mail", "Name=", "Company=name", "Company=company", "A=b=note"]
    )

    found = mapping("Name,Company,E-Mail,A=b", rules)

    assert [(c.header, c.field.name) for c in found.columns] == [
        ("Company", "name"),
        ("Company", "company"),
        ("E-Mail", "work_mail"),
        ("A=b", "note"),
    ]
    assert found.notices == ('"work_mail" is a new field of your own',)


def test_a_misspelt_field_is_told_since_it_makes_a_new_one() -> None:
    found = mapping("Name,X", rules_from_options(columns=["X=emial"]))

    assert found.notices == ('"emial" is a new field of your own; did you mean "email"?',)


@pytest.mark.parametrize(
    ("option", "message", "hint"),
    [
        ("Sorce=source", 'no column is headed "Sorce"', 'did you mean "Source"?'),
        ("Source=stage", '"stage" is worked out', "status"),
        ("Source=My Field", 'no field named "My Field"', "fields: id"),
        ("Source=has", 'no field named "has"', "fields: id"),
    ],
)
def test_columns_that_cannot_be_mapped_are_refused(option: str, message: str, hint: str) -> None:
    with pytest.raises(RequestError, match=message) as caught:
        mapping("Name,Source", rules_from_options(columns=[option]))

    assert hint in caught.value.hint


def test_two_columns_cannot_be_one_field_for_one_value() -> None:
    with pytest.raises(RequestError, match='"A" and "B" cannot both be company'):
        mapping("A,B", rules_from_options(columns=["A=company", "B=company"]))

    several = mapping(
        "A,B,C,D", rules_from_options(columns=["B=name", "A=name", "C=tags", "D=tag"])
    )

    assert [c.header for c in several.columns] == ["A", "B", "C", "D"]
    assert [c.field.name for c in several.columns] == ["name", "name", "tags", "tags"]


def test_values_and_constants_belong_to_fields() -> None:
    rules = rules_from_options(
        values=["Status:Junk  Lead=Disqualified", "status:*=New", "source:a=b=c"],
        constants=["owner=Ann", "reason=wrong data"],
    )

    found = mapping("Name,Status,Source", rules)

    assert found.values == {
        "status": {"junk lead": "Disqualified", "*": "New"},
        "source": {"a=b": "c"},
    }
    assert [(each.field.name, each.value) for each in found.constants] == [("owner", "Ann")]
    assert found.reason == "wrong data"


def test_the_reason_option_is_stronger_than_a_constant() -> None:
    rules = rules_from_options(constants=["reason=a"], reason="b")

    assert mapping("Name", rules).reason == "b"


@pytest.mark.parametrize("option", ["stage=Hot", "id=x", "external_id=7"])
def test_some_fields_cannot_be_constant(option: str) -> None:
    with pytest.raises(RequestError):
        mapping("Name", rules_from_options(constants=[option]))


def test_values_of_a_field_without_a_column_are_refused() -> None:
    with pytest.raises(RequestError, match='no column is mapped to "status"') as caught:
        mapping("Name,Source", rules_from_options(values=["status:a=b"]))

    assert caught.value.hint == "mapped are: name, source"


@pytest.mark.parametrize(
    ("header", "key", "second_key"),
    [
        ("id,Name,LEADID", ("id",), ()),
        ("Name,LEADID,Email", ("external_id",), ("email",)),
        ("Name,LEADID", ("external_id",), ()),
        ("Name,Phone,Email", ("email", "phone"), ()),
        ("Name", (), ()),
    ],
)
def test_the_key_follows_from_the_columns(
    header: str, key: tuple[str, ...], second_key: tuple[str, ...]
) -> None:
    found = mapping(header)

    assert (found.key, found.second_key) == (key, second_key)


def test_a_key_that_is_asked_for_must_be_in_a_column() -> None:
    found = mapping("Name,Company,LEADID,Email", rules_from_options(key="name, Company"))

    assert (found.key, found.second_key) == (("name", "company"), ())
    with pytest.raises(RequestError, match='no column is mapped to "phone"'):
        mapping("Name", rules_from_options(key="phone"))


def test_a_table_of_touches_has_fields_of_its_own() -> None:
    found = mapping(
        "TASKID,Call Start Time,Subject,CONTACTID,LEADID,Created Time",
        rules_from_options(into="touches"),
    )

    assert fields(found) == {
        "LEADID": "external_id",
        "Call Start Time": "on",
        "Subject": "note",
        "TASKID": "ref",
    }
    assert found.notices == ("left out: CONTACTID, Created Time",)
    assert found.key == ()
    with pytest.raises(RequestError, match='no field named "oncome"') as caught:
        mapping("A", rules_from_options(into="touches", columns=["A=oncome"]))
    assert caught.value.hint == 'did you mean "outcome"?'


_HEADINGS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
    | st.sampled_from(["Email", "Phone", "First Name", "Stage", "id", "Company", "Account"]),
    unique=True,
    max_size=8,
)


@settings(max_examples=150, deadline=None)
@given(_HEADINGS)
def test_no_column_is_lost_and_no_field_for_one_value_is_filled_twice(headings: list[str]) -> None:
    found = resolve(Rules(), headings, schema=_SCHEMA, source="x.csv")

    left_out = [heading for heading in headings if f'"{heading}" is left out' in str(found.notices)]
    assert len(found.columns) + len(left_out) == len(headings)
    names = [c.field.name for c in found.columns if not c.field.many and c.field.name != "name"]
    assert len(set(names)) == len(names)
    assert not any(column.field.derived for column in found.columns)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=20))
def test_a_field_made_from_a_heading_has_a_proper_name(heading: str) -> None:
    name = own_field_name(heading)

    assert name[0].isascii()
    assert name[0].isalpha()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")
    assert own_field_name(name) == name
    assert all(own_field_name(known) == known for known in STORED)
