"""Splices that put new records at the end of a YAML text, in the style of what is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from leadctl.records import Value
from leadctl.store.yaml_changes import keeps_blank_lines, last_text
from leadctl.store.yaml_layout import layout, start_of_line
from leadctl.store.yaml_records import Found, Top
from leadctl.store.yaml_splices import Page, Splice, field_lines, flow_field, normal

_Fields = Mapping[str, Value]
#: New lines have nothing below them, and each of them ends.
_NEW = Page("\n")


def addition_splices(page: Page, found: Found, additions: Sequence[_Fields]) -> list[Splice]:
    """What puts *additions* at the end of the list; a line end is added where the text has none."""
    if not additions:
        return []
    top = found.top
    if top is None:
        return [_at_end(page, found.end, page.text[: found.end], _records(additions, "", " "))]
    if not top.is_flow:
        return [_in_block(page, found, top, additions)]
    inside = page.text[top.start + 1 : top.end - 1]
    if found.records or inside.strip():
        return [_in_flow(found, top, additions)]
    return _instead_of_empty(page, found, top, additions)


def new_fields(page: Page, found: Found, fields: _Fields) -> list[Splice]:
    """What puts *fields* into a text that has none."""
    lines = _lines(fields, 0)
    return [_at_end(page, found.end, page.text[: found.end], lines)] if lines else []


def closing_splices(page: Page, found: Found, splices: Iterable[Splice]) -> list[Splice]:
    """What keeps a block as it is that ends the text without a line end.

    Once something follows it, it would get one, unless its mark is made `|-`.
    """
    end = len(page.text)
    grows = any(one.start == end and one.new for one in splices)
    if not (grows and found.spans) or page.text.endswith(("\n", "\r")):
        return []
    last = last_text(layout(page.text, *found.spans[-1]))
    if last is None or not last.is_block or last.lines_end != end:
        return []
    if any(last.start <= one.start < last.end for one in splices):
        return []
    mark = page.text[last.start : last.mark_end].replace("+", "").replace("-", "")
    return [Splice(last.start, last.mark_end, f"{mark}-")]


def _at_end(page: Page, end: int, before: str, lines: Iterable[str]) -> Splice:
    """*lines* at *end*, where they will stand after the text *before*."""
    eol = page.eol(len(page.text))
    is_open = before != "" and not before.endswith(("\n", "\r"))
    return Splice(end, end, (eol if is_open else "") + "".join(line + eol for line in lines))


def _records(additions: Iterable[_Fields], indent: str, gap: str) -> list[str]:
    return [line for fields in additions for line in _record(fields, indent, gap)]


def _record(fields: _Fields, indent: str, gap: str) -> list[str]:
    column = len(indent) + 1 + len(gap)
    lines = _lines(fields, column) or [f"{' ' * column}{{}}"]
    return [f"{indent}-{gap}{lines[0][column:]}", *lines[1:]]


def _lines(fields: _Fields, column: int) -> list[str]:
    said = {name: normal(value) for name, value in fields.items()}
    lines: list[str] = []
    for name, value in said.items():
        if value:
            rendered = _NEW.render(value, len(_NEW.text), column)
            lines += field_lines(name, rendered, " " * column)
    return lines


def _in_block(page: Page, found: Found, top: Top, additions: Sequence[_Fields]) -> Splice:
    indent = " " * top.column
    gap = _gap(page, found, top)
    lines: list[str] = []
    are_apart = _are_apart(page, found)
    for number, fields in enumerate(additions):
        if are_apart and (number or not _is_below_blank_line(page, found.end)):
            lines.append("")
        lines += _record(fields, indent, gap)
    return _at_end(page, found.end, page.text[: found.end], lines)


def _gap(page: Page, found: Found, top: Top) -> str:
    """The blanks between a dash and the first key."""
    first = found.spans[0][0]
    if start_of_line(page.text, first) != start_of_line(page.text, top.start):
        return " "
    return " " * (first - top.start - 1)


def _are_apart(page: Page, found: Found) -> bool:
    """True if a blank line stands above the last record, and one more does no harm."""
    if len(found.spans) < 2:
        return False
    start, end = found.spans[-1]
    if not _is_below_blank_line(page, start_of_line(page.text, start)):
        return False
    return not keeps_blank_lines(page, last_text(layout(page.text, start, end)))


def _is_below_blank_line(page: Page, index: int) -> bool:
    before = page.text[max(0, index - 4) : index]
    return before.replace("\r\n", "\n").replace("\r", "\n").endswith("\n\n")


def _in_flow(found: Found, top: Top, additions: Sequence[_Fields]) -> Splice:
    new = ", ".join(_flow_record(fields) for fields in additions)
    if not found.spans:
        return Splice(top.start + 1, top.start + 1, new)
    place = found.spans[-1][1]
    return Splice(place, place, f", {new}")


def _flow_record(fields: _Fields) -> str:
    said = {name: normal(value) for name, value in fields.items()}
    return "{" + ", ".join(flow_field(name, value) for name, value in said.items() if value) + "}"


def _instead_of_empty(
    page: Page, found: Found, top: Top, additions: Sequence[_Fields]
) -> list[Splice]:
    """The brackets of an empty list make way, with their line if nothing else is in it."""
    first, last = start_of_line(page.text, top.start), page.next_line(top.end)
    start, end = top.start, top.end
    if not (page.text[first:start] + page.text[end:last]).strip():
        start, end = first, last
    rest = page.text[:start] + page.text[end : found.end]
    lines = _records(additions, "", " ")
    return [Splice(start, end, ""), _at_end(page, found.end, rest, lines)]
