"""After `forget` no text of the person is found anywhere, in whatever form files write it.

FORGOTTEN_BOOKS=1000 tries a thousand generated books instead of twenty.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from leadctl.store.creation import preset_text
from tests.commands import Run

BOOKS = int(os.environ.get("FORGOTTEN_BOOKS", "20"))
LETTERS = "abcdefghijklmnopqrstuvwxyzéßøžåñЖд王"
#: What YAML, CSV, JSON or a pattern may take for something else.
SPICE = ("'", '"', "\\", ": ", " #", ",", "\n", "{", "*", "\t", "\u00a0", "🙂", "  ")
FIELDS = ("company", "title", "address", "note", "own_field", "property")
Fields = dict[str, str]


class Author:
    """Makes up people and what is known about them; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def word(self) -> str:
        size = self.chance.randint(5, 9)
        return "".join(self.chance.choice(LETTERS) for _ in range(size)).title()

    def text(self) -> str:
        words = [self.word() for _ in range(self.chance.randint(1, 4))]
        return self.chance.choice((" ", *SPICE)).join(words)

    def phone(self) -> str:
        number = "".join(self.chance.choice("123456789") for _ in range(10))
        forms = ("+1 {} {} {}", "001({}){}-{}", "+1{}{}{}", "1.{}.{}.{}")
        return self.chance.choice(forms).format(number[:3], number[3:6], number[6:])

    def person(self, id_: str) -> Fields:
        fields = {
            "id": id_,
            "name": f"{self.word()} {self.word()}",
            "status": "New",
            "email": f"{self.word().lower()}@{id_}.example",
            "phone": self.phone(),
            "source": "Referral",
        }
        chosen = self.chance.sample(FIELDS, self.chance.randint(0, len(FIELDS)))
        return {**fields, **{name: self.text() for name in chosen}}

    def json(self, data: object) -> str:
        """*data* as JSON, its letters as they are or all of them escaped."""
        return json.dumps(data, ensure_ascii=self.chance.random() < 0.5)

    def yaml(self, text: str) -> str:
        """*text* as a YAML string, which JSON is but for a character in two halves."""
        return json.dumps(text, ensure_ascii="🙂" not in text and self.chance.random() < 0.5)

    def event(self, number: int, who: Fields, others: list[Fields]) -> dict[str, object]:
        event: dict[str, object] = {
            "id": f"1m7gz05m{number:08}",
            "op": f"op{number:04}",
            "at": "2026-11-15T17:19:30-08:00",
            "contact": who["id"],
            "on": "2026-11-15",
            "by": "marta",
        }
        kind = self.chance.choice(("added", "edited", "touched"))
        if kind == "touched":
            return {**event, "kind": kind, "note": self.note(others), "ref": self.word()}
        old = {name: self.text() for name in who} if kind == "edited" else dict.fromkeys(who, "")
        changes = {name: [old[name], text] for name, text in who.items() if name != "id"}
        changes["status"] = ["New", "New"]
        if kind == "edited":
            changes["phone"] = [self.phone(), who["phone"]]
        return {**event, "kind": kind, "changes": changes}

    def note(self, others: list[Fields]) -> str:
        """Something about somebody; at times it mentions one of the *others*."""
        if not others or self.chance.random() < 0.7:
            return self.text()
        other = self.chance.choice(others)
        number = re.sub(r"\D", "", other["phone"])
        said = self.chance.choice(
            (other["name"].upper(), other["email"], f"({number[1:4]}) {number[4:]}")
        )
        return f"{self.word()} {said}, {self.word()}"


def lay(root: Path, author: Author, people: list[Fields]) -> list[dict[str, object]]:
    """Write a book of *people*, and what may have been left beside it; its events."""
    form = author.chance.choice(("yaml", "csv", "dir"))
    (root / "stages.yaml").write_bytes(preset_text("classic"))
    for name, text in dict(contact_files(form, author, people)).items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="")
    events = [
        author.event(number, author.chance.choice(people), people[1:])
        for number in range(author.chance.randint(0, 12))
    ]
    lines = [author.json(event) for event in events]
    if author.chance.random() < 0.3:
        lines.append(
            author.json({"id": "1", "op": "2", "contact": "target", "note": people[0]})[:-9]
        )
    elif lines:
        lines.append("")
    (root / "journal.jsonl").write_text("\n".join(lines), encoding="utf-8", newline="")
    state = root / ".leadctl"
    (state / "quarantine").mkdir(parents=True)
    (state / "undo").mkdir()
    for place in ("quarantine/journal-7.txt", "undo/op0001", "quarantine/contacts.yaml"):
        (state / place).write_text(
            author.json([author.chance.choice(people)])[:-3], encoding="utf-8"
        )
    left = root / ".journal.jsonl.leadctl-99999-0123abcd.tmp"
    left.write_text(author.json(people), encoding="utf-8")
    return events


