"""Where the quotes of a CSV text stand, for what the `csv` module does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_QUOTED = re.compile(r'"(?:[^"]|"")*"?')


def outside_quotes(line: str) -> str:
    """*line* without its quoted parts."""
    return _QUOTED.sub("", line)


def opening_quote(lines: Sequence[str], delimiter: str) -> tuple[int, int, bool]:
    """Where the first cell that is quoted wrongly begins in *lines*, a record and all after it.

    Returns:
        Index of the line, column from 1, and whether the quote is closed (text follows it) or
        runs to the end of the file.
    """
    opened = (0, 1)
    state = "start"
    for row, column, char in _characters(lines):
        if state == "start" and char == '"':
            opened, state = (row, column), "quoted"
        elif state == "quoted":
            state = "quote" if char == '"' else "quoted"
        elif state == "quote" and char == '"':
            state = "quoted"
        elif char == delimiter or char in "\r\n":
            state = "start"
        elif state == "quote":
            return (*opened, True)
        else:
            state = "plain"
    return (*opened, False)


def _characters(lines: Sequence[str]) -> Iterable[tuple[int, int, str]]:
    for row, line in enumerate(lines):
        for column, char in enumerate(line, 1):
            yield row, column, char
