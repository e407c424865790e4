"""stages.yaml: what it declares, and how statuses and stages are looked up."""

from __future__ import annotations

import pytest

from leadctl.dates import NEVER, Interval
from leadctl.errors import RequestError
from leadctl.fields import Field, Kind
from leadctl.prospecting.criteria import CRITERIA, Quiet, Rule, Window
from leadctl.stages import Stage, Status
from tests.people import stages_of

#: A file without a mistake; tests put their lines after it.
SOUND = """\
default: New
statuses:
  New:
    touch_every: 2 days
  Active:
    touch_every: 14 days
"""


def test_every_key_of_a_status_is_read() -> None:
    stages = stages_of("""\
default: New
stages:
  Lost: {statuses: [New], outcome: lost, colour: red}
statuses:
  New:
    touch_every: 2 days
    first_touch: 0 days
    pipeline: no
    note: required
    reason: required
    reasons: [price, timing]
    limit: 7 days
    next: [Active]
    aliases: [Lead, Fresh]
    colour: bright-blue
  Active: {touch_every: never}
""")

    assert stages.statuses[0] == Status(
        name="New",
        stage="Lost",
        outcome="lost",
        touch_every=Interval(2, "day"),
        first_touch=Interval(0, "day"),
        on_pipeline=False,
        note_required=True,
        reason_required=True,
        reasons=("price", "timing"),
        aliases=("Lead", "Fresh"),
        next=("Active",),
        limit=Interval(7, "day"),
        colour="bright-blue",
    )


def test_what_a_status_leaves_out_is_optional_unlimited_and_on_the_pipeline() -> None:
    stages = stages_of("default: New\nstatuses:\n  New:\n")

    assert stages.statuses == (Status("New", on_pipeline=True, touch_every=None, limit=None),)


def test_never_is_not_the_same_as_not_set() -> None:
    stages = stages_of("default: A\nstatuses:\n  A: {touch_every: never}\n  B:\n")

    assert [status.touch_every for status in stages.statuses] == [NEVER, None]


def test_a_status_takes_colour_and_outcome_from_its_stage() -> None:
    stages = stages_of(
        SOUND + "stages:\n  Won: {statuses: [Active], outcome: won, colour: green}\n"
    )

    assert stages.stages == (Stage("Won", "won", "green", ("Active",)),)
    assert stages.get("Active").colour == "green"
    assert (stages.get("Active").stage, stages.get("Active").outcome) == ("Won", "won")
    assert (stages.get("New").stage, stages.get("New").outcome) == ("", "")


def test_the_pipeline_has_the_order_of_the_file_without_those_taken_off() -> None:
    stages = stages_of("default: B\nstatuses:\n  B:\n  Off: {pipeline: false}\n  A:\n")

    assert [status.name for status in stages.pipeline] == ["B", "A"]


@pytest.mark.parametrize("word", ["yes", "true", "on", "True", "YES"])
def test_yes_is_written_in_several_ways(word: str) -> None:
    stages = stages_of(f"default: A\nstatuses:\n  A: {{pipeline: {word}}}\n")

    assert stages.statuses[0].on_pipeline is True


@pytest.mark.parametrize("word", ["no", "false", "off", "False", "NO"])
def test_no_is_written_in_several_ways(word: str) -> None:
    stages = stages_of(f"default: A\nstatuses:\n  A: {{pipeline: {word}}}\n")

    assert stages.statuses[0].on_pipeline is False


def test_references_may_use_another_case_or_an_alias_and_become_names() -> None:
    stages = stages_of("""\
default: lead
stages:
  Hot: {statuses: [ACTIVE]}
statuses:
  New: {touch_every: 2 days, aliases: [Lead], next: [active, Active]}
  Active: {touch_every: 2 days, next: [LEAD]}
""")

    assert stages.default == "New"
    assert stages.find_stage("hot") == Stage("Hot", statuses=("Active",))
    assert [status.next for status in stages.statuses] == [("Active",), ("New",)]