def contact_files(form: str, author: Author, people: list[Fields]) -> Iterator[tuple[str, str]]:
    mappings = [
        [f"{name}: {author.yaml(text)}" for name, text in fields.items()] for fields in people
    ]
    if form == "yaml":
        yield "contacts.yaml", "".join("- " + "\n  ".join(lines) + "\n" for lines in mappings)
    elif form == "dir":
        for fields, lines in zip(people, mappings, strict=True):
            yield f"contacts/{fields['id']}.yaml", "\n".join(lines) + "\n"
    else:
        names = list(dict.fromkeys(name for fields in people for name in fields))
        out = io.StringIO()
        table = csv.DictWriter(out, names, quoting=csv.QUOTE_ALL, lineterminator="\n")
        table.writeheader()
        table.writerows(people)
        yield "contacts.csv", out.getvalue()


def texts(data: object) -> Iterator[str]:
    """Every text in *data*, at any depth, without the names of fields."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts(value)


def secrets_of(person: Fields, events: list[dict[str, object]]) -> set[str]:
    """Every text of 4 characters or more that only *person* has, with its single words."""
    own = [event for event in events if event["contact"] == person["id"]]
    found = [*texts(person), *(text for event in own for text in texts(
        [event.get("note", ""), event.get("ref", ""), event.get("changes", {})]
    ))]  # fmt: skip
    words = {word for text in found for word in re.split(r"[\W_]+", text)}
    # A few digits are found in any hash; whole phone numbers are looked for as such.
    telling = {text for text in {*found, *words} if len(text) >= 4 and not text.isdigit()}
    return telling - {"Referral"}


def spellings(secret: str) -> Iterator[bytes]:
    """How a file may write *secret*."""
    for text in (secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]):
        yield text.encode()
        yield text.replace('"', '""').encode()


def places_with(secrets: set[str], content: bytes) -> set[int]:
    """The lines of *content* that hold one of *secrets*, also as the digits of a phone number."""
    digits = {
        re.sub(r"\D", "", each).removeprefix("00")[-10:] for each in secrets if is_phone(each)
    }
    found = set()
    for number, line in enumerate(content.split(b"\n"), start=1):
        bare = re.sub(rb"(?<=\d)[\s().+/-]{0,3}(?=\d)", b"", line).decode("utf-8", "replace")
        if any(each in line for secret in secrets for each in spellings(secret)):
            found.add(number)
        if any(each in bare for each in digits):
            found.add(number)
    return found


def is_phone(text: str) -> bool:
    return re.fullmatch(r"[\d\s().+-]{10,}", text) is not None


@pytest.mark.parametrize("seed", range(BOOKS))
def test_nothing_of_a_forgotten_person_is_left(seed: int, tmp_path: Path, run: Run) -> None:
    author, root = Author(seed), tmp_path / "book"
    root.mkdir()
    people = [author.person(id_) for id_ in ("target", "second", "third")]
    for other in people[1:]:
        if author.chance.random() < 0.4:
            other["note"] = author.note(people[:1])
        if author.chance.random() < 0.3:
            other["company"] = people[0].get("company", "none")
    events = lay(root, author, people)
    shared = {text for fields in people[1:] for text in texts(fields)}
    secrets = {
        each for each in secrets_of(people[0], events) - shared
        if not any(each in text for event in events if event["contact"] != "target"
                   for text in texts(event))
        and not any(each in text for text in shared)
    }  # fmt: skip
    run("list", "--book", root)

    done = run("forget", "target", "--yes", "--json", "--book", root)

    assert done.code == 0, done.err
    named = {(each["path"], each["line"]) for each in json.loads(done.out)["mentions"]}
    left = {
        (str(path.relative_to(root)), line)
        for path in root.rglob("*")
        if path.is_file()
        for line in places_with(secrets, path.read_bytes())
    }
    assert left <= named
    assert [path for path in tmp_path.rglob("*") if "target" in path.name] == []
    assert list((tmp_path / "private").rglob("*.sqlite*")) == []
    assert {path.parent for path in (tmp_path / "private").rglob("*") if path.is_file()} == set()
