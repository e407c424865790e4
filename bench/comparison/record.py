"""What came out, kept as JSON beside the page that is made from it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from bench.comparison.probing import Finding, plain

_LINES, _WIDTH = 8, 120
#: Row → program → what came out.
Findings = dict[str, dict[str, Finding]]


@dataclass(slots=True)
class Record:
    """Everything that the pages tell of."""

    date: str = ""
    #: Program → version.
    versions: dict[str, str] = field(default_factory=dict)
    findings: Findings = field(default_factory=dict)

    def add(self, row: str, tool: str, finding: Finding) -> None:
        """Put *finding* in the place of an older one."""
        shown = replace(finding, printed=_shortened(plain(finding.printed)))
        self.findings.setdefault(row, {})[tool] = shown


def read(path: Path) -> Record:
    """The record in *path*; an empty one if there is no such file."""
    if not path.exists():
        return Record()
    data = json.loads(path.read_text(encoding="utf-8"))
    findings = {
        row: {tool: Finding(**found) for tool, found in tools.items()}
        for row, tools in data["findings"].items()
    }
    return Record(data["date"], data["versions"], findings)


def write(path: Path, record: Record, rows: Iterable[str]) -> None:
    """Keep of *record* in *path* what is about one of *rows*, in their order."""
    data = asdict(record)
    data["findings"] = {row: data["findings"].get(row, {}) for row in rows}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _shortened(text: str) -> str:
    """The end of *text*, which says most, in few and short lines."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    kept = lines if len(lines) <= _LINES else ["…", *lines[1 - _LINES :]]
    return "\n".join(line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…" for line in kept)
