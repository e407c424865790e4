"""A book with somebody due, and a config.yaml, for the tests of `remind`."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests.commands import Outcome

CONTACTS = """\
- {id: ada, name: Ada Lovelace, status: New, created: 2026-11-18, phone: 604-555-0102}
- {id: bela, name: Béla Bartók, status: Engage, created: 2026-10-01, last_touch: 2026-11-14,
   phone: 604-555-0103, tags: [buyer]}
- {id: cleo, name: Cleo, status: New, created: 2026-11-01, do_not_contact: yes}
"""
CAME_LATER = "- {id: dora, name: Dora, status: New, created: 2026-11-21, phone: 604-555-0104}\n"
ADA = """\
1 to contact on Sunday, 22 November 2026

New leads, never contacted (1)
  Ada Lovelace (ada) · New
      no touch yet, 4 days overdue
      next: call 604-555-0102

When it is done: leadctl touch ID -m NOTE
"""


def own_config(private: Path) -> Path:
    """The user's own config.yaml, which names one address."""
    path = private / "config" / "leadctl" / "config.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("mail:\n  to: marta@example.com\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def add(config: Path, line: str) -> None:
    config.write_text(f"{config.read_text('utf-8')}  {line}\n", encoding="utf-8")


def read(path: Path) -> EmailMessage:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def nothing(code: int = 0) -> Outcome:
    return Outcome(code, "")
