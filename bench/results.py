"""What was measured so far: a JSON file that partial runs add to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from bench.timing import Result

#: Operation → tool → result.
Results = dict[str, dict[str, Result]]


@dataclass(slots=True)
class Record:
    """Everything that the page tells of."""

    #: Of the newest run: processor, memory and so on.
    machine: dict[str, str] = field(default_factory=dict)
    #: Other program → version.
    versions: dict[str, str] = field(default_factory=dict)
    #: Other program → why it is not in the tables.
    missing: dict[str, str] = field(default_factory=dict)
    #: Number of contacts → what was measured with so many.
    sizes: dict[int, Results] = field(default_factory=dict)

    def add(self, size: int, operation: str, results: Mapping[str, Result]) -> None:
        """Put *results* in the place of older ones of the same tools."""
        self.sizes.setdefault(size, {}).setdefault(operation, {}).update(results)


def read(path: Path) -> Record:
    """The record in *path*; an empty one if there is no such file."""
    if not path.exists():
        return Record()
    data = json.loads(path.read_text(encoding="utf-8"))
    sizes = {
        int(size): {
            operation: {tool: Result(**values) for tool, values in tools.items()}
            for operation, tools in operations.items()
        }
        for size, operations in data["sizes"].items()
    }
    return Record(data["machine"], data["versions"], data["missing"], sizes)


def write(path: Path, record: Record) -> None:
    """Keep *record* in *path*."""
    data = asdict(record)
    data["sizes"] = {str(size): data["sizes"][size] for size in sorted(data["sizes"])}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
