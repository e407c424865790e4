"""Where the quotes of a CSV text stand, for what the `csv` module does not tell."""

from __future__ import annotations

import re

_QUOTED = re.compile(r'"(?:[^"]|"")*"?')
_QUOTED_CELL = r'"[^"]*+(?:""[^"]*+)*+"'


def outside_quotes(line: str) -> str:
    """*line* without its quoted parts."""
    return _QUOTED.sub("", line)


def opening_quote(text: str, delimiter: str) -> tuple[int, bool]:
    """Where the first cell of *text* that is quoted wrongly begins.

    Returns:
        Its offset, and whether the quote is closed (text follows it) or runs to the end of the
        file.
    """
    end = rf"[{re.escape(delimiter)}\r\n]"
    cell = re.compile(rf'{_QUOTED_CELL}(?={end}|\Z)|(?!")[^{re.escape(delimiter)}\r\n]*+')
    start = 0
    while start < len(text):
        found = cell.match(text, start)
        if found is None:
            return start, re.compile(_QUOTED_CELL).match(text, start) is not None
        start = found.end() + 1
    return 0, False
