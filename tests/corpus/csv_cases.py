"""Bad text in the contacts.csv of a book: quotes, rows, bytes, line ends and sizes."""

from __future__ import annotations

import os
from pathlib import Path

from tests.corpus.case import Case
from tests.corpus.csv_files import ADD, SET, TRIPLE, book

HEADER = "id,name,status,email,note\n"
ADA = "ada,Ada Lovelace,New,ada@example.com,\n"


def _pipe_as_contacts(root: Path) -> None:
    (root / "contacts.csv").unlink()
    os.mkfifo(root / "contacts.csv")


CASES: tuple[Case, ...] = (
    book(
        "C1a",
        "a quote that is never closed",
        'id,name,status\nada,"Ada,New\nbob,Bob,Engage\ncleo,Cleo,Active\n',
        3,
        command=SET,
        where="contacts.csv:2:5",
        says=("quote is opened and not closed", "close it", "nothing was written"),
    ),
    book(
        "C1c",
        "a quote that is never closed hides nobody else",
        'id,name,status\nada,"Ada,New\nbob,Bob,Engage\ncleo,Cleo,Active\n',
        0,
        command=("list",),
        where="contacts.csv:2:5",
        says=("Bob", "Cleo"),
    ),
    book(
        "C2a",
        "text after a closing quote",
        'id,name,status\nada,"Ada"x,New\nbob,Bob,Engage\ncleo,Cleo,Active\n',
        1,
        where="contacts.csv:2:10",
        says=("text after the closing quote", "a quote is written twice"),
    ),
    book(
        "C2b",
        "a stray quote within a cell",
        'id,name,status\nada,Ad"a,New\nbob,Bob,Engage\ncleo,Cleo,Active\n',
        1,
        where="contacts.csv:2:7",
        says=("put the whole cell in quotes",),
    ),
    book(
        "C2c",
        "quotes escaped by backslashes",
        'id,name,status\nada,"A \\"d\\" a",New\nbob,Bob,Engage\ncleo,Cleo,Active\n',
        1,
        where="contacts.csv:2:10",
        says=("a quote is written twice",),
    ),
    book(
        "C3a",
        "a row that is short",
        "id,name,status\nada,Ada\nbob,Bob,Engage\ncleo,Cleo,Active\n",
        1,
        where="contacts.csv:2:8",
        says=("row with 2 of 3 columns", "write a comma for each missing cell"),
    ),
    book(
        "C3b",
        "a row that is long",
        "id,name,status\nada,Ada, Countess,New\nbob,Bob,Engage\ncleo,Cleo,Active\n",
        1,
        where="contacts.csv:2:19",
        says=("row with 4 cells for 3 columns", "put a cell that holds a comma in quotes"),
    ),
    book("C5a", "a byte order mark", f"\ufeffid,name,status\n{TRIPLE}", 0, says_not=("mark",)),
    book(
        "C5b",
        "a byte order mark before a quoted header",
        f'\ufeff"id","name","status"\n{TRIPLE}',
        0,
        command=("show", "ada"),
        says=("Ada",),
    ),
    book(
        "C6a",
        "semicolons instead of commas",
        f"id;name;status\n{TRIPLE.replace(',', ';')}",
        1,
        where="contacts.csv:1:3",
        says=("the header has semicolons and no comma", "leadctl import"),
    ),
    book(
        "C7a",
        "cp1252 bytes",
        b"id,name,status\nada,Zo\xeb,New\nbob,Bob,Engage\ncleo,Cleo,Active\n",
        1,
        where="contacts.csv:2:7",
        says=("not UTF-8 (byte 0xEB); looks like cp1252", "iconv -f cp1252"),
    ),
    book(
        "C7b",
        "UTF-16",
        f"id,name,status\n{TRIPLE}".encode("utf-16"),
        1,
        where="contacts.csv:1:1",
        says=("looks like UTF-16", "iconv"),
    ),
    book(
        "C8a",
        "a NUL character in a cell",
        "id,name,status\nada,A\0da,New\nbob,Bob,Engage\ncleo,Cleo,Active\n",
        1,
        where="contacts.csv:2:6",
        says=("NUL character", "delete it"),
    ),
    book(
        "C9a",
        "a cell of more than a million characters",
        f"id,name,status\nada,{'x' * 1_048_577},New\nbob,Bob,Engage\ncleo,Cleo,Active\n",
        1,
        where="contacts.csv:2:5",
        says=("cell of 1,048,577 characters; the limit is 1,048,576", "a file of its own"),
    ),
    book(
        "C10a",
        "what looks like an end of a line stays in its cell",
        'id,name,status,note\nada,Ada,New,"a\r\nb\u2028c\x0bd\x85e"\nbob,Bob,Engage,\ncleo,Cleo,Active,\n',
        0,
        command=("list", "note:a", "--format", "json", "--columns", "id,note"),
        says=(r'"a\r\nb\u2028c\u000bd\u0085e"',),
    ),
    book(
        "C11a",
        "lone carriage returns as line ends",
        f"id,name,status\n{TRIPLE}".replace("\n", "\r"),
        0,
        command=("list",),
        says=("Ada", "Bob", "Cleo"),
    ),
    book(
        "C12a",
        "Ctrl-Z at the end",
        f"id,name,status\n{TRIPLE}\x1a",
        0,
        where="contacts.csv:5:1",
        says=("Ctrl-Z at the end of the file; it is passed over",),
    ),
    book(
        "C12b",
        "a line of blanks",
        f"id,name,status\n   \n\n{TRIPLE}",
        0,
        where="contacts.csv:2:1",
        says=("a line of blanks",),
    ),
    book(
        "C19",
        "marks of a failed merge",
        "id,name,status\n<<<<<<< HEAD\nada,Ada,New\n=======\nada,Ada,Lost\n>>>>>>> theirs\n",
        1,
        where="contacts.csv:2:1",
        says=("unresolved merge conflict, lines 2–6", "keep the lines that are right"),
    ),
    book(
        "C28",
        "three mistakes are told at once",
        'id,name,status\nada,Ada\nbob,B"ob,Engage\ncleo,"Cleo,Active\ndan,Dan,New\n',
        1,
        where="contacts.csv:4:6",
        says=("contacts.csv:2:8", "contacts.csv:3:6", "3 problems found"),
    ),
    book(
        "C29",
        "a thousand rows that are none",
        "id,name,status\n" + "x\n" * 3_000,
        1,
        where="contacts.csv:1002:1",
        says=("1,001 rows up to here are no contact; the rest was not read",),
    ),
    book(
        "C31",
        "an escape sequence is not shown as it is",
        "id,name,status\nada,Ada\x1b]0;x\x07,New\nbob,Bob,Engage\ncleo,Cleo,Active\n",
        0,
        where="contacts.csv:2:5",
        says=("control character",),
        says_not=("\x1b", "\x07"),
    ),
    book(
        "C32",
        "a pipe in the place of the file",
        f"{HEADER}{ADA}",
        6,
        prepare=_pipe_as_contacts,
        says=("its contacts are gone", "put back one of"),
    ),
    book(
        "C33",
        "half a character of UTF-8",
        b"id,name,status\nada,Zo\xc3,New\nbob,Bob,Engage\ncleo,Cleo,Active\n",
        3,
        command=ADD,
        where="contacts.csv:2:7",
        says=("not UTF-8", "nothing was written"),
    ),
)
