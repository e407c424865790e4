"""What people really type into YAML by hand: odd blanks, quotes, colons, dashes, marks of git.

The parser only knows that it got stuck; here one line of the text is looked at for what a pair
of eyes would find.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from leadctl.store.yaml_source import ODD_BLANKS

_INDENT = r"[ \t]*(?:-[ \t]+)?"
_NAME = r"[\w.-]+"

_CONFLICT_MARK = re.compile(r"(<{7}|={7}|>{7}|\|{7})(?: |$)")
_ODD_INDENT = re.compile(rf"{_INDENT}([{ODD_BLANKS}])")
_ODD_AFTER_COLON = re.compile(rf"{_INDENT}{_NAME}:([{ODD_BLANKS}])")
_ODD_COLON = re.compile(rf"{_INDENT}({_NAME})[ \t]?([：﹕∶꞉])\s*(.*)")
_ODD_END = re.compile("[\x85\u2028\u2029]")
_ODD_QUOTE = re.compile(rf"{_INDENT}({_NAME}):[ \t]+([“”„‟‘’‚«»])(.*)")
_ODD_COMMENT = re.compile(r"[ \t]*(//|/\*|;|<!--|--(?= ))")
_EQUALS = re.compile(rf"{_INDENT}({_NAME})[ \t]*(:?=>?|->)[ \t]*([^:]*)$")
_GLUED_DASH = re.compile(rf"([ \t]*)-({_NAME}(?::.*)?)$")
_BULLET = re.compile(r"[ \t]*([•·▪‣◦–—*+]|[0-9]{1,3}[.)])[ \t]")
_LATE_COMMA = re.compile(r".*[\"'](,)\s*$")
_CLOSING = dict(zip("“”„‟‘’‚«»", "””“”’’‘»«", strict=True))

_GIT_HINT = "keep the lines that are right and remove the marks <<<<<<<, ======= and >>>>>>>"


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong at *offset* of a line, and what to do about it."""

    offset: int
    message: str
    hint: str


def slip(line: str) -> Slip | None:
    """The slip of the hand that keeps *line* from being read; None if none is known."""
    for look in _LOOKS:
        found = look(line)
        if found:
            return found
    return None


def what_it_is(text: str) -> tuple[str, str]:
    """What *text*, which is no list of records, seems to be, and what to do; empty if unknown."""
    start = text.lstrip()[:2_000]
    first = start.split("\n")[0].strip()
    for pattern, message, hint in _OTHER_FORMATS:
        if pattern.match(start):
            return message, hint
    bullet = _bullet(first)
    return (bullet.message, bullet.hint) if bullet else ("", "")


def _conflict(line: str) -> Slip | None:
    found = _CONFLICT_MARK.match(line)
    if found is None:
        return None
    return Slip(0, f"unresolved merge conflict: the mark {found[1]} is still there", _GIT_HINT)


def _odd_indent(line: str) -> Slip | None:
    found = _ODD_INDENT.match(line)
    if found is None:
        return None
    return Slip(found.start(1), f"{_named(found[1])} used for indentation", "use plain spaces")


def _odd_after_colon(line: str) -> Slip | None:
    found = _ODD_AFTER_COLON.match(line)
    if found is None:
        return None
    message = f"{_named(found[1])} after the colon"
    return Slip(found.start(1), message, "put a plain space in its place")


def _odd_colon(line: str) -> Slip | None:
    found = _ODD_COLON.match(line)
    if found is None:
        return None
    message = f'"{found[2]}" is not the plain colon that belongs after a field name'
    return Slip(found.start(2), message, f"write `{found[1]}: {found[3]}`")


def _odd_end(line: str) -> Slip | None:
    found = _ODD_END.search(line)
    if found is None:
        return None
    code = f"U+{ord(found[0]):04X}"
    hint = "remove it; in double quotes it may stand as an escape such as \\u2028"
    return Slip(found.start(), f"the invisible character {code} ends the line here", hint)


def _odd_quote(line: str) -> Slip | None:
    found = _ODD_QUOTE.match(line)
    if found is None:
        return None
    text = found[3].rstrip().removesuffix(_CLOSING[found[2]])
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    message = f"the quote {found[2]} is part of the text, not a quote that holds it together"
    return Slip(found.start(2), message, f'use straight quotes: {found[1]}: "{plain}"')


def _odd_comment(line: str) -> Slip | None:
    found = _ODD_COMMENT.match(line)
    if found is None:
        return None
    return Slip(found.start(1), f'"{found[1]}" does not start a comment', "start it with #")


def _equals(line: str) -> Slip | None:
    found = _EQUALS.match(line)
    if found is None:
        return None
    message = f'"{found[2]}" does not set a field'
    return Slip(found.start(2), message, f"write `{found[1]}: {found[3].strip()}`")


def _glued_dash(line: str) -> Slip | None:
    found = _GLUED_DASH.match(line)
    if found is None:
        return None
    return Slip(len(found[1]), "a blank is missing after the dash", f"write `- {found[2]}`")


def _bullet(line: str) -> Slip | None:
    found = _BULLET.match(line)
    if found is None:
        return None
    message = f'"{found[1]}" does not start a record or an item of a list'
    return Slip(found.start(1), message, 'start it with a plain "- "')


def _late_comma(line: str) -> Slip | None:
    found = _LATE_COMMA.match(line)
    if found is None:
        return None
    return Slip(found.start(1), "a comma after the closing quote", "remove the comma")


_LOOKS: tuple[Callable[[str], Slip | None], ...] = (
    _conflict,
    _odd_indent,
    _odd_after_colon,
    _odd_colon,
    _odd_end,
    _odd_quote,
    _odd_comment,
    _glued_dash,
    _bullet,
    _equals,
    _late_comma,
)


def _named(blank: str) -> str:
    name = unicodedata.name(blank, "blank").lower()
    return f"an invisible character, {name} (U+{ord(blank):04X}),"


#: How a text begins → what it is, and what to do with it. Compared from the first character on.
_OTHER_FORMATS = (
    (
        re.compile(r"BEGIN:VCARD", re.IGNORECASE),
        "these are vCards, not records",
        "move the file away and import it, or convert it to CSV and import that",
    ),
    (
        re.compile(r"<(?:!|\?|[a-z])", re.IGNORECASE),
        "this is HTML or XML, not a list of records",
        "was a web page saved in place of the file? put the book's own file back",
    ),
    (
        re.compile(r"(?=.*\b(?:id|name|e-?mail)\b)[\w -]+(?:[,;\t][\w -]+)+\r?\n", re.IGNORECASE),
        "this looks like CSV, not like a list of records",
        "move the file away and bring it in with `leadctl import FILE`",
    ),
    (
        re.compile(r"[\w-]+:[ \t]*(?:#.*)?\r?\n[ \t]*- "),
        "the records stand below a field name",
        "remove this line: the file itself is the list of records",
    ),
    (
        re.compile(r"\{"),
        "this is one record between braces, not a list of records",
        "put it in brackets, as in [{id: ada, name: Ada}]",
    ),
)
