"""A parsed YAML text goes into the cache and comes back with every place."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from leadctl.located import Mapping, Node, Scalar, Sequence, from_plain, to_plain
from leadctl.problems import Where
from leadctl.store.yaml_reader import read_tree

PLACES = st.builds(Where, st.just("stages.yaml"), st.integers(0, 99), st.integers(0, 99))
SCALARS = st.builds(Scalar, st.text(), PLACES)
NODES: st.SearchStrategy[Node] = st.recursive(
    SCALARS,
    lambda nodes: (
        st.builds(Sequence, st.lists(nodes, max_size=3).map(tuple), PLACES)
        | st.builds(Mapping, st.lists(st.tuples(SCALARS, nodes), max_size=3).map(tuple), PLACES)
    ),
    max_leaves=12,
)


@given(NODES)
def test_a_tree_comes_back_from_json_as_it_was(node: Node) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(node))), "stages.yaml") == node


def test_a_file_comes_back_from_json_with_its_lines_and_columns() -> None:
    tree, _ = read_tree("default: New\nstatuses:\n  New: {next: [Engage]}\n", "stages.yaml")
    assert tree is not None

    back = from_plain(json.loads(json.dumps(to_plain(tree))), "stages.yaml")

    assert back == tree
    assert isinstance(back, Mapping)
    assert [str(key.where) for key, _ in back.pairs] == ["stages.yaml:1:1", "stages.yaml:2:1"]


def test_a_mapping_gives_the_value_of_a_key() -> None:
    place = Where("stages.yaml", 1, 1)
    node = Mapping(((Scalar("default", place), Scalar("New", place)),), place)

    assert node.get("default") == Scalar("New", place)
    assert node.get("statuses") is None
