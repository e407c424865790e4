"""The page about performance: what is between its marks is made from the results."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from bench.goals import goals_table
from bench.peers import PEERS
from bench.plot import Points, plot
from bench.results import Record, Results
from bench.tables import MAIN, failures, growth_table, others_table, own_table

_BLOCK = re.compile(
    r"(?P<begin><!-- bench: (?P<name>[a-z]+) -->\n).*?(?P<end><!-- end of (?P=name) -->)",
    re.DOTALL,
)
#: The operations in the plot and their labels: some of each kind, so that one sees the lines.
_PLOTTED = {
    "complete": "completion",
    "list": "list",
    "prospects": "prospects",
    "pipeline": "pipeline",
    "touch": "touch",
    "set-status": "set-status",
    "after-edit": "list after an edit by hand",
    "cold": "list without an index",
    "bulk": "set-status of a tenth",
}


def renew(path: Path, record: Record, operations: Mapping[str, str]) -> None:
    """Write the generated parts of the page in *path* anew, and the plot beside it."""
    page = filled(path.read_text(encoding="utf-8"), blocks(record, operations))
    path.write_text(page, encoding="utf-8")
    drawing = plot(_lines(record), "How long leadctl takes, by the size of the book")
    path.with_suffix(".svg").write_text(drawing, encoding="utf-8")


def filled(page: str, texts: Mapping[str, str]) -> str:
    """*page* with *texts* between its marks, `<!-- bench: NAME -->` and `<!-- end of NAME -->`.

    Raises:
        KeyError: the page has a mark that nothing was made for.
    """
    return _BLOCK.sub(lambda mark: f"{mark['begin']}\n{texts[mark['name']]}\n\n{mark['end']}", page)


def blocks(record: Record, operations: Mapping[str, str]) -> dict[str, str]:
    """The generated texts of the page by their names."""
    return {
        "machine": _machine(record),
        "goals": _of_each_size(record, lambda size, found: goals_table(size, found, operations)),
        "leadctl": _of_each_size(record, lambda _, found: own_table(found, operations)),
        "others": _of_each_size(record, lambda _, found: others_table(found, operations)),
        "growth": growth_table(record, operations),
        "missing": _missing(record),
    }


def _of_each_size(record: Record, table: Callable[[int, Results], str]) -> str:
    return "\n\n".join(
        f"**{size:,} contacts**\n\n{table(size, record.sizes[size])}"
        for size in sorted(record.sizes)
    )


def _machine(record: Record) -> str:
    told = {name: value for name, value in record.machine.items() if value}
    rows = [f"| {name} | {value} |" for name, value in told.items()]
    notes = {peer.name: peer.note for peer in PEERS}
    rows += [
        f"| {name} | {version}{'; ' + notes[name] if name in notes else ''} |"
        for name, version in record.versions.items()
    ]
    return "\n".join(["|  |  |", "| --- | --- |", *rows])


def _missing(record: Record) -> str:
    lines = [f"- {name}: {_plain(reason)}" for name, reason in record.missing.items()]
    lines += [f"- {_plain(sentence)}" for sentence in failures(record)]
    return "\n".join(lines) or "Nothing is missing."


def _plain(text: str) -> str:
    """*text* of another program as code, so that nothing in it is taken for Markdown."""
    first, colon, rest = text.partition(": ")
    code = rest.replace("`", "'")
    return f"{first}: `{code}`" if colon else first


def _lines(record: Record) -> dict[str, Points]:
    return {label: tuple(_points(record, name)) for name, label in _PLOTTED.items()}


def _points(record: Record, operation: str) -> Iterator[tuple[int, float]]:
    for size in sorted(record.sizes):
        result = record.sizes[size].get(operation, {}).get(MAIN)
        if result and not result.failed:
            yield size, result.median
