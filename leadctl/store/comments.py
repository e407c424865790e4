"""The comments in a YAML text: how many lines have one."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from leadctl.store.yaml_source import collector_paused, open_tokens


def count_comments(text: str) -> int:
    """How many lines of *text*, which can be read, hold a comment."""
    if "#" not in text:
        return 0
    with collector_paused(text):
        return sum(_in_gap(text[start:end]) for start, end in _gaps(text))


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """What stands between the values of *text*: there, every `#` begins a comment."""
    end = 0
    for token in open_tokens(text):
        if type(token) is not yaml.ScalarToken:
            continue
        start = token.start_mark.index
        if token.style in ("|", ">"):
            # Behind the mark of a block may stand one, too.
            start = min(_line_end(text, start), token.end_mark.index)
        yield end, start
        end = token.end_mark.index
    yield end, len(text)


def _in_gap(gap: str) -> int:
    return sum("#" in line for line in gap.splitlines())


def _line_end(text: str, start: int) -> int:
    found = text.find("\n", start)
    return len(text) if found < 0 else found
