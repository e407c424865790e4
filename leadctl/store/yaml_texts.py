"""The text of single records in a YAML list: as it stands alone, and put back as it was typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from leadctl.records import Value
from leadctl.store.edit_error import EditError
from leadctl.store.yaml_changes import line_of_last
from leadctl.store.yaml_editor import sound_records
from leadctl.store.yaml_layout import layout, start_of_line
from leadctl.store.yaml_reader import find_records, read_record
from leadctl.store.yaml_records import Found
from leadctl.store.yaml_source import Source
from leadctl.store.yaml_splices import Page, Splice, apply

_LINE_END = re.compile(r"\r\n|\n|\r")
#: A dash with comments between it and the first field.
_DASH_AND_COMMENTS = re.compile(r"-[ \t]+(#[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\n)*)[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class _Region:
    """`text[start:end]` is one record with its comments; its lines stand at *column*."""

    start: int
    end: int
    column: int
    #: Where its last field ends; what comes then are comments below it.
    fields_end: int


def record_texts(text: str, ids: Collection[str]) -> dict[str, str]:
    """The text of each record of the list *text* that has one of *ids*, as if it stood alone.

    With the comments in it and those below it that stand as deep as its fields. Ids that are not
    there are left out; the lines of what comes out end in a line feed.
    """
    found = sound_records(text)
    return {id_: _alone(text, _region(text, found, number)) for id_, number in _numbers(found, ids)}


def with_record_texts(text: str, typed: Mapping[str, str]) -> str:
    """*text*, a list, with the records of *typed* (id → text) as they were typed.

    Lines that stay the same keep their bytes, and so does every other record.

    Raises:
        EditError: an id is not there, or one of the texts does not say the same in the list.
    """
    for id_, new in typed.items():
        found = sound_records(text)
        for _, number in _numbers(found, [id_]):
            text = _replaced(text, found, number, new)
    return text


def without_comments_below(text: str, ids: Collection[str]) -> str:
    """*text* without the comments that stand below the fields of the records *ids*."""
    found = sound_records(text)
    regions = [_region(text, found, number) for _, number in _numbers(found, ids)]
    return apply(text, [Splice(each.fields_end, each.end, "") for each in regions])


def _numbers(found: Found, ids: Collection[str]) -> Iterator[tuple[str, int]]:
    for number, record in enumerate(found.records):
        id_ = record.values.get("id", "")
        if isinstance(id_, str) and id_ in ids:
            yield id_, number


def _region(text: str, found: Found, number: int) -> _Region:
    start, stop = found.spans[number]
    column = start - start_of_line(text, start)
    if found.top is None or found.top.is_flow:
        end = start + len(text[start:stop].rstrip())
        return _Region(start, end, column, end)
    page, record = Page(text), layout(text, start, stop)
    last = record.end - 1 if record.is_flow else line_of_last(page, record)
    fields_end = end = page.next_line(last)
    while end < len(text) and _is_comment(text[end : page.line_end(end)], column):
        end = page.next_line(end)
    above = found.spans[number - 1][1] if number else found.top.start
    begin = _DASH_AND_COMMENTS.search(text[above:start])
    start = above + begin.start(1) if begin else start
    return _Region(start, end, column, fields_end)


def _is_comment(line: str, column: int) -> bool:
    said = line.lstrip(" ")
    return said.startswith("#") and len(line) - len(said) >= column


def _alone(text: str, region: _Region) -> str:
    lines = _lines(text, region)
    return "\n".join(_shifted(line, region.column) for line in lines) + "\n"


def _lines(text: str, region: _Region) -> list[str]:
    """The lines of *region*, each from the start of its line, but the first."""
    lines = _LINE_END.split(text[region.start : region.end])
    return lines[:-1] if len(lines) > 1 and not lines[-1] else lines


def _shifted(line: str, column: int) -> str:
    depth = len(line) - len(line.lstrip(" "))
    return line[min(depth, column) :]


def _replaced(text: str, found: Found, number: int, new: str) -> str:
    region = _region(text, found, number)
    wanted = _values(new)
    for body in (new.rstrip(), new.removesuffix("\n")):
        made = _put(text, region, body.lstrip("\n"))
        source = Source(made, "")
        after = find_records(source)
        if source.is_refused or len(after.records) != len(found.records):
            continue
        records = [each.values for each in found.records]
        records[number] = wanted
        if [each.values for each in after.records] == records:
            return made
    raise EditError("in the list this text does not say the same as alone")


def _put(text: str, region: _Region, body: str) -> str:
    old = _lines(text, region)
    shown = [_shifted(line, region.column) for line in old]
    # The first line of a region stands behind a dash: its blanks are not part of it.
    whole = [" " * region.column + old[0], *old[1:]]
    new = _LINE_END.split(body)
    lines: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, shown, new, autojunk=False).get_opcodes():
        kept = [" " * region.column + line if line else "" for line in new[c:d]]
        lines += whole[a:b] if tag == "equal" else kept
    eol, piece = Page(text).eol(region.start), text[region.start : region.end]
    end = eol if _LINE_END.search(piece[-2:]) and piece[-1:].isspace() else ""
    made = eol.join([lines[0][region.column :], *lines[1:]]) + end
    return text[: region.start] + made + text[region.end :]


def _values(text: str) -> Mapping[str, Value]:
    record, problems = read_record(text, "")
    if record is None or any(not each.is_warning for each in problems):
        raise EditError("this text is no record")
    return record.values
