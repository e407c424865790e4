"""Bytes of other programs as text: the encoding is asked for, marked, seen or, at last, guessed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from leadctl.errors import RequestError
from leadctl.problems import Problem, Where

# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 2_000
_EXCERPT = 200


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text without byte order mark, and what is to be said about it."""

    text: str = ""
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, path: str, *, encoding: str = "") -> Decoded:
    """*data* as text.

    Raises:
        RequestError: there is no encoding of that name.
    """
    if encoding:
        return _decoded(data, path, _known(encoding))
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if marked:
        return _decoded(data, path, marked)
    wide = _wide(data[:_SAMPLE])
    if wide:
        return _decoded(data, path, wide, notice=f"read as {wide}, by the look of its bytes")
    try:
        return _checked(data.decode("utf-8"), path)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        notice = f"line {line} is not UTF-8: read as cp1252 (Windows); --encoding says otherwise"
        return _decoded(data, path, "cp1252", notice=notice)


def _known(encoding: str) -> str:
    try:
        # Trying it tells encodings of text from the other codecs, such as base64.
        " ".encode(encoding)
    except (LookupError, ValueError) as error:
        hint = "usual ones: utf-8, utf-16, cp1252, latin-1, mac-roman"
        raise RequestError(f'no encoding named "{encoding}"', hint=hint) from error
    return encoding


def _wide(sample: bytes) -> str:
    """The kind of UTF-16 that *sample* looks like: every other byte of plain letters is zero."""
    half = len(sample) // 2
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if half and low > half * 0.6 and not high:
        return "utf-16-le"
    return "utf-16-be" if half and high > half * 0.6 and not low else ""


def _decoded(data: bytes, path: str, encoding: str, *, notice: str = "") -> Decoded:
    notices = (notice,) if notice else ()
    try:
        return _checked(data.decode(encoding), path, notices=notices)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "ignore")
        line = _line(data.decode(encoding, "replace"), len(before))
        message = f"byte {data[error.start]:#04x} cannot be read as {encoding}"
        hint = "give --encoding with the one the file was saved in"
        problem = Problem(_end(before, path), message, hint, excerpt=line)
        return Decoded(notices=notices, problems=(problem,))


def _checked(text: str, path: str, *, notices: tuple[str, ...] = ()) -> Decoded:
    bare = text.removeprefix("\ufeff")
    if "\0" not in bare:
        return Decoded(bare, notices)
    where = _end(bare[: bare.index("\0")], path)
    hint = "the file is damaged, or it is not a text in this encoding (--encoding)"
    line = _line(bare, bare.index("\0"))
    problem = Problem(where, "a NUL byte in the text", hint, excerpt=line)
    return Decoded(notices=notices, problems=(problem,))


def _end(before: str, path: str) -> Where:
    """The place right behind *before*."""
    return Where(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _line(text: str, offset: int) -> str:
    """The line of *text* that *offset* is in, or the beginning of it."""
    start = text.rfind("\n", 0, offset) + 1
    return text[start:].partition("\n")[0].rstrip("\r")[:_EXCERPT]
