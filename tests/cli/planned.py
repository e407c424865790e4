"""A book in each of its forms in which something is planned, for the tests of follow-ups."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands import Run

FORMS = ("yaml", "csv", "dir")
YAML = """\
# What was promised.
- id: k7m2
  contact: ada-lovelace
  due: 2026-11-20
  what: send the offer
  via: email
- id: c40x
  contact: bo-ek
  due: 2026-11-22
  time: 15.00
  what: ask what the inspector said
  owner: marta

- id: w3dn
  contact: bo-ek
  due: 2026-11-25
  what: bring the papers
  via: task
# From here on: far away.
- id: p9rt
  contact: cleo-tan
  due: 2026-12-01
  what: ask about the roof
  repeat: every 6 months
  start: 2026-12-01
"""
CSV = """\
id,contact,due,time,what,via,owner,repeat,start
k7m2,ada-lovelace,2026-11-20,,send the offer,email,,,
c40x,bo-ek,2026-11-22,15.00,ask what the inspector said,,marta,,
w3dn,bo-ek,2026-11-25,,bring the papers,task,,,
p9rt,cleo-tan,2026-12-01,,ask about the roof,,,every 6 months,2026-12-01
"""


def make_book(run: Run, root: Path, form: str) -> Path:
    """Ada, Bo and Cleo, and four things that are to be done for them."""
    assert run("init", root, "--format", form).code == 0
    for name in ("Ada Lovelace", "Bo Ek", "Cleo Tan"):
        assert run("--book", root, "add", name).code == 0
    name, text = ("followups.csv", CSV) if form == "csv" else ("followups.yaml", YAML)
    (root / name).write_text(text, encoding="utf-8")
    return root


def follow_ups_file(root: Path) -> Path:
    """Where the book in *root* keeps its follow-ups."""
    (path,) = root.glob("followups.*")
    return path


def planned(run: Run, *words: str) -> list[dict[str, str | int | None]]:
    """What `todo list` gives to a program."""
    done = run("todo", "list", "--json", *words)
    assert (done.code, done.err) == (0, "")
    rows: list[dict[str, str | int | None]] = json.loads(done.out)
    return rows


def ids(run: Run, *words: str) -> list[str]:
    """The ids of what `todo list` lists."""
    return run("todo", "list", "-f", "ids", *words).out.split()
