"""How wide a text is on a terminal, and how columns are made to fit into one."""

from __future__ import annotations

from collections.abc import Sequence

#: Between two columns.
GAP = 2
#: What stands for the rest of a text that was cut.
ELLIPSIS = "…"

# Ever harder: how far (first column, numbers, other columns) may be cut; None is not at all.
# The first column is the id, which people type again: it stays longest.
_FLOORS = ((None, None, 12), (None, None, 5), (12, None, 3), (8, 1, 1))

_CLINGING = "\u200c\u200d\ufe0e\ufe0f"
#: All characters before it take one column, but for control characters.
_FIRST_COMBINING = "\u0300"
#: Others that take one, and that Western texts are full of: dashes, quotes, the euro.
_NARROW = frozenset(f"–—‘’“”„•‹›€™→✓▏▎▍▌▋▊▉█{ELLIPSIS}")


def width(text: str) -> int:
    """The columns that *text*, free of control characters, takes on a terminal."""
    if text.isascii() or all(char < _FIRST_COMBINING or char in _NARROW for char in text):
        return len(text)
    # Its tables take a third as long to load as all the rest of a start; few need them.
    from wcwidth import wcswidth

    return wcswidth(text)


def cut(text: str, most: int) -> str:
    """*text* if it takes *most* columns or fewer, else its beginning and an ellipsis."""
    if width(text) <= most:
        return text
    kept = _beginning(text, most - 1)
    while width(kept) > most - 1:
        # Rare: a selector made the character before it wide.
        kept = kept[:-1]
    return kept.rstrip(_CLINGING) + ELLIPSIS


def fit(widths: Sequence[int], most: int, *, numbers: Sequence[bool]) -> list[int]:
    """*widths* of columns, the widest of them cut until the line takes *most* columns.

    *numbers* says which hold numbers; these and the first are cut last. If all are as narrow as
    can be and the line is still too wide, that is the result.
    """
    fitting = [min(natural, most) for natural in widths]
    available = most - GAP * (len(fitting) - 1)
    for first, number, other in _FLOORS:
        kinds = (number if is_number else other for is_number in numbers[1:])
        floors = (first, *kinds)
        _shrink(fitting, available, floors=floors)
    return fitting


def _beginning(text: str, most: int) -> str:
    taken = 0
    for index, char in enumerate(text):
        taken += max(width(char), 0)
        if taken > most:
            return text[:index]
    return text


def _shrink(widths: list[int], available: int, *, floors: Sequence[int | None]) -> None:
    """Take from the widest of *widths* that is above its floor, as long as it helps."""
    excess = sum(widths) - available
    while excess > 0:
        above = [i for i, floor in enumerate(floors) if floor is not None and widths[i] > floor]
        if not above:
            return
        widths[max(above, key=widths.__getitem__)] -= 1
        excess -= 1
