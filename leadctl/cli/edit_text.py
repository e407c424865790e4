"""A text on its way through an editor: with what is to be said about it on top, and without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from leadctl.problems import Problem

#: Any line of those above a text: who edits may have taken out some.
_HEADER = re.compile(r"^(#:+) (?:leadctl |Save and leave |note:|reason:)", re.MULTILINE)
_GIVEN = re.compile(r"#:+ (note|reason):(.*)")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has made of a text."""

    body: str
    note: str = ""
    reason: str = ""
    #: How many lines stood above it in the file.
    lines_above: int = 0

    @property
    def padded(self) -> str:
        """The body in the lines of the file that it stood in."""
        return "\n" * self.lines_above + self.body


def shown(typed: Typed, command: str, *, what: str, problems: Sequence[Problem] = ()) -> str:
    """*typed* with lines above it: *what* is edited, note and reason, and what is wrong with it.

    *command* is what goes on with it. The problems have the lines of what comes out.
    """
    mark = "#:"
    while any(line.startswith(mark) for line in typed.body.split("\n")):
        mark += ":"
    given = [f"note: {typed.note}", f"reason: {typed.reason}"]
    said = [command, f"{what} To give up, empty it. Lines like these are not kept.", *given]
    said = [text.replace("\n", " ").rstrip() for text in said]
    for each in problems:
        at = f"line {each.where.line}: " if each.where.line else ""
        said.append(f"error: {at}{each.message}")
        said += [f"    {each.hint}"] if each.hint else []
    return "".join(f"{mark} {line}\n" for line in said) + "\n" + typed.body


def read_back(text: str) -> Typed:
    """What *text*, as `shown` has made it, holds after somebody was at it."""
    header = _HEADER.search(text)
    if not header:
        return Typed(text)
    mark, lines = f"{header[1]} ", text.split("\n")
    typed = Typed("")
    for line in lines:
        given = _GIVEN.fullmatch(line.rstrip("\r")) if line.startswith(mark) else None
        if given and given[1] == "note":
            typed = replace(typed, note=given[2].strip())
        elif given:
            typed = replace(typed, reason=given[2].strip())
    above = next(
        (at for at, line in enumerate(lines) if not line.startswith(header[1])), len(lines)
    )
    above += above < len(lines) and not lines[above].strip()
    body = [line for line in lines[above:] if not line.startswith(mark)]
    return replace(typed, body="\n".join(body), lines_above=above)


def for_editor(text: str) -> str:
    """*text* with the line ends of every editor, if all of them are those of Windows."""
    is_foreign = text.count("\r\n") == text.count("\n") > 0
    return text.replace("\r\n", "\n") if is_foreign else text


def as_written(text: str, old: str) -> str:
    """*text*, in place of *old*, with the line ends of that; whole if nothing is different."""
    if text == for_editor(old):
        return old
    whole = text if text.endswith("\n") else f"{text}\n"
    return whole.replace("\n", "\r\n") if for_editor(old) != old else whole
