"""Mistakes in rules for new contacts, and rules that are in each other's way, with their places."""

from __future__ import annotations

import pytest

from leadctl.fields import Schema
from leadctl.intake_reading import unknown_fields
from tests.test_intake import STATUSES, rules
from tests.test_stages_mistakes import errors, warnings

FIELDS = "fields: {budget: number, side: {type: choice, choices: [buy, sell]}}\n"


def mistakes(rule: str) -> list[str]:
    """The errors of one rule in line 7, which begins in column 11."""
    return errors(f"{STATUSES}{FIELDS}intake: [{rule}]\n")


@pytest.mark.parametrize(
    ("rule", "error"),
    [
        ("{set: {owner: jo}}", "7:10 rule 1 of intake has no name"),
        ("{name: A}", '7:17 rule "A" does nothing'),
        ("{name: A, set: {}}", '7:17 rule "A" does nothing'),
        ("A", '7:10 rule 1 of intake is to hold keys and values, not "A"'),
        ("{name: A, whne: {}, plan: p}", '7:20 unknown key "whne" in rule 1 of intake'),
        ("{name: A, set: {status: Nwe}}", '7:34 no status named "Nwe"'),
        ("{name: A, when: {status: Nwe}, plan: p}", '7:35 no status named "Nwe"'),
        ("{name: A, set: {id: x}}", '7:26 no rule can set "id"'),
        ("{name: A, set: {last_touch: 2026-01-01}}", '7:26 no rule can set "last_touch"'),
        ("{name: A, set: {due: x}}", '7:26 "due" follows from the journal'),
        ("{name: A, set: {'a b': x}}", '7:26 no field named "a b"'),
        ("{name: A, set: {budget: much}}", '7:34 budget: "much" is no number'),
        ("{name: A, set: {side: rent}}", '7:32 side: "rent" is none of: buy, sell'),
        ("{name: A, set: {owner: }}", "7:33 owner has no value"),
        ("{name: A, set: {owner: [a, b]}}", "7:33 owner is to be one text, not a list"),
        ("{name: A, set: {snoozed_until: fri}}", '7:41 snoozed_until: "fri" is no date'),
        ("{name: A, when: {source: []}, plan: p}", "7:35 source has no value"),
        ("{name: A, when: {source: {a: b}}, plan: p}", "7:35 source is to be one text"),
        ("{name: A, set: {status: Closed}}", '7:17 rule "A": a change to "Closed" needs a note'),
        (
            "{name: A, set: {status: Closed}, note: x, reason: Whim}",
            '7:60 rule "A": "Whim" is no reason for "Closed", one of: Price, Timing',
        ),
        ("{name: A, plan: p}, {name: a, plan: q}", '7:37 a second rule "a"; line 7 has the first'),
    ],
)
def test_a_mistake_is_told_with_its_place(rule: str, error: str) -> None:
    (found,) = mistakes(rule)

    assert found.startswith(error)


@pytest.mark.parametrize(
    ("intake", "error"),
    [
        ("fast", '6:9 intake is to hold keys and values, not "fast"'),
        ("{match: some}", '6:17 match cannot be "some"'),
        ("{rules: {a: b}}", "6:17 rules is to be a list of rules"),
        ("{rule: []}", '6:10 unknown key "rule" in intake'),
    ],
)
def test_intake_is_a_list_or_match_and_rules(intake: str, error: str) -> None:
    assert errors(f"{STATUSES}intake: {intake}\n") == [error]


@pytest.mark.parametrize("intake", ["", "[]", "{}", "{rules: }", "{match: all, rules: []}"])
def test_intake_may_be_empty(intake: str) -> None:
    assert errors(f"{STATUSES}intake: {intake}\n") == []


def met(match: str, first: str, second: str) -> list[str]:
    listed = f"    - {{name: A, {first}}}\n    - {{name: B, {second}}}\n"
    return warnings(f"{STATUSES}intake:\n  match: {match}\n  rules:\n{listed}")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("plan: p", "when: {source: Fair}, plan: q"),
        ("when: {source: [Fair, Web]}, plan: p", "when: {source: fair}, plan: q"),
        ("when: {source: Fair}, plan: p", "when: {source: Fair, owner: jo}, plan: q"),
        ("when: {source: '*'}, plan: p", "when: {source: Fair}, plan: q"),
        ("when: {tags: [a, b]}, plan: p", "when: {tags: a}, plan: q"),
    ],
)
def test_a_rule_that_never_gets_its_turn_is_pointed_out(first: str, second: str) -> None:
    assert met("first", first, second) == [
        '10:14 rule "B" can never apply: "A", line 9, takes all of its contacts'
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("when: {source: Fair}, plan: p", "plan: q"),
        ("when: {source: Fair}, plan: p", "when: {source: '*'}, plan: q"),
        ("when: {source: Fair}, plan: p", "when: {source: [Fair, Web]}, plan: q"),
        ("when: {source: Fair, owner: jo}, plan: p", "when: {source: Fair}, plan: q"),
    ],
)
def test_a_rule_that_is_left_some_contacts_is_fine(first: str, second: str) -> None:
    assert met("first", first, second) == []


def test_rules_that_meet_and_disagree_are_pointed_out() -> None:
    first = "when: {source: [Fair, Web]}, set: {owner: jo, status: New}"

    assert met("all", first, "when: {source: Web}, set: {owner: marta, status: New}") == [
        '10:14 rules "B" and "A", line 9, can meet in one contact and set owner differently'
    ]


def test_one_contact_may_have_the_tags_of_both_rules() -> None:
    first, second = (f"when: {{tags: {each}}}, set: {{owner: {each}}}" for each in "ab")

    assert len(met("all", first, second)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("when: {source: Fair}, set: {owner: jo}", "when: {source: Web}, set: {owner: marta}"),
        ("set: {owner: jo}", "set: {owner: jo}"),
        ("set: {tags: a}", "set: {tags: b}"),
    ],
)
def test_rules_that_cannot_disagree_are_fine(first: str, second: str) -> None:
    assert met("all", first, second) == []


def test_fields_that_nobody_has_are_found() -> None:
    stages = rules("intake: [{name: A, when: {sorce: Fair}, set: {campaign: x, hair: red}}]")

    found = list(unknown_fields(stages.intake, Schema({}).with_seen(["hair"])))

    assert [name for _, name, _ in found] == ["sorce", "campaign"]
    assert found[0][2] == (
        'did you mean "source"? to have it, declare it under `fields:`, such as `sorce: text`'
    )
