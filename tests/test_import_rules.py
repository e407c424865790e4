"""What the user says about an import: options, a mapping file, and which of both wins."""

from __future__ import annotations

import pytest

from leadctl.errors import RequestError
from leadctl.importing.mapping_file import read_mapping
from leadctl.importing.rules import Rules, override, rules_from_options
from leadctl.located import Mapping, Node, Scalar, Sequence
from leadctl.problems import Where
from tests.test_import_mapping import mapping


def node(value: object, line: int = 1) -> Node:
    """Plain lists and dicts as a parsed file would give them, each item on a line of its own."""
    where = Where("map.yaml", line, 1)
    if isinstance(value, dict):
        pairs = enumerate(value.items(), line)
        return Mapping(
            tuple((Scalar(key, where), node(item, n)) for n, (key, item) in pairs), where
        )
    if isinstance(value, list):
        return Sequence(tuple(node(item, n) for n, item in enumerate(value, line)), where)
    return Scalar(str(value), where)


@pytest.mark.parametrize(
    "options",
    [
        {"columns": ["Name"]},
        {"columns": ["=name"]},
        {"values": ["status=New"]},
        {"values": ["status:New"]},
        {"values": [":a=b"]},
        {"constants": ["owner"]},
        {"constants": ["owner="]},
    ],
)
def test_malformed_options_are_refused_with_an_example(options: dict[str, list[str]]) -> None:
    with pytest.raises(RequestError, match="is not understood") as caught:
        rules_from_options(**options)  # type: ignore[arg-type]

    assert "--" in caught.value.hint


def test_an_option_takes_only_its_words() -> None:
    with pytest.raises(RequestError, match='--on-duplicate cannot be "updte"') as caught:
        rules_from_options(on_duplicate="updte")

    assert caught.value.hint == 'did you mean "update"?'


def test_a_mapping_file_says_everything_that_options_can() -> None:
    file = {
        "into": "contacts",
        "map": {"Lead Status": ["status", "reason"], "Website": "", "Co=mpany": "company"},
        "values": {"status": {"Junk: Lead": "Disqualified", "*": ""}},
        "set": {"owner": "Ann"},
        "key": ["email", "phone"],
        "on_duplicate": "skip",
        "date_order": "dmy",
        "reason": "wrong data",
        "note": "from the fair",
    }

    rules, problems = read_mapping(node(file))

    assert problems == ()
    assert [(rule.header, rule.field) for rule in rules.columns] == [
        ("Lead Status", "status"),
        ("Lead Status", "reason"),
        ("Website", ""),
        ("Co=mpany", "company"),
    ]
    assert [(rule.field, rule.old, rule.new) for rule in rules.values] == [
        ("status", "Junk: Lead", "Disqualified"),
        ("status", "*", ""),
    ]
    assert [(rule.field, rule.value) for rule in rules.constants] == [("owner", "Ann")]
    assert (rules.into, rules.key, rules.on_duplicate) == ("contacts", ("email", "phone"), "skip")
    assert (rules.date_order, rules.reason, rules.note) == ("dmy", "wrong data", "from the fair")
    assert read_mapping(node({"key": "email, phone"}))[0].key == ("email", "phone")


def test_all_mistakes_of_a_mapping_file_are_told_in_one_run() -> None:
    file = {
        "mpa": {"A": "name"},
        "map": {"A": [{"deep": "x"}]},
        "on_duplicate": "replace",
        "values": {"status": "New"},
        "set": {"owner": ["a", "b"]},
        "note": ["x"],
    }

    rules, problems = read_mapping(node(file))

    assert rules == Rules()
    assert sorted((problem.where.line, problem.message) for problem in problems) == [
        (1, 'unknown key "mpa" in a mapping file'),
        (2, "an item of A is to be one text, not keys and values"),
        (3, 'on_duplicate cannot be "replace"'),
        (4, 'values of status is to hold keys and values, not "New"'),
        (5, "owner is to be one text, not a list"),
        (6, "note is to be one text, not a list"),
    ]
    assert problems[0].hint == 'did you mean "map"?'
    assert all(problem.hint for problem in problems)


@pytest.mark.parametrize("text", ["", "name"])
def test_a_mapping_file_without_keys_has_no_rules(text: str) -> None:
    rules, problems = read_mapping(node(text))

    assert rules == Rules()
    assert len(problems) == (1 if text else 0)
    assert read_mapping(None) == (Rules(), ())


def test_a_wrong_column_in_a_mapping_file_is_told_with_its_place() -> None:
    rules, _ = read_mapping(node({"map": {"Name": "name", "Sauce": "source"}}))

    with pytest.raises(RequestError) as caught:
        mapping("Name,Source", rules)

    assert str(caught.value.where) == "map.yaml:2:1"


def test_options_replace_what_the_file_says_of_the_same_thing() -> None:
    file = rules_from_options(
        columns=["A=name", "B=company"],
        values=["status:x=1", "status:y=2"],
        constants=["owner=Ann", "source=Fair"],
        on_duplicate="skip",
        note="file",
    )
    options = rules_from_options(
        columns=["b="], values=["Status:X=3"], constants=["owner=Bob"], note="option"
    )

    rules = override(file, options)

    assert [(rule.header, rule.field) for rule in rules.columns] == [("A", "name"), ("b", "")]
    assert [(rule.old, rule.new) for rule in rules.values] == [("y", "2"), ("X", "3")]
    assert [(rule.field, rule.value) for rule in rules.constants] == [
        ("source", "Fair"),
        ("owner", "Bob"),
    ]
    assert (rules.on_duplicate, rules.note) == ("skip", "option")
