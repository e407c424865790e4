"""stages.yaml in many hands' styles: what is meant changes, and not one other character."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leadctl.errors import RequestError
from leadctl.prospecting.criteria import Criteria
from leadctl.stage_edits import take_in_name
from leadctl.store.edit_error import EditError
from leadctl.store.stages_editor import edit_stages
from tests.people import stages_of
from tests.store.stages_texts import COMPACT, PLAIN, done, remove, rename, replaced


def test_a_new_name_stands_wherever_the_old_one_stood() -> None:
    assert rename(PLAIN, "engage", "Non Client") == replaced(
        PLAIN,
        {
            "- Engage  # the many": "- Non Client  # the many",
            "[Engage, Active]": "[Non Client, Active]",
            "  Engage:\n": "  Non Client:\n",
            "    limit: 60 days\n": "    limit: 60 days\n    aliases: [Engage]\n",
            "next: [Engage]}": "next: [Non Client]}",
            "'status:Engage,New": '\'status:"Non Client",New',
        },
    )


def test_the_default_follows_a_new_name() -> None:
    assert "default: Fresh\n" in rename(PLAIN, "New", "Fresh")


def test_in_flow_style_a_new_name_keeps_its_quotes() -> None:
    assert rename(COMPACT, "Old", "Older") == replaced(
        COMPACT,
        {
            '"Old"': '"Older"',
            "next: [New]}": "next: [New], aliases: [Old]}",
            "status:Old": '"status:Older"',
        },
    )


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("NO", '"NO"'),
        ("on", '"on"'),
        ("1e3", '"1e3"'),
        ("#x", '"#x"'),
        ("a: b", '"a: b"'),
        ("Éloigné", "Éloigné"),
        ('it\'s "so"', 'it\'s "so"'),
        ("x, y]", "x, y]"),
        ("[x", '"[x"'),
        ("null", '"null"'),
        ("?", '"?"'),
    ],
)
def test_a_name_that_yaml_would_misread_is_quoted(name: str, written: str) -> None:
    text = rename(PLAIN, "New", name)

    assert f"\n  {written}:\n" in text
    assert stages_of(text).default == name


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A:", "B:\n    aliases: [A]"),
        ("A: # empty", "B: # empty\n    aliases: [A]"),
        ("A: {}", "B: {aliases: [A]}"),
        ("A: ''", "B: {aliases: [A]}"),
        ("A: {aliases: [Z]}", "B: {aliases: [Z, A]}"),
        ("A: {aliases: }", "B: {aliases: [A] }"),
        ("A:\n    aliases:\n    - Z # z", "B:\n    aliases:\n    - Z # z\n    - A"),
        ("A:\n    aliases:\n    limit: 1d", "B:\n    aliases: [A]\n    limit: 1d"),
        ("A:\n    aliases: [\n      Z, # z\n    ]", "B:\n    aliases: [\n      Z, A, # z\n    ]"),
    ],
)
def test_the_old_name_becomes_an_alias_in_the_style_of_the_status(
    written: str, expected: str
) -> None:
    text = "default: C\nstatuses:\n  {}\n  C: {{limit: 1d}}\n"

    assert rename(text.format(written), "A", "B") == text.format(expected)


def test_a_status_can_be_called_by_an_old_name_of_its_own_again() -> None:
    once = rename(PLAIN, "Engage", "Contacted")

    assert stages_of(rename(once, "Contacted", "Engage")) == stages_of(
        replaced(PLAIN, {"    limit: 60 days": "    limit: 60 days\n    aliases: [Contacted]"})
    )


def test_another_case_of_a_name_is_no_alias() -> None:
    assert stages_of(rename(PLAIN, "Engage", "ENGAGE")).get("engage").aliases == ()


def test_a_name_that_the_file_has_lost_becomes_an_alias() -> None:
    text = done(PLAIN, take_in_name(stages_of(PLAIN), "Talking", "Future"))

    assert text == replaced(PLAIN, {"next: [Engage]}": "next: [Engage], aliases: [Talking]}"})


def test_a_status_goes_into_another_one_with_its_names() -> None:
    assert remove(PLAIN, "Engage", "Future") == replaced(
        PLAIN,
        {
            "      - Engage  # the many\n": "",
            "[Engage, Active]": "[Future, Active]",
            "  # We talk.\n  Engage:\n    touch_every: 7 days\n"
            "    # Two months are enough.\n    limit: 60 days\n": "",
            "\n  # Later.": "  # Later.",
            "next: [Engage]}": "next: [], aliases: [Engage]}",
            "status:Engage,New": "status:Future,New",
        },
    ).replace("usual\n  # Later", "usual\n  # Later")


def test_the_default_goes_to_the_one_that_takes_the_place() -> None:
    assert "default: Engage\n" in remove(PLAIN, "New", "Engage")


def test_the_only_status_of_a_stage_leaves_an_empty_list() -> None:
    text = (
        "default: B\nstages:\n  S:\n    statuses: [A] # s\n    colour: red\nstatuses: {A: , B: }\n"
    )

    assert remove(text, "A") == text.replace("[A]", "[]").replace("{A: , ", "{")


@pytest.mark.parametrize(
    ("flow", "expected"),
    [
        ("{A: {}, B: {}, C: {}}", "{A: {}, C: {}}"),
        ("{A: {}, C: {}, B: {}}", "{A: {}, C: {}}"),
        ("{A: {}, C: {}, B: {},}", "{A: {}, C: {},}"),
        ("{B: {}, A: {}, C: {}}", "{A: {}, C: {}}"),
        (
            "{\n  A: {}, # a\n  B: {}, # b\n  C: {} # c\n }",
            "{\n  A: {}, # a\n   # b\n  C: {} # c\n }",
        ),
        (
            "{\n  A: {},\n  C: {}, # c\n  B: {}, # b\n }",
            "{\n  A: {},\n  C: {}, # c\n   # b\n }",
        ),
    ],
)
def test_a_status_between_brackets_goes_with_its_comma(flow: str, expected: str) -> None:
    assert remove(f"default: A\nstatuses: {flow}\n", "B") == f"default: A\nstatuses: {expected}\n"


def test_line_ends_and_byte_order_mark_stay() -> None:
    text = "\ufeff" + PLAIN.replace("\n", "\r\n")
    after = rename(text, "Engage", "Contacted")

    assert after == "\ufeff" + rename(PLAIN, "Engage", "Contacted").replace("\n", "\r\n")


def test_a_query_in_lines_of_its_own_is_followed() -> None:
    text = "default: A\nstatuses: {A: , B: }\nviews:\n  v: >-\n    status:A\n    is:due\n  w: x\n"

    assert stages_of(rename(text, "A", "Z")).views == {"v": "status:Z is:due", "w": "x"}


def test_a_text_that_is_not_sound_is_refused() -> None:
    with pytest.raises(EditError):
        edit_stages("default: A\n", stages_of(PLAIN), renamed={})


def test_what_comes_out_has_to_be_what_was_meant() -> None:
    wanted = replace(stages_of(PLAIN), criteria=Criteria(on=frozenset({"pinned"})))

    with pytest.raises(EditError, match="not what was meant"):
        edit_stages(PLAIN, wanted, renamed={})


MOVING = """\
default: New
statuses:
  New: {touch_every: 2 days}
  Closed:
    touch_every: 30 days
    then:
      after: 30 days  # a month
      to: "Past"  # for good
  Past: {touch_every: 90 days, then: {to: New, after: 1 year}}
  Gone: {touch_every: never, reason: required}
