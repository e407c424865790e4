"""Try all programs out and write the pages anew: `python -m bench.comparison`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from bench.comparison import record as records
from bench.comparison.page import ROWS, comparison, evidence
from bench.comparison.places import EVIDENCE, PAGE, RECORD
from bench.comparison.probing import Finding, Homes, Row
from bench.comparison.tools import TOOLS, Tool

_AT_ONCE = 2


def main(words: Sequence[str]) -> int:
    """Run what is asked for; 1 if `--check` finds a verdict that has changed."""
    options = _options(words)
    found = [] if options.page_only else list(_findings(options.only, options.tools))
    # Read only now: another part may have been run meanwhile.
    record = records.read(RECORD)
    if options.check:
        return _told([*_changes(found, record)])
    for row, tool, finding in found:
        record.add(row.name, tool.name, finding)
    for tool in {tool.name: tool for _, tool, _ in found}.values():
        record.versions[tool.name] = tool.version()
    if found:
        record.date = time.strftime("%Y-%m-%d")
    records.write(RECORD, record, ROWS)
    PAGE.write_text(comparison(PAGE.read_text(encoding="utf-8"), record), encoding="utf-8")
    EVIDENCE.write_text(evidence(record), encoding="utf-8")
    return 0


def _findings(only: Sequence[str], names: Sequence[str]) -> Iterator[tuple[Row, Tool, Finding]]:
    """What comes out now; a program that is not there keeps what it got before."""
    tools = [tool for tool in TOOLS if tool.is_there and (not names or tool.name in names)]
    rows = [row for row in ROWS.values() if not only or row.name in only]
    with Homes(tools) as homes, ThreadPoolExecutor(_AT_ONCE) as pool:
        pairs = [(row, tool) for tool in tools for row in rows]
        results = pool.map(lambda pair: homes.probe(*pair), pairs)
        for (row, tool), finding in zip(pairs, results, strict=True):
            sys.stderr.write(f"{tool.name} {row.name}: {finding.verdict}\n")
            yield row, tool, finding


def _changes(found: Sequence[tuple[Row, Tool, Finding]], record: records.Record) -> Iterator[str]:
    for row, tool, finding in found:
        before = record.findings[row.name][tool.name].verdict
        if finding.verdict != before:
            yield f"{tool.name} {row.name}: {before} → {finding.verdict}\n"


def _told(changes: Sequence[str]) -> int:
    sys.stderr.writelines(["changed:\n", *changes] if changes else ["nothing has changed\n"])
    return 1 if changes else 0


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.comparison", description=__doc__)
    say = parser.add_argument
    say("--only", nargs="+", choices=[*ROWS], default=(), metavar="ROW")
    say("--tools", nargs="+", choices=[tool.name for tool in TOOLS], default=(), metavar="NAME")
    say("--check", action="store_true", help="write nothing; exit 1 if a verdict has changed")
    say("--page-only", action="store_true", help="run nothing; write the pages anew")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
