"""What the files of a book were before it changed its format: an archive for each change.

The archives lie beside the lock; whoever forgets a person finds the person in them as well.
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterator, Mapping

from leadctl.errors import RefusedError
from leadctl.store.book import Book
from leadctl.store.files import read_bytes

#: Within the folder of the lock.
FOLDER = "converted"
_OF_TABLES = re.compile(r"(?:contacts|followups)\.(?:yaml|csv)|contacts/[^/\0]+\.yaml")


def kept_name(op: str) -> str:
    """The path in the book of the archive that the operation *op* has made."""
    return f".leadctl/{FOLDER}/{op}.tar"


def pack(contents: Mapping[str, bytes]) -> bytes:
    """*contents* as an archive, by their path in the book; any tar takes it apart."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name in sorted(contents):
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(contents[name]), 0o600
            archive.addfile(member, io.BytesIO(contents[name]))
    return packed.getvalue()


def kept_files(book: Book, op: str, *, otherwise: str) -> dict[str, bytes]:
    """The files that the operation *op* has put away, by their path in the book.

    *otherwise* is what to type where they are gone.

    Raises:
        RefusedError: they are, or are damaged.
    """
    name = kept_name(op)
    content = read_bytes(book.root / name)
    if not content:
        message = f"operation {op} cannot be undone: {name} is not there"
        raise RefusedError(message, hint=f"back with what the files say now: {otherwise}")
    try:
        return dict(_unpacked(content))
    except (tarfile.TarError, OSError, ValueError) as error:
        message = f"operation {op} cannot be undone: {name} is damaged"
        raise RefusedError(
            message, hint=f"back with what the files say now: {otherwise}"
        ) from error


def _unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            held = archive.extractfile(member)
            # It may have come with the book from somebody else.
            if held is None or not _OF_TABLES.fullmatch(member.name):
                raise ValueError(member.name)
            yield member.name, held.read()
