"""Mistakes in stages.yaml: each told once, with its place and a hint, and all in one run."""

from __future__ import annotations

import pytest

from leadctl.problems import Problem
from leadctl.stages import Stages
from leadctl.stages_reading import read_stages
from leadctl.store.yaml_reader import read_tree
from tests.test_stages import SOUND


def read(text: str) -> tuple[Stages | None, list[Problem]]:
    tree, problems = read_tree(text, "stages.yaml")
    assert tree is not None, problems
    return read_stages(tree)


def errors(text: str) -> list[str]:
    """Place and message of every error, in order."""
    stages, problems = read(text)
    found = [problem for problem in problems if not problem.is_warning]
    assert (stages is None) == bool(found)
    return [f"{each.where.line}:{each.where.column} {each.message}" for each in found]


def warnings(text: str) -> list[str]:
    _, problems = read(text)
    return [
        f"{each.where.line}:{each.where.column} {each.message}"
        for each in problems
        if each.is_warning
    ]


@pytest.mark.parametrize(
    ("lines", "error", "hint"),
    [
        ("prospect: {}", '7:1 unknown key "prospect" in stages.yaml', '"prospects"'),
        (
            "  Old: {touch_evry: 1d}",
            '7:9 unknown key "touch_evry" in status "Old"',
            '"touch_every"',
        ),
        ("stages: {A: {color: red}}", '7:14 unknown key "color" in stage "A"', '"colour"'),
        ("prospects: {stuk: no}", '7:13 unknown key "stuk" in prospects', '"stuck"'),
        ("prospects: {x: no}", '7:13 unknown key "x" in prospects', "known here: follow_up_due"),
        ("fields: {a: {typ: text}}", '7:14 unknown key "typ" in field "a"', '"type"'),
        ("  Old: {limit: soon}", '7:16 limit: "soon" is no interval', "`limit: 14 days`"),
        ("  Old: {limit: -3 days}", '7:16 limit: "-3 days" is no interval', "`limit: 14 days`"),
        ("  Old: {limit: 999 years}", '7:16 limit: "999 years" is longer than 100 years', "limit"),
        ("  Old: {touch_every: 0 days}", "7:22 touch_every cannot be nothing at all", "never"),
        ("  Old: {pipeline: maybe}", '7:19 pipeline is yes or no, not "maybe"', "`pipeline: yes`"),
        ("prospects: {stuck: 3}", '7:20 stuck is yes or no, not "3"', "`stuck: no`"),
        ("  Old: {colour: gren}", '7:17 colour cannot be "gren"', '"green"'),
        ("  Old: {colour: pink}", '7:17 colour cannot be "pink"', "write one of: black, red"),
        ("stages: {A: {outcome: xyz}}", '7:23 outcome cannot be "xyz"', "open, won, lost"),
        ("  Old: {note: require}", '7:15 note cannot be "require"', '"required"'),
        ("  Old: {reason: must}", '7:17 reason cannot be "must"', "optional, required"),
        ("  Old: {reasons: price}", '7:18 reasons is to be a list, not "price"', "[price]"),
        ("  Old: {next: {New: x}}", "7:15 next is to be a list, not keys and values", "next: ["),
        (
            "  Old: {next: [[New]]}",
            "7:16 an item of next is to be one text, not a list",
            "one text",
        ),
        ("  Old: {note: [required]}", "7:15 note is to be one text, not a list", "one text"),
        ("  Old: {next: [Nwe]}", '7:16 no status named "Nwe"', 'did you mean "New"?'),
        ("  Old: {next: [Q]}", '7:16 no status named "Q"', "statuses here: New, Active, Old"),
        ("  Old: hot", '7:8 status "Old" is to hold keys and values, not "hot"', "colon"),
        ("  Old: [hot]", '7:8 status "Old" is to hold keys and values, not a list', "colon"),
        ("stages: [Hot]", "7:9 stages is to hold keys and values, not a list", "colon"),
        ("  new: {}", '7:3 a second status "new"; line 3 has "New"', "rename"),
        ('  " ": {}', "7:3 a status without a name", "before the colon"),
        ("stages: {'': {}}", "7:10 a stage without a name", "before the colon"),
        ("stages: {A: {}, a: {}}", '7:17 a second stage "a"; line 7 has "A"', "rename"),
        ("stages: {A: {statuses: [Nwe]}}", '7:25 no status named "Nwe"', '"New"'),
        ("  Old: {aliases: [' ']}", "7:19 an item of aliases has no value", "delete the line"),
        ("  Old: {aliases: ['\u0301']}", "7:19 an item of aliases has no value", "delete the line"),
        ("  Old: {aliases: [NEW]}", '7:19 alias "NEW" already stands for "New"', "line 3"),
        ("  Old: {aliases: [old]}", '7:19 alias "old" already stands for "Old"', "line 7"),
        ("  Old: {aliases: [x, X]}", '7:22 alias "X" already stands for "Old"', "line 7"),
        (
            "fields: {Budget: money}",
            '7:10 "Budget" cannot be the name of a field',
            "such as `budget`",
        ),
        ("fields: {a b: money}", '7:10 "a b" cannot be the name of a field', "such as `a_b`"),
        ("fields: {'9': money}", '7:10 "9" cannot be the name of a field', "use a-z"),
        ("fields: {email: text}", """7:10 "email" is a field of leadctl's own""", "another name"),
        ("fields: {DNC: text}", """7:10 "DNC" is a field of leadctl's own""", "another name"),
        ("fields: {due: date}", """7:10 "due" is a field of leadctl's own""", "another name"),
        ("fields: {is: text}", '7:10 "is" has a meaning of its own in queries', "another name"),
        ("prospects: {birthday: 3}", '7:23 birthday is yes or no, not "3"', "`birthday: no`"),
        ("prospects: {birthday: {before: 3d}}", '7:24 unknown key "before" in birthday', "within"),
        (
            "prospects: {birthday: {late: 1 year}}",
            "7:30 late is at most 90 days, not 1 year",
            "`late: 7 days`",
        ),
        ("prospects: {gone_quiet: {after: never}}", '7:33 after cannot be "never"', "7 days"),
        ("prospects: {gone_quiet: {statuses: [Nwe]}}", '7:37 no status named "Nwe"', '"New"'),
        ("prospects: {rules: [vip]}", "7:20 rules is to hold keys and values, not a list", "colon"),
        (
            "prospects: {rules: {vip: {reason: x}}}",
            '7:21 rule "vip" has no `where`',
            "touched:..-30d",
        ),
        ("prospects: {rules: {vip: {where: x}}}", '7:21 rule "vip" has no `reason`', "VIP"),
        (
            "prospects: {rules: {stuck: {where: x, reason: y}}}",
            """7:21 "stuck" is a reason of leadctl's own""",
            "another name",
        ),
        (
            "prospects: {rules: {V I: {where: x, reason: y}}}",
            '7:21 "V I" cannot be the name of a rule',
            "a-z",
        ),
        (
            "prospects: {rules: {v: {where: x, reason: y, points: 2000}}}",
            '7:54 points is a whole number from 0 to 1000, not "2000"',
            "`points: 50`",
        ),
        ("  Old: {weight: 10}", '7:17 weight is a whole number from 1 to 9, not "10"', "weight: 1"),
        (
            "  Old: {weight: 1.5}",
            '7:17 weight is a whole number from 1 to 9, not "1.5"',
            "weight: 1",
        ),
        ("  Old: {then: New}", '7:15 then is to hold keys and values, not "New"', "colon"),
        ("  Old: {then: {after: 1d}}", "7:15 `to` is missing in then", "`to: Past Clients`"),
        ("  Old: {then: {to: New}}", "7:15 `after` is missing in then", "`after: 30 days`"),
        ("  Old: {then: {after: 1d, to: Nwe}}", '7:31 no status named "Nwe"', '"New"'),
        ("  Old: {then: {after: 1d, to: old}}", '7:31 "Old" cannot go on to itself', "another"),
        ("  Old: {then: {after: never, to: New}}", '7:23 after cannot be "never"', "1 day"),
        ("  Old: {then: {after: 0 days, to: New}}", '7:23 after cannot be "0 days"', "1 day"),
        ("  Old: {then: {after: 1d, to: New, too: 1}}", '7:36 unknown key "too" in then', '"to"'),
        (
            "  Old: {then: {after: 1d, to: New, since: sold}}",
            '7:43 no field "sold" of type date is declared',
            "`fields: {sold: date}`",
        ),
        (
            "  Old: {then: {after: 1d, to: X}}\n  X: {touch_every: never, reason: required}",
            '7:15 a change to "X" needs a reason',
            "reason:",
        ),
        (
            "  Old: {then: {after: 1d, to: X, reason: dear}}\n"
            "  X: {touch_every: never, reason: required, reasons: [too dear]}",
            '7:42 "dear" is no reason for "X"',
            "too dear",
        ),
        ("fields: {a: mony}", '7:13 the type of "a" cannot be "mony"', '"money"'),
        ("fields: {a: ''}", '7:13 the type of "a" has no value', "delete the line"),
        ("fields: {a: [text]}", '7:13 field "a" is to hold keys and values, not a list', "colon"),
        ("fields: {a: choice}", '7:10 field "a" has no choices', "choices: [one, two]"),
        ("fields: {a: {choices: [b]}}", "7:23 a field of type text has no choices", "type: choice"),
        ("fields: {a: {type: x, choices: [b]}}", '7:20 the type of "a" cannot be "x"', "money"),
        ("views: {Hot: 'is:due'}", '7:9 "Hot" cannot be the name of a view', "such as `hot`"),
        ("views: {hot: ''}", '7:14 view "hot" has no value', "delete the line"),
    ],
)
def test_a_mistake_is_reported_once_with_its_place_and_a_hint(
    lines: str, error: str, hint: str
) -> None:
    text = f"{SOUND}{lines}\n"
    _, problems = read(text)

    assert errors(text) == [error]
    [problem] = [each for each in problems if not each.is_warning]
    assert hint in problem.hint
    assert problem.check == "stages"
    assert problem.where.path == "stages.yaml"


