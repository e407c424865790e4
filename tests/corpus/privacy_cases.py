"""People who want to know, to be forgotten or to be left alone, and what could go wrong there."""

from __future__ import annotations

from tests.corpus.case import Case
from tests.corpus.sound import CONTACTS, JOURNAL

_ADA_CALLED = (
    '{"id": "1kj5c0wn5rb9q2xs", "op": "c5xddw", "at": "2026-11-13T16:30:00+00:00", "kind": '
    '"touched", "contact": "ada", "on": "2026-11-13", "by": "marta", "note": "likes engines"}\n'
)
_BOB_MENTIONS = (
    '{"id": "1kj6c0wn5rb9q2xs", "op": "c6xddw", "at": "2026-11-14T16:30:00+00:00", "kind": '
    '"noted", "contact": "bob", "on": "2026-11-14", "by": "marta", "note": "asked for 7946-0001"}\n'
)
#: Knows ada@example.com and +44 20 7946 0001.
_SUPPRESSED = """\
# Addresses of people who asked to be forgotten.
key pbkdf2-sha256 250 000102030405060708090a0b0c0d0e0f
bbb2d8e1a8495430865f6e4fa39cc8b3
73442ea360bef4d0a80d5484d4574cd1
"""
_ALL = frozenset(
    {"contacts.yaml", "contacts.csv", "contacts/ada.yaml", "journal.jsonl", "suppressed.txt"}
)
_WITHOUT_ADA = CONTACTS[CONTACTS.index("- id: bob") :]

