"""Characters that JSON writes in two halves, as in "\\ud83d\\ude00": the parser refuses them.

While the parser looks, each half is disguised as a character for private use, which is as long in
the text; what it finds then gets the true character.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from yaml import ScalarEvent

_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE
)
_DISGUISED = re.compile("[\ue000-\ue7ff]{2}")
_DISGUISED_ESCAPES = re.compile(r"\\ue[0-3][0-9a-f]{2}\\ue[4-7][0-9a-f]{2}")
#: Somebody uses these characters, so nothing can be disguised as one.
_TAKEN = re.compile("[\ue000-\ue7ff]|\\\\u[eE][0-7]")
_DISTANCE = 0xE000 - 0xD800


def disguised(text: str) -> str:
    """*text* with all halves that belong together disguised, as long as it was before."""
    return _PAIR.sub(_disguise, text) if has_pairs(text) else text


def has_pairs(text: str) -> bool:
    """True if there is something to disguise in *text*, and nothing in the way of it."""
    return r"\u" in text and _PAIR.search(text) is not None and _TAKEN.search(text) is None


def revealing(next_event: Callable[[], Any], text: str) -> Callable[[], Any]:
    """*next_event* of the disguised *text*, with the true characters in what it gives."""

    def revealed() -> Any:
        event = next_event()
        if type(event) is ScalarEvent and event.style == '"':
            event.value = _DISGUISED.sub(_joined, event.value)
        elif type(event) is ScalarEvent and r"\ue" in event.value:
            # Outside double quotes nothing is an escape: what was typed is the value.
            start, end = event.start_mark, event.end_mark
            typed = _PAIR.finditer(text, start.index if start else 0, end.index if end else 0)
            halves = (found[0][len(found[1]) :] for found in typed)
            event.value = _DISGUISED_ESCAPES.sub(lambda _: next(halves), event.value)
        return event

    return revealed


def _disguise(pair: re.Match[str]) -> str:
    halves = (int(half, 16) + _DISTANCE for half in (pair[2], pair[3]))
    return pair[1] + "".join(f"\\u{half:04x}" for half in halves)


def _joined(pair: re.Match[str]) -> str:
    halves = b"".join((ord(half) - _DISTANCE).to_bytes(2, "little") for half in pair[0])
    return halves.decode("utf-16-le")
