"""The sixteen colours that stages.yaml may name, and weights, as a terminal understands them."""

from __future__ import annotations

_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_CODES = {
    "bold": "1",
    "dim": "2",
    **{name: str(30 + number) for number, name in enumerate(_NAMES)},
    **{f"bright-{name}": str(90 + number) for number, name in enumerate(_NAMES)},
}


def paint(text: str, colour: str, *, is_bold: bool = False) -> str:
    """*text* between the codes for *colour*; unknown colours and empty texts change nothing.

    *colour* may also be a weight, `bold` or `dim`, alone or in front of a colour.
    """
    words = f"bold {colour}" if is_bold else colour
    codes = [code for word in words.split() if (code := _CODES.get(word, ""))]
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes and text else text
