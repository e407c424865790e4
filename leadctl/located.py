"""A parsed YAML text as plain values that know their place; every scalar is the text as written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leadctl.problems import Where


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text."""

    text: str
    where: Where


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file; keys are unique."""

    pairs: tuple[tuple[Scalar, Node], ...]
    where: Where

    def get(self, key: str) -> Node | None:
        """The value of *key*, None if it is not there."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = Scalar | Sequence | Mapping


def to_plain(node: Node) -> list[object]:
    """*node* as lists and texts, which JSON can hold; `from_plain` turns it back."""
    place = [node.where.line, node.where.column]
    if isinstance(node, Scalar):
        return ["text", *place, node.text]
    if isinstance(node, Sequence):
        return ["list", *place, [to_plain(item) for item in node.items]]
    return ["map", *place, [[to_plain(key), to_plain(value)] for key, value in node.pairs]]


def from_plain(plain: Any, path: str) -> Node:
    """The node that `to_plain` made *plain* of; *path* is the file that it stands in."""
    kind, line, column, content = plain
    where = Where(path, line, column)
    if kind == "text":
        return Scalar(content, where)
    if kind == "list":
        return Sequence(tuple(from_plain(item, path) for item in content), where)
    keys = [(Scalar(key[3], Where(path, key[1], key[2])), value) for key, value in content]
    return Mapping(tuple((key, from_plain(value, path)) for key, value in keys), where)
