"""Mends YAML texts that cannot be read: tabs at the start of lines, values that need quotes.

A record is mended only if that makes all of it readable, and in one way only; no other record
may read differently afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from leadctl.fixes import Repair
from leadctl.located import Mapping, Node, Scalar
from leadctl.problems import Problem, Where
from leadctl.store.yaml_pieces import Piece, conflicts, pieces
from leadctl.store.yaml_quoting import scalar
from leadctl.store.yaml_reader import read_record, read_records, read_tree

#: So many values of one record are put in quotes at most.
_MOST_QUOTES = 100
_INDENT = re.compile(r"^[ \t]*\t[ \t]*(?=\S)", re.MULTILINE)
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FIELD = re.compile(r"([ \t]*(?:-[ \t]+)*[\w-]+:[ \t]+)(\S.*?)([ \t]*[\r\n]*)")
_ITEM = re.compile(r"([ \t]*(?:-[ \t]+)+)(\S.*?)([ \t]*[\r\n]*)")
#: What starts in one of these ways is not plain, or is meant as something else than text.
_NOT_PLAIN = ("'", '"', "[", "{", "|", ">", "!!", "#")
_REFERENCE = re.compile(r"[&*]([\w-]+)")

#: Text → what it says, and what is wrong with it; nothing may be compared if something is.
_Reads = Callable[[str], tuple[object, list[Problem]]]


@dataclass(frozen=True, slots=True)
class Mended:
    """A text after its repairs; the same as before if there were none."""

    text: str
    repairs: tuple[Repair, ...] = ()


def mend_records(text: str, path: str, fixes: Collection[str]) -> Mended:
    """*text*, a list of records, with each record mended that *fixes* make readable."""
    before, problems = read_records(text, path)
    if not _errors(problems):
        return Mended(text)
    mended = _mend_pieces(text, path, pieces(text, conflicts(text)), fixes, _records)
    after, _ = read_records(mended.text, path)
    kept = iter([record.values for record in after])
    is_sound = all(record.values in kept for record in before) and len(after) > len(before)
    return mended if is_sound else Mended(text)


def mend_record(text: str, path: str, fixes: Collection[str]) -> Mended:
    """*text*, one record, mended if *fixes* make it readable."""
    return _mend_pieces(text, path, [Piece(0, len(text))], fixes, _one_record)


def mend_tree(text: str, path: str, fixes: Collection[str]) -> Mended:
    """*text*, any YAML, mended if *fixes* make it readable."""
    return _mend_pieces(text, path, [Piece(0, len(text))], fixes, _tree)


def _records(text: str) -> tuple[object, list[Problem]]:
    records, problems = read_records(text, "")
    return [record.values for record in records], problems


def _one_record(text: str) -> tuple[object, list[Problem]]:
    record, problems = read_record(text, "")
    return record and record.values, problems


def _tree(text: str) -> tuple[object, list[Problem]]:
    node, problems = read_tree(text, "")
    return node and _plain(node), problems


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key.text: _plain(value) for key, value in node.pairs}
    return [_plain(item) for item in node.items]


def _errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if not problem.is_warning]


def _mend_pieces(
    text: str, path: str, parts: list[Piece], fixes: Collection[str], reads: _Reads
) -> Mended:
    new: list[str] = []
    repairs: list[Repair] = []
    end, line = 0, 1
    for part in parts:
        new.append(text[end : part.start])
        line += _count(text[end : part.start])
        old = text[part.start : part.end]
        mended = _mend(old, text, fixes, reads)
        repairs += _told(old, mended, path, line)
        new.append(mended)
        line += _count(old)
        end = part.end
    new.append(text[end:])
    return Mended("".join(new), tuple(repairs))


def _count(text: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", text))


def _mend(part: str, whole: str, fixes: Collection[str], reads: _Reads) -> str:
    """*part* of the text *whole*, mended if there is one way to do it, else as it is."""
    if not _errors(reads(part)[1]):
        return part
    for candidates in _untabbed(part) if "tabs" in fixes else [[part]]:
        if "quotes" in fixes:
            candidates = [_quoted(each, whole, reads) for each in candidates]  # noqa: PLW2901  # next step
        meant = _meanings(candidates, reads)
        if meant:
            return meant[0] if len(meant) == 1 else part
    return part


def _meanings(candidates: list[str], reads: _Reads) -> list[str]:
    """The readable ones of *candidates*, of those that say the same the first."""
    found: list[tuple[object, str]] = []
    for candidate in candidates:
        meaning, problems = reads(candidate)
        if not _errors(problems) and all(meaning != known for known, _ in found):
            found.append((meaning, candidate))
    return [candidate for _, candidate in found]


def _untabbed(part: str) -> list[list[str]]:
    """*part* with blanks instead of tabs at the start of lines, in ways of equal rank.

    Only if no blanks at all make it readable, the tabs are taken for a slip of the finger.
    """
    return [
        [_indented(part, 2), _indented(part, 4), _indented(part, 8)],
        [_INDENT.sub(lambda found: found[0].replace("\t", ""), part)],
    ]


def _indented(part: str, width: int) -> str:
    return _INDENT.sub(lambda found: found[0].expandtabs(width), part)


def _quoted(part: str, whole: str, reads: _Reads) -> str:
    """*part* with each value in quotes that stops the reader, as far as that helps."""
    for _ in range(_MOST_QUOTES):
        errors = _errors(reads(part)[1])
        if not errors:
            return part
        lines = _LINES.findall(part)
        number = errors[0].where.line - 1
        line = _with_quotes(lines[number], whole) if 0 <= number < len(lines) else ""
        if not line:
            return part
        lines[number] = line
        part = "".join(lines)
    return part


def _with_quotes(line: str, whole: str) -> str:
    """*line* with its value in quotes; empty if it has none that quotes are for."""
    found = _FIELD.fullmatch(line) or _ITEM.fullmatch(line)
    if not found or found[2].startswith(_NOT_PLAIN) or re.search(r"[ \t]#", found[2]):
        return ""
    reference = _REFERENCE.match(found[2])
    if reference and f"&{reference[1]}" in whole and f"*{reference[1]}" in whole:
        # An anchor that is used: somebody means YAML, not text.
        return ""
    quote = '"' if '"' not in found[2] and "\\" not in found[2] else "'"
    return found[1] + scalar(found[2], quote=quote) + found[3]


def _told(old: str, new: str, path: str, first: int) -> Iterator[Repair]:
    """A repair for each line that is different."""
    lines = zip(_LINES.findall(old), _LINES.findall(new), strict=True)
    for number, (before, after) in enumerate(lines, start=first):
        if before == after:
            continue
        start = len(before) - len(before.lstrip(" \t"))
        if before[:start] != after[: len(after) - len(after.lstrip(" \t"))]:
            yield Repair("tabs", Where(path, number, 1), "indented with blanks instead of tabs")
        if before[start:] != after.lstrip(" \t"):
            shown = after.strip()
            yield Repair("quotes", Where(path, number, start + 1), f"put in quotes: {shown}")
