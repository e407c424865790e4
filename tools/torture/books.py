"""The small book that is tortured, in its three forms, with what is easily damaged in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from leadctl.store.creation import create_book

FORMS = ("yaml", "csv", "dir")
#: The day of the torture; nothing in a book depends on when it is run.
TODAY = "2026-11-22"

_YAML = """\
# People from the fair come first.
- id: ada-lovelace   # never by phone before noon
  name: "Ada Lovelace"
  status: New
  email: [ada@example.com, 'countess@example.org']
  phone: +44 20 7946 0101
  created: 2026-11-02

- {id: bo-ek, name: Bo Ek, status: New, tags: [fair, "#1"], created: 2026-10-30}
- id: cleo-diaz
  name: Cleo Díaz
  status: Engage
  email: cleo@example.com
  note: |
    Wants a garden,
    and no stairs.
- id: dan-wu
  name: Dan Wu
  status: Future
  owner: marta
  created: 2026-09-01
- id: eve-novak
  name: 'Eve "Evie" Novak'
  status: Closed
  phone: ["+1-604-555-0177", 0049 30 901820]
"""

_CSV = """\
id,name,status,email,phone,tags,owner,created,note\r
ada-lovelace,Ada Lovelace,New,ada@example.com;countess@example.org,+44 20 7946 0101,,,2026-11-02,\r
bo-ek,"Bo Ek",New,,,fair;#1,,2026-10-30,\r
cleo-diaz,Cleo Díaz,Engage,cleo@example.com,,,,,"Wants a garden,
and no stairs."\r
dan-wu,Dan Wu,Future,,,,marta,2026-09-01,\r
eve-novak,"Eve ""Evie"" Novak",Closed,,+1-604-555-0177;0049 30 901820,,,,\r
"""

_DIR: Mapping[str, str] = {
    "ada-lovelace": """\
# never by phone before noon
name: "Ada Lovelace"
status: New
email: [ada@example.com, 'countess@example.org']
phone: +44 20 7946 0101
created: 2026-11-02
""",
    "bo-ek": 'id: bo-ek\nname: Bo Ek\nstatus: New\ntags: [fair, "#1"]\ncreated: 2026-10-30\n',
    "cleo-diaz": """\
name: Cleo Díaz
status: Engage
email: cleo@example.com
note: |
  Wants a garden,
  and no stairs.
""",
    "dan-wu": "name: Dan Wu\nstatus: Future\nowner: marta\ncreated: 2026-09-01\n",
    "eve-novak": 'name: \'Eve "Evie" Novak\'\nstatus: Closed\nphone: ["+1-604-555-0177"]\n',
}


def make(root: Path, form: str) -> None:
    """Make the book in the folder *root*, which must not be there."""
    create_book(root, preset="classic", format_name=form)
    for path, text in _texts(root, form).items():
        path.write_text(text, encoding="utf-8", newline="")
        path.chmod(0o600)


def _texts(root: Path, form: str) -> dict[Path, str]:
    if form == "dir":
        return {root / "contacts" / f"{name}.yaml": text for name, text in _DIR.items()}
    return {root / f"contacts.{form}": _YAML if form == "yaml" else _CSV}


def contact_files(root: Path) -> list[Path]:
    """The files of *root* that hold contacts."""
    folder = root / "contacts"
    if folder.is_dir():
        return sorted(folder.glob("[!.]*.yaml"))
    return [path for path in (root / "contacts.yaml", root / "contacts.csv") if path.exists()]


def restore(template: Path, root: Path) -> None:
    """Make *root* what *template* is, whatever it was before."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(template, root, symlinks=True)


def surround(private: Path) -> None:
    """Let leadctl see nothing of whoever runs the torture: only *private* and a fixed day."""
    for name in ("LEADCTL_BOOK", "NO_COLOR", "COLUMNS", "TERM", "VISUAL", "EDITOR"):
        os.environ.pop(name, None)
    os.environ.update(
        HOME=str(private / "home"),
        XDG_CACHE_HOME=str(private / "cache"),
        XDG_CONFIG_HOME=str(private / "config"),
        LEADCTL_TODAY=TODAY,
        LOGNAME="tester",
    )
