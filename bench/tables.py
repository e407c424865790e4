"""Results as Markdown tables: leadctl by itself, beside others, and how it grows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

from bench.results import Record, Results
from bench.timing import Result
from bench.trials import WARM_READS

#: The form that others are held against.
MAIN = "leadctl yaml"
#: leadctl with a book of each form.
OURS = ("leadctl yaml", "leadctl csv", "leadctl dir")
_NOTHING = "–"


def own_table(results: Results, operations: Mapping[str, str]) -> str:
    """leadctl in each form of a book; ratios and memory are of the first form there is."""
    tools = _present(results, OURS)
    heads = [tool.removeprefix("leadctl ") for tool in tools]
    first = heads[0] if heads else ""
    rows = []
    for operation, meaning in operations.items():
        found = results.get(operation, {})
        if any(tool in found for tool in tools):
            main = found.get(tools[0], Result(failed="?"))
            rows.append([meaning, *(_time(found.get(tool)) for tool in tools), *_held(main)])
    return table(["", *heads, f"{first} × `--version`", f"{first} × bare Python", "memory"], rows)


def others_table(results: Results, operations: Mapping[str, str]) -> str:
    """leadctl beside other programs; in brackets, how many times as long as leadctl it takes."""
    others = [tool for tool in _all_tools(results) if tool not in OURS]
    rows = []
    for operation, meaning in operations.items():
        found = results.get(operation, {})
        if MAIN in found and any(other in found for other in others):
            main = found[MAIN]
            cells = [_beside(found.get(other), main) for other in others]
            rows.append([meaning, _time(main), *cells])
    return table(["", "leadctl", *others], rows) if others else "No other program was there."


def growth_table(record: Record, operations: Mapping[str, str]) -> str:
    """How the times of leadctl grow from the smallest book to the largest.

    The exponent is the slope on paper with two logarithmic scales: 0 is no growth at all, 1 is
    twice the time for twice the contacts.
    """
    sizes = sorted(record.sizes)
    rows = []
    for operation, meaning in operations.items():
        by_size = [record.sizes[size].get(operation, {}) for size in sizes]
        if any(MAIN in each for each in by_size):
            times = [_time(each.get(MAIN)) for each in by_size]
            slopes = [_shown(slope(record, operation, tool)) for tool in OURS]
            rows.append([meaning, *times, *slopes])
    heads = [f"yaml, {size:,}" for size in sizes]
    return table(["", *heads, "exponent, yaml", "csv", "dir"], rows)


def slope(record: Record, operation: str, tool: str) -> float | None:
    """The exponent between the smallest and the largest book measured; None of fewer than two.

    It is that of the shortest runs: other work of the machine can only make a run longer.
    """
    points = [
        (size, result.least)
        for size in sorted(record.sizes)
        if (result := record.sizes[size].get(operation, {}).get(tool)) and not result.failed
    ]
    if len(points) < 2:
        return None
    (few, short), (many, long) = points[0], points[-1]
    return log(long / short) / log(many / few)


def failures(record: Record) -> Iterable[str]:
    """A sentence for each command that could not be measured."""
    for size, results in sorted(record.sizes.items()):
        for operation, tools in results.items():
            for tool, result in tools.items():
                if result.failed:
                    yield f"{tool}, {operation}, {size:,} contacts: {result.failed}"


def seconds(value: float) -> str:
    """A time as people read it, with two or three digits."""
    if value < 0.9995:
        return f"{value * 1000:.0f} ms" if value >= 0.01 else f"{value * 1000:.1f} ms"
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s" if value < 100 else f"{value:.0f} s"


def peak_of_reads(results: Results, tool: str) -> float:
    """The most memory that any warm read takes, in MB; 0 if none was measured."""
    found = (results.get(each, {}).get(tool) for each in WARM_READS)
    return max((each.memory / 1024 for each in found if each and not each.failed), default=0)


def _held(result: Result) -> list[str]:
    if result.failed:
        return [_NOTHING] * 3
    ratios = [result.median / each if each else 0 for each in (result.start, result.python)]
    return [*(_factor(each) for each in ratios), f"{result.memory / 1024:.0f} MB"]


def _beside(result: Result | None, main: Result) -> str:
    if result is None or result.failed or main.failed:
        return _time(result)
    return f"{_time(result)} ({_factor(result.median / main.median)})"


def _time(result: Result | None) -> str:
    if result is None:
        return _NOTHING
    return "failed" if result.failed else seconds(result.median)


def _factor(value: float) -> str:
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 20 else f"{value:.0f}"


def _shown(value: float | None) -> str:
    # The noise of a machine must not look like a book that gets faster as it grows.
    return _NOTHING if value is None else f"{max(value, 0):.2f}"


def _present(results: Results, tools: Sequence[str]) -> list[str]:
    return [tool for tool in tools if any(tool in found for found in results.values())]


def _all_tools(results: Results) -> list[str]:
    return list(dict.fromkeys(tool for found in results.values() for tool in found))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """*rows* under *heads* in Markdown; the first column is text, the others are figures."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
