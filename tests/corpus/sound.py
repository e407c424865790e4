"""The small sound book that every case of the corpus spoils: three contacts, a short journal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

STAGES = """\
default: New
stages:
  Hot: {statuses: [New, Active], colour: red}
  Warm: {statuses: [Engage]}
  Lost: {statuses: [Inactive], outcome: lost}
statuses:
  New: {touch_every: 2 days, next: [Engage]}
  Engage: {touch_every: 7 days}
  Active: {touch_every: 1 month}
  Inactive: {touch_every: never, pipeline: false}
fields:
  budget: money
"""
CONTACTS = """\
- id: ada
  name: Ada Lovelace
  status: New
  email: [ada@example.com]
  phone: ["+44 20 7946 0001"]
- id: bob
  name: Bob Stone
  status: Engage
  email: [bob@example.org]
  tags: [vip]
- id: cleo
  name: Cleo Marsh
  status: Active
  note: met at the fair
"""
#: Bob was moved by hand, Cleo was called last.
JOURNAL = """\
{"id": "1m72az1m0bfxr71n", "op": "8f3k2m", "at": "2026-11-10T09:00:00+00:00", "kind": "status", \
"contact": "bob", "on": "2026-11-10", "by": "marta", "changes": {"status": ["New", "Engage"]}}
{"id": "1m789get0bfxr71n", "op": "c4xddw", "at": "2026-11-12T16:30:00+00:00", "kind": "touched", \
"contact": "cleo", "on": "2026-11-12", "by": "marta", "via": "call", "outcome": "reached"}
"""

_CSV = """\
id,name,status,email,phone,tags,note
ada,Ada Lovelace,New,ada@example.com,+44 20 7946 0001,,
bob,Bob Stone,Engage,bob@example.org,,vip,
cleo,Cleo Marsh,Active,,,,met at the fair
"""


def sound_files(form: str = "yaml") -> Mapping[str, str]:
    """The files of the book by their path, its contacts in the *form* yaml, csv or dir."""
    contacts = {
        "yaml": {"contacts.yaml": CONTACTS},
        "csv": {"contacts.csv": _CSV},
        "dir": _folder(),
    }
    return {"stages.yaml": STAGES, "journal.jsonl": JOURNAL, **contacts[form]}


def lay(files: Mapping[str, str | bytes], root: Path) -> None:
    """Write *files* below *root*."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def _folder() -> Mapping[str, str]:
    """A file for each contact, named for its id."""
    records = [text for text in CONTACTS.split("- id: ") if text]
    return {
        f"contacts/{record.partition(chr(10))[0]}.yaml": f"id: {record}".replace("\n  ", "\n")
        for record in records
    }
