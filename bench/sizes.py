"""One size of book: it is made in every form and for every program, and everything is timed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.books import write_book
from bench.peers import PEERS
from bench.people import Person, people
from bench.results import Record
from bench.timing import Limits, Result, measure
from bench.trials import Place, Trial, leadctl_trials, operations

#: With a file for each contact, more are more than most disks like.
_MOST_FILES = 100_000


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be measured."""

    forms: Sequence[str]
    #: Names of other programs.
    peers: Sequence[str]
    #: Names of operations; all if empty.
    only: Sequence[str]
    limits: Limits


def measure_size(size: int, folder: Path, request: Request, record: Record) -> Iterator[str]:
    """Measure books of *size* contacts in *folder*, into *record*; yields what was done so far.

    The record is complete up to there each time, so that it can be kept.
    """
    environment = private(folder)
    # Set-up of the other programs as well shall touch nothing of whoever runs this.
    os.environ.update(environment)
    contacts = tuple(people(size))
    # Somebody in the middle, who can be written to and called.
    person = next(each for each in contacts[size // 2 :] if each.email and each.phone)
    root = folder / str(size)
    tools: dict[str, Mapping[str, Trial]] = {}
    for form in request.forms:
        if form != "dir" or size <= _MOST_FILES:
            yield f"making the book, {form}"
            place = _book(root / f"{form}-{size}", contacts, form, person)
            tools[f"leadctl {form}"] = leadctl_trials(place, form, folder / "cache")
    for peer in PEERS:
        if peer.name in request.peers and peer.is_there and size <= peer.most:
            yield f"setting up {peer.name}"
            place = Place(root / peer.name, person)
            place.folder.mkdir(parents=True)
            try:
                peer.lay_out(place.folder, contacts)
            except (OSError, subprocess.SubprocessError) as error:
                record.missing[f"{peer.name} with {size:,}"] = str(error)[:200]
            else:
                tools[peer.name] = peer.trials(place)
    del contacts
    yield from _measure_all(size, tools, folder, request, record)


def private(folder: Path) -> dict[str, str]:
    """An environment in which every program finds settings and caches in *folder* only."""
    own = {
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "LANG": "C.UTF-8",
        "LOGNAME": "marta",
        **{f"GIT_{who}_NAME": "Marta" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "marta@example.com" for who in ("AUTHOR", "COMMITTER")},
    }
    dropped = {"LEADCTL_BOOK", "LEADCTL_TODAY", "TASKRC", "TASKDATA"}
    return {**{key: value for key, value in os.environ.items() if key not in dropped}, **own}


def _book(root: Path, contacts: Sequence[Person], form: str, person: Person) -> Place:
    root.mkdir(mode=0o700, parents=True)
    write_book(root, contacts, form)
    return Place(root, person)


def _measure_all(
    size: int,
    tools: Mapping[str, Mapping[str, Trial]],
    folder: Path,
    request: Request,
    record: Record,
) -> Iterator[str]:
    for operation in operations():
        if request.only and operation.split()[0] not in request.only:
            continue
        trials = {tool: own[operation] for tool, own in tools.items() if operation in own}
        yield operation
        results = measure(trials, folder, request.limits, private(folder))
        record.add(size, operation, results)
        yield ", ".join(f"{tool} {_told(each)}" for tool, each in results.items())


def _told(result: Result) -> str:
    return result.failed or f"{result.median:.3f} s"
