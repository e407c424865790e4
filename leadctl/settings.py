"""Reads the values of a settings file that people edit by hand; every mistake is noted.

Flows in: located nodes. Flows out: texts, words, flags, intervals, and problems with their places.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from leadctl.dates import Interval, parse_interval, quoted
from leadctl.located import Mapping, Node, Scalar, Sequence
from leadctl.matching import did_you_mean, fold
from leadctl.problems import Problem, Where

FLAGS = {
    **dict.fromkeys(("yes", "true", "on"), True),
    **dict.fromkeys(("no", "false", "off"), False),
}
#: Of one file; whoever made that many has to look at all of it anyway.
_MOST_PROBLEMS = 50
_NUMBER = re.compile(r"[0-9]{1,9}")
_NO_VALUE = "give it one, or delete the line"


def is_empty(node: Node | None) -> bool:
    """True if a key is missing or has nothing behind it: no text, no item, no key."""
    if isinstance(node, Scalar):
        return not fold(node.text)
    if isinstance(node, Sequence):
        return not node.items
    return node is None or not node.pairs


def plain(texts: Iterable[Scalar]) -> tuple[str, ...]:
    """The mere texts, without their places."""
    return tuple(text.text for text in texts)


@dataclass(slots=True)
class Reading:
    """One pass over a settings file; each method notes what it cannot use and goes on.

    A key that is missing (None) reads as "not set" and is no mistake.
    """

    #: The named check that the problems belong to.
    check: str
    problems: list[Problem] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """True if something worse than a warning was noted."""
        return any(not problem.is_warning for problem in self.problems)

    @property
    def is_full(self) -> bool:
        """True if so many mistakes are noted that no more are."""
        return sum(not problem.is_warning for problem in self.problems) >= _MOST_PROBLEMS

    def error(self, where: Where, message: str, hint: str) -> None:
        """Note a mistake."""
        if not self.is_full:
            self.problems.append(Problem(where, message, hint, self.check))

    def warn(self, where: Where, message: str, hint: str) -> None:
        """Note what works but was hardly meant."""
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(where, message, hint, self.check, is_warning=True))

    def pairs(self, node: Node | None, what: str) -> tuple[tuple[Scalar, Node], ...] | None:
        """Keys and values of a mapping, none for an empty one; None if it is something else."""
        if isinstance(node, Mapping):
            return node.pairs
        if node is None or (isinstance(node, Scalar) and is_empty(node)):
            return ()
        hint = "write each key on a line of its own, indented, with a colon after it"
        self.error(node.where, f"{what} is to hold keys and values, not {_shape(node)}", hint)
        return None

    def settings(
        self, node: Node | None, what: str, keys: Collection[str]
    ) -> dict[str, Node] | None:
        """The values of those *keys* that are given; None if *node* is no mapping."""
        pairs = self.pairs(node, what)
        if pairs is None:
            return None
        for key, _ in pairs:
            if key.text not in keys and not self.is_full:
                hint = did_you_mean(key.text, keys, f"known here: {', '.join(keys)}")
                self.error(key.where, f"unknown key {quoted(key.text)} in {what}", hint)
        return {key.text: value for key, value in pairs if key.text in keys}

    def names(self, pairs: tuple[tuple[Scalar, Node], ...], what: str) -> dict[str, Scalar]:
        """The names among the keys of *pairs* by their folded form; of equal ones the first."""
        first: dict[str, Scalar] = {}
        for name, _ in pairs:
            folded = fold(name.text)
            if not folded:
                self.error(name.where, f"a {what} without a name", "write one before the colon")
            elif folded in first:
                known = f"line {first[folded].where.line} has {quoted(first[folded].text)}"
                hint = "case and accents do not tell names apart: rename one or delete it"
                self.error(name.where, f"a second {what} {quoted(name.text)}; {known}", hint)
            else:
                first[folded] = name
        return first

    def text(self, node: Node | None, key: str) -> Scalar | None:
        """The text of *key*, None if it is not set."""
        if node is None:
            return None
        if not isinstance(node, Scalar):
            hint = "one text goes here, on the line of its key"
            self.error(node.where, f"{key} is to be one text, not {_shape(node)}", hint)
        elif is_empty(node):
            self.error(node.where, f"{key} has no value", _NO_VALUE)
        else:
            return node
        return None

    def texts(self, node: Node | None, key: str) -> tuple[Scalar, ...]:
        """The items of a list of texts, as far as they are texts."""
        if isinstance(node, Sequence):
            items = (self.text(item, f"an item of {key}") for item in node.items)
            return tuple(item for item in items if item)
        if node is None or (isinstance(node, Scalar) and is_empty(node)):
            return ()
        written = node.text if isinstance(node, Scalar) else "one, two"
        hint = f"put brackets around it: `{key}: [{written}]`"
        self.error(node.where, f"{key} is to be a list, not {_shape(node)}", hint)
        return ()

    def word(self, node: Node | None, key: str, allowed: Collection[str]) -> str:
        """The one of *allowed* that is given, empty if it is not set."""
        given = self.text(node, key)
        if given is None or given.text in allowed:
            return given.text if given else ""
        hint = did_you_mean(given.text, allowed, f"write one of: {', '.join(allowed)}")
        self.error(given.where, f"{key} cannot be {quoted(given.text)}", hint)
        return ""

    def flag(self, node: Node | None, key: str, *, default: bool) -> bool:
        """Yes or no, *default* if it is not set."""
        given = self.text(node, key)
        if given is None:
            return default
        if fold(given.text) not in FLAGS:
            message = f"{key} is yes or no, not {quoted(given.text)}"
            self.error(given.where, message, f"write `{key}: yes` or `{key}: no`")
        return FLAGS.get(fold(given.text), default)

    def number(
        self, node: Node | None, key: str, *, least: int, most: int, default: int = 0
    ) -> int:
        """A whole number from *least* to *most*, *default* if it is not set."""
        given = self.text(node, key)
        if given is None:
            return default
        if _NUMBER.fullmatch(given.text) and least <= int(given.text) <= most:
            return int(given.text)
        message = f"{key} is a whole number from {least} to {most}, not {quoted(given.text)}"
        self.error(given.where, message, f"such as `{key}: {max(default, least)}`")
        return default

    def interval(self, node: Node | None, key: str) -> Interval | None:
        """An interval, None if it is not set."""
        given = self.text(node, key)
        if given is None:
            return None
        try:
            return parse_interval(given.text)
        except ValueError as error:
            # What may be written is told by the hint, with the key in front.
            message = str(error).rpartition("; write")[0] or str(error)
            hint = f"such as `{key}: 14 days`, `{key}: 1 month` or `{key}: never`"
            self.error(given.where, f"{key}: {message}", hint)
            return None


def _shape(node: Node) -> str:
    if isinstance(node, Scalar):
        return quoted(node.text)
    return "a list" if isinstance(node, Sequence) else "keys and values"
