"""How the cases of CSV are told, in few words: a book's own contacts.csv, and a file to import."""

from __future__ import annotations

from tests.corpus.case import Case

#: A change of a contact, which a file that is not sound does not take.
SET = ("set", "bob", "note=hello")
ADD = ("add", "Dan Dare")
IMPORT = ("import", "leads.csv")
#: What an import of new contacts changes.
ADDED = frozenset({"contacts.csv", "journal.jsonl"})
#: Three contacts, without a header.
TRIPLE = "ada,Ada,New\nbob,Bob,Engage\ncleo,Cleo,Active\n"


def book(row: str, title: str, text: str | bytes, code: int, **more: object) -> Case:
    """A case of the book's own contacts.csv."""
    return Case(row, title, code, {"contacts.csv": text}, form="csv", **more)  # type: ignore[arg-type]


def leads(row: str, title: str, text: str | bytes, code: int, **more: object) -> Case:
    """A case of an import of the file leads.csv."""
    given: dict[str, object] = {"command": IMPORT, "form": "csv", **more}
    return Case(row, title, code, {"leads.csv": text}, **given)  # type: ignore[arg-type]
