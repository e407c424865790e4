"""Reads the example books for their tests with plain parsers, none of leadctl's own code."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
PRESETS = {"agent": "classic", "brokerage": "sales-stages", "calls": "calling"}
SEVERAL = {"email", "phone", "tags"}

Value = str | list[str]
Fields = dict[str, Value]


@dataclass(frozen=True)
class Event:
    """One line of a journal, checked for the shape of its values."""

    texts: Mapping[str, str]
    changes: Mapping[str, tuple[Value, Value]]

    def __getitem__(self, key: str) -> str:
        return self.texts.get(key, "")

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self["at"])


@cache
def contacts(book: str) -> dict[str, Fields]:
    return {str(record["id"]): record for record in _records(EXAMPLES / book)}


def _records(folder: Path) -> Iterator[Fields]:
    table = folder / "contacts.csv"
    if table.exists():
        with table.open(encoding="utf-8", newline="") as file:
            rows = [
                {name: cell for name, cell in row.items() if cell}
                for row in csv.DictReader(file, strict=True)
            ]
    elif (folder / "contacts").is_dir():
        rows = [load(file) for file in sorted((folder / "contacts").glob("*.yaml"))]
    else:
        rows = load(folder / "contacts.yaml")
    for row in rows:
        yield {name: _listed(name, value) for name, value in row.items()}


def load(file: Path) -> Any:  # whatever YAML holds
    return yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)


def _listed(name: str, value: Value) -> Value:
    if name not in SEVERAL or isinstance(value, list):
        return value
    return value.split("; ")


@cache
def journal(book: str) -> tuple[Event, ...]:
    text = (EXAMPLES / book / "journal.jsonl").read_text(encoding="utf-8")
    assert text.endswith("\n")
    return tuple(_event(json.loads(line)) for line in text.removesuffix("\n").split("\n"))


def _event(data: dict[str, object]) -> Event:
    pairs = data.get("changes", {})
    assert isinstance(pairs, dict)
    texts = {name: text for name, text in data.items() if isinstance(text, str)}
    assert set(data) - set(texts) <= {"changes"}
    return Event(texts, {name: (old, new) for name, (old, new) in pairs.items()})


@cache
def histories(book: str) -> Mapping[str, list[Event]]:
    grouped: dict[str, list[Event]] = defaultdict(list)
    for event in journal(book):
        grouped[event["contact"]].append(event)
    return grouped


def operations(book: str) -> list[list[Event]]:
    grouped: dict[str, list[Event]] = defaultdict(list)
    for event in journal(book):
        grouped[event["op"]].append(event)
    return list(grouped.values())


def statuses(book: str) -> dict[str, dict[str, str]]:
    declared = load(EXAMPLES / book / "stages.yaml")["statuses"]
    assert isinstance(declared, dict)
    return declared