prospects:
  gone_quiet: {statuses: [New, Closed]}  # early
  rules:
    old: {where: 'status:Past,Closed touched:..-1y', reason: long ago}
"""


def test_a_new_name_is_followed_by_moves_criteria_and_rules() -> None:
    text = rename(MOVING, "Past", "Past Clients")

    assert '      to: "Past Clients"  # for good\n' in text
    assert "'status:\"Past Clients\",Closed touched:..-1y'" in text
    assert "  gone_quiet: {statuses: [New, Lead]}  # early\n" in rename(MOVING, "Closed", "Lead")
    assert "then: {to: Lead, after: 1 year}" in rename(MOVING, "New", "Lead")


def test_a_status_that_goes_leaves_its_place_in_moves_criteria_and_rules() -> None:
    text = remove(MOVING, "New", "Closed")

    assert "then: {to: Closed, after: 1 year}" in text
    assert "  gone_quiet: {statuses: [Closed]}  # early\n" in text


@pytest.mark.parametrize("into", ["", "Closed", "Gone"])
def test_a_status_that_others_go_on_to_cannot_go_where_they_could_not_follow(into: str) -> None:
    with pytest.raises(RequestError, match='"Closed" goes on to "Past"') as refused:
        remove(MOVING.replace("'status:Past,Closed touched:..-1y'", "is:due"), "Past", into)

    assert refused.value.hint == 'change or delete `then:` of "Closed" in stages.yaml first'


def test_a_rule_that_asks_for_nothing_else_keeps_a_status_from_going() -> None:
    text = PLAIN + "prospects:\n  rules: {idle: {where: status:Future, reason: r}}\n"

    with pytest.raises(RequestError, match="rule idle asks for it"):
        remove(text, "Future")
