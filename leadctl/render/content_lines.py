"""Lines as calendars and address books have them: escaped, and folded to 75 octets."""

from __future__ import annotations

from collections.abc import Iterator

#: Octets of a line, its end not counted.
_WIDEST = 75
_ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


def escaped(text: str) -> str:
    """*text* as a value, its line feeds included."""
    return "".join(_ESCAPES.get(char, char) for char in text)


def folded(line: str) -> Iterator[str]:
    """*line* in pieces of so many octets as a line may have; no character is cut."""
    piece, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _WIDEST:
            yield piece
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    yield piece
