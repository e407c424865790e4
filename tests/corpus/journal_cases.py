"""Journals that were torn, broken, doubled, put in the wrong order or taken away."""

from __future__ import annotations

import os
from pathlib import Path

from tests.corpus.case import Case
from tests.corpus.sound import JOURNAL

FIRST, LAST = JOURNAL.split("\n")[:2]
#: What a command that writes leaves of a torn line.
_REPAIRED = frozenset({"journal.jsonl", "contacts.yaml"})
TOUCH = ("touch", "cleo", "-m", "called")
BROKEN = "mend or remove this line by hand"


def _journal(row: str, title: str, text: str | bytes, code: int, **more: object) -> Case:
    """A case of the journal of the sound book."""
    return Case(row, title, code, {"journal.jsonl": text}, **more)  # type: ignore[arg-type]


def _line(line: str, title: str, row: str, says: str, **more: object) -> Case:
    """A case of one broken *line* between two that are sound."""
    given: dict[str, object] = {"where": "journal.jsonl:2", **more}
    text = f"{FIRST}\n{line}\n{LAST}\n"
    return _journal(row, title, text, 1, says=(says, BROKEN), **given)


def _event(**changed: object) -> str:
    """The last event of the sound journal with some of its texts *changed*."""
    import json

    return json.dumps({**json.loads(LAST), "id": "1m8000000bfxr71n", **changed})


def _without_journal(root: Path) -> None:
    (root / "journal.jsonl").unlink()


def _folder_as_journal(root: Path) -> None:
    (root / "journal.jsonl").unlink()
    (root / "journal.jsonl").mkdir()


def _pipe_as_journal(root: Path) -> None:
    (root / "journal.jsonl").unlink()
    os.mkfifo(root / "journal.jsonl")


def _endless_journal(root: Path) -> None:
    (root / "journal.jsonl").unlink()
    (root / "journal.jsonl").symlink_to("/dev/zero")


