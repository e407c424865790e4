"""How wide a text is on a terminal, and as much of it as fits."""

from __future__ import annotations

#: Between two columns.
GAP = 2
#: What stands for the rest of a text that was cut.
ELLIPSIS = "…"

#: What belongs to the character before it.
CLINGING = "\u200c\u200d\ufe0e\ufe0f"
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
    return kept.rstrip(CLINGING) + ELLIPSIS


def _beginning(text: str, most: int) -> str:
    taken = 0
    for index, char in enumerate(text):
        taken += max(width(char), 0)
        if taken > most:
            return text[:index]
    return text
