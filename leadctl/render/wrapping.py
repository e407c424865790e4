"""Texts on several lines of a terminal: broken at blanks, within a word only if they must be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from leadctl.render.widths import CLINGING, ELLIPSIS, cut, width

# Phone numbers, amounts and "< 15" stay in one piece.
_BLANK = re.compile(r" +(?![\d(])|(?<![\d)<]) +")
#: A word that is too long is broken behind one of these, if there is one in its second half.
_SEAMS = "@/-_.,;:?&="
_JOINER = "\u200d"
_FLAGS = ("\U0001f1e6", "\U0001f1ff")
_SKINS = ("\U0001f3fb", "\U0001f3ff")


def words(text: str) -> list[str]:
    """The pieces of *text* that are not broken as long as there is room for them."""
    return _BLANK.split(text)


def wrapped(text: str, most: int, *, lines: int = 0) -> list[str]:
    """*text* as lines of at most *most* columns; *lines* is how many there may be, 0 means all.

    What is too much ends in an ellipsis. Blanks that a text begins with stand before each line.
    """
    if width(text) <= most:
        return [text]
    content = text.lstrip(" ")
    indent = min(len(text) - len(content), most // 2)
    broken = [" " * indent + line for line in _filled(content, most - indent)]
    if not lines or len(broken) <= lines:
        return broken
    return [*broken[: lines - 1], cut(f"{broken[lines - 1]} {ELLIPSIS}", most)]


def _filled(text: str, most: int) -> Iterator[str]:
    line = ""
    for word in words(text.rstrip(" ")):
        longer = f"{line} {word}" if line else word
        if width(longer) <= most:
            line = longer
            continue
        if line:
            yield line
        *whole, line = _broken(word, most)
        yield from whole
    if line:
        yield line


def _broken(word: str, most: int) -> list[str]:
    """*word* in pieces that fit; one of one character may be too wide."""
    pieces = []
    while width(word) > most:
        size = _fitting(word, most)
        pieces.append(word[:size])
        word = word[size:]
    return [*pieces, word]


def _fitting(word: str, most: int) -> int:
    """How many characters of *word* make its first piece; no character that people see is torn."""
    last = next(_ends(word))
    fitting = [last, *takewhile(lambda end: width(word[:end]) <= most, _ends(word))]
    seams = [end for end in fitting if word[end - 1] in _SEAMS and end > fitting[-1] // 2]
    return seams[-1] if seams else fitting[-1]


def _ends(word: str) -> Iterator[int]:
    """Where a character as people see it is over: behind its accents, selectors and joints."""
    flag = 0
    for end, char in enumerate(word[1:], 1):
        flag = flag + 1 if _is_in(_FLAGS, word[end - 1]) else 0
        clings = char in CLINGING or _is_in(_SKINS, char) or width(char) < 1
        # A flag is made of two letters.
        is_torn = flag % 2 and _is_in(_FLAGS, char)
        if not (clings or is_torn or word[end - 1] == _JOINER):
            yield end
    yield len(word)


def _is_in(span: tuple[str, str], char: str) -> bool:
    return span[0] <= char <= span[1]
