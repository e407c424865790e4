"""Values of contacts that a `#` has cut short: what stands behind it counts as a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from leadctl.problems import Problem, Where
from leadctl.records import Record
from leadctl.store.book import Book
from leadctl.store.yaml_source import Source

#: `name: A #1`, but not `note: call # after six`: people put a blank behind the mark of a comment.
_SUSPECT = re.compile(
    r"^[ ]*(?:-[ ]+)?(?P<name>[\w-]+):[ \t]+(?P<value>[^\s'\"#\[{|>][^\r\n]*?)?"
    r"(?<=[ \t])\#(?P<rest>[^\s#!][^\r\n]*)$",
    re.MULTILINE,
)


def stray_comment_problems(book: Book, records: Sequence[Record]) -> list[Problem]:
    """A warning for each value of *records* that ends at a `#` without a blank behind it."""
    cut = dict(_suspects(book)) if book.format != "csv" else {}
    found = []
    for record in records if cut else ():
        for name, (line, column) in record.places.items():
            each = cut.get((record.where.path, line))
            # Inside a longer text, such as a note over several lines, nothing is cut.
            if each and each["name"] == name and _before(each) == record.values[name]:
                found.append(_cut_short(each, Where(record.where.path, line, column)))
    return found


def _suspects(book: Book) -> Iterator[tuple[tuple[str, int], re.Match[str]]]:
    """Path and line of what looks like a value cut short."""
    for path in book.contacts.paths():
        text = book.contacts.load(path).decode("utf-8-sig", "replace")
        if " #" in text or "\t#" in text:
            shown = str(path.relative_to(book.root))
            source = Source(text, shown)
            for each in _SUSPECT.finditer(text):
                yield (shown, source.place(each.start("name"))[0]), each


def _before(found: re.Match[str]) -> str:
    return (found["value"] or "").rstrip()


def _cut_short(found: re.Match[str], where: Where) -> Problem:
    whole = f"{_before(found)} #{found['rest'].rstrip()}".lstrip()
    message = f'"#{found["rest"].rstrip()}" was taken for a comment'
    hint = f'if it belongs to the value: {found["name"]}: "{whole}"'
    return Problem(where, message, hint, "files", is_warning=True)
