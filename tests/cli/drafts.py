"""A book with a template, for the tests of `draft`."""

from __future__ import annotations

from pathlib import Path

from tests.commands import NewBook

ADA = """\
- id: ada
  name: Ada Lovelace
  status: Engage
  email: [ada@example.com, countess@example.org]
  company: Analytical
- id: bob
  name: Bob
  status: Engage
- id: eve
  name: Eve
  status: Engage
  email: eve@example.com
  do_not_contact: yes
"""
HELLO = "Subject: About {company|you}\n\nHello {first_name},\n\nhow are you?\n"


def book_with_a_template(new_book: NewBook) -> Path:
    root = new_book(ADA)
    (root / "templates").mkdir()
    put(root, "hello", HELLO)
    return root


def put(root: Path, name: str, text: str) -> None:
    (root / "templates" / f"{name}.md").write_text(text, encoding="utf-8")
