"""A text as a YAML scalar that every YAML library, of version 1.1 or 1.2, reads as that text."""

from __future__ import annotations

import re
from datetime import datetime

#: Words that some library takes for a truth value or for nothing, in any case.
_WORDS = frozenset(["y", "yes", "n", "no", "true", "false", "on", "off", "null", "~", "=", "<<"])
#: What some library takes for a number; wider than any one of them. Ruby reads 1,000 as one.
_NUMBER = re.compile(
    r"""[-+]?(?: 0b[01_]+ | 0o[0-7_]+ | 0x[0-9a-f_]+
        | [0-9][0-9_,]*(?:\.[0-9_]*)?(?:e[-+]?[0-9_]+)?
        | \.[0-9_]+(?:e[-+]?[0-9_]+)?
        | [0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
        | \.inf )
        | \.nan""",
    re.VERBOSE | re.IGNORECASE,
)
#: What some library takes for a date; the ISO forms among them stay plain.
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:.*)?")
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?"
)
_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`")
_MEANT_IN_TEXT = re.compile(r":(?:\s|$)|\s#|^\.\.\.(?:\s|$)")
#: In flow context old libraries also stop at a colon or a question mark.
_FLOW_INDICATORS = re.compile(r"[,\[\]{}:?]")
#: Joiners of scripts and emoji: not printable by themselves, but part of words.
_JOINERS = "\u200c\u200d"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def scalar(text: str, *, in_flow: bool = False, quote: str = "") -> str:
    r"""*text* as one line of YAML: plain where that is safe, else in quotes.

    *in_flow* is for a place between brackets. With *quote*, one of ' and ", these are used if
    they can be. ISO dates stay plain, though a library may make a date of them.

    >>> scalar("+44123456"), scalar("Ada"), scalar('say "a: b"')
    ('"+44123456"', 'Ada', '\'say "a: b"\'')
    """
    if not _is_printable(text):
        return _in_double_quotes(text)
    if not quote and _is_safe_plain(text, in_flow=in_flow):
        return text
    return _in_single_quotes(text) if _likes_single(text, quote) else _in_double_quotes(text)


def literal_mark(text: str) -> str:
    """The mark of a literal block that holds *text*, `|` or `|-`; empty if a block cannot.

    A block with `|+` is never made: a blank line that is added below it later would change it.
    """
    lines = text.split("\n")
    if len(lines) == 1 or not _is_printable(text.replace("\n", "")):
        return ""
    # A first line that is empty or indented needs an indentation mark that few people know.
    if not lines[0] or lines[0][0] == " " or text.endswith("\n\n"):
        return ""
    # Blanks at the end would be invisible; a last line of blanks would be lost.
    if any(line != line.rstrip() for line in lines):
        return ""
    return "|" if text.endswith("\n") else "|-"


def _is_printable(text: str) -> bool:
    return text.isprintable() or all(char.isprintable() or char in _JOINERS for char in text)


def _is_safe_plain(text: str, *, in_flow: bool) -> bool:
    if not text or text != text.strip() or text[0] in _INDICATORS:
        return False
    if _MEANT_IN_TEXT.search(text) or (in_flow and _FLOW_INDICATORS.search(text)):
        return False
    return not _has_other_type(text)


def _has_other_type(text: str) -> bool:
    if text.lower() in _WORDS or _NUMBER.fullmatch(text):
        return True
    return _DATE.fullmatch(text) is not None and not _is_iso_date(text)


def _is_iso_date(text: str) -> bool:
    if not _ISO.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        # PyYAML refuses a whole file over a plain 2024-02-30.
        return False
    return True


def _likes_single(text: str, quote: str) -> bool:
    if quote:
        return quote == "'"
    return any(char in text for char in '"\\') and "'" not in text


def _in_single_quotes(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _in_double_quotes(text: str) -> str:
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable() or char in _JOINERS:
        return char
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
