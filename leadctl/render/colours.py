"""The colours that stages.yaml may name, as a terminal understands them."""

from __future__ import annotations

_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_CODES = {
    **{name: str(30 + number) for number, name in enumerate(_NAMES)},
    **{f"bright-{name}": str(90 + number) for number, name in enumerate(_NAMES)},
}
_BOLD = "1"


def paint(text: str, colour: str, *, is_bold: bool = False) -> str:
    """*text* between the codes for *colour*; unknown colours and empty texts change nothing."""
    codes = [code for code in (_BOLD if is_bold else "", _CODES.get(colour, "")) if code]
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes and text else text
