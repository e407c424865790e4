"""A book with an action plan, for the tests of what begins and ends it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands import NewBook, Run

STAGES = """\
default: New
statuses:
  New: {touch_every: 2 days}
  Active: {touch_every: 7 days}
intake:
  - name: Fair
    when: {source: Fair}
    set: {owner: marta}
    plan: new-lead
"""
CONTACTS = """\
- {id: ada, name: Ada, status: New, email: ada@example.com, owner: jo}
- {id: bea, name: Bea, status: New, phone: 604-555-0101}
- {id: dot, name: Dot, status: New, do_not_contact: yes}
"""
PLAN = """\
title: New lead
steps:
  - {day: 0, kind: call, what: say hello, unless: 'no:phone'}
  - {day: 2, kind: email, what: send a card}
  - {day: 9, kind: call, what: ask again}
ends: {reached: yes, status: Active}
"""


def book_with_a_plan(new_book: NewBook) -> Path:
    root = new_book(CONTACTS, stages=STAGES)
    (root / "plans").mkdir()
    (root / "plans" / "new-lead.yaml").write_text(PLAN)
    return root


def planned(run: Run) -> list[str]:
    """Whose follow-ups there are, and when: contact, day and step."""
    rows = json.loads(run("todo", "list", "--json").out)
    return [f"{row['contact']} {row['due']} {row['step']}" for row in rows]
