"""Numbers as bars of blocks, for a column that shows at a glance which are large."""

from __future__ import annotations

from collections.abc import Sequence

from leadctl.views import Cell

#: What fills none to seven eighths of a column.
EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
_WIDTH = 12


def bars(cells: Sequence[Cell]) -> list[str]:
    """A bar for each of *cells*, that of the largest number twelve columns long.

    What is not nothing has at least an eighth of a column; what is no number has no bar.
    """
    numbers = [cell if isinstance(cell, (int, float)) else 0 for cell in cells]
    most = max(numbers, default=0)
    return [_bar(number / most) if number > 0 else "" for number in numbers]


def _bar(share: float) -> str:
    eighths = max(int(share * _WIDTH * 8 + 0.5), 1)
    return "█" * (eighths // 8) + EIGHTHS[eighths % 8]
