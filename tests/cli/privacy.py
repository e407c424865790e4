"""Three people, one of whom wants to be forgotten, and what the book says about them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.commands import Outcome, tree

CONTACTS = """\
- id: ada
  name: Ada Lovelace
  status: New
  email: [ada@example.com, office@example.com]
  phone: +44 20 7946 0000
  source: Fair
  birthday: 05-17
  consent: newsletter
- id: bob
  name: Bob Stone
  status: Engage
  email: office@example.com
  note: "Ada Lovelace sent him" # and Ada Lovelace paid
- id: cleo
  name: Cleo Marsh
  status: Engage
  do_not_contact: yes
"""
JOURNAL = """\
{"id": "1khwq4cvm0m2g8tq", "op": "8f3k2m", "at": "2026-11-10T09:00:00+00:00", "kind": "added", \
"contact": "ada", "on": "2026-11-10", "by": "marta", "origin": "import ada.csv", \
"changes": {"name": ["", "Ada Lovelace"], "status": ["", "New"], "email": ["", "ada@example.com"]}}
{"id": "1khwq4cvm0m2g8tr", "op": "8f3k2n", "at": "2026-11-11T09:00:00+00:00", "kind": "touched", \
"contact": "ada", "on": "2026-11-11T08:30", "by": "marta", "note": "likes engines", \
"via": "call", "outcome": "reached"}
{"id": "1kj4c0wn5rb9q2xs", "op": "c4xddw", "at": "2026-11-12T16:30:00+00:00", "kind": "touched", \
"contact": "bob", "on": "2026-11-12", "by": "marta", "note": "asked for (020) 7946 0000"}
{"id": "1kj4c0wn5rb9q2xt", "op": "c4xddx", "at": "2026-11-13T16:30:00+00:00", "kind": "undone", \
"contact": "ada", "on": "2026-11-13", "by": "marta", "undoes": "8f3k2n"}
"""
GONE = ("Ada", "ada@", "7946 0000", "engines", "newsletter")


def data_of(outcome: Outcome) -> dict[str, Any]:
    assert outcome.code == 0, outcome.err
    found: dict[str, Any] = json.loads(outcome.out)
    return found


def files(book: Path) -> dict[str, bytes]:
    """The files of the book, without the folder of the lock."""
    return {name: text for name, text in tree(book).items() if not name.startswith(".leadctl")}