def test_criteria_are_on_unless_switched_off() -> None:
    stages = stages_of(SOUND + "prospects: {stuck: off, birthday: no, pinned: on}\n")

    assert stages.criteria.on == set(CRITERIA) - {"stuck", "birthday"}
    assert stages_of(SOUND).criteria.on == set(CRITERIA)


def test_criteria_have_their_numbers() -> None:
    criteria = stages_of(
        SOUND + "prospects:\n"
        "  birthday: {within: 1 week}\n"
        "  anniversary: {late: 0 days}\n"
        "  gone_quiet: {after: 10 days, statuses: [new, Active]}\n"
    ).criteria

    assert criteria.birthday == Window(within=7, late=7)
    assert criteria.anniversary == Window(within=0, late=0)
    assert criteria.quiet == Quiet(Interval(10, "day"), ("New", "Active"))


NOBODY = "prospects: {gone_quiet: {statuses: []}}\n"


def test_who_goes_quiet_is_in_the_status_of_new_contacts_unless_told() -> None:
    assert stages_of(SOUND).criteria.quiet == Quiet(Interval(7, "day"), ("New",))
    assert stages_of(SOUND + NOBODY).criteria.quiet.statuses == ()


def test_a_rule_of_the_users_own_has_a_query_and_what_it_says() -> None:
    rules = stages_of(
        SOUND + "prospects:\n  rules:\n"
        "    vip: {where: 'tag:vip', reason: VIP}\n"
        "    lease: {where: is:due, reason: R, points: 9, again: 1 month, next: send offers}\n"
    ).criteria.rules

    assert rules == (
        Rule("vip", "tag:vip", "VIP", points=50, again=Interval(14, "day")),
        Rule("lease", "is:due", "R", points=9, again=Interval(1, "month"), next="send offers"),
    )


def test_fields_are_declared_by_a_type_or_by_keys() -> None:
    fields = stages_of(
        SOUND + "fields:\n  budget: money\n  side: {type: choice, choices: [a, b], many: yes}\n"
    ).fields

    assert fields == {
        "budget": Field("budget", Kind.MONEY, fields["budget"].help),
        "side": Field("side", Kind.CHOICE, fields["side"].help, many=True, choices=("a", "b")),
    }


def test_views_are_kept_as_text() -> None:
    assert stages_of(SOUND + "views:\n  hot: 'stage:Hot -is:snoozed'\n").views == {
        "hot": "stage:Hot -is:snoozed"
    }


def test_sections_with_nothing_but_comments_count_as_left_out() -> None:
    text = SOUND + "stages:\nprospects:\nfields:\n  # budget: money\nviews:\n"

    assert stages_of(text) == stages_of(SOUND)


def test_a_status_is_found_by_name_and_alias_in_any_case_and_without_accents() -> None:
    stages = stages_of("default: Zürich\nstatuses:\n  Zürich: {aliases: [Old  Name]}\n")

    assert stages.find("ZURICH") is stages.find("old name") is stages.statuses[0]
    assert stages.find("") is None
    assert stages.find("Bern") is None


def test_an_unknown_status_is_refused_with_a_suggestion() -> None:
    with pytest.raises(RequestError) as raised:
        stages_of(SOUND).get("Atcive")

    assert raised.value.message == 'no status named "Atcive"'
    assert raised.value.hint == 'did you mean "Active"?'


def test_an_unknown_status_like_no_other_is_refused_with_the_way_to_the_list() -> None:
    with pytest.raises(RequestError) as raised:
        stages_of(SOUND).get("xyzzy")

    assert raised.value.hint == "`leadctl stages` lists them all"


def test_an_unknown_stage_is_refused_with_a_suggestion() -> None:
    stages = stages_of(SOUND + "stages: {Hot: {statuses: [New]}}\n")

    assert stages.get_stage("HOT").name == "Hot"
    with pytest.raises(RequestError, match='no stage named "Hto"') as raised:
        stages.get_stage("Hto")
    assert raised.value.hint == 'did you mean "Hot"?'
