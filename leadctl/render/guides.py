"""A page of the help as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from leadctl.guides import Block, Grid, Guide, Heading, Lines, Paragraph

#: The widest that a name may be before it goes on in the next line.
_NAME = 30
_GAP = "  "


def guide_lines(guide: Guide, width: int) -> Iterator[str]:
    """The lines of *guide*, none of them wider than *width* unless it is to be typed."""
    yield guide.title
    before: Block = Paragraph("")
    for block in guide.blocks:
        if not isinstance(before, Heading):
            yield ""
        yield from block_lines(block, width)
        before = block


def block_lines(block: Block, width: int) -> Iterator[str]:
    """The lines of *block*."""
    match block:
        case Heading(text):
            yield f"{text}:"
        case Paragraph(text):
            yield from _wrapped(text, width)
        case Lines(_, lines):
            yield from (f"{_GAP}{line}".rstrip() for line in lines)
        case Grid():
            yield from _grid_lines(block, width)


def _grid_lines(grid: Grid, width: int) -> Iterator[str]:
    rows = [(row[0].replace("`", ""), *row[1:]) for row in grid.rows]
    shown = [grid.head, *rows] if len(grid.head) > 2 else rows
    widths = _widths(shown, width)
    for row in shown:
        cells = [_wrapped(cell, most) for cell, most in zip(row, widths, strict=True)]
        for line in zip_longest(*cells, fillvalue=""):
            padded = (text.ljust(most) for text, most in zip(line, widths, strict=True))
            yield f"{_GAP}{_GAP.join(padded)}".rstrip()


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """As wide as what stands in each column; the second takes what is left, and wraps."""
    widest = [max(map(len, column)) for column in zip(*rows, strict=True)]
    first, _, *others = [min(most, _NAME) for most in widest]
    left = width - len(_GAP) * len(widest) - first - sum(others)
    return [first, max(left, 20), *others]


def _wrapped(text: str, width: int) -> list[str]:
    return wrap(text, width, break_long_words=False, break_on_hyphens=False)
