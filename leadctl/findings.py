"""Problems brought together by what is wrong, so that a thousand of one kind hide no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from leadctl.problems import Problem

#: Of a kind with more problems than `MOST` only the first `SHOWN` are looked at by anybody.
MOST, SHOWN = 5, 3

#: What is different in problems that are alike: quoted values, days and other numbers.
_PARTICULAR = re.compile(r'"[^"]*"|\d[\d:.-]*')


@dataclass(frozen=True, slots=True)
class Finding:
    """Problems of one kind: those to be shown, and how many there are beside them."""

    shown: tuple[Problem, ...]
    more: int = 0


def findings(problems: Iterable[Problem]) -> list[Finding]:
    """*problems* by kind, errors first, each kind where its first one stands.

    If no kind has more than `MOST`, it is one finding with all of them in their order.
    """
    listed = tuple(problems)
    kinds: dict[tuple[bool, str, str], list[Problem]] = {}
    for each in listed:
        kinds.setdefault(_kind(each), []).append(each)
    if all(len(alike) <= MOST for alike in kinds.values()):
        return [Finding(listed)] if listed else []
    # Sorting keeps the order of what is equal.
    ordered = sorted(kinds.items(), key=lambda item: item[0][0])
    return [_finding(alike) for _, alike in ordered]


def _kind(problem: Problem) -> tuple[bool, str, str]:
    return (problem.is_warning, problem.check, _PARTICULAR.sub("…", problem.message))


def _finding(alike: list[Problem]) -> Finding:
    shown = alike if len(alike) <= MOST else alike[:SHOWN]
    return Finding(tuple(_hinted_once(shown)), len(alike) - len(shown))


def _hinted_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """*problems*, each hint only where it is given first."""
    given: set[str] = set()
    for each in problems:
        yield replace(each, hint="") if each.hint in given else each
        given.add(each.hint)
