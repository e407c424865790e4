"""What leadctl is meant to reach, and by how much a run missed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.results import Results
from bench.tables import MAIN, peak_of_reads, seconds

#: The memory of any warm read, in MB.
_MEMORY = 80


@dataclass(frozen=True, slots=True)
class Goal:
    """How long an operation may take with up to 100,000 contacts: by one of two measures."""

    #: Times `leadctl --version`, as measured in the same run.
    starts: float = 0
    seconds: float = 0

    def limit(self, start: float) -> float:
        """The goal in seconds where a start takes *start*."""
        return self.starts * start or self.seconds

    @property
    def words(self) -> str:
        """The goal as a reader has to know it."""
        return f"{self.starts:g} × `--version`" if self.starts else f"{self.seconds:g} s"


#: What is done all day is to feel like `ls`, however large the book; reading all files takes what
#: it takes, and has to be rare.
GOALS = {
    **dict.fromkeys(("prospects", "list", "show", "pipeline"), Goal(starts=2)),
    "report": Goal(seconds=1),
    "complete": Goal(starts=1.5),
    "touch": Goal(starts=2.5),
    "set-status": Goal(seconds=0.5),
    "after-touch": Goal(starts=2),
    "after-edit": Goal(seconds=0.6),
    "cold": Goal(seconds=8),
    "bulk": Goal(seconds=5),
}


def verdicts(results: Results, operations: Mapping[str, str]) -> Iterator[str]:
    """The rows of a table: operation, goal, what was measured, and whether that is enough."""
    for operation, meaning in operations.items():
        result = results.get(operation, {}).get(MAIN)
        goal = GOALS.get(operation.split()[0])
        if result is None or goal is None:
            continue
        if result.failed:
            yield f"| {meaning} | {goal.words} | {result.failed} | missed |"
            continue
        limit = goal.limit(result.start)
        measured = f"{seconds(result.median)}, limit {seconds(limit)}"
        yield f"| {meaning} | {goal.words} | {measured} | {_said(result.median / limit)} |"
    memory = peak_of_reads(results, MAIN)
    if memory:
        yield f"| memory of a read | {_MEMORY} MB | {memory:.0f} MB | {_said(memory / _MEMORY)} |"


def _said(share: float) -> str:
    return "met" if share <= 1 else f"missed: {share:.2f} × the limit"
