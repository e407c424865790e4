"""A contacts.csv that is CSV, but with columns and cells that make no contact."""

from __future__ import annotations

from tests.corpus.case import Case
from tests.corpus.csv_files import ADD, SET, TRIPLE, book

_WITHOUT_A_COLUMN = "no row can be read"

CASES: tuple[Case, ...] = (
    book(
        "C4a",
        "two columns of one name",
        f"id,name,status,name\n{TRIPLE.replace(chr(10), ',' + chr(10))}",
        1,
        where="contacts.csv:1:16",
        says=('column "name" occurs twice', "rename or remove"),
    ),
    book(
        "C4b",
        "a column without a name",
        "id,name,status,\nada,Ada,New,\nbob,Bob,Engage,\ncleo,Cleo,Active,\n",
        1,
        where="contacts.csv:1:16",
        says=("column without a name",),
    ),
    book(
        "C4c",
        "blanks around the name of a column",
        f"id, name,status\n{TRIPLE}",
        0,
        where="contacts.csv:1:4",
        says=('blanks around the column name "name"', "warning"),
    ),
    book(
        "C13a",
        "a phone number rounded by a spreadsheet",
        "id,name,status,phone\nada,Ada,New,4.42079E+11\nbob,Bob,Engage,\ncleo,Cleo,Active,\n",
        0,
        where="contacts.csv:2:13",
        says=("a spreadsheet has rounded", "with the column formatted as text"),
    ),
    book(
        "C14a",
        "one id for two rows",
        f"id,name,status\n{TRIPLE}ada,Ada Again,New\n",
        3,
        command=SET,
        where="contacts.csv:5:1",
        says=("ada", "contacts.csv:2"),
    ),
    book("C17a", "a header only", "id,name,status\n", 1, says=("bob",)),
    book(
        "C20",
        "no column for the id",
        "name,status\nAda,New\nBob,Engage\n",
        3,
        command=ADD,
        where="contacts.csv:1:1",
        says=('no column "id"', _WITHOUT_A_COLUMN),
    ),
    book(
        "C21",
        "no column for the name",
        "id,status\nada,New\nbob,Engage\n",
        1,
        where="contacts.csv:1:1",
        says=('no column "name"', _WITHOUT_A_COLUMN, "leadctl import"),
    ),
    book(
        "C22",
        "no header at all",
        TRIPLE,
        1,
        where="contacts.csv:1:1",
        says=('no column "id" and "name"', "in the first line"),
    ),
    book(
        "C23",
        "an id that is none",
        "id,name,status\n../etc/passwd,Ada,New\nbob,Bob,Engage\ncleo,Cleo,Active\n",
        1,
        where="contacts.csv:2:1",
        says=('"../etc/passwd" cannot be an id', "a-z, 0-9 and -"),
    ),
    book(
        "C24",
        "a row without an id",
        "id,name,status\n,Ada,New\nbob,Bob,Engage\ncleo,Cleo,Active\n",
        1,
        where="contacts.csv:2",
        says=("this contact has no id",),
    ),
    book(
        "C25",
        "a status that is none",
        "id,name,status\nada,Ada,Nwe\nbob,Bob,Engage\ncleo,Cleo,Active\n",
        1,
        where="contacts.csv:2:9",
        says=('no status named "Nwe"', 'did you mean "New"?'),
    ),
    book(
        "C26",
        "a day that does not exist",
        "id,name,status,created\nada,Ada,New,2026-02-30\nbob,Bob,Engage,\ncleo,Cleo,Active,\n",
        1,
        where="contacts.csv:2:13",
        says=("February 2026 has 28 days",),
    ),
    book(
        "C27",
        "a date that may be two",
        "id,name,status,created\nada,Ada,New,01/02/2026\nbob,Bob,Engage,\ncleo,Cleo,Active,\n",
        1,
        where="contacts.csv:2:13",
        says=("ambiguous date", "2026-02-01 or 2026-01-02"),
    ),
    book("C30", "an empty file that had contacts", "", 1, says=("bob", "cleo")),
    Case(
        "C18b",
        "a formula gets an apostrophe on its way out",
        0,
        {"contacts.csv": "id,name,status\nada,=1+1,New\nbob,Bob,Engage\ncleo,Cleo,Active\n"},
        ("list", "--format", "csv"),
        says=("'=1+1",),
        form="csv",
    ),
)
