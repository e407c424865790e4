"""Second versions of files that sync programs, git and patch leave beside the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from leadctl.problems import Problem, Where

#: How the name of a second version tells that of the first: what stands before and behind the mark.
_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        # Dropbox, Nextcloud: contacts (Marta's conflicted copy 2026-11-22).yaml
        r"(.+?) \([^()]*conflicted copy[^()]*\)(\.\w+)?",
        # Syncthing: contacts.sync-conflict-20261122-093001-ABCDEFG.yaml
        r"(.+?)\.sync-conflict-[\w-]+(\.\w+)?",
        # ownCloud: contacts_conflict-20261122-093001.yaml
        r"(.+?)_conflict-\d[\d-]*(\.\w+)?",
        # iCloud: contacts 2.yaml; Google Drive and browsers: contacts (1).yaml
        r"(.+?) (?:\d{1,3}|\(\d{1,3}\))(\.(?:yaml|csv|jsonl))",
        # git mergetool: contacts_LOCAL_4711.yaml
        r"(.+?)_(?:BACKUP|BASE|LOCAL|REMOTE)_\d+(\.\w+)",
        # patch and git: contacts.yaml.orig
        r"(.+\.(?:yaml|csv|jsonl))()\.(?:orig|rej)",
    )
)
_NAMES = {"contacts", "stages", "journal", "followups"}
#: OneDrive puts the name of the computer behind: contacts-MARTAS-PC.yaml. No id has capitals.
_COMPUTER = re.compile(r"(.+?)-[A-Z][A-Z0-9-]{2,}(\.(?:yaml|csv|jsonl))")


def first_version(name: str) -> str:
    """The name of the file that *name* is a second version of, empty if it is none."""
    for mark in (*_MARKS, _COMPUTER):
        found = mark.fullmatch(name)
        if found:
            return found[1] + (found[2] or "")
    return ""


def leftover_problems(root: Path, folders: tuple[Path, ...]) -> list[Problem]:
    """A problem for each second version of a file in *folders*, told by its path in *root*."""
    return [
        _second_version(path.relative_to(root), first)
        for folder in folders
        for path, first in _second_versions(folder)
    ]


def _second_versions(folder: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        first = first_version(path.name)
        # Another file of the user's own, such as "photos 2.csv", is none of our business.
        if first and path.is_file() and _is_of_book(folder, first):
            yield path, first


def _is_of_book(folder: Path, first: str) -> bool:
    return folder.name == "contacts" or Path(first).stem in _NAMES


def _second_version(path: Path, first: str) -> Problem:
    original = path.with_name(first)
    message = f'"{path}" looks like a second version of "{original}"; it is not read'
    hint = f"compare the two, put what is missing into {original}, then remove this one"
    return Problem(Where(str(path)), message, hint, "conflicts")
