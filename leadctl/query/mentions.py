"""Names of statuses in the text of a query, replaced where they stand; all other text stays."""

from __future__ import annotations

import re
from collections.abc import Callable

from leadctl.errors import RequestError
from leadctl.matching import fold
from leadctl.query.terms import field_values

#: What needs no quotes, wherever in a query it stands.
_PLAIN = re.compile(r"\w[\w-]*")


def replace_status(text: str, is_meant: Callable[[str], bool], new: str) -> str:
    """*text* with *new* for every status for which *is_meant* holds; empty leaves it out.

    A query that is malformed, and one that cannot hold *new*, come back as they are.

    Raises:
        RequestError: a term asks for nothing else, so that leaving it out would turn its meaning.
    """
    try:
        terms = list(field_values(text, "status"))
    except RequestError:
        return text
    changed = text
    for values in reversed(terms):
        changed = _replaced(changed, values, is_meant, new)
    return changed if changed == text or _says(changed, new) else text


def _replaced(
    text: str, values: list[tuple[int, int, str]], is_meant: Callable[[str], bool], new: str
) -> str:
    kept = [said for _, _, said in values if not is_meant(said)]
    if len(kept) == len(values):
        return text
    if not new and not kept:
        raise RequestError(f'"{values[0][2]}" is all that a term of it asks for')
    is_known = any(fold(said) == fold(new) for said in kept)
    parts: list[str] = []
    for start, end, said in values:
        if not is_meant(said):
            parts.append(text[start:end])
        elif new and not is_known:
            parts.append(_spelt(new))
            is_known = True
    return text[: values[0][0]] + ",".join(parts) + text[values[-1][1] :]


def _spelt(name: str) -> str:
    if _PLAIN.fullmatch(name):
        return name
    return f"'{name}'" if '"' in name else f'"{name}"'


def _says(text: str, name: str) -> bool:
    """True if *text* can be read, and asks for the status *name* unless that is empty."""
    try:
        found = [fold(said) for values in field_values(text, "status") for _, _, said in values]
    except RequestError:
        return False
    return not name or fold(name) in found
