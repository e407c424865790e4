"""A text that was typed and what became of the record meanwhile, brought together."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadctl.store.record_texts import merged
from leadctl.store.yaml_editor import edit_one
from leadctl.store.yaml_reader import read_record

BASE = "id: ada  # first\nname: Ada\nphone: '1'\ncompany: ACME\n# last\n"
FIELDS = st.dictionaries(
    st.sampled_from(["name", "phone", "company", "owner"]), st.sampled_from(["x", "y: z"])
)


def values(text: str) -> dict[str, object]:
    record, _ = read_record(text, "")
    return dict(record.values) if record else {}


def test_comments_of_one_side_and_fields_of_the_other_go_together() -> None:
    typed = BASE.replace("# last", "# at last")
    current = edit_one(BASE, {"phone": "2"})

    assert merged(BASE, typed, current).text == typed.replace("'1'", "'2'")
    assert merged(BASE, current, typed).text == typed.replace("'1'", "'2'")


def test_the_same_field_changed_in_two_ways_is_a_collision() -> None:
    found = merged(BASE, edit_one(BASE, {"name": "A"}), edit_one(BASE, {"name": "B"}))

    assert found.collisions == {"name": ("A", "B")}


def test_comments_changed_in_two_ways_are_a_collision() -> None:
    found = merged(BASE, BASE.replace("last", "one"), BASE.replace("last", "two"))

    assert list(found.collisions) == [""]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(FIELDS, FIELDS)
def test_every_change_of_either_side_is_there_or_is_a_collision(
    mine: dict[str, str], theirs: dict[str, str]
) -> None:
    found = merged(BASE, edit_one(BASE, mine), edit_one(BASE, theirs))
    both = {name for name in mine.keys() & theirs.keys() if mine[name] != theirs[name]}

    assert found.collisions.keys() == both
    assert values(found.text) == values(BASE) | theirs | mine
