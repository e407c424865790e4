"""Readable ids out of names: `Ada Lovelace` becomes `ada-lovelace`, then `ada-lovelace-2`."""

from __future__ import annotations

import re
from collections.abc import Container

from leadctl.matching import fold

_LONGEST = 64
_VALID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_APOSTROPHES = "['’‘`´]"
_NO_LETTERS = r"[^a-z0-9]+"

# An id may become the name of a file, and Windows keeps these names for devices.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)

# Latin letters that Unicode does not take apart into a plain letter and a mark.
_UNDIVIDED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe", "ŋ": "n"}
)


def is_valid_id(text: str) -> bool:
    """True if *text* can be the id of a record."""
    return _VALID.fullmatch(text) is not None and text not in _RESERVED


def slug(name: str, taken: Container[str], *, otherwise: str = "contact") -> str:
    """A valid id made from *name* that is not in *taken*.

    A name without Latin letters or digits gives way to *otherwise*, and that to `contact`.
    Repeats are numbered from 2; the number is found in logarithmic time and is the lowest free
    one as long as the numbers in *taken* have no gaps.
    """
    base = _plain(name) or _plain(otherwise) or "contact"
    if base not in _RESERVED and base not in taken:
        return base
    return _numbered(base, _free_number(base, taken))


def _plain(text: str) -> str:
    """*text* in the letters of an id, words joined by hyphens; empty if nothing is left."""
    bare = re.sub(_APOSTROPHES, "", fold(text).translate(_UNDIVIDED))
    return re.sub(_NO_LETTERS, "-", bare).strip("-")[:_LONGEST].rstrip("-")


def _numbered(base: str, number: int) -> str:
    ending = f"-{number}"
    return base[: _LONGEST - len(ending)].rstrip("-") + ending


def _free_number(base: str, taken: Container[str]) -> int:
    """A number from 2 whose id is free; the id before it is taken."""
    used, free = 1, 2
    while _numbered(base, free) in taken:
        used, free = free, free * 2
    while free - used > 1:
        middle = (used + free) // 2
        used, free = (middle, free) if _numbered(base, middle) in taken else (used, middle)
    return free
