"""The first name out of a name, where it tells one: an organisation has none, nor has a couple."""

from __future__ import annotations

from leadctl.matching import fold

#: What stands in front of a name and is no part of it.
_TITLES = {
    "dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "rev", "herr",
    "frau", "hr", "fr", "ing", "mag", "mme", "mlle", "sr", "sra",
}  # fmt: skip
#: What only the names of organisations end with; dots do not count.
_FORMS = {
    "ltd", "limited", "llc", "llp", "inc", "corp", "corporation", "co", "company", "plc", "gmbh",
    "mbh", "ag", "kg", "ohg", "ug", "ev", "eg", "se", "sa", "sas", "sarl", "srl", "spa", "nv",
    "bv", "bvba", "oy", "ab", "as", "aps", "pty", "group", "holding", "holdings", "partners",
    "associates", "agency", "association", "bakery", "bank", "cafe", "church", "clinic", "club",
    "college", "council", "consulting", "foundation", "garage", "hotel", "office", "restaurant",
    "school", "services", "shop", "society", "solutions", "store", "studio", "studios",
    "surveyors", "trust", "university", "works", "workshop",
}  # fmt: skip
_JOINS = {"&", "+", "and", "und", "et", "y", "e"}


def first_name(name: str, *, company: str = "") -> str:
    """The first name in the *name* of a contact; empty if it has none, or nobody can tell.

    Nothing is better than a wrong one: a letter to "Keel & Lantern Ltd" is not to begin with
    "Dear Keel".
    """
    if company and fold(name) == fold(company):
        return ""
    family, comma, given = name.partition(",")
    words = (given if comma else family).split()
    if not words or _is_several(name):
        return ""
    names = [word for word in words if _plain(word) not in _TITLES]
    # What is left of "Mr Babbage" is the name of his family.
    if not names or (len(names) == 1 < len(words) and not comma):
        return ""
    word = names[0].strip("\"'“”„()")
    is_initial = word.endswith(".") or not word[:1].isalpha()
    return "" if is_initial else word


def _is_several(name: str) -> bool:
    words = [_plain(word) for word in name.replace(",", " ").split()]
    is_company = len(words) > 1 and (words[-1] in _FORMS or words[0] == "the")
    return is_company or not _JOINS.isdisjoint(words)


def _plain(word: str) -> str:
    return fold(word.replace(".", ""))