CASES: tuple[Case, ...] = (
    _journal(
        "J1a",
        "the last line was cut off",
        f"{FIRST}\n{LAST[:60]}",
        0,
        where="journal.jsonl:2",
        says=("the last line was cut off while it was written", ".leadctl/quarantine"),
    ),
    _journal(
        "J1b",
        "a change after the last line was cut off",
        f"{FIRST}\n{LAST[:60]}",
        0,
        command=TOUCH,
        changes=_REPAIRED,
        says=("cleo",),
    ),
    _journal(
        "J1c",
        "reading past a last line that was cut off",
        f"{FIRST}\n{LAST[:60]}",
        0,
        command=("history", "bob"),
        says=("Engage",),
    ),
    _journal("J2a", "the last line has no end", f"{FIRST}\n{LAST}", 0, says_not=("journal",)),
    _journal(
        "J2b",
        "a change after a last line without an end",
        f"{FIRST}\n{LAST}",
        0,
        command=TOUCH,
        changes=_REPAIRED,
        says=("cleo",),
    ),
    _journal(
        "J3a",
        "zeros at the end after a loss of power",
        f"{JOURNAL}{chr(0) * 300}",
        0,
        where="journal.jsonl:3",
        says=("the last line was cut off",),
    ),
    _journal(
        "J3b",
        "a change after zeros at the end",
        f"{JOURNAL}{chr(0) * 300}",
        0,
        command=TOUCH,
        changes=_REPAIRED,
        says=("cleo",),
    ),
    _line("not json", "a broken line in the middle", "J4a", "this is not a line of JSON"),
    _journal(
        "J4b",
        "a broken line in the middle stops no change",
        f"{FIRST}\nnot json\n{LAST}\n",
        0,
        command=TOUCH,
        changes=_REPAIRED,
        says=("cleo",),
    ),
    _journal(
        "J4c",
        "a broken line in the middle hides no other",
        f"{FIRST}\nnot json\n{LAST}\n",
        0,
        command=("history", "cleo"),
        where="journal.jsonl:2",
        says=("call",),
    ),
    _line(
        _event(note="x" * 16_000_000),
        "a line of more than 16 million bytes",
        "J5",
        "longer than 16 MB",
    ),
    _journal(
        "J6a",
        "one event twice",
        f"{JOURNAL}{LAST}\n",
        0,
        where="journal.jsonl:3",
        says=("warning",),
    ),
    _journal(
        "J6b",
        "one event twice counts once",
        f"{JOURNAL}{LAST}\n",
        0,
        command=("list", "id:cleo", "--columns", "touches", "--format", "csv"),
        says=("1\n",),
        says_not=("2\n",),
    ),
    _journal("J7a", "lines in another order", f"{LAST}\n{FIRST}\n", 0, says_not=("error",)),
    _journal(
        "J7b",
        "an event that lies in the future",
        f"{FIRST}\n{_event(on='2027-01-01')}\n",
        0,
        where="journal.jsonl:2",
        says=("future", "2027-01-01"),
    ),
    _line(
        _event(at="2026-11-12T16:30:00+25:00"),
        "a time zone that is none",
        "J7c",
        '"2026-11-12T16:30:00+25:00" is no date',
    ),
    _journal(
        "J7d",
        "the hour that comes twice in autumn",
        f"{FIRST}\n{_event(on='2026-10-25T02:30:00+01:00')}\n",
        0,
        says_not=("error",),
    ),
    _journal(
        "J8",
        "an event of nobody who is in the book",
        f"{JOURNAL}{_event(contact='zoe')}\n",
        1,
        where="journal.jsonl:3",
        says=("zoe", "there is no such contact"),
    ),
    Case(
        "J9",
        "the file fell back behind the journal",
        0,
        {
            "journal.jsonl": FIRST.replace('"New", "Engage"', '"Engage", "Active"') + "\n",
        },
        where="contacts.yaml:6:3",
        says=("bob", "Active", "Engage"),
    ),
    Case(
        "J10a",
        "the journal is missing",
        1,
        prepare=_without_journal,
        where="journal.jsonl",
        says=("the journal is missing", "put it back from a copy"),
    ),
    Case(
        "J10b",
        "a folder in the place of the journal",
        6,
        command=TOUCH,
        prepare=_folder_as_journal,
        says=("journal.jsonl", "it is a folder and not a file"),
    ),
    Case(
        "J10c",
        "a pipe in the place of the journal",
        6,
        command=("list",),
        prepare=_pipe_as_journal,
        says=("it is a pipe or device", "put a file in its place"),
    ),
    Case(
        "J10d",
        "an endless journal",
        6,
        command=("list",),
        prepare=_endless_journal,
        says=("it is a pipe or device",),
    ),
    _journal(
        "J11",
        "somebody edited an old line",
        JOURNAL.replace('"by": "marta"', '"by": "martha", "note": "added by hand"'),
        0,
        command=("history", "bob"),
        says=("martha",),
    ),
    _line('{"id": "x", ', "a line that ends in the middle", "J12", "not a line of JSON"),
    _line("[1, 2]", "a list in the place of an event", "J13", "between { and }"),
    _line("null", "nothing in the place of an event", "J14", "between { and }"),
    _line(_event(contact=""), "an event without a contact", "J15", '"contact" is missing'),
    _line(_event(kind=7), "a number in the place of a text", "J16", '"kind" is missing or is no'),
    _line(_event(on="12.11.2026"), "a date in another notation", "J17", "12.11.2026"),
    _line(_event(on="2026-02-30"), "a day that does not exist", "J18", "February 2026 has 28 days"),
    _line(_event(changes=[]), "changes that are a list", "J19", '"changes" does not say'),
    _line(
        _event(changes={"status": ["New"]}),
        "a change without a new value",
        "J20",
        '"changes" does not say field, old and new',
    ),
    _line(
        _event(changes={"status": ["New", 7]}),
        "a change to a number",
        "J21",
        "neither text nor a list of texts",
    ),
    _line(
        _event(note="@").replace("@", "\\ud83d"),
        "half a character",
        "J22",
        "half a character",
    ),
    _line("[" * 100_000, "brackets a hundred thousand deep", "J23", "not a line of JSON"),
    _line('{"a":' * 50_000, "braces fifty thousand deep", "J24", "not a line of JSON"),
    _line("9" * 5_000, "a number of five thousand digits", "J25", "between { and }"),
    _journal(
        "J26",
        "bytes that are no UTF-8",
        f"{FIRST}\n".encode() + b'{"id": "\xff\xfe"}\n' + f"{LAST}\n".encode(),
        1,
        where="journal.jsonl:2",
        says=("not a line of JSON", BROKEN),
    ),
    _journal(
        "J27",
        "a byte order mark in front",
        f"\ufeff{JOURNAL}",
        0,
        says_not=("error",),
    ),
    _journal(
        "J28",
        "UTF-16",
        JOURNAL.encode("utf-16"),
        1,
        where="journal.jsonl:1",
        says=("journal.jsonl",),
    ),
    _journal(
        "J29",
        "lines that end as on Windows",
        JOURNAL.replace("\n", "\r\n"),
        0,
        says_not=("error",),
    ),
    _journal("J30", "empty lines in between", JOURNAL.replace("\n", "\n\n \n"), 0),
    _journal(
        "J31",
        "marks of a failed merge",
        f"<<<<<<< HEAD\n{FIRST}\n=======\n{LAST}\n>>>>>>> theirs\n",
        1,
        where="journal.jsonl:1:1",
        says=("merge",),
    ),
    _line(
        _event(id=""),
        "an event without an id",
        "J32",
        '"id" is missing or is no text',
    ),
    _line('{"id": "a", "id": NaN}', "a number that is none", "J33", "is missing or is no text"),
    _journal(
        "J34",
        "an escape sequence in a note",
        f"{FIRST}\n{_event(note='x' + chr(27) + ']52;c;eA==' + chr(7))}\n",
        0,
        command=("history", "cleo"),
        says_not=("\x1b", "\x07"),
    ),
    _journal(
        "J35",
        "a field that no leadctl knows",
        f"{FIRST}\n{_event(mood='good')}\n",
        0,
        says_not=("error",),
    ),
    _journal(
        "J36",
        "a kind that no leadctl knows",
        f"{FIRST}\n{_event(kind='sang')}\n",
        0,
        command=("history", "cleo"),
        says=("sang",),
    ),
    _journal("J37", "an empty journal", "", 0, command=("list",), says=("Ada Lovelace",)),
    _journal(
        "J38",
        "a year before any calendar",
        f"{FIRST}\n{_event(on='0000-01-01')}\n{LAST}\n",
        1,
        where="journal.jsonl:2",
        says=("the year 0 is not between 1900 and 9998",),
    ),
)
