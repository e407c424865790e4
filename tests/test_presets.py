"""The presets are what they promise, and schema and reference page know the same notation."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml
from ruamel.yaml import YAML

from leadctl.dates import parse_interval
from leadctl.intake_reading import INTAKE_KEYS, INTAKE_RULE_KEYS, MATCHES
from leadctl.own_fields import FIELD_KEYS, FIELD_TYPES
from leadctl.prospecting.criteria_reading import PROSPECT_KEYS, QUIET_KEYS, RULE_KEYS, WINDOW_KEYS
from leadctl.stages import COLOURS, OUTCOMES, Stages
from leadctl.stages_reading import DEMANDS, STAGE_KEYS, STATUS_KEYS, TOP_KEYS, read_stages
from leadctl.store.yaml_reader import read_tree
from leadctl.then_reading import THEN_KEYS

ROOT = Path(__file__).parent.parent
PRESETS = ("classic", "sales-stages", "calling")
SCHEMA = json.loads((files("leadctl") / "schema" / "stages.schema.json").read_text("utf-8"))
PAGE = (ROOT / "docs" / "reference" / "stages.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def text_of(preset: str) -> str:
    return (files("leadctl") / "presets" / f"{preset}.yaml").read_text("utf-8")


def stages_of(preset: str) -> Stages:
    tree, problems = read_tree(text_of(preset), f"{preset}.yaml")
    assert tree is not None, problems
    stages, found = read_stages(tree)
    assert stages is not None, found
    return stages


def intervals(stages: Stages) -> dict[str, str]:
    return {status.name: str(status.touch_every) for status in stages.statuses}


def groups(stages: Stages) -> dict[str, tuple[str, ...]]:
    return {stage.name: stage.statuses for stage in stages.stages}


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_read_without_a_mistake_or_a_warning(preset: str) -> None:
    tree, syntax = read_tree(text_of(preset), f"{preset}.yaml")
    assert tree is not None

    assert syntax == []
    assert read_stages(tree)[1] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_satisfies_the_schema_in_either_yaml_library(preset: str) -> None:
    text = text_of(preset)

    jsonschema.validate(yaml.safe_load(text), SCHEMA)
    jsonschema.validate(YAML(typ="safe").load(text), SCHEMA)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_begins_by_telling_editors_where_the_schema_is(preset: str) -> None:
    first, _, _ = text_of(preset).partition("\n")

    assert first == "# yaml-language-server: $schema=.leadctl/stages.schema.json"


@pytest.mark.parametrize("preset", PRESETS)
def test_every_status_of_a_preset_is_explained_by_a_comment(preset: str) -> None:
    lines = text_of(preset).split("\n")
    begin = lines.index("statuses:")
    names = [f"  {status.name}:" for status in stages_of(preset).statuses]

    assert [
        name for name in names if not lines[lines.index(name, begin) - 1].startswith("  # ")
    ] == []


def test_the_stages_yaml_that_people_copy_is_the_classic_preset() -> None:
    assert (ROOT / "stages.yaml").read_text("utf-8") == text_of("classic")
    assert (ROOT / "leadctl" / "presets" / "classic.yaml").resolve() == ROOT / "stages.yaml"


def test_classic_has_seven_statuses_with_their_intervals() -> None:
    stages = stages_of("classic")

    assert stages.default == "New"
    assert intervals(stages) == {
        "New": "2 days",
        "Engage": "7 days",
        "Future": "30 days",
        "Active": "14 days",
        "Closed": "90 days",
        "Inactive": "never",
        "Non Client": "never",
    }


def test_classic_groups_all_but_non_client() -> None:
    stages = stages_of("classic")

    assert groups(stages) == {
        "Hot": ("New", "Active"),
        "Warm": ("Engage",),
        "Cold": ("Future",),
        "Won": ("Closed",),
        "Lost": ("Inactive",),
    }
    assert [stage.outcome for stage in stages.stages] == ["open", "open", "open", "won", "lost"]
    assert stages.get("Non Client").stage == ""


def test_classic_keeps_inactive_and_non_client_off_the_pipeline() -> None:
    stages = stages_of("classic")

    assert [status.name for status in stages.pipeline] == [
        *("New", "Engage", "Future", "Active", "Closed")
    ]


def test_classic_suggests_moves_and_asks_for_nothing() -> None:
    stages = stages_of("classic")

    assert {status.name: status.next for status in stages.statuses} == {
        "New": ("Engage", "Inactive"),
        "Engage": ("Active", "Future", "Inactive"),
        "Future": ("Inactive",),
        "Active": ("Closed", "Future", "Inactive"),
        "Closed": ("Inactive",),
        "Inactive": (),
        "Non Client": ("Inactive",),
    }
    assert not any(status.note_required or status.reason_required for status in stages.statuses)


@pytest.mark.parametrize(
    ("preset", "status"),
    [("classic", "New"), ("sales-stages", "New Leads"), ("calling", "Not Attempted")],
)
def test_a_new_contact_is_due_on_the_day_it_came(preset: str, status: str) -> None:
    stages = stages_of(preset)

    assert stages.default == status
    assert str(stages.get(status).first_touch) == "0 days"


def test_sales_stages_has_nine_statuses_with_their_intervals() -> None:
    stages = stages_of("sales-stages")

    assert intervals(stages) == {
        "New Leads": "2 days",
        "Qualified Hot Leads": "2 days",
        "Qualified Warm Leads": "14 days",
        "Qualified Cool Leads": "30 days",
        "Active Buyers": "14 days",
        "Active Sellers": "30 days",
        "Active Buyers/Sellers": "14 days",
        "Past Clients": "90 days",
        "Not Followed": "never",
    }
    assert list(groups(stages)) == ["Hot", "Warm", "Cold", "Won"]
    assert [status.name for status in stages.statuses if not status.stage] == ["Not Followed"]
    assert stages.get("Past Clients").outcome == "won"


def test_sales_stages_keeps_only_not_followed_off_the_pipeline() -> None:
    stages = stages_of("sales-stages")

    assert stages.pipeline == stages.statuses[:-1]
    assert stages.statuses[-1].name == "Not Followed"


def test_calling_has_its_results_in_five_stages() -> None:
    stages = stages_of("calling")

    assert groups(stages) == {
        "Hot": ("Not Attempted", "Validation"),
        "Warm": ("Attempted", "Email Sent", "Phone Follow-up", "Contacted"),
        "Cold": ("Record Not Updated", "Not Qualified"),
        "Won": ("Qualified", "Accepted", "Client Agreed"),
        "Lost": ("Not Interested", "Disqualified"),
    }
    assert [stage.outcome for stage in stages.stages] == ["open", "open", "open", "won", "lost"]
    assert len(stages.statuses) == 13


def test_calling_asks_for_a_note_everywhere_and_for_a_reason_to_disqualify() -> None:
    stages = stages_of("calling")

    assert all(status.note_required for status in stages.statuses)
    assert [status.name for status in stages.statuses if status.reason_required] == ["Disqualified"]
    assert stages.get("Disqualified").reasons == (
        *("wrong industry", "wrong company", "wrong contact", "wrong data"),
    )


@pytest.mark.parametrize(
    ("stage", "shortest", "longest"),
    [("Hot", 1, 2), ("Warm", 3, 7), ("Cold", 30, 30), ("Won", 90, 90), ("Lost", 0, 0)],
)
def test_calling_wants_hot_leads_called_sooner_than_cold_ones(
    stage: str, shortest: int, longest: int
) -> None:
    stages = stages_of("calling")
    days = [status.touch_every for status in stages.statuses if status.stage == stage]

    assert all(each and shortest <= each.days <= longest for each in days)


@pytest.mark.parametrize(
    "mistake",
    [
        "defalt: New",
        "statuses: {}",
        "statuses: [New]",
        "statuses: {New: {touch_every: 2 dayz}}",
        "statuses: {New: {touch_every: 0 days}}",
        "statuses: {New: {touch_every: 14}}",
        "statuses: {New: {touch_every: }}",
        "statuses: {New: {touch_evry: 2 days}}",
        "statuses: {New: {pipeline: maybe}}",
        "statuses: {New: {note: yes}}",
        "statuses: {New: {colour: pink}}",
        "statuses: {New: {next: Engage}}",
        "statuses: {' ': {}}",
        "stages: {Hot: {outcome: win}}",
        "prospects: {stuk: true}",
        "prospects: {birthday: {before: 3 days}}",
        "prospects: {birthday: {late: never}}",
        "prospects: {gone_quiet: {after: 0 days}}",
        "prospects: {rules: {vip: {reason: x}}}",
        "prospects: {rules: {stuck: {where: x, reason: y}}}",
        "prospects: {rules: {vip: {where: x, reason: y, points: 1001}}}",
        "statuses: {New: {weight: 0}}",
        "statuses: {New: {then: {to: New}}}",
        "statuses: {New: {then: {after: never, to: New}}}",
        "fields: {Budget: money}",
        "fields: {email: text}",
        "fields: {side: choice}",
        "fields: {side: {type: choice}}",
        "fields: {side: {type: text, choices: [a]}}",
        "views: {Hot: 'is:due'}",
        "views: {hot: [due]}",
    ],
)
def test_the_schema_marks_a_mistake_that_the_reader_refuses(mistake: str) -> None:
    sound = {"default": "New", "statuses": {"New": {"touch_every": "2 days"}}}
    tree, _ = read_tree(f"{mistake}\n", "stages.yaml")
    assert tree is not None
    jsonschema.validate(sound, SCHEMA)

    assert not jsonschema.Draft7Validator(SCHEMA).is_valid({**sound, **yaml.safe_load(mistake)})
    assert read_stages(tree)[0] is None


@pytest.mark.parametrize("text", ["2 days", "1 day", "3w", "10 weeks", "1m", "1 year", "never"])
def test_the_schema_takes_the_intervals_that_the_reader_takes(text: str) -> None:
    parse_interval(text)

    assert re.search(SCHEMA["definitions"]["interval"]["pattern"], text)


@pytest.mark.parametrize("text", ["2", "days", "-1 day", "1 hour", "2 dayz", "nevr"])
def test_the_schema_refuses_the_intervals_that_the_reader_refuses(text: str) -> None:
    assert not re.search(SCHEMA["definitions"]["interval"]["pattern"], text)
    with pytest.raises(ValueError, match="no interval"):
        parse_interval(text)


@pytest.mark.parametrize(
    "word",
    [
        *(*TOP_KEYS, *STAGE_KEYS, *STATUS_KEYS, *FIELD_KEYS, *PROSPECT_KEYS, *THEN_KEYS),
        *(*WINDOW_KEYS, *QUIET_KEYS, *RULE_KEYS),
        *(*INTAKE_KEYS, *INTAKE_RULE_KEYS, *MATCHES),
        *(*FIELD_TYPES, *OUTCOMES, *DEMANDS, "never", "bright-"),
        *(colour for colour in COLOURS if not colour.startswith("bright-")),
    ],
)
def test_every_key_and_word_is_on_the_reference_page(word: str) -> None:
    assert f"`{word}`" in PAGE


@pytest.mark.parametrize(
    "key", [*TOP_KEYS, *STAGE_KEYS, *STATUS_KEYS, *FIELD_KEYS, *INTAKE_KEYS, *INTAKE_RULE_KEYS]
)
def test_every_key_has_a_heading_and_an_example_on_the_reference_page(key: str) -> None:
    assert re.search(rf"^##+ `{key}`", PAGE, re.MULTILINE)
    assert any(re.search(rf"\b{key}:", example) for example in EXAMPLES)


def test_the_first_example_on_the_reference_page_is_a_whole_file() -> None:
    tree, problems = read_tree(EXAMPLES[0], "stages.yaml")
    assert tree is not None

    assert problems == []
    assert read_stages(tree)[1] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_on_the_reference_page_satisfies_the_schema(example: str) -> None:
    piece = {key: value for key, value in SCHEMA.items() if key != "required"}

    jsonschema.validate(YAML(typ="safe").load(example), piece)
