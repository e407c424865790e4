"""What `doctor` looks at in a book; nothing is written, and no value of a contact is told."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta

from leadctl.cli.indexing import is_current
from leadctl.cli.session import Visit
from leadctl.cli.verifying import Checked, all_problems
from leadctl.diagnoses import Diagnosis, fail, ok, size, warn
from leadctl.index.cache import cache_path
from leadctl.problems import Problem
from leadctl.store.book import Book
from leadctl.store.files import read_bytes
from leadctl.store.forgetting import git_folder
from leadctl.store.locking import holder
from leadctl.store.permissions import open_to_others


def contents(visit: Visit) -> Diagnosis:
    """How much is in the book."""
    content = visit.book.read()
    planned = len(content.planned)
    counts = f"{len(content.records)} contacts, {planned} follow-ups, {len(content.events)} events"
    return ok("contents", counts)


def stages(visit: Visit) -> Diagnosis:
    """Whether stages.yaml can be used."""
    checked = Checked(visit)
    errors, warnings = _split(checked.stages_problems)
    if errors:
        return fail("stages.yaml", _count(errors, warnings), "leadctl stages check")
    if warnings or checked.stages is None:
        return warn("stages.yaml", _count(errors, warnings), "leadctl stages check")
    return ok("stages.yaml", f"{len(checked.stages.statuses)} statuses")


def files(visit: Visit) -> Diagnosis:
    """How much is wrong with the files."""
    others = ("stages", "permissions")
    errors, warnings = _split([each for each in all_problems(visit) if each.check not in others])
    if errors:
        return fail("files", _count(errors, warnings), "leadctl check")
    if warnings:
        return warn("files", _count(errors, warnings), "leadctl check")
    return ok("files", "no problems")


def permissions(visit: Visit) -> Diagnosis:
    """Who else can get at the book, and whether it can be written at all."""
    root = visit.book.root
    if not os.access(root, os.W_OK):
        hint = "nothing is wrong if it is meant to be read only; else: chmod u+w on that folder"
        return warn("permissions", "the folder of the book cannot be written", hint)
    count = len(list(open_to_others(visit.book)))
    if count:
        detail = f"others can get at {count} folders or files"
        return warn("permissions", detail, "leadctl check --fix permissions")
    return ok("permissions", "only you can read the book")


def lock(visit: Visit) -> Diagnosis:
    """Who is writing at the moment."""
    held = holder(visit.book.state / "lock")
    if held:
        return warn("lock", held, "wait for it; a command that writes waits ten seconds by itself")
    return ok("lock", "free")


def interrupted(visit: Visit) -> Diagnosis:
    """What a killed command has left behind, and what was put aside."""
    state = visit.book.state
    if (state / "txn").exists():
        detail = "a change was interrupted; it is read as if it were finished"
        return warn("interrupted", detail, "the next command that writes finishes it")
    aside = sum(1 for _ in (state / "quarantine").glob("*"))
    if aside:
        detail = f"{aside} files were put aside in .leadctl/quarantine"
        return warn(
            "interrupted", detail, "look at them; what is not needed any more can be removed"
        )
    return ok("interrupted", "nothing")


def journal(visit: Visit) -> Diagnosis:
    """How long the journal is, and whether the clock was ahead when it was written."""
    path = visit.book.journal_path
    if not path.exists():
        hint = "put it back from a copy; without it nobody was ever touched"
        return fail("journal", "there is none", hint)
    content = visit.book.load(path)
    last = max((event.at[:10] for event in visit.book.read().events), default="")
    said = f"{size(len(content))}, last written to on {last or 'no day yet'}"
    # Further east it may be tomorrow.
    if last > str(visit.today + timedelta(days=1)):
        return warn("journal", f"{said}: that is in the future", "is the clock right? see `date`")
    return ok("journal", said)


def cache(visit: Visit, environment: Mapping[str, str]) -> Diagnosis:
    """Where the index is, and whether it is up to date."""
    path = cache_path(visit.book.root, environment)
    if path is None:
        detail = "no folder for it: every command reads all files"
        return warn("cache", detail, "set HOME or XDG_CACHE_HOME")
    folder = next(each for each in path.parents if each.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        detail = f"{folder} cannot be written: every command reads all files"
        return warn("cache", detail, "chmod u+w on it, or set XDG_CACHE_HOME to another folder")
    if not path.is_file():
        return ok("cache", f"{path}: not made yet")
    is_fresh = is_current(visit.book, environment)
    when = "up to date" if is_fresh else "the next command brings it up to date"
    return ok("cache", f"{path}: {size(path.stat().st_size)}, {when}")


def git(visit: Visit) -> Diagnosis:
    """Whether git will do the right things with the book."""
    if git_folder(visit.book.root) is None:
        return ok("git", "the book is in no working tree of git")
    if b"journal.jsonl" not in read_bytes(visit.book.root / ".gitattributes"):
        hint = "echo 'journal.jsonl merge=union' >> .gitattributes   (in the folder of the book)"
        return warn("git", "two branches that both write to the journal cannot be merged", hint)
    if visit.book.state.is_dir() and not (visit.book.state / ".gitignore").exists():
        return warn("git", ".leadctl is not ignored", "echo '*' > .leadctl/.gitignore")
    return ok("git", "journals are merged, and .leadctl is ignored")


def space(book: Book) -> Diagnosis:
    """Whether there is room on the disk for the book to grow."""
    found = os.statvfs(book.root)
    free = found.f_bavail * found.f_frsize
    # A change needs the files that it rewrites once more for a moment.
    if free < _TIGHT:
        return warn("disk", f"{size(free)} free", "make room: a change writes whole files anew")
    return ok("disk", f"{size(free)} free")


#: Bytes: some times what the files of a large book need.
_TIGHT = 100 * 10**6


def _split(problems: list[Problem]) -> tuple[int, int]:
    warnings = sum(each.is_warning for each in problems)
    return len(problems) - warnings, warnings


def _count(errors: int, warnings: int) -> str:
    said = [_counted(errors, "error"), _counted(warnings, "warning")]
    return ", ".join(each for each in said if each)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}" if number else ""