@pytest.mark.parametrize("text", ["- New\n", "New\n"])
def test_a_file_that_holds_no_keys_is_refused_as_such(text: str) -> None:
    [error] = errors(text)

    assert error.startswith("1:1 stages.yaml is to hold keys and values")


def test_a_key_without_a_value_is_refused() -> None:
    text = "default:\nstatuses:\n  New:\n    touch_every:\n"

    assert [each.partition(" ")[2] for each in errors(text)] == [
        "default has no value",
        "touch_every has no value",
    ]


def test_a_missing_default_is_reported_with_the_first_status_as_example() -> None:
    _, problems = read("statuses:\n  Lead: {touch_every: never}\n")

    assert [(each.where.line, each.message) for each in problems] == [(1, "`default` is missing")]
    assert "`default: Lead`" in problems[0].hint


def test_a_default_that_is_no_status_is_reported_where_it_stands() -> None:
    assert errors(SOUND.replace("default: New", "default: Nwe")) == ['1:10 no status named "Nwe"']


@pytest.mark.parametrize("statuses", ["", "statuses:\n", "statuses: {}\n", "statuses: []\n"])
def test_a_file_without_statuses_gets_one_error_not_one_for_each_mention(statuses: str) -> None:
    text = f"default: New\nstages: {{Hot: {{statuses: [New]}}}}\n{statuses}"

    assert [each.partition(" ")[2] for each in errors(text)] == ["there are no statuses"]


