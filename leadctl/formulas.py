"""Keeps a spreadsheet from running a value as a formula, in a way that can be taken back.

A value that a spreadsheet might run gets one apostrophe in front, whether or not it has some
already; taking one away from whatever looks guarded therefore restores every text.
"""

from __future__ import annotations

import re

#: What may stand first in a guarded or dangerous value; a cheap first test.
_SUSPECTS = frozenset("'=+-@\t\r\n\0")
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n\0]")


def guard(text: str) -> str:
    """*text* as a spreadsheet takes it for text: `+44 20` becomes `'+44 20`, `Ada` stays."""
    if not text or text[0] not in _SUSPECTS or not _DANGEROUS.match(text):
        return text
    return f"'{text}"


def unguard(text: str) -> str:
    """The value that `guard` made *text* from; a text that it never makes is left alone."""
    if text.startswith("'") and _DANGEROUS.match(text):
        return text[1:]
    return text
