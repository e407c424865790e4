"""Books of made-up contacts, written straight into the files: `python -m bench.books DIR`."""

from __future__ import annotations

import argparse
import csv
import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from pathlib import Path

from bench.people import END, Person, people
from leadctl.stamps import ALPHABET
from leadctl.store.creation import create_book
from leadctl.store.disk import Disk
from leadctl.store.manifest import Manifest, write_manifest

FORMS = ("yaml", "csv", "dir")
COLUMNS = (
    *("id", "name", "status", "company", "email", "phone"),
    *("source", "owner", "tags", "created", "note"),
)
_WRITER = "marta"
_JSON = json.JSONEncoder(ensure_ascii=False)
#: Every second of a day as leadctl writes it.
_CLOCK = tuple(
    f"T{hour:02}:{minute:02}:{second:02}+00:00"
    for hour in range(24)
    for minute in range(60)
    for second in range(60)
)
_PAIRS = tuple(one + two for one in ALPHABET for two in ALPHABET)


def write_book(root: Path, contacts: Iterable[Person], form: str) -> None:
    """Make a book of *contacts* in the folder *root*, as sound as if leadctl had written it.

    Takes some ten seconds for 100,000 contacts; their journal is in memory meanwhile.
    """
    book = create_book(root, preset="classic", format_name=form)
    everybody = tuple(contacts)
    if form == "yaml":
        _write(root / "contacts.yaml", map(_yaml_item, everybody))
    elif form == "csv":
        _write(root / "contacts.csv", csv_lines(everybody))
    else:
        for person in everybody:
            _write(root / "contacts" / f"{person.id}.yaml", [_yaml_text(person, "")])
    _write(book.follow_ups.path, _planned(everybody, form))
    _write(book.journal_path, _journal(everybody))
    size = book.journal_path.stat().st_size
    write_manifest(Disk(), book.state, Manifest(len(everybody), "", size))


def csv_lines(contacts: Iterable[Person]) -> Iterator[str]:
    """A table of *contacts* with a header, as `contacts.csv` holds it."""
    yield ",".join(COLUMNS) + "\n"
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for person in contacts:
        writer.writerow(
            "; ".join(value) if isinstance(value, tuple) else value
            for value in (getattr(person, name) for name in COLUMNS)
        )
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def _yaml_item(person: Person) -> str:
    return "- " + _yaml_text(person, "  ")[2:] + "\n"


def _yaml_text(person: Person, indent: str) -> str:
    values = {name: getattr(person, name) for name in COLUMNS}
    if person.tags:
        values["tags"] = f"[{', '.join(person.tags)}]"
    # No value that is made up needs quotes in YAML.
    return "".join(f"{indent}{name}: {value}\n" for name, value in values.items() if value)


def _planned(contacts: Iterable[Person], form: str) -> Iterator[str]:
    """A follow-up for every second contact, from ten days ago to half a year from now."""
    if form == "csv":
        yield "id,contact,due,what\n"
    for person in contacts:
        if person.number % 2:
            continue
        id_ = f"t{person.number}"
        due = _day(END // 86_400 - 10 + person.number * 37 % 190)
        if form == "csv":
            yield f"{id_},{person.id},{due},call again\n"
        else:
            yield f"- id: {id_}\n  contact: {person.id}\n  due: {due}\n  what: call again\n"


def _journal(contacts: Iterable[Person]) -> Iterator[str]:
    """The lines of the journal, in the order in which the events happened."""
    lines = [line for person in contacts for line in _lines(person)]
    lines.sort()
    return (text for _, _, text in lines)


def _lines(person: Person) -> Iterator[tuple[int, int, str]]:
    """Time in seconds, number of the event, and line; the first two say the order."""
    first = person.number * 5
    yield person.added, first, _added(person, first)
    for number, each in enumerate(person.happenings, start=first + 1):
        kind = "status" if each.statuses else "touched"
        text = _head(kind, person.id, each.moment, number)
        if each.note:
            text += f', "note": "{each.note}"'
        if each.statuses:
            old, new = each.statuses
            text += f', "changes": {{"status": ["{old}", "{new}"]}}'
        else:
            text += f', "via": "{each.via}", "outcome": "{each.outcome}"'
        yield each.moment, number, text + "}\n"


def _added(person: Person, number: int) -> str:
    values = {name: getattr(person, name) for name in COLUMNS}
    values["status"] = person.first_status
    shown = {
        name: ("", [value] if name in {"email", "phone"} else value)
        for name, value in values.items()
        if value
    }
    changes = _JSON.encode(shown)
    return f'{_head("added", person.id, person.added, number)}, "changes": {changes}}}\n'


def _head(kind: str, id_: str, moment: int, number: int) -> str:
    """An event up to who did it; its id is the time and its number, so that it sorts by both."""
    day = _day(moment // 86_400)
    # 35 bits behind the milliseconds, as leadctl.stamps has it.
    event = _base32((moment * 1000 << 35) + number, pairs=8)
    op = _base32((number * 1_000_003 + 7) % 2**30, pairs=3)
    return (
        f'{{"id": "{event}", "op": "{op}", "at": "{day}{_CLOCK[moment % 86_400]}", '
        f'"kind": "{kind}", "contact": "{id_}", "on": "{day}", "by": "{_WRITER}"'
    )


@cache
def _day(number: int) -> str:
    """The day that begins *number* days after the first of 1970."""
    return datetime.fromtimestamp(number * 86_400, UTC).date().isoformat()


def _base32(number: int, *, pairs: int) -> str:
    """As leadctl.stamps.encode, but two letters at a time: this is most of the work."""
    return "".join([_PAIRS[number >> shift & 1023] for shift in range(10 * pairs - 10, -1, -10)])


def _write(path: Path, texts: Iterable[str]) -> None:
    """Write *path* for its owner only, as leadctl does."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.writelines(texts)


def main(words: Sequence[str]) -> int:
    """Make the book that *words* ask for."""
    gc.disable()  # nothing is thrown away before the end, and looking for it takes a third
    parser = argparse.ArgumentParser(prog="python -m bench.books", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the book is made; not there yet, or empty")
    parser.add_argument("--size", type=int, default=1_000, help="how many contacts")
    parser.add_argument("--form", choices=FORMS, default="yaml", help="how it keeps its contacts")
    parser.add_argument("--seed", type=int, default=1, help="another one, other contacts")
    options = parser.parse_args(words)
    options.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_book(options.folder, people(options.size, seed=options.seed), options.form)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
