"""The two pages of the comparison: the tables, and what was run for each cell of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from bench.comparison.probing import NO, NOTHING, PARTLY, YES, Finding, Row
from bench.comparison.promises import PROMISES
from bench.comparison.record import Record
from bench.comparison.rules import RULES
from bench.comparison.strengths import STRENGTHS
from bench.comparison.tools import TOOLS
from bench.page import filled

#: The tables and their rows, in the order of the page.
SECTIONS = {"rules": RULES, "promises": PROMISES, "strengths": STRENGTHS}
ROWS = {row.name: row for row in chain.from_iterable(SECTIONS.values())}
_EVIDENCE = "comparison-evidence.md"
_HEAD = """\
# What was run for the comparison

Each row of the [comparison](comparison.md): the commands, and the end of what they printed.
Every command ran in a home of its own, with the same three people in it.
`answer n COMMAND` runs a command at a terminal, and types `n` as soon as it asks.
This page is written by `make comparison`.
"""


def comparison(page: str, record: Record) -> str:
    """*page* with its tables made anew from *record*."""
    tables = {name: _table(rows, record) for name, rows in SECTIONS.items()}
    return filled(page, {**tables, "programs": _programs(record), "sums": _sums(record)})


def evidence(record: Record) -> str:
    """The page with the commands and what they printed."""
    return "\n".join([_HEAD, *(_proof(row, record) for row in ROWS.values())])


def _programs(record: Record) -> str:
    rows = [[tool.name, record.versions.get(tool.name, NOTHING), tool.note] for tool in TOOLS]
    return f"Run on {record.date}.\n\n{_lines(['program', 'version', 'is'], rows)}"


def _sums(record: Record) -> str:
    """How often each program got which verdict."""
    rows = []
    for name, members in SECTIONS.items():
        for tool in TOOLS:
            told = [record.findings[row.name][tool.name].verdict for row in members]
            counts = [str(told.count(each)) for each in (YES, PARTLY, NO, NOTHING)]
            rows.append([name, tool.name, *counts])
    return _lines(["table", "program", YES, PARTLY, NO, NOTHING], rows)


def _table(rows: Sequence[Row], record: Record) -> str:
    heads = ["", *(tool.name for tool in TOOLS)]
    cells = (
        [
            f"[{row.promise}]({_EVIDENCE}#{row.name})",
            *(record.findings[row.name][tool.name].verdict for tool in TOOLS),
        ]
        for row in rows
    )
    return _lines(heads, cells)


def _lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---", *[":---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _proof(row: Row, record: Record) -> str:
    told = record.findings[row.name]
    parts = [f"## {row.name}", f"{row.promise}."]
    for tool in TOOLS:
        parts += _shown(tool.name, told[tool.name])
    return "\n\n".join(parts) + "\n"


def _shown(name: str, finding: Finding) -> Iterator[str]:
    why = f", {finding.note}" if finding.note else ""
    yield f"{name}: {finding.verdict}{why}"
    if finding.command:
        yield f"```text\n$ {finding.command}\n{finding.printed}\n```"
