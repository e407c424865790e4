"""Reads a book with nothing of leadctl, and says where leadctl's own reader sees something else."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from leadctl.store.finding import open_book
from tools.torture.books import contact_files

#: Id → field → values, as texts.
Contacts = Mapping[str, Mapping[str, tuple[str, ...]]]

#: Fields of which a cell of a CSV file may hold several.
_MANY = ("email", "phone", "tags")


def contacts_of(root: Path) -> Contacts:
    """The contacts of the book in *root*, as PyYAML or csv read them.

    Raises:
        ValueError: a file cannot be read.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in contact_files(root):
        for values in _records(path):
            fields = {str(name): _texts(name, value) for name, value in values.items()}
            key = fields.get("id", (path.stem,))[0]
            if key in found:
                raise ValueError(f"{path.name} has {key} twice")
            found[key] = {name: value for name, value in fields.items() if value}
            found[key]["id"] = (key,)
    return found


def _records(path: Path) -> list[dict[str, Any]]:
    try:
        text = path.read_bytes().decode("utf-8")
        if path.suffix == ".csv":
            return list(csv.DictReader(text.splitlines(keepends=True), strict=True))
        read = yaml.load(text, Loader=yaml.BaseLoader) or []  # all texts, no objects
    except (yaml.YAMLError, csv.Error, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} cannot be read: {error}") from error
    return [read] if isinstance(read, dict) else list(read)


def _texts(name: str, value: Any) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else [value or ""]
    if name in _MANY:
        parts = [each.strip() for part in parts for each in part.split(";")]
    return tuple(part for part in parts if part)


def events_of(root: Path) -> list[dict[str, Any]]:
    """The events of the journal in *root*.

    Raises:
        ValueError: a line cannot be read, the last one has no end, or an id is there twice.
    """
    content = (root / "journal.jsonl").read_bytes()
    if content and not content.endswith(b"\n"):
        raise ValueError("journal.jsonl ends within a line")
    events = [json.loads(line) for line in content.split(b"\n") if line]
    if len({event["id"] for event in events}) < len(events):
        raise ValueError("journal.jsonl has an event twice")
    return events


def disagreements(root: Path) -> Iterator[str]:
    """Where leadctl reads something else than others do, and where file and journal differ."""
    try:
        contacts, events = contacts_of(root), events_of(root)
    except ValueError as error:
        yield str(error)
        return
    content = open_book(root).read()
    ours = {
        str(record.values["id"]): {
            name: _texts(name, list(value) if isinstance(value, tuple) else value)
            for name, value in record.values.items()
            if value
        }
        for record in content.records
    }
    yield from (f"leadctl reads {key} otherwise" for key in _different(ours, contacts))
    if len(content.events) != len(events):
        yield f"leadctl reads {len(content.events)} events of {len(events)}"
    yield from _drift(contacts, events)


def _different(one: Contacts, other: Contacts) -> list[str]:
    return sorted(key for key in {*one, *other} if one.get(key) != other.get(key))


def _drift(contacts: Contacts, events: list[dict[str, Any]]) -> Iterator[str]:
    """Fields that are not what the journal says of them last."""
    said: dict[tuple[str, str], tuple[str, ...]] = {}
    gone = set()
    for event in events:
        for name, (_, new) in event.get("changes", {}).items():
            said[event["contact"], name] = _texts(name, new)
        if event["kind"] in ("added", "undone"):
            gone.discard(event["contact"])
    for (contact, name), value in said.items():
        is_about_contact = not contact.startswith("~") and "." not in contact
        if is_about_contact and contacts.get(contact, {}).get(name, ()) != value:
            yield f"{name} of {contact} is not what the journal says"
