"""Which columns of a table a terminal has room for, and how wide each may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from leadctl.render.widths import GAP, width
from leadctl.render.wrapping import words
from leadctl.views import Column

#: A longer word, such as an address of the web, is broken rather than that a column leaves.
_LONG_WORD = 30
#: How long a word may be, and how wide a column of text, where the terminal is very narrow.
_LONG_WORD_AT_WORST, _TEXT_AT_WORST = 18, 12


@dataclass(frozen=True, slots=True)
class Measure:
    """What the cells of one column need, in columns of the terminal."""

    column: Column
    #: The widest cell without the heading; 0: nothing is in any of them.
    cells: int
    heading: int
    #: The widest word of the heading.
    heading_word: int
    #: The widest piece of a cell that is better not broken.
    word: int

    @property
    def natural(self) -> int:
        """So wide that nothing is broken."""
        return max(self.cells, self.heading)

    def floor(self, *, at_worst: bool) -> int:
        """How narrow it may become."""
        if self.column.is_whole or self.column.is_number:
            return max(self.cells, self.heading_word)
        longest = _LONG_WORD_AT_WORST if at_worst else _LONG_WORD
        least = min(self.column.least, _TEXT_AT_WORST) if at_worst else self.column.least
        return max(self.heading_word, min(self.cells, max(least, min(self.word, longest))))


def measured(
    columns: Sequence[Column], texts: Sequence[Sequence[str]], headings: Sequence[str]
) -> list[Measure]:
    """What *columns* need for *texts*, the cells of all rows, and for *headings*."""
    return list(map(_measure, columns, zip(*texts, strict=True), headings))


def fitted(measures: Sequence[Measure], most: int) -> dict[int, int] | None:
    """The places of the columns that stay in *most* columns of the terminal, each with its width.

    None if there is no room even where all have left that may.
    """
    for at_worst in (False, True):
        floors = {n: each.floor(at_worst=at_worst) for n, each in enumerate(measures)}
        stay = _staying(measures, floors, most)
        if _line(floors, stay) <= most:
            return _shrunk(measures, floors, stay, most)
    return None


def _measure(column: Column, cells: Sequence[str], heading: str) -> Measure:
    widest = max(map(width, cells))
    is_broken = not (column.is_whole or column.is_number) and widest > column.least
    pieces = (width(word) for cell in set(cells) for word in words(cell)) if is_broken else ()
    in_heading = max(map(width, words(heading)), default=0)
    return Measure(column, widest, width(heading), in_heading, max(pieces, default=widest))


def _staying(measures: Sequence[Measure], floors: Mapping[int, int], most: int) -> list[int]:
    """The places of the columns that are left when there is room, or none that may leave."""
    stay, gone = list(floors), []
    for place in _leaving(measures):
        if _line(floors, stay) <= most:
            break
        stay.remove(place)
        gone.append(place)
    # A wide one has made room for those that left before it.
    for place in reversed(gone):
        if _line(floors, [*stay, place]) <= most:
            stay.append(place)
    return sorted(stay)


def _leaving(measures: Sequence[Measure]) -> Iterator[int]:
    """The places of those that may leave, in the order in which they do: the empty ones first."""
    # The first one is what the row is about.
    may = [n for n, each in enumerate(measures) if n and each.column.leaves]
    yield from sorted(may, key=lambda n: (measures[n].cells > 0, measures[n].column.leaves))


def _line(widths: Mapping[int, int], places: Sequence[int]) -> int:
    return sum(widths[place] for place in places) + GAP * (len(places) - 1)


def _shrunk(
    measures: Sequence[Measure], floors: Mapping[int, int], stay: Sequence[int], most: int
) -> dict[int, int]:
    """The natural widths of those that *stay*, the widest made narrower until they fit."""
    widths = {place: min(measures[place].natural, most) for place in stay}
    for place in stay:
        if measures[place].column.is_whole or measures[place].column.is_number:
            widths[place] = floors[place]
    for _ in range(_line(widths, stay) - most):
        above = [place for place in stay if widths[place] > floors[place]]
        widths[max(above, key=widths.__getitem__)] -= 1
    return widths
