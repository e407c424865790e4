"""The same made-up contacts in the files of other programs, written straight as text."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from bench.books import COLUMNS, csv_lines
from bench.people import Person

#: The statuses of the book as stages of hermitcrm; `lost` would ask for a reason each time.
HERMIT_STAGES = {
    "New": "prospect",
    "Engage": "engaged",
    "Future": "offer",
    "Active": "discovery",
    "Closed": "won",
    "Inactive": "disqualified",
    "Non Client": "disqualified",
}


def write_csv(path: Path, contacts: Iterable[Person]) -> None:
    """One plain table with a header."""
    _write(path, csv_lines(contacts))


def write_recfile(path: Path, contacts: Iterable[Person]) -> None:
    """One file for recutils: a block of `Field: value` lines for each contact."""
    _write(path, _rec_blocks(contacts))


def write_tasks(path: Path, contacts: Iterable[Person]) -> None:
    """A file for `task import`: contacts as pending tasks, the status in a field `crm`."""
    with path.open("w", encoding="utf-8") as file:
        file.write("[\n")
        for person in contacts:
            file.write(",\n" if person.number else "")
            file.write(json.dumps(_task(person), ensure_ascii=False))
        file.write("\n]\n")


def write_cards(folder: Path, contacts: Iterable[Person]) -> None:
    """A folder of vCards for khard, one a contact; status and owner are categories."""
    folder.mkdir(parents=True)
    for person in contacts:
        _write(folder / f"{person.id}.vcf", _card(person))


def write_hermit_table(path: Path, contacts: Iterable[Person]) -> None:
    """A table for `hermitcrm import`: each contact a company; status and owner are tags."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "tags", "source", "notes"))
        for person in contacts:
            tags = f"{HERMIT_STAGES[person.status]},{person.owner}"
            source = "referral" if person.source == "Referral" else "list"
            writer.writerow((person.name, tags, source, person.note))


def task_id(number: int) -> str:
    """The UUID of the contact with this number as a task."""
    return str(UUID(int=number + 1, version=4))


def _rec_blocks(contacts: Iterable[Person]) -> Iterator[str]:
    # No %key: each change would hold every record against every other.
    yield "%rec: Contact\n%mandatory: name status\n\n"
    for person in contacts:
        values = ((name, getattr(person, name)) for name in COLUMNS)
        lines = [
            f"{name}: {each}\n"
            for name, value in values
            for each in ((value,) if isinstance(value, str) else value)
            if each
        ]
        yield "".join(lines) + "\n"


def _task(person: Person) -> dict[str, str | Sequence[str]]:
    entry = datetime.fromtimestamp(person.added, UTC).strftime("%Y%m%dT%H%M%SZ")
    task: dict[str, str | Sequence[str]] = {
        "uuid": task_id(person.number),
        "description": person.name,
        "status": "pending",
        "entry": entry,
        "project": person.owner,
        "crm": person.status,
        "source": person.source,
        "email": person.email,
        "phone": person.phone,
        "tags": [tag.replace("-", "") for tag in person.tags],
    }
    return {name: value for name, value in task.items() if value}


def _card(person: Person) -> Iterator[str]:
    first, last = person.name.split(" ", 1)
    yield "BEGIN:VCARD\r\nVERSION:3.0\r\n"
    yield f"UID:{person.id}\r\nFN:{person.name}\r\nN:{last};{first};;;\r\n"
    if person.email:
        yield f"EMAIL;TYPE=home:{person.email}\r\n"
    if person.phone:
        yield f"TEL;TYPE=cell:{person.phone}\r\n"
    if person.company:
        yield f"ORG:{person.company}\r\n"
    yield f"CATEGORIES:{','.join((person.status, person.owner, person.source, *person.tags))}\r\n"
    yield "END:VCARD\r\n"


def _write(path: Path, texts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(texts)