CASES: tuple[Case, ...] = (
    Case(
        "P1a",
        "forget a contact",
        0,
        files={"journal.jsonl": JOURNAL + _ADA_CALLED + _BOB_MENTIONS},
        command=("forget", "ada", "--yes"),
        says=("forgotten: ada is ~", "journal.jsonl:4: bob note: asked for 7946-0001", "backups"),
        changes=_ALL,
    ),
    Case(
        "P1b",
        "forget a row of a CSV file",
        0,
        form="csv",
        command=("forget", "ada", "--yes"),
        says=("forgotten: ada is ~",),
        changes=_ALL,
    ),
    Case(
        "P1c",
        "forget a file of a folder",
        0,
        form="dir",
        command=("forget", "ada", "--yes"),
        says=("forgotten: ada is ~",),
        changes=_ALL,
    ),
    Case(
        "P1d",
        "forget where nobody can be asked",
        7,
        command=("forget", "ada"),
        says=("This cannot be undone.", "say --yes"),
    ),
    Case(
        "P1e",
        "forget as a dry run",
        0,
        command=("forget", "ada", "-n"),
        says=("contacts.yaml: the contact goes", "nothing was changed"),
    ),
    Case(
        "P1f",
        "forget with a reason that names the person",
        2,
        command=("forget", "ada", "--yes", "--reason", "Ada Lovelace wrote"),
        says=("the reason tells who it was",),
    ),
    Case("P1g", "forget nobody", 1, command=("forget", "nobody", "--yes"), says=("no contact",)),
    Case(
        "P1h",
        "forget somebody taken out by hand",
        0,
        files={"contacts.yaml": _WITHOUT_ADA, "journal.jsonl": JOURNAL + _ADA_CALLED},
        command=("forget", "ada", "--yes"),
        says=("forgotten: ada is ~",),
        changes=_ALL,
    ),
    Case(
        "P2a",
        "forget over a broken line of the journal about the person",
        3,
        files={"journal.jsonl": '{"contact": "ada", broken\n' + JOURNAL},
        command=("forget", "ada", "--yes"),
        where="journal.jsonl:1",
        says=("mend or remove it by hand",),
    ),
    Case(
        "P2b",
        "forget over a torn end of the journal",
        0,
        files={"journal.jsonl": JOURNAL + _ADA_CALLED[:-30]},
        command=("forget", "ada", "--yes"),
        says=("forgotten: ada is ~",),
        changes=_ALL,
    ),
    Case(
        "P2c",
        "forget a contact whose id stands twice",
        3,
        files={"contacts.yaml": CONTACTS + "- id: ada\n  name: Another\n  status: New\n"},
        command=("forget", "ada", "--yes"),
        where="contacts.yaml:15:7",
        says=('the id "ada" is used twice',),
    ),
    Case(
        "P3a",
        "export a person",
        0,
        files={"journal.jsonl": JOURNAL + _ADA_CALLED},
        command=("export-person", "ada", "-f", "json"),
        says=("likes engines", "contacts.yaml:5:10", "journal.jsonl:3"),
    ),
    Case(
        "P3b",
        "export a person into one table",
        2,
        command=("export-person", "ada", "-f", "csv"),
        says=("no room for all of a person", "-f json"),
    ),
    Case(
        "P4a",
        "contact somebody again without a word",
        2,
        files={"contacts.yaml": CONTACTS + "  do_not_contact: yes\n"},
        command=("set", "cleo", "dnc=no"),
        says=("to contact cleo again needs a note",),
    ),
    Case(
        "P4b",
        "an import that lets somebody be contacted again",
        0,
        files={"contacts.yaml": CONTACTS + "  do_not_contact: yes\n"},
        command=("import", "-", "--key", "id", "-n"),
        stdin=b"id,name,do_not_contact\ncleo,Cleo Marsh,no\n",
        says=("do_not_contact stays yes",),
    ),
    Case(
        "P4c",
        "an import of forgotten people only",
        7,
        files={"contacts.yaml": _WITHOUT_ADA, "suppressed.txt": _SUPPRESSED},
        command=("import", "-"),
        stdin=b"Name,Email\nAda,ADA@example.com\n",
        says=("asked to be forgotten; nothing was imported", "--allow-suppressed"),
    ),
    Case(
        "P4d",
        "an import with forgotten people among others",
        0,
        files={"contacts.yaml": _WITHOUT_ADA, "suppressed.txt": _SUPPRESSED},
        command=("import", "-"),
        stdin=b"Name,Phone\nAda,0044 20 79460001\nDora,+1 604 555 0101\n",
        says=("2 rows: 1 new, 1 suppressed", "left out"),
        changes=_ALL,
    ),
    Case(
        "P4e",
        "to add somebody forgotten",
        7,
        files={"contacts.yaml": _WITHOUT_ADA, "suppressed.txt": _SUPPRESSED},
        command=("add", "Ada", "--phone", "+44 (20) 7946 0001"),
        says=("is of somebody who asked to be forgotten", "--allow-suppressed -m WHY"),
    ),
    Case(
        "P4f",
        "a suppression list with marks of a merge",
        3,
        files={"suppressed.txt": "<<<<<<< ours\n" + _SUPPRESSED},
        command=("import", "-"),
        stdin=b"Name,Email\nDora,dora@example.com\n",
        where="suppressed.txt:1",
        says=("keep the lines of both sides",),
    ),
    Case(
        "P4g",
        "a suppression list without its key",
        3,
        files={"suppressed.txt": "0" * 32 + "\n"},
        command=("add", "Dora", "--email", "dora@example.com"),
        where="suppressed.txt:1",
        says=("nobody can be recognised",),
    ),
    Case(
        "P5",
        "whose consent is not known",
        0,
        files={"contacts.yaml": CONTACTS + "  consent: by mail on 2026-03-01\n"},
        command=("list", "no:consent", "-f", "ids"),
        says=("ada\nbob\n",),
        says_not=("cleo",),
    ),
    Case(
        "P6",
        "who has not been touched for long",
        0,
        environment={"LEADCTL_TODAY": "2029-01-01"},
        command=("list", "touched:..-24m", "-f", "ids"),
        says=("cleo",),
        says_not=("bob",),
    ),
)
