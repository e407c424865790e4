"""How texts are compared: folded, as digits, and by likeness for "did you mean"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """*text* without case, accents and surplus blanks: the form in which texts are compared."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(plain.casefold().split())


def digits(text: str) -> str:
    """The digits of a phone number, all else dropped; `00` in front counts as `+`."""
    found = "".join(char for char in text if char in "0123456789")
    return found.removeprefix("00")


def closest(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """The one of *known* that is most like *word*, or empty if none is near.

    *likeness* is the least that counts as near: 1 is the same, 0 has no letter in common.
    """
    # Only needed once something went wrong, and not cheap to load.
    from difflib import get_close_matches

    by_fold = {fold(name): name for name in known}
    folded = fold(word)
    longer = [name for key, name in by_fold.items() if folded and key.startswith(folded)]
    if len(longer) == 1:
        return longer[0]
    near = get_close_matches(folded, by_fold, n=1, cutoff=likeness)
    return by_fold[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the closest of *known*, else *otherwise*."""
    near = closest(word, known)
    return f'did you mean "{near}"?' if near else otherwise
