"""Labels with texts behind them, for a card, and for a row that has no room on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leadctl.render.widths import GAP, width
from leadctl.sanitise import safe, safe_lines

_MARGIN = " " * GAP
#: A text that would have less room than this stands below its label.
_LEAST = 16
_NARROWEST = 8


def labelled_lines(pairs: Iterable[tuple[str, str]], most: int | None) -> Iterator[str]:
    """Labels and texts as lines of at most *most* columns, with their ends; None: any width.

    The texts stand below each other and keep their lines; everything is sanitised.
    """
    shown = [(safe(label), safe_lines(text.strip("\r\n"))) for label, text in pairs]
    label_width = max((width(label) for label, _ in shown), default=0)
    room = None if most is None else most - label_width - 2 * GAP
    for label, text in shown:
        if room is not None and room < _LEAST:
            yield from _below(label, text, max((most or 0) - 2 * GAP, _NARROWEST))
        else:
            yield from _beside(label + " " * (label_width - width(label)), text, room)


def _beside(label: str, text: str, room: int | None) -> Iterator[str]:
    front = label
    for line in _wrapped(text, room):
        yield f"{_MARGIN}{front}{_MARGIN}{line}".rstrip(" ") + "\n"
        front = " " * width(label)


def _below(label: str, text: str, room: int) -> Iterator[str]:
    for line in _wrapped(label, room) if label else ():
        yield f"{_MARGIN}{line}\n"
    for line in _wrapped(text, room) if text else ():
        yield f"{_MARGIN}{_MARGIN}{line}".rstrip(" ") + "\n"


def _wrapped(text: str, room: int | None) -> Iterator[str]:
    for line in text.split("\n"):
        if room is None or width(line) <= room:
            yield line
            continue
        from leadctl.render.wrapping import wrapped

        yield from wrapped(line, room)
