"""How much was in a book when leadctl last wrote to it: what tells that some of it went away.

A file that was cut off, emptied, or not yet brought by a sync client can be read without a
complaint. To write into it would make the loss final.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from leadctl.store.disk import Disk

_NAME = "manifest.json"
#: More than this share of the contacts gone at once is not somebody tidying up by hand.
_SHARE = 0.2
#: Of so few, taking out one or two by hand is nothing strange.
_FEW = 3


@dataclass(frozen=True, slots=True)
class Manifest:
    """What leadctl left behind when it last wrote."""

    contacts: int
    op: str
    #: The size of the journal in bytes.
    journal: int = 0
    #: -1: not known.
    follow_ups: int = -1

    def is_short(self, contacts: int) -> bool:
        """True if so many have gone since that only *contacts* are left as makes no sense."""
        gone = self.contacts - contacts
        return (contacts == 0 < self.contacts) or gone > max(_FEW, _SHARE * self.contacts)

    def lacks_plans(self, follow_ups: int) -> bool:
        """True if only *follow_ups* are left, none of so many that nobody ended them by hand."""
        return follow_ups == 0 and self.follow_ups > _FEW


def read_manifest(disk: Disk, state: Path) -> Manifest | None:
    """The manifest in the folder *state*, None if there is none that can be read."""
    try:
        data = json.loads(disk.read(state / _NAME) or b"")
        journal, follow_ups = int(data.get("journal", 0)), int(data.get("follow_ups", -1))
        return Manifest(int(data["contacts"]), str(data["op"]), journal, follow_ups)
    except (
        OSError,
        ValueError,
        AttributeError,
        TypeError,
        KeyError,
        ArithmeticError,
        RecursionError,
    ):
        return None


def write_manifest(disk: Disk, state: Path, manifest: Manifest) -> None:
    """Note what leadctl leaves behind.

    Raises:
        OSError: the operating system refused.
    """
    staged = state / f"{_NAME}.new"
    disk.remove(staged)
    disk.create(staged, json.dumps(asdict(manifest)).encode() + b"\n")
    disk.replace(staged, state / _NAME)


def note_shorter_journal(disk: Disk, state: Path, size: int) -> None:
    """Note that the journal has only *size* bytes, after a torn end was put aside.

    Raises:
        OSError: the operating system refused.
    """
    before = read_manifest(disk, state)
    if before is not None and size < before.journal:
        write_manifest(disk, state, replace(before, journal=size))


def missing_lines(state: Path, size: int) -> str:
    """A sentence if a journal of *size* bytes is shorter than leadctl left it; else empty."""
    manifest = read_manifest(Disk(), state)
    if manifest is None or size >= manifest.journal:
        return ""
    return f"the journal had {manifest.journal} bytes when leadctl last wrote to it, {size} now"


def missing_contacts(state: Path, contacts: int) -> str:
    """A sentence if *contacts* are far fewer than leadctl left; empty if all is well."""
    manifest = read_manifest(Disk(), state)
    if manifest is None or not manifest.is_short(contacts):
        return ""
    there = "none is there now" if contacts == 0 else f"only {contacts} are there now"
    return f"the book had {manifest.contacts} contacts when leadctl last wrote to it, {there}"


def missing_follow_ups(state: Path, follow_ups: int) -> str:
    """A sentence if *follow_ups* are none where leadctl left some; empty if all is well."""
    manifest = read_manifest(Disk(), state)
    if manifest is None or not manifest.lacks_plans(follow_ups):
        return ""
    return (
        f"the book had {manifest.follow_ups} follow-ups when leadctl last wrote to it, "
        "none is there now"
    )
