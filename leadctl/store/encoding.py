"""Bytes of the book's files to text and back: UTF-8, and a located problem for all else.

Also finds what git leaves in a text after a failed merge, and tells lines and columns.
"""

from __future__ import annotations

import codecs
import re
import shlex
from dataclasses import dataclass

from leadctl.problems import Problem, Where
from leadctl.store.edit_error import EditError

#: The ends of lines that count; U+2028, form feed and their like are part of the text.
LINE_END = re.compile(r"\r\n|\r|\n")

_CONFLICT_MARKS = (
    re.compile(r"^<<<<<<< ", re.MULTILINE),
    re.compile(r"^=======\r?$", re.MULTILINE),
    re.compile(r"^>>>>>>> ", re.MULTILINE),
)

# The marks of UTF-32 begin with those of UTF-16, so they are looked for first.
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text; `encode(text, bom)` gives back its bytes if there are no problems."""

    #: With its line ends, without a byte order mark; empty if the bytes are no UTF-8.
    text: str
    #: The byte order mark that stood in front; empty if there was none.
    bom: bytes = b""
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, path: str) -> Decoded:
    """The text of the file *path* with the bytes *data*; at most one problem, a blocking one."""
    bom = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    wide = _wide_encoding(data)
    try:
        text = data.removeprefix(bom).decode()
    except UnicodeDecodeError as error:
        guess = wide or _narrow_guess(data)
        offset = len(bom) + error.start
        return Decoded("", bom, (_not_utf8(data, path, offset=offset, guess=guess),))
    if wide:
        return Decoded("", bom, (_not_utf8(data, path, offset=data.index(0), guess=wide),))
    return Decoded(text, bom)


def encode(text: str, bom: bytes = b"") -> bytes:
    """The bytes of *text* as UTF-8, *bom* in front.

    Raises:
        EditError: half of a surrogate pair, which no UTF-8 file can hold.
    """
    try:
        return bom + text.encode()
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        raise EditError(f"U+{code:04X} is half a character and cannot be written") from error


def likely_encoding(data: bytes) -> str:
    """The encoding that *data*, which is no UTF-8, is most likely in; empty if that is unclear."""
    return _wide_encoding(data) or _narrow_guess(data)


def merge_conflict(text: str, path: str) -> Problem | None:
    """The first conflict that git left in *text*, None if all three of its marks are not there."""
    offsets: list[int] = []
    for mark in _CONFLICT_MARKS:
        found = mark.search(text, offsets[-1] if offsets else 0)
        if found is None:
            return None
        offsets.append(found.start())
    first, _ = place_of(text, offsets[0])
    last, _ = place_of(text, offsets[-1])
    return Problem(
        Where(path, first, 1),
        f"unresolved merge conflict, lines {first}–{last}",
        hint="keep the lines that are right, delete the others and the three marks of git",
        check="conflicts",
        excerpt=line_around(text, offsets[0]),
        blocks_writing=True,
    )


def place_of(text: str, offset: int, *, start: int = 0, line: int = 1) -> tuple[int, int]:
    """Line and column of *offset*, from 1; *start* is where the line numbered *line* begins."""
    for end in LINE_END.finditer(text, start, offset):
        line += 1
        start = end.end()
    return line, offset - start + 1


def count_line_ends(text: str, start: int, end: int) -> int:
    """How many lines end between the two offsets."""
    if text.find("\r", start, end) < 0:
        return text.count("\n", start, end)
    return len(LINE_END.findall(text, start, end))


def line_around(text: str, offset: int) -> str:
    """The line that *offset* is in, without its end."""
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    end = LINE_END.search(text, offset)
    return text[start : end.start() if end else len(text)]


def _wide_encoding(data: bytes) -> str:
    """The name of an encoding of two or four bytes a character, empty if it is not one."""
    for mark, name in _WIDE_MARKS:
        if data.startswith(mark):
            return name
    if 0 not in data:
        return ""
    # Latin text in UTF-16 has a zero in every other byte; it would pass as UTF-8 full of NULs.
    zeros_before, zeros_after = data[0::2].count(0), data[1::2].count(0)
    most = len(data) * 0.4
    if zeros_after > most and not zeros_before:
        return "UTF-16LE"
    return "UTF-16BE" if zeros_before > most and not zeros_after else ""


def _narrow_guess(data: bytes) -> str:
    """cp1252 if all of *data* can be that and none of it looks like UTF-8, else empty."""
    has_utf8 = not data.decode(errors="ignore").isascii()
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    return "" if has_utf8 else "cp1252"


def _not_utf8(data: bytes, path: str, *, offset: int, guess: str) -> Problem:
    """The problem that the byte at *offset* is no UTF-8; all before it is."""
    before = data[:offset].removeprefix(codecs.BOM_UTF8).decode()
    line, column = place_of(before, len(before))
    looks = f"; looks like {guess}" if guess else ""
    return Problem(
        Where(path, line, column),
        f"not UTF-8 (byte 0x{data[offset]:02X}){looks}",
        hint=_how_to_convert(path, guess),
        excerpt=_excerpt(data, before, guess),
        blocks_writing=True,
    )


def _excerpt(data: bytes, before: str, guess: str) -> str:
    """The line that goes on after *before*, as far as it can be read."""
    if guess.startswith("UTF"):
        return line_around(data.decode(guess, errors="replace").removeprefix("\ufeff"), 0)
    rest = data.removeprefix(codecs.BOM_UTF8)[len(before.encode()) :]
    return line_around(before + rest.decode(guess or "utf-8", errors="replace"), len(before))


def _how_to_convert(path: str, guess: str) -> str:
    if not guess:
        return "retype this character in an editor and save the file as UTF-8"
    command = f"iconv -f {guess.lower()} -t utf-8 {shlex.quote(path)} > converted"
    return f"`{command}`, look at it, then put it in the place of the file"
