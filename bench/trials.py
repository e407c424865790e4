"""What is measured: the operations, and for leadctl the command that does each."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from bench.people import Person

PYTHON = sys.executable
LEADCTL = str(Path(PYTHON).with_name("leadctl"))

#: Operation → what it is, for readers. Those that write come last, the largest at the end.
OPERATIONS: dict[str, str] = {
    "version": "`--version`",
    "prospects": "`prospects --limit 20`",
    "list": "`list 'status:Engage owner:jonah' --limit 20`",
    "show": "`show ID`",
    "pipeline": "`pipeline`",
    "complete": "completion of an id",
    "todo list": "`todo list --until today --limit 20`",
    "touch": "`touch ID -m x`",
    "todo add": "`todo add ID x --due +3d`",
    "set-status": "`set-status STATUS ID`",
    "after-touch": "first `list` after a `touch`",
    "after-edit": "first `list` after an edit by hand",
    "cold": "first `list` without an index",
    "bulk": "`set-status --where`, a tenth of all",
}
#: Nothing is written by these, and the index is there: what a day consists of.
WARM_READS = ("version", "prospects", "list", "show", "pipeline", "complete", "todo list")
#: The query of `list`, about one contact in 45.
STATUS, OWNER = "Engage", "jonah"
#: One contact in ten came from there.
SOURCE = "Referral"


@dataclass(frozen=True, slots=True)
class Trial:
    """One command that is measured; no shell is between it and the clock."""

    command: str
    #: Run before each measured run, by `sh`; not measured.
    prepare: str = ""
    #: Run once before everything else, since the first run may leave something for the others.
    is_rehearsed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tool has its data, and whom the commands for one contact are about."""

    folder: Path
    person: Person


@cache
def reports() -> dict[str, str]:
    """The reports that this leadctl has: operation → what it is."""
    told = subprocess.run([LEADCTL, "report", "--help"], capture_output=True, text=True, check=True)
    lines = told.stdout.partition("Commands:\n")[2].splitlines()
    names = [line.split()[0] for line in lines if line.startswith("  ") and line[2:3].isalpha()]
    return {f"report {name}": f"`report {name}`" for name in names}


def operations() -> dict[str, str]:
    """Every operation in the order in which it is measured, and what it is."""
    reading = {name: OPERATIONS[name] for name in WARM_READS}
    return {**reading, **reports(), **OPERATIONS}


def leadctl_trials(place: Place, form: str, cache: Path) -> Mapping[str, Trial]:
    """What leadctl runs for each operation on the book of *form* at *place*."""
    book = shlex.quote(str(place.folder))
    who = place.person.id
    listing = f"{LEADCTL} list 'status:{STATUS} owner:{OWNER}' --limit 20 -b {book}"
    warm = f"{LEADCTL} list --limit 1 -b {book}"
    touch = f"{LEADCTL} touch {who} -m x -b {book}"
    bulk = f"{LEADCTL} set-status Future --where source:{SOURCE} --yes -b {book}"
    restore = f"{restore_command(place.folder)}; {warm}"
    other = f"{LEADCTL} set-status Future {who} -b {book}; {warm}"
    asked = f"{LEADCTL} __complete bash show -b {book} {who[:5]}"
    reading = {
        "version": Trial(f"{LEADCTL} --version"),
        "prospects": Trial(f"{LEADCTL} prospects --limit 20 -b {book}"),
        "list": Trial(listing),
        "show": Trial(f"{LEADCTL} show {who} -b {book}"),
        "pipeline": Trial(f"{LEADCTL} pipeline -b {book}"),
        "complete": Trial(asked),
        "todo list": Trial(f"{LEADCTL} todo list --until today --limit 20 -b {book}"),
        **{name: Trial(f"{LEADCTL} {name} -b {book}") for name in reports()},
    }
    return {
        # The first of these may have to make the index.
        **{name: replace(each, is_rehearsed=True) for name, each in reading.items()},
        "touch": Trial(touch, warm),
        "todo add": Trial(f"{LEADCTL} todo add {who} x --due +3d -b {book}", warm),
        "set-status": Trial(f"{LEADCTL} set-status Active {who} -b {book}", other),
        "after-touch": Trial(listing, f"{warm}; {touch}"),
        "after-edit": Trial(listing, f"{warm}; {_edit(place, form)}"),
        "cold": Trial(listing, f"rm -rf {shlex.quote(str(cache / 'leadctl'))}"),
        "bulk": Trial(bulk, restore),
    }


def restore_command(folder: Path) -> str:
    """Put back the book in *folder* from the copy beside it, which is made the first time."""
    kept, there = shlex.quote(f"{folder}.kept"), shlex.quote(str(folder))
    return f"[ -d {kept} ] || cp -a {there} {kept}; rm -rf {there}; cp -a {kept} {there}"


def _edit(place: Place, form: str) -> str:
    """Give one contact another name with `sed`, a new one each time."""
    who, name = place.person.id, f"{place.person.name} $(date +%N)"
    file = {"yaml": "contacts.yaml", "csv": "contacts.csv", "dir": f"contacts/{who}.yaml"}[form]
    change = {
        "yaml": f"/^- id: {who}$/,/^$/ s/^  name: .*/  name: {name}/",
        "csv": f"s/^{who},[^,]*,/{who},{name},/",
        "dir": f"s/^name: .*/name: {name}/",
    }[form]
    return f'sed -i "{change}" {shlex.quote(str(place.folder / file))}'
