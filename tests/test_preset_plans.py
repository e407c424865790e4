"""The action plans that come with a preset are sound, and the examples have the same ones."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from leadctl.planning.action_plans_reading import (
    END_KEYS,
    PLAN_KEYS,
    STEP_KEYS,
    read_plan,
    unsound_queries,
)
from leadctl.problems import Where
from leadctl.store.creation import EXAMPLES, PRESETS, create_book
from leadctl.store.yaml_reader import read_tree
from tests.people import NO_OWN_FIELDS, TODAY
from tests.test_presets import stages_of

ROOT = Path(__file__).parent.parent
NAMES = ("new-lead", "past-client")


def text_of(preset: str, name: str) -> str:
    return (files("leadctl") / "presets" / "plans" / preset / f"{name}.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("preset", PRESETS)
def test_a_plan_of_a_preset_is_read_without_a_mistake(preset: str, name: str) -> None:
    stages = stages_of(preset)
    tree, syntax = read_tree(text_of(preset, name), f"plans/{name}.yaml")

    plan, problems = read_plan(tree, name, Where(f"plans/{name}.yaml"), stages)

    assert (syntax, problems) == ([], [])
    assert plan is not None
    assert unsound_queries([plan], schema=NO_OWN_FIELDS, stages=stages, today=TODAY) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("preset", PRESETS)
def test_an_example_book_has_the_plans_of_its_preset(preset: str, name: str) -> None:
    example = ROOT / "examples" / EXAMPLES[preset][0] / "plans" / f"{name}.yaml"

    assert example.read_text("utf-8") == text_of(preset, name)


@pytest.mark.parametrize("key", [*PLAN_KEYS, *STEP_KEYS, *END_KEYS])
def test_the_plans_of_the_presets_show_every_key(key: str) -> None:
    text = "".join(text_of(preset, name) for preset in PRESETS for name in NAMES)

    assert f"{key}:" in text.replace("   template  ", "template:")


def test_a_new_book_has_the_plans_of_its_preset(tmp_path: Path) -> None:
    create_book(tmp_path / "book", preset="calling", format_name="yaml")

    plans = tmp_path / "book" / "plans"
    assert sorted(path.stem for path in plans.iterdir()) == list(NAMES)


def test_plans_that_are_there_already_are_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "book" / "plans" / "mine.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text("steps: [{day: 0, what: call}]\n")

    create_book(tmp_path / "book", preset="classic", format_name="yaml")

    assert [path.name for path in mine.parent.iterdir()] == ["mine.yaml"]
