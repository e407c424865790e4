"""Makes any text fit to be shown: what would steer a terminal or hide is written as an escape.

The result is for reading, it cannot be turned back: a backslash of the text itself stays single.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

#: What stands for a line break where everything has to fit on one line.
BREAK_MARK = " ↵ "

# Spelt out, as the categories of Unicode depend on the version of Python: control, format and
# surrogate characters, line separators, and letters without a glyph (the fillers of Hangul,
# vowels that Khmer no longer uses, the grapheme joiner).
_HIDDEN = (
    "\\x00-\\x1f\\x7f-\\x9f\\xad\\u034f\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2"
    "\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f"
    "\\u3164\\ud800-\\udfff\\ufeff\\uffa0\\ufff0-\\ufffb\\U000110bd\\U000110cd"
    "\\U00013430-\\U0001343f\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a"
    "\\U000e0000-\\U000e00ff\\U000e01f0-\\U000e0fff"
)
_SELECTORS = "\\u180b-\\u180d\\u180f\\ufe00-\\ufe0f\\U000e0100-\\U000e01ef"
_JOINERS = "\\u200c\\u200d"

#: Below it only control characters and the soft hyphen are suspect, which nobody can print.
_FIRST_PRINTABLE = "\u034f"
_BREAK = r"\r\n|[\r\n]"

# The sign that joins the next letter in the scripts of India (virama) has this class.
_VIRAMA = 9
_KEYS = frozenset("0123456789#*")
_KEYCAP = "\u20e3"


@cache
def hidden() -> re.Pattern[str]:
    """What matches one character that is never shown as it is, wherever it stands."""
    return re.compile(f"[{_HIDDEN}]")


def safe(text: str) -> str:
    """*text* on one line and harmless; line breaks become `↵`, those at either end are dropped."""
    if _is_plain(text):
        return text
    return _shown(re.sub(_BREAK, BREAK_MARK, text.strip("\r\n")), escape)


def one_line(text: str) -> str:
    """*text* as one line for another program: breaks and control characters become blanks.

    Blanks at either end are dropped; whatever has no form in UTF-8 becomes a question mark.
    """
    written = text.encode("utf-8", "replace").decode()
    return re.sub("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]+", " ", written).strip()


def safe_lines(text: str) -> str:
    r"""*text* harmless, its line feeds kept; CR LF counts as one, a lone CR is escaped."""
    if _is_plain(text):
        return text
    return respelt(text.replace("\r\n", "\n"), escape)


def respelt(text: str, spell: Callable[[str], str]) -> str:
    """*text* with each character that steers or hides as *spell* writes it; line feeds stay."""
    return "\n".join(_shown(line, spell) for line in text.split("\n"))


def escape(char: str) -> str:
    r"""*char* in visible form: `\t`, `\x1b`, `\u202e` or `\U000e0041`."""
    code = ord(char)
    if char == "\t":
        return "\\t"
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _is_plain(text: str) -> bool:
    return text.isprintable() and (text.isascii() or max(text) < _FIRST_PRINTABLE)


# Large sets of characters take a millisecond to compile, and most texts are plain.
@cache
def _suspect() -> re.Pattern[str]:
    return re.compile(f"[{_HIDDEN}{_JOINERS}{_SELECTORS}]")


@cache
def _selector() -> re.Pattern[str]:
    return re.compile(f"[{_SELECTORS}]")


def _shown(text: str, spell: Callable[[str], str]) -> str:
    suspect = _suspect()
    if not suspect.search(text):
        return text
    shown = [""]
    for char, following in zip(text, [*text[1:], ""], strict=True):
        is_kept = not suspect.match(char) or _is_needed(char, shown[-1], following)
        shown.append(char if is_kept else spell(char))
    return "".join(shown)


def _is_needed(char: str, before: str, following: str) -> bool:
    """Tell whether a joiner or selector does its work in an emoji or a script that has it.

    *before* is what is shown in front of it, an escape included; it is empty at the start.
    """
    if hidden().match(char):
        return False
    if _selector().match(char):
        return _is_base(before) or (before in _KEYS and following == _KEYCAP)
    if len(before) == 1 and unicodedata.combining(before) == _VIRAMA:
        return True
    return _is_base(following) and (_is_base(before) or _selector().fullmatch(before) is not None)


def _is_base(text: str) -> bool:
    if len(text) != 1 or text.isascii() or _suspect().match(text):
        return False
    return unicodedata.category(text)[0] in "LMNPS"
