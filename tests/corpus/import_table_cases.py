"""Tables of other programs that cannot be read as they are, or only with a word about it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.corpus.case import Case
from tests.corpus.csv_files import ADDED, IMPORT, leads

_IN_QUOTES = "a cell that holds one must be in quotes"


def _pipe(root: Path) -> None:
    (root / "leads.csv").unlink(missing_ok=True)
    os.mkfifo(root / "leads.csv")


def _zeros(root: Path) -> None:
    (root / "leads.csv").symlink_to("/dev/zero")


CASES: tuple[Case, ...] = (
    leads(
        "C1b",
        "a quote that is never closed in an import",
        'Name,Email\nDan,d@x.org\n"Eve,e@x.org\nFay,f@x.org\n',
        3,
        where="leads.csv:3:1",
        says=("this quote is never closed", "is written twice", "nothing was imported"),
    ),
    leads(
        "C2d",
        "text after a closing quote in an import",
        'Name,Email\n"Dan"x,d@x.org\nEve,e@x.org\n',
        3,
        where="leads.csv:2:1",
        says=("text after the closing quote",),
    ),
    leads(
        "C2e",
        "a quote within a plain cell is kept as typed",
        'Name,Note\nDan,6" pipe\n',
        0,
        changes=ADDED,
        says=("1 new",),
    ),
    leads(
        "C3c",
        "a short row and a long one",
        "Name,Email,Note\nDan,d@x.org\nEve,e@x.org,a\nFay,f@x.org,a,b\n",
        3,
        where="leads.csv:2",
        says=("2 of 3 rows cannot be imported", "2 of 3 columns", "4 of 3 columns", _IN_QUOTES),
    ),
    leads(
        "C3d",
        "a short row goes to the rejects as it is",
        "Name,Email,Note\nDan,d@x.org\nEve,e@x.org,a\n",
        0,
        command=(*IMPORT, "--rejects", "wrong.csv"),
        changes=ADDED | {"wrong.csv"},
        says=("1 new", "1 error", "1 row was put into wrong.csv"),
    ),
    leads(
        "C4d",
        "two columns with one heading",
        "Name,Email,e-mail,EMAIL\nDan,d@x.org,,\n",
        3,
        where="leads.csv:1",
        says=('columns 2 and 4 are both headed "EMAIL"', "rename one of them"),
    ),
    leads(
        "C4e",
        "a column without a heading",
        "Name,\nDan,x\n",
        3,
        where="leads.csv:1",
        says=("column 2 has no heading", "name it, or delete the column"),
    ),
    leads(
        "C5c",
        "a byte order mark in an import",
        '\ufeff"Name","Email"\nDan,d@x.org\n',
        0,
        changes=ADDED,
        says=("1 new",),
    ),
    leads(
        "C6b",
        "semicolons and decimal commas",
        "Name;Budget\nDan;1,5\n",
        0,
        changes=ADDED,
        says=("columns are separated by semicolon", "1 new"),
    ),
    leads(
        "C6c",
        "a line that names the separator",
        "sep=;\nName;Email\nDan;d@x.org\n",
        0,
        changes=ADDED,
        says=("line 1 names the delimiter: semicolon",),
    ),
    leads(
        "C6d",
        "a header with two possible delimiters",
        "Name;City, State\nDan;Rome\n",
        2,
        says=("comma and semicolon", "give --delimiter"),
    ),
    leads(
        "C7c",
        "cp1252 in an import is guessed aloud",
        b"Name,Note\nZo\xeb,x\n",
        0,
        changes=ADDED,
        says=("line 2 is not UTF-8: read as cp1252", "--encoding"),
    ),
    leads(
        "C7d",
        "bytes that are not in the encoding that was named",
        b"Name,Note\nDan,x\nZo\xeb,x\n",
        3,
        command=(*IMPORT, "--encoding", "utf-8"),
        where="leads.csv:3:3",
        says=("byte 0xeb cannot be read as utf-8", "--encoding"),
    ),
    leads(
        "C7e",
        "an encoding that is none",
        "Name\nDan\n",
        2,
        command=(*IMPORT, "--encoding", "base64"),
        says=('no encoding named "base64"', "usual ones: utf-8"),
    ),
    leads(
        "C7f",
        "UTF-16 with a byte order mark",
        "Name,Note\nZoë,x\n".encode("utf-16"),
        0,
        changes=ADDED,
        says=("1 new",),
    ),
    leads(
        "C8b",
        "a NUL in an import",
        "Name,Note\nDan,a\0b\n",
        3,
        where="leads.csv:2:6",
        says=("a NUL byte in the text", "the file is damaged"),
    ),
    leads(
        "C9b",
        "a cell of more than a million characters in an import",
        f"Name,Note\nDan,{'x' * 1_100_000}\n",
        3,
        where="leads.csv:2",
        says=("a cell has more than 1,000,000 characters",),
    ),
    leads(
        "C10b",
        "line ends within a quoted cell",
        'Name,Note\nDan,"a\r\nb"\n',
        0,
        changes=ADDED,
        says=("1 new",),
    ),
    leads(
        "C11b",
        "an import whose lines end in carriage returns",
        "Name,Email\rDan,d@x.org\rEve,e@x.org\r",
        0,
        changes=ADDED,
        says=("2 new",),
    ),
    leads(
        "C12c",
        "Ctrl-Z and blank lines in an import",
        "Name,Email\n\n  \nDan,d@x.org\n,\n\x1a",
        0,
        changes=ADDED,
        says=("1 row: 1 new",),
    ),
    leads("C17b", "an empty import", "", 0, says=("0 rows",)),
    leads("C17c", "an import of a header only", "Name,Email\n", 0, says=("0 rows",)),
    leads(
        "C35",
        "several mistakes of quoting are told at once",
        'Name,Note\n"Dan"x,a\nEve,"b\nFay\nGus,"c\n',
        3,
        where="leads.csv:5:5",
        says=("leads.csv:2:1", "leads.csv:3:5", "leads.csv:4: error: 1 of 2 columns"),
    ),
    leads("C36", "a pipe as import", "", 6, prepare=_pipe, says=("it is a pipe or device",)),
    Case(
        "C37",
        "an endless device as import",
        6,
        command=IMPORT,
        prepare=_zeros,
        says=("it is a pipe or device", "put a file in its place"),
    ),
    Case("C38", "an import that is not there", 2, command=IMPORT, says=('no file "leads.csv"',)),
    Case(
        "C39", "a folder as import", 2, command=("import", ".leadctl"), says=("there is no file",)
    ),
    leads(
        "C45",
        "a table with too many columns",
        ",".join(f"c{n}" for n in range(2_000)) + "\n",
        3,
        where="leads.csv:1",
        says=("2,000 columns are too many", "--delimiter"),
    ),
    leads(
        "C46",
        "a heading as long as a book",
        f"Name,{'x' * 2_000}\nDan,x\n",
        3,
        where="leads.csv:1",
        says=("the heading of column 2 is too long",),
    ),
    leads(
        "C47",
        "more rows than a book is made for",
        "Name\n" + "a\n" * 100_001,
        3,
        where="leads.csv:100002",
        says=("more than 100,000 rows", "split the file"),
    ),
    leads(
        "C50",
        "two characters as delimiter",
        "Name::Email\n",
        2,
        command=(*IMPORT, "--delimiter", "::"),
        says=('"::" cannot be a delimiter', "give one character"),
    ),
    Case(
        "C53",
        "an import from stdin that is torn",
        3,
        command=("import", "-"),
        stdin=b'Name,Note\nDan,"x\n',
        where="stdin:2:5",
        says=("this quote is never closed",),
    ),
)
