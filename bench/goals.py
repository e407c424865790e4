"""What leadctl is meant to reach in each form of a book, and by how much a run missed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from bench.results import Results
from bench.tables import OURS, peak_of_reads, seconds, table
from bench.timing import Result

#: The memory of any warm read, in MB.
_MEMORY = 80
#: From so many contacts on, reads may take half as long again.
_LARGE, _SLACK = 1_000_000, 1.5


@dataclass(frozen=True, slots=True)
class Goal:
    """How long an operation may take with up to 100,000 contacts: by one of two measures."""

    #: Times `leadctl --version`, as measured in the same run.
    starts: float = 0
    seconds: float = 0
    #: Form of the book → its own goal.
    other: Mapping[str, Goal] = field(default_factory=dict)

    def of(self, form: str) -> Goal:
        """The goal for books of *form*."""
        return self.other.get(form, self)

    def limit(self, start: float) -> float:
        """The goal in seconds where a start takes *start*."""
        return self.starts * start or self.seconds

    @property
    def words(self) -> str:
        """The goal as a reader has to know it."""
        own = f"{self.starts:g} × `--version`" if self.starts else f"{self.seconds:g} s"
        return ", ".join([own, *(f"{form} {each.words}" for form, each in self.other.items())])


_READ = Goal(starts=2)
#: What is done all day is to feel like `ls`, however large the book; reading all files takes what
#: it takes, and has to be rare.
GOALS = {
    **dict.fromkeys(("prospects", "list", "show", "pipeline", "after-touch"), _READ),
    "report": Goal(seconds=1),
    "complete": Goal(starts=1.5),
    "touch": Goal(starts=2.5),
    "set-status": Goal(seconds=0.5, other={"dir": Goal(starts=2.5)}),
    "after-edit": Goal(seconds=0.6),
    "cold": Goal(seconds=8, other={"csv": Goal(seconds=5), "dir": Goal(seconds=15)}),
    "bulk": Goal(seconds=5),
}


def goals_table(size: int, results: Results, operations: Mapping[str, str]) -> str:
    """Operation, goal, and for each form whether a book of *size* contacts reaches it."""
    tools = [tool for tool in OURS if any(tool in found for found in results.values())]
    rows = [*_of_operations(size, results, operations, tools), _of_memory(results, tools)]
    return table(["", "goal", *(_form(tool) for tool in tools)], rows)


def _of_operations(
    size: int, results: Results, operations: Mapping[str, str], tools: list[str]
) -> Iterator[list[str]]:
    for operation, meaning in operations.items():
        goal, found = GOALS.get(operation.split()[0]), results.get(operation, {})
        if goal is None or not any(tool in found for tool in tools):
            continue
        if goal is _READ and size >= _LARGE:
            goal = replace(goal, starts=goal.starts * _SLACK)
        yield [
            meaning,
            goal.words,
            *(_met(found.get(tool), goal.of(_form(tool))) for tool in tools),
        ]


def _of_memory(results: Results, tools: list[str]) -> list[str]:
    peaks = [peak_of_reads(results, tool) for tool in tools]
    told = [f"{peak:.0f} MB, {_said(peak / _MEMORY)}" if peak else "–" for peak in peaks]
    return ["memory of a read", f"{_MEMORY} MB", *told]


def _met(result: Result | None, goal: Goal) -> str:
    if result is None:
        return "–"
    if result.failed:
        return f"missed: {result.failed}"
    return f"{seconds(result.median)}, {_said(result.median / goal.limit(result.start))}"


def _said(share: float) -> str:
    return "met" if share <= 1 else f"missed: {share:.2f} × the limit"


def _form(tool: str) -> str:
    return tool.removeprefix("leadctl ")
