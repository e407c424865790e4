"""Pages of the help out of the small part of Markdown that they are written in.

Headings, paragraphs with a sentence a line, tables, fenced lines, and `{{name}}` on a line of its
own for a block that the program knows itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_PLACE = re.compile(r"\{\{([a-z-]+)\}\}")
_CELL_BORDER = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Heading:
    """What the blocks up to the next heading are about."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences; what is to be typed stands in backticks."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells, the first of which is what the others explain."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that stand as they are; those of the language `sh` are commands to try."""

    language: str
    lines: tuple[str, ...]


Block = Heading | Paragraph | Grid | Lines


@dataclass(frozen=True, slots=True)
class Guide:
    """One page: its title, and what stands below."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def examples(self) -> tuple[str, ...]:
        """The commands to try."""
        shown = (each for each in self.blocks if isinstance(each, Lines) and each.language == "sh")
        return tuple(line for each in shown for line in each.lines)


def read_guide(text: str, known: Mapping[str, Block]) -> Guide:
    """The page that *text* is, with the blocks of *known* in their places.

    Raises:
        KeyError: a place is for a block that is not known.
    """
    title, *parts = _parts(text)
    return Guide(title.removeprefix("# "), tuple(_block(part, known) for part in parts))


def title_of(text: str) -> str:
    """The title of the page that *text* is."""
    return text.partition("\n")[0].removeprefix("# ")


def _parts(text: str) -> Iterator[str]:
    """What blank lines divide; those between fences belong to the lines there."""
    fence: list[str] = []
    for part in text.strip("\n").split("\n\n"):
        fence.append(part)
        whole = "\n\n".join(fence)
        if whole.count("```") % 2 == 0:
            yield whole
            fence.clear()


def _block(part: str, known: Mapping[str, Block]) -> Block:
    place = _PLACE.match(part)
    if place:
        return _joined(known[place[1]], part[place.end() :])
    if part.startswith("## "):
        return Heading(part.removeprefix("## "))
    if part.startswith("```"):
        opening, *lines, _ = part.split("\n")
        return Lines(opening.removeprefix("```"), tuple(lines))
    if part.startswith("|"):
        head, _, *rows = (_cells(line) for line in part.split("\n"))
        return Grid(head, tuple(rows))
    return Paragraph(" ".join(part.split()))


def _joined(block: Block, following: str) -> Block:
    """*block*, and the sentences that stand directly behind its place."""
    if following and isinstance(block, Paragraph):
        return Paragraph(" ".join(f"{block.text} {following}".split()))
    return block


def _cells(line: str) -> tuple[str, ...]:
    _, *cells, _ = _CELL_BORDER.split(line.strip())
    return tuple(cell.strip().replace("\\|", "|") for cell in cells)


def coded(words: Iterable[str]) -> str:
    """*words* as they are to be typed, with commas between them."""
    return ", ".join(f"`{word}`" for word in words)
