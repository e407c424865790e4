"""Lets the disk be full at every offset of every file that a command writes."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tools.torture import warm
from tools.torture.plan import Plan, Subject, subject_of
from tools.torture.totals import Totals

#: The files of leadctl's own are not longer than this, in bytes.
_ALWAYS_TRIED = 400
_PAGE = 4096
#: A file system in memory of this size holds the book and little more.
_DISK = 40 * _PAGE


def fill_all(plan: Plan) -> Totals:
    """Every trial with files that may not grow beyond *n* bytes, and on disks that are full.

    The offsets are `count` bytes apart.
    """
    totals, chance = Totals("full disk"), plan.chance()
    subjects = [*plan.subjects(totals, at_most=4 if plan.is_short else 0)]
    for subject in subjects:
        limits = [*_limits(subject, step=plan.count)]
        for limit in chance.sample(limits, min(10, len(limits))) if plan.is_short else limits:
            _limited(subject, totals, limit)
        totals.progress(subject.stage.name)
    for pages in (0, 2) if plan.is_short else range(14):
        for subject in subjects[:3] if plan.is_short else subjects:
            _on_disk(subject, totals, plan.folder / "disk", pages)
    return totals


def _limits(subject: Subject, *, step: int) -> Iterator[int]:
    """The offsets from nothing up to beyond the largest file of the book."""
    files = (path for path in subject.stage.template.rglob("*") if path.is_file())
    return iter(range(0, 2 * max(path.stat().st_size for path in files) + _ALWAYS_TRIED, step))


def _limited(subject: Subject, totals: Totals, limit: int) -> None:
    subject.start_anew()
    done = warm.run(
        subject.stage.words,
        subject.stage.root,
        hook=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    _judge(subject, totals, done, f"files of at most {limit} bytes")


def _judge(subject: Subject, totals: Totals, done: warm.Done, what: str) -> None:
    totals.tried += 1
    is_saved = subject.is_saved(done)
    totals.add("saved" if is_saved else "nothing changed")
    subject.judge(done, totals, what, is_acknowledged=is_saved)


def _on_disk(subject: Subject, totals: Totals, place: Path, pages: int) -> None:
    """The same on a file system with room for some *pages* more, where one may be mounted."""
    with _mounted(place) as is_there:
        if not is_there:
            totals.more["left out: no file system may be mounted here"] = 1
            return
        there = subject_of(replace(subject.stage, root=place / "book"), totals)
        if not there:
            return
        there.start_anew()
        filler = place / "filler"
        filler.write_bytes(bytes(max(0, shutil.disk_usage(place).free - pages * _PAGE)))
        done = warm.run(there.stage.words, there.stage.root)
        filler.unlink()
        totals.add("on a full disk")
        _judge(there, totals, done, f"{pages} pages left on the disk")


@contextmanager
def _mounted(place: Path) -> Iterator[bool]:
    """Mount a small file system there; False if that is not allowed."""
    place.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={_DISK}", "none", str(place)]
    is_root = os.geteuid() == 0 and shutil.which("mount") is not None
    is_there = is_root and not subprocess.run(mount, capture_output=True, check=False).returncode
    try:
        yield is_there
    finally:
        if is_there:
            subprocess.run(["umount", str(place)], check=True)