def test_a_status_in_two_stages_names_both_places() -> None:
    text = SOUND + "stages:\n  Hot:\n    statuses: [New]\n  Cold:\n    statuses: [Active, new]\n"

    assert errors(text) == ['11:24 "New" is in stages "Hot" and "Cold", lines 9 and 11']


def test_a_status_listed_twice_in_one_stage_is_reported() -> None:
    text = SOUND + "stages:\n  Hot:\n    statuses: [New, New]\n"

    assert errors(text) == ['9:21 "New" is twice in stage "Hot", lines 9 and 9']


def test_all_mistakes_are_reported_in_one_run_and_in_the_order_of_the_file() -> None:
    text = """\
defalt: New
stages:
  Hot: {statuses: [Nwe], colour: rd}
statuses:
  New: {touch_every: 2 dayz, pipeline: maybe}
  Old: {next: [Gone]}
fields:
  email: text
"""

    assert [each.partition(" ")[0] for each in errors(text)] == [
        *("1:1", "1:1", "3:20", "3:34", "5:22", "5:40", "6:16", "8:3")
    ]


def test_a_status_without_touch_interval_is_pointed_out_but_usable() -> None:
    text = "default: New\nstatuses:\n  New:\n"

    assert warnings(text) == ['3:3 no touch interval is set for "New"']
    assert errors(text) == []


def test_reasons_that_nothing_asks_for_are_pointed_out() -> None:
    text = SOUND + "    reasons: [price]\n"

    assert warnings(text) == ["7:14 reasons are listed, but nothing asks for one"]
    assert warnings(text + "    reason: optional\n") == []


def test_a_stage_without_statuses_is_pointed_out() -> None:
    text = SOUND + "stages:\n  Hot:\n  Cold: {statuses: []}\n"

    assert warnings(text) == [
        '8:3 stage "Hot" has no statuses',
        '9:3 stage "Cold" has no statuses',
    ]


def test_a_status_in_no_stage_is_fine() -> None:
    assert read(SOUND)[1] == []
